import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Changing the software update points of a site with its component")
struct ComponentPointTests {
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

    private func withPoints(_ body: (ComponentHierarchy, [ServerRecord]) throws -> Void) throws {
        try withComponentHierarchy { hierarchy in
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

    private func points(_ hierarchy: ComponentHierarchy) throws -> [ServerRecord] {
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
