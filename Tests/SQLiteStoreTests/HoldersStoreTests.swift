import Domain
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("Who has a role, and on which ports software update points answer")
struct HoldersStoreTests {
    private static func point(_ name: String, site: String, http: Int) -> String {
        """
        <siteSystemServer name="\(name)" site="\(site)"><role name="SMS Software Update Point">
          <softwareUpdatePoint useProxyForSynchronization="false" useProxyForADR="false" httpPort="\(http)"
            httpsPort="\(http + 1)" requireSSL="false" clientConnections="intranet" allowCMGTraffic="false" wsusAccount=""/>
        </role></siteSystemServer>
        """
    }

    private static let file = """
        <configuration xmlns="urn:proxydesk:configuration:1">
        \(point("sup02", site: "PS1", http: 8530))\(point("SUP01", site: "PS1", http: 80))\(point("sup03", site: "PS2", http: 8540))
        <siteSystemServer name="sup04" site="PS1"><role name="SMS Software Update Point"/></siteSystemServer>
        </configuration>
        """

    private func codes() throws -> (SiteCode, SiteCode) {
        (try #require(SiteCode.check("PS1").value), try #require(SiteCode.check("PS3").value))
    }

    @Test("the first are named in the order of their names, and all are counted, at a site and in the hierarchy")
    func holders() throws {
        let (site, empty) = try codes()
        try withPortal { portal in
            try portal.importing(file: Self.file)
            try portal.store.read { reading in
                let role = RoleName.softwareUpdatePoint
                let own = try reading.holders(of: role, at: site, limit: 2)
                #expect(own.names.map(\.text) == ["SUP01", "sup02"] && own.total == 3)
                let all = try reading.holders(of: role, at: nil, limit: 10)
                #expect(all.names.map(\.text) == ["SUP01", "sup02", "sup03", "sup04"] && all.total == 4)
                #expect(try reading.holders(of: role, at: empty, limit: 10) == PortScene.Holders([]))
                #expect(try reading.holders(of: .serviceConnectionPoint, at: nil, limit: 10).total == 0)
            }
        }
    }

    @Test("the answer is the same where a role has more servers than are looked up one by one")
    func manyHolders() throws {
        let (site, _) = try codes()
        let servers = (1...1_100).map { number in
            let name = "dp" + String(String(10_000 + number).dropFirst())
            return
                "<siteSystemServer name=\"\(name)\" site=\"\(number % 100 == 0 ? "PS1" : "PS2")\"><role name=\"SMS Distribution Point\"/></siteSystemServer>"
        }
        try withPortal { portal in
            try portal.importing(
                file: "<configuration xmlns=\"urn:proxydesk:configuration:1\">\(servers.joined())</configuration>")
            try portal.store.read { reading in
                let own = try reading.holders(of: .distributionPoint, at: site, limit: 3)
                #expect(own.names.map(\.text) == ["dp0100", "dp0200", "dp0300"] && own.total == 11)
                let all = try reading.holders(of: .distributionPoint, at: nil, limit: 2)
                #expect(all.names.map(\.text) == ["dp0001", "dp0002"] && all.total == 1_100)
            }
        }
    }

    @Test("ports of software update points come with their names, without those that nobody told")
    func ports() throws {
        let (site, _) = try codes()
        try withPortal { portal in
            try portal.importing(file: Self.file)
            try portal.store.read { reading in
                let own = try reading.softwareUpdatePointPorts(at: site, limit: 10)
                #expect(own.map(\.name.text) == ["SUP01", "sup02"])
                #expect(own.map(\.http) == [80, 8530] && own.map(\.https) == [81, 8531])
                #expect(try reading.softwareUpdatePointPorts(at: nil, limit: 10).map(\.name.text).last == "sup03")
                #expect(try reading.softwareUpdatePointPorts(at: nil, limit: 1).count == 1)
            }
        }
    }
}
