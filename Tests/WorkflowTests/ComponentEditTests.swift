import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Changing the software update point component of a site")
struct ComponentEditTests {
    private struct Hierarchy {
        let portal: TestPortal
        let top: SiteCode
        let child: SiteCode

        func component(_ site: SiteCode) throws -> ComponentRecord? {
            try portal.store.read { try $0.component(of: site) }
        }

        func change(_ site: SiteCode, _ texts: KeyValuePairs<FieldKey, String>) throws -> Outcome {
            try portal.submit(
                .changeComponent(site, Draft(texts), revision: try component(site)?.revision ?? 0), reason: "because")
        }

        func codes(_ site: SiteCode, _ texts: KeyValuePairs<FieldKey, String>) throws -> [FindingCode] {
            guard case .rejected(let findings) = try change(site, texts) else { return [] }
            return findings.filter { $0.severity == .error }.map(\.code)
        }

        func set(_ outcome: Outcome) -> Int? {
            if case .saved(let set, _) = outcome { set } else { nil }
        }
    }

    private func withHierarchy(_ body: (Hierarchy) throws -> Void) throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "CAS", .siteType: "central administration"])))
            try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary", .siteParent: "CAS"])))
            try body(
                Hierarchy(
                    portal: portal, top: try #require(SiteCode.check("CAS").value),
                    child: try #require(SiteCode.check("PS1").value)))
        }
    }

    @Test("what a page does not show stays as it is, and the history has the change")
    func saved() throws {
        try withHierarchy { hierarchy in
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
        try withHierarchy { hierarchy in
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
        try withHierarchy { hierarchy in
            let site = try #require(SiteCode.check("XXX").value)
            let codes = try hierarchy.codes(site, [.supcReportingEvents: "all"])
            #expect(codes == [.componentSiteUnknown])
        }
    }

    @Test("a child site takes reporting events and languages of update files, and refuses what it would ignore")
    func child() throws {
        try withHierarchy { hierarchy in
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
        try withHierarchy { hierarchy in
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
        try withHierarchy { hierarchy in
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
        try withHierarchy { hierarchy in
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
        try withHierarchy { hierarchy in
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

    // MARK: - The software update points of the site

    @Test("the default is one of the site's software update points; when it is one no more, the component says so")
    func defaultServer() throws {
        try withPoints { hierarchy, points in
            let top = hierarchy.top
            let strange = try hierarchy.codes(top, [.supcDefaultServer: "sup3.contoso.com"])
            #expect(strange == [.componentDefaultUnknown])
            let chosen = try hierarchy.change(top, [.supcDefaultServer: "sup1.contoso.com"])
            #expect(hierarchy.set(chosen) != nil)
            let found: () throws -> [FindingCode] = {
                try hierarchy.portal.store.read { try $0.findings(.component, key: "CAS").map(\.code) }
            }
            let first = try found()
            #expect(first.isEmpty)
            let point = try #require(points.first { $0.name.text == "sup1.contoso.com" })
            try hierarchy.portal.submit(
                .changeRoles(
                    point.name, RoleChanges(removing: [.softwareUpdatePoint]), revision: point.revision))
            let later = try found()
            #expect(later == [.componentDefaultUnknown])
            let other = try hierarchy.change(top, [.supcProducts: "Office"])
            #expect(hierarchy.set(other) != nil, "it stood before")
        }
    }

    private func withPoints(_ body: (Hierarchy, [ServerRecord]) throws -> Void) throws {
        try withHierarchy { hierarchy in
            for name in ["sup1.contoso.com", "sup2.contoso.com"] {
                try hierarchy.portal.submit(.createServer(Draft([.serverName: name, .serverSite: "CAS"])))
                var record = try #require(try hierarchy.portal.server(name))
                let adding = RoleChanges(adding: Sent("SMS Software Update Point"))
                try hierarchy.portal.submit(.changeRoles(record.name, adding, revision: record.revision))
                record = try #require(try hierarchy.portal.server(name))
                let telling = RoleChanges(details: [(.softwareUpdatePoint, Draft([.supHTTPPort: "8530"]))])
                try hierarchy.portal.submit(.changeRoles(record.name, telling, revision: record.revision))
            }
            try body(hierarchy, try points(hierarchy))
        }
    }

    private func points(_ hierarchy: Hierarchy) throws -> [ServerRecord] {
        try ["sup1.contoso.com", "sup2.contoso.com"].map { try #require(try hierarchy.portal.server($0)) }
    }

    private let both = Draft([.supUseProxyForSynchronization: "true", .supUseProxyForADR: "true"])

    @Test("the options of all software update points are one change set")
    func together() throws {
        try withPoints { hierarchy, points in
            let edit = Edit.changeSoftwareUpdatePoints(
                hierarchy.top, points.map { ($0.name, both, $0.revision) })
            let set = try #require(hierarchy.set(try hierarchy.portal.submit(edit)))
            let changes = try hierarchy.portal.store.read { try $0.changes(ofSet: set, after: nil, limit: 9) }
            #expect(changes.map(\.key) == ["sup1.contoso.com", "sup2.contoso.com"])
            let after = try self.points(hierarchy)
            #expect(after.allSatisfy { $0.intended.softwareUpdatePoint?.useProxyForADR == true })
            #expect(after.allSatisfy { $0.intended.softwareUpdatePoint?.httpPort.number == 8530 })
            let again = Edit.changeSoftwareUpdatePoints(
                hierarchy.top, after.map { ($0.name, both, $0.revision) })
            #expect(hierarchy.set(try hierarchy.portal.submit(again)) == nil)
        }
    }

    @Test("one that is refused or was changed meanwhile keeps all of them as they were")
    func allOrNothing() throws {
        try withPoints { hierarchy, points in
            try hierarchy.portal.submit(
                .changeProxy(points[1].name, Draft([.proxyUse: "false"]), revision: points[1].revision))
            let stale = Edit.changeSoftwareUpdatePoints(
                hierarchy.top, points.map { ($0.name, both, $0.revision) })
            guard case .conflict(.softwareUpdatePoints(let current)) = try hierarchy.portal.submit(stale) else {
                Issue.record("it was stored")
                return
            }
            #expect(current == (try self.points(hierarchy)))
            let edit = Edit.changeSoftwareUpdatePoints(hierarchy.top, current.map { ($0.name, both, $0.revision) })
            guard case .rejected(let findings) = try hierarchy.portal.submit(edit) else {
                Issue.record("it was stored")
                return
            }
            #expect(
                findings.filter { $0.severity == .error }.map { "\($0.key ?? "") \($0.code.rawValue)" }
                    == Array(repeating: "sup2.contoso.com sup.proxy.unavailable", count: 2))
            #expect(try self.points(hierarchy) == current)
        }
    }

    @Test("options of a software update point whose details nobody told are refused: its page has no boxes for them")
    func untoldDetails() throws {
        try withPoints { hierarchy, points in
            try hierarchy.portal.submit(
                .changeRoles(
                    points[1].name, RoleChanges(removing: [.softwareUpdatePoint]), revision: points[1].revision))
            let bare = try #require(try hierarchy.portal.server("sup2.contoso.com"))
            try hierarchy.portal.submit(
                .changeRoles(
                    bare.name, RoleChanges(adding: Sent("SMS Software Update Point")), revision: bare.revision))
            let current = try self.points(hierarchy)
            #expect(current[1].intended.softwareUpdatePoint == nil)
            let edit = Edit.changeSoftwareUpdatePoints(hierarchy.top, current.map { ($0.name, both, $0.revision) })
            guard case .rejected(let findings) = try hierarchy.portal.submit(edit) else {
                Issue.record("it was stored")
                return
            }
            let errors = findings.filter { $0.severity == .error }
            #expect(errors.map(\.code) == [.formControlUnknown, .formControlUnknown])
            #expect(errors.allSatisfy { $0.key == "sup2.contoso.com" })
            #expect(try self.points(hierarchy) == current)
            let boxless = Edit.changeSoftwareUpdatePoints(
                hierarchy.top,
                [(current[0].name, both, current[0].revision), (bare.name, Draft(), current[1].revision)])
            #expect(hierarchy.set(try hierarchy.portal.submit(boxless)) != nil)
        }
    }

    @Test("a server that is no software update point any more is a conflict")
    func roleGone() throws {
        try withPoints { hierarchy, points in
            try hierarchy.portal.submit(
                .changeRoles(
                    points[1].name, RoleChanges(removing: [.softwareUpdatePoint]), revision: points[1].revision))
            let edit = Edit.changeSoftwareUpdatePoints(hierarchy.top, points.map { ($0.name, both, $0.revision) })
            guard case .conflict(.softwareUpdatePoints(let current)) = try hierarchy.portal.submit(edit) else {
                Issue.record("it was stored")
                return
            }
            #expect(current.map(\.name) == [points[0].name])
        }
    }
}
