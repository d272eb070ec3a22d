import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("When a server was seen, and what a newer export lacks")
struct SightingTests {
    private let one = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))
    private let two = ServerItem("cm02.contoso.com")
    private let distributionPoint = RoleItem("cm01.contoso.com", role: "SMS Distribution Point")
    private let managementPoint = RoleItem("cm01.contoso.com", role: "SMS Management Point")

    private func options(_ change: (inout ImportOptions) -> Void) -> ImportOptions {
        var options = ImportOptions()
        change(&options)
        return options
    }

    private func record(_ portal: TestPortal, _ name: String = "cm01.contoso.com") throws -> ServerRecord {
        try #require(try portal.server(name))
    }

    private func stale(_ portal: TestPortal) throws -> [String] {
        var query = ServerListQuery()
        query.isStale = true
        let listed = try portal.store.read { [query] in try $0.serverList(query) }
        let counted = try portal.store.read { try $0.overview().stale }
        #expect(counted == listed.total)
        return listed.rows.map {
            $0.name.text + ($0.isStale ? " server" : "") + String(repeating: " role", count: $0.staleRoles)
        }
    }

    /// What is derived is what a rebuild finds.
    private func expectRebuilt(_ portal: TestPortal) throws {
        let before = try stale(portal)
        try portal.store.rebuildDerived()
        let after = try stale(portal)
        #expect(after == before)
    }

    @Test("each group keeps the export that last told it: one that says nothing of the proxy leaves the proxy's")
    func groups() throws {
        try withPortal { portal in
            let first = try #require(try portal.importing([one], roles: [distributionPoint]).changeSet)
            let silent = ServerItem("cm01.contoso.com", tellsProxy: false)
            let second = try #require(try portal.importing([silent]).changeSet)
            let record = try record(portal)
            #expect(record.seen?.changeSet == second && record.sightings.general == second)
            #expect(record.sightings.proxy == first && record.sightings.roles == first)
            #expect(record.lastSighting(of: record.roles[0]) == first)
            #expect(!record.isStale(record.roles[0]), "an export without roles says nothing of them")
            let export = try portal.store.read { try $0.lastExport(of: record.site) }
            #expect(export?.last.changeSet == second && export?.lastWithRoles?.changeSet == first)
        }
    }

    @Test("a server that its site's newest export lacks is stale until one has it again")
    func server() throws {
        try withPortal { portal in
            try portal.importing([one, two])
            #expect(try stale(portal).isEmpty)
            try portal.importing([one])
            #expect(try stale(portal) == ["cm02.contoso.com server"])
            #expect(try record(portal, "cm02.contoso.com").sightings.isServerStale)
            try expectRebuilt(portal)
            try portal.importing([ServerItem("cm09.contoso.com", site: "PS2")])
            #expect(try stale(portal).count == 1, "another site's export says nothing of this one's servers")
            try portal.importing([one, two])
            #expect(try stale(portal).isEmpty)
        }
    }

    @Test("what was never seen is not stale, and our own XML neither sees nor makes stale")
    func neverSeen() throws {
        try withPortal { portal in
            try portal.importing([one])
            try portal.submit(.createServer(Draft([.serverName: "cm03.contoso.com", .serverSite: "PS1"])))
            try portal.importing([one])
            #expect(try stale(portal).isEmpty)
            let before = try record(portal)
            try portal.importing(
                file: """
                    <configuration xmlns="urn:proxydesk:configuration:1"><site code="PS1"/>
                    <siteSystemServer name="cm01.contoso.com" site="PS1"><proxy use="false"/></siteSystemServer>
                    </configuration>
                    """)
            let after = try record(portal)
            #expect(after.proxy.intended == .off)
            #expect(after.seen == before.seen && after.sightings == before.sightings)
            #expect(try stale(portal).isEmpty)
        }
    }

    @Test("a role that the server's newest export with roles lacks is stale, keeps when it was seen, and comes back")
    func role() throws {
        try withPortal { portal in
            let first = try #require(
                try portal.importing([one], roles: [distributionPoint, managementPoint]).changeSet)
            let revision = try record(portal).revision
            let second = try #require(try portal.importing([one], roles: [managementPoint]).changeSet)
            var record = try record(portal)
            #expect(record.revision == revision, "what was seen is no change of the server")
            #expect(record.staleRoles.map(\.name.text) == ["SMS Distribution Point"])
            #expect(record.roles.map { record.lastSighting(of: $0) } == [first, second])
            #expect(try stale(portal) == ["cm01.contoso.com role"])
            try expectRebuilt(portal)
            try portal.importing([one])
            #expect(try stale(portal) == ["cm01.contoso.com role"], "an export without roles changes nothing here")
            let third = try #require(
                try portal.importing([one], roles: [distributionPoint, managementPoint]).changeSet)
            record = try self.record(portal)
            #expect(record.roles.map { record.lastSighting(of: $0) } == [third, third])
            #expect(try stale(portal).isEmpty)
        }
    }

    @Test("roles of one site in a batch say nothing of the roles of another")
    func rolesOfOtherSites() throws {
        try withPortal { portal in
            let far = ServerItem("cm09.contoso.com", site: "PS2")
            let role = RoleItem("cm09.contoso.com", role: "SMS Distribution Point", site: "PS2")
            try portal.importing([one, far], roles: [distributionPoint, role])
            let report = try portal.importing(
                [one, far], roles: [distributionPoint], options: options { $0.removeMissing = true })
            #expect(report.changes.isEmpty)
            #expect(try record(portal, "cm09.contoso.com").roles.count == 1)
            #expect(try stale(portal).isEmpty)
        }
    }

    @Test("after removing what is missing nothing is stale")
    func removeMissing() throws {
        try withPortal { portal in
            try portal.importing([one, two], roles: [distributionPoint, managementPoint])
            try portal.importing([one], roles: [managementPoint])
            #expect(try stale(portal) == ["cm01.contoso.com role", "cm02.contoso.com server"])
            try portal.importing([one], roles: [managementPoint], options: options { $0.removeMissing = true })
            #expect(try stale(portal).isEmpty)
            #expect(try record(portal).roles.count == 1)
            try expectRebuilt(portal)
        }
    }

    @Test("what an export has and the rules refuse is seen, and not stale")
    func refused() throws {
        try withPortal { portal in
            try portal.importing([one, two], roles: [distributionPoint])
            let leaveOut = options { $0.leaveOutRefused = true }
            let broken = ServerItem("cm02.contoso.com", site: "P_1")
            let namelessRole = RoleItem("cm01.contoso.com", role: "")
            let report = try portal.importing([one, broken], roles: [namelessRole], options: leaveOut)
            #expect(report.outcome == .saved)
            #expect(try stale(portal).isEmpty)
            #expect(try record(portal, "cm02.contoso.com").seen?.changeSet == report.changeSet)
        }
    }

    @Test("a role that was taken out here is settled once the site has it no more, and a stale one is gone at once")
    func takenOut() throws {
        try withPortal { portal in
            try portal.importing([one], roles: [distributionPoint, managementPoint])
            var record = try record(portal)
            let names = record.roles.map(\.name)
            try portal.submit(.changeRoles(record.name, RoleChanges(removing: [names[0]]), revision: record.revision))
            #expect(try self.record(portal).pending == [.roleName])
            try portal.importing([one], roles: [managementPoint])
            record = try self.record(portal)
            #expect(record.pending.isEmpty && record.droppedRoles.isEmpty)
            #expect(try stale(portal).isEmpty)

            let other = RoleItem("cm01.contoso.com", role: "SMS SQL Server")
            try portal.importing([one], roles: [other])
            record = try self.record(portal)
            #expect(record.staleRoles.map(\.name) == [names[1]])
            try portal.submit(.changeRoles(record.name, RoleChanges(removing: [names[1]]), revision: record.revision))
            record = try self.record(portal)
            #expect(record.roles.count == 1 && record.droppedRoles.isEmpty && record.pending.isEmpty)
            #expect(try stale(portal).isEmpty)
        }
    }

    @Test("a server that moves is stale where its new site's newest export lacks it")
    func moved() throws {
        try withPortal { portal in
            try portal.importing([one])
            try portal.importing([ServerItem("cm01.contoso.com", site: "PS2", proxy: one.proxy)])
            #expect(try stale(portal).isEmpty)
            try portal.importing([ServerItem("cm09.contoso.com", site: "PS2")])
            #expect(try stale(portal) == ["cm01.contoso.com server"])
            try expectRebuilt(portal)
        }
    }
}
