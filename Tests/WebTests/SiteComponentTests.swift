import Domain
import Foundation
import TestSupport
import Testing
import Workflow

@testable import Pages

@Suite("The software update point component on the page of its site")
struct SiteComponentTests {
    private func component(_ texts: KeyValuePairs<FieldKey, String>) throws -> SoftwareUpdatePointComponent {
        var judge = Judge(.stored)
        return try #require(SoftwareUpdatePointComponent.check(Draft(texts), base: nil, &judge))
    }

    private func record(seen: Sighting?) throws -> ComponentRecord {
        let intended = try component([
            .supcSynchronizationSource: "microsoftUpdate", .supcReportingEvents: "all", .supcProducts: "Windows <11>",
            .supcSynchronizeOnSchedule: "true", .supcSchedule: "0001200000100008", .supcClassifications: "",
        ])
        var observed = intended
        observed.reportingEvents = SoftwareUpdatePointComponent.ReportingEvents.none
        return ComponentRecord(
            site: try #require(SiteCode.check("CAS").value),
            component: Held(intended: intended, observed: seen == nil ? nil : observed), revision: 1, seen: seen)
    }

    @Test("what is pending stands beside what was seen, with when; the rest is a link to its tab away")
    func sideBySide() async throws {
        try await withPortal { running in
            running.store.place(try record(seen: Sighting(changeSet: 1, time: RunningPortal.now)))
            let page = try await running.client.get("/sites/CAS").body
            let section = try #require(
                page.components(separatedBy: "<h2>Software update point component</h2>").last?
                    .components(separatedBy: "</section>").first)
            #expect(section.contains("Last seen in the export of") && section.contains("/changes/1"))
            #expect(
                section.contains(
                    "<td>Create all WSUS reporting events</td><td>Do not create WSUS reporting events</td>"))
            #expect(section.components(separatedBy: "class=\"differs\"").count == 2)
            #expect(!section.contains("0001200000100008") && !section.contains("Windows"), "what is alike is left out")
            #expect(section.contains(#"href="/sites/CAS/component/products""#))
            #expect(section.contains(#"href="/sites/CAS/component""#) && !section.contains("<input"))
        }
    }

    @Test("one that no export has shown says so, and a site without one that nobody told it")
    func neverSeen() async throws {
        try await withPortal { running in
            running.store.place(try record(seen: nil))
            let page = try await running.client.get("/sites/CAS").body
            #expect(page.contains("No export has shown it.") && !page.contains("<td>Never seen</td>"))
            #expect(try await running.client.get("/sites/PS1").body.contains("Nobody has told anything of it."))
        }
    }

    @Test("a change of it is told field by field, the two states of a kept one side by side")
    func differences() throws {
        let before = try record(seen: nil)
        var after = before
        after.component.intended?.upstreamPort = nil
        after.component.intended?.products = []
        after.component.intended?.expressFiles = true
        let rows = DocumentDifference(before: before.document, after: after.document).rows
        #expect(rows.map(\.label) == ["Download express installation files", "Products"])
        let kept = try record(seen: Sighting(changeSet: 1, time: 0)).document
        let seen = DocumentDifference(before: before.document, after: kept).rows
        #expect(seen.count == 6 && seen.allSatisfy { $0.label.hasPrefix("Last seen: ") && $0.left == "–" })
        #expect(DocumentDifference(statesOf: kept, roleName: \.text).rows.map(\.label) == ["WSUS reporting events"])
    }
}
