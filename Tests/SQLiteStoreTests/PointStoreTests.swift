import Domain
import GRDB
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("What concerns other servers, as it is stored")
struct PointStoreTests {
    private func add(_ name: String, at site: String, roles: [String], _ portal: TestPortal) throws -> ServerRecord {
        try portal.submit(.createServer(Draft([.serverName: name, .serverSite: site])))
        for role in roles {
            let record = try #require(try portal.server(name))
            try portal.submit(.changeRoles(record.name, RoleChanges(adding: Sent(role)), revision: record.revision))
        }
        return try #require(try portal.server(name))
    }

    private func tell(_ draft: Draft, of name: String, _ portal: TestPortal) throws {
        let record = try #require(try portal.server(name))
        try portal.submit(
            .changeRoles(
                record.name, RoleChanges(details: [(.softwareUpdatePoint, draft)]), revision: record.revision))
    }

    private func findings(_ portal: TestPortal) throws -> [String] {
        var lines: [String] = []
        try portal.store.read {
            try $0.eachFinding { lines.append("\($0.key ?? "") \($0.code.rawValue) \($0.message)") }
        }
        return lines.sorted()
    }

    /// The findings that saves left behind are those that judging everything again gives.
    private func expectRebuildGivesTheSame(_ portal: TestPortal) throws {
        let before = try findings(portal)
        try portal.store.rebuildDerived()
        let after = try findings(portal)
        #expect(before == after)
    }

    @Test("the software update points of a site are known when they come, move and go")
    func points() throws {
        try withPortal { portal in
            for code in ["P01", "P02"] {
                try portal.submit(.createSite(Draft([.siteCode: code, .siteType: "primary"])))
            }
            let record = try add("a.contoso.com", at: "P01", roles: ["SMS Software Update Point"], portal)
            _ = try add("b.contoso.com", at: "P01", roles: ["SMS Distribution Point"], portal)
            func counts() throws -> [Int] {
                try portal.store.read { reading in
                    try ["P01", "P02"].compactMap { SiteCode.check($0).value }.map {
                        try reading.softwareUpdatePoints(at: $0)
                    }
                }
            }
            #expect(try counts() == [1, 0])
            try portal.importing(
                file: """
                    <configuration xmlns="urn:proxydesk:configuration:1"><siteSystemServer name="a.contoso.com" \
                    site="P02"/></configuration>
                    """)
            #expect(try counts() == [0, 1], "it moved")
            let moved = try #require(try portal.server("a.contoso.com"))
            #expect(moved.revision > record.revision)
            try portal.submit(
                .changeRoles(
                    moved.name, RoleChanges(removing: [.softwareUpdatePoint]), revision: moved.revision))
            #expect(try counts() == [0, 0])
        }
    }

    @Test("a difference between software update points is a finding about their site, gone when they are alike")
    func differing() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "P01", .siteType: "primary"])))
            for name in ["a.contoso.com", "b.contoso.com"] {
                _ = try add(name, at: "P01", roles: ["SMS Software Update Point"], portal)
            }
            try tell(Draft([.supHTTPPort: "8530"]), of: "a.contoso.com", portal)
            #expect(try findings(portal).isEmpty, "one that nobody told differs from none")
            try tell(Draft([.supHTTPPort: "80", .supHTTPSPort: "443"]), of: "b.contoso.com", portal)
            let found = try portal.store.read { try $0.findings(.site, key: "P01") }
            #expect(found.map(\.code) == [.supSiteDiffer])
            #expect(found.first?.message.contains("80 at b.contoso.com") ?? false)
            try expectRebuildGivesTheSame(portal)
            try tell(Draft([.supHTTPPort: "8530", .supHTTPSPort: "8531"]), of: "b.contoso.com", portal)
            #expect(try findings(portal).isEmpty)
            try portal.importing(
                file: """
                    <configuration xmlns="urn:proxydesk:configuration:1"><siteSystemServer name="b.contoso.com" site="P01">\
                    <role name="SMS Software Update Point"><softwareUpdatePoint requireSSL="true"/></role>\
                    </siteSystemServer></configuration>
                    """)
            #expect(try portal.store.read { try $0.findings(.site, key: "P01").map(\.code) } == [.supSiteDiffer])
            try expectRebuildGivesTheSame(portal)
        }
    }

    @Test("a second service connection point is refused in a form; imported, it stays a warning on both servers")
    func connectionPoints() throws {
        try withPortal { portal in
            for code in ["P01", "P02"] {
                try portal.submit(.createSite(Draft([.siteCode: code, .siteType: "primary"])))
            }
            _ = try add("a.contoso.com", at: "P01", roles: ["SMS Dmp Connector"], portal)
            let second = try add("b.contoso.com", at: "P02", roles: ["SMS Dmp Connector"], portal)
            #expect(second.roles.isEmpty, "it was refused")
            try portal.importing(
                file: """
                    <configuration xmlns="urn:proxydesk:configuration:1"><siteSystemServer name="b.contoso.com" site="P02">\
                    <role name="SMS Dmp Connector"/></siteSystemServer></configuration>
                    """)
            let both = try findings(portal)
            #expect(both.count == 2 && both.allSatisfy { $0.contains("scp.hierarchy.one") })
            try expectRebuildGivesTheSame(portal)
            let record = try #require(try portal.server("b.contoso.com"))
            try portal.submit(.removeServer(record.name, revision: record.revision))
            #expect(try findings(portal).isEmpty, "the one that stays is right")
        }
    }
}
