import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Changing the software update point component of a site")
struct ComponentEditTests {
    @Test("what a page does not show stays as it is, and the history has the change")
    func saved() throws {
        try withComponentHierarchy { hierarchy in
            let first = try hierarchy.change(hierarchy.top, [.supcSynchronizationSource: "microsoftUpdate"])
            let set = try #require(hierarchy.set(first))
            _ = try hierarchy.change(hierarchy.top, [.supcProducts: "Windows 11\nOffice"])
            let component = try #require(try hierarchy.component(hierarchy.top)?.component.intended)
            #expect(component.synchronizationSource == .microsoftUpdate && component.products?.count == 2)
            #expect(component.expressFiles == nil, "untold is not off")
            let history = try hierarchy.portal.store.read {
                try $0.history(.component, key: "CAS", before: nil, limit: 9)
            }
            #expect(history.map(\.change.kind) == [.changed, .added] && history.last?.set.number == set)
            #expect(history.first?.set.reason == "because")
            let again = try hierarchy.change(hierarchy.top, [.supcProducts: "office\nWindows 11"])
            #expect(hierarchy.set(again) == nil)
        }
    }

    @Test("a stale revision is a conflict that shows what is there; 0 is the revision of what nobody told")
    func conflict() throws {
        try withComponentHierarchy { hierarchy in
            _ = try hierarchy.change(hierarchy.top, [.supcReportingEvents: "all"])
            let stale = Edit.changeComponent(hierarchy.top, Draft([.supcReportingEvents: "none"]), revision: 0)
            guard case .conflict(.component(let current)) = try hierarchy.portal.submit(stale) else {
                Issue.record("it was stored")
                return
            }
            #expect(current.component.intended?.reportingEvents == .all)
            #expect(try hierarchy.component(hierarchy.top) == current)
        }
    }

    @Test("a site the portal does not have is a finding")
    func unknownSite() throws {
        try withComponentHierarchy { hierarchy in
            let site = try #require(SiteCode.check("XXX").value)
            let codes = try hierarchy.codes(site, [.supcReportingEvents: "all"])
            #expect(codes == [.componentSiteUnknown])
        }
    }

    @Test("a child site takes reporting events and languages of update files, and refuses what it would ignore")
    func child() throws {
        try withComponentHierarchy { hierarchy in
            let counts = try hierarchy.change(
                hierarchy.child, [.supcReportingEvents: "status", .supcFileLanguages: "en\nde"])
            #expect(hierarchy.set(counts) != nil)
            let before = try hierarchy.component(hierarchy.child)
            #expect(
                try hierarchy.codes(hierarchy.child, [.supcProducts: "Windows 11", .supcReportingEvents: "all"])
                    == [.componentChildIgnored])
            #expect(try hierarchy.component(hierarchy.child) == before)
        }
    }

    @Test("all problems are told at once, and nothing is stored")
    func refused() throws {
        try withComponentHierarchy { hierarchy in
            let shapes = try hierarchy.codes(
                hierarchy.top, [.supcUpstreamURL: "wsus", .supcDefaultServer: "sup_1.contoso.com"])
            #expect(shapes == [.componentUpstreamScheme, .nameUnderscore])
            let policies = try hierarchy.codes(
                hierarchy.top, [.supcFeatureUpdateSupersedence: "wait", .supcNonFeatureUpdateMaximumRunTime: "4"])
            #expect(policies == [.componentSupersedenceWait, .componentRunTimeRange])
            let stored = try hierarchy.component(hierarchy.top)
            #expect(stored == nil)
        }
    }

    @Test("what stood before stays a warning, in the list of classifications name by name")
    func stoodBefore() throws {
        try withComponentHierarchy { hierarchy in
            try hierarchy.portal.importing(
                file: """
                    <configuration xmlns="urn:proxydesk:configuration:1"><softwareUpdatePointComponent site="CAS" \
                    nonFeatureUpdateWaitMonths="120"><classifications><classification name="Treiber"/></classifications>\
                    </softwareUpdatePointComponent></configuration>
                    """)
            let outcome = try hierarchy.change(hierarchy.top, [.supcClassifications: "Treiber\nUpdates"])
            guard case .saved(.some, let findings) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(
                findings.map(\.code) == [.componentSupersedenceMonths, .componentClassificationUnknown]
                    && findings.allSatisfy { $0.severity == .warning })
            #expect(
                try hierarchy.codes(hierarchy.top, [.supcClassifications: "Treiber\nPilote"])
                    == [.componentClassificationUnknown])
            let stored = try hierarchy.portal.store.read { try $0.findings(.component, key: "CAS") }
            #expect(stored.map(\.code) == [.componentSupersedenceMonths, .componentClassificationUnknown])
        }
    }

    @Test("a schedule needs to be entered when it is turned on, and a bad start hides nothing else that is wrong")
    func schedule() throws {
        try withComponentHierarchy { hierarchy in
            let without = try hierarchy.codes(
                hierarchy.top, [.supcSynchronizeOnSchedule: "true", .supcScheduleKind: ""])
            #expect(without == [.componentScheduleIncomplete])
            let wrong = try hierarchy.codes(
                hierarchy.top,
                [
                    .supcSynchronizeOnSchedule: "true", .supcScheduleKind: "weekly", .supcScheduleInterval: "32",
                    .supcScheduleWeekday: "", .supcScheduleStart: "2026-02-30T25:00",
                ])
            #expect(wrong == [.componentScheduleStart, .componentScheduleIncomplete, .componentScheduleRange])
        }
    }

    @Test("a language nobody knows is refused where it is entered, and warned of where an import brought it")
    func languages() throws {
        try withComponentHierarchy { hierarchy in
            try hierarchy.portal.importing(
                file: """
                    <configuration xmlns="urn:proxydesk:configuration:1"><softwareUpdatePointComponent site="CAS">\
                    <fileLanguages><fileLanguage name="klingon"/></fileLanguages></softwareUpdatePointComponent>\
                    </configuration>
                    """)
            let kept = try hierarchy.change(hierarchy.top, [.supcFileLanguages: "klingon\nde"])
            #expect(hierarchy.set(kept) != nil)
            let typed: KeyValuePairs<FieldKey, String> = [.supcFileLanguages: "klingon\nde, xx; klingon"]
            #expect(try hierarchy.codes(hierarchy.top, typed) == [.componentLanguageUnknown])
            let stored = try hierarchy.portal.store.read { try $0.findings(.component, key: "CAS") }
            #expect(stored.map(\.code) == [.componentLanguageUnknown] && stored[0].severity == .warning)
        }
    }
}
