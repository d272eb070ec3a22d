import Domain
import TestSupport
import Testing
import Workflow
import XMLExchange

@testable import SQLiteStore

@Suite("What the store keeps of a site's clients")
struct ClientStoreTests {
    private static let file = """
        <?xml version="1.0" encoding="UTF-8"?>
        <configuration xmlns="urn:proxydesk:configuration:1">
          <site code="PS1" name="One" type="primary" parent="" siteServer="" version="">
            <clientPorts clientHTTPPort="8080" clientHTTPSPort="" clientNotificationPort="10200" wakeOnLANPort="12" customWebsite="false"/>
          </site>
          <site code="PS2" name="" type="" parent="" siteServer="" version=""/>
        </configuration>

        """

    private func exported(_ portal: TestPortal) throws -> String {
        var bytes: [UInt8] = []
        var writer = ConfigurationWriter { bytes += $0 }
        try writer.begin()
        for record in try portal.store.read({ try $0.sites() }) { try writer.site(record.site) }
        try writer.end()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test("client ports come back as they were, and what is exported is what was imported")
    func ports() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            let sites = try portal.store.read { try $0.sites() }.map(\.site)
            #expect(
                sites.map(\.clientPorts) == [
                    ClientPorts(http: 8080, https: nil, notification: 10200, wakeOnLAN: 12, customWebsite: false),
                    .notTold,
                ])
            #expect(try exported(portal) == Self.file)
            let revisions = try portal.store.read { try $0.sites() }.map(\.revision)
            try portal.importing(file: Self.file)
            #expect(try portal.store.read { try $0.sites() }.map(\.revision) == revisions)
        }
    }

    @Test("a file without client ports leaves them as they are, an empty attribute takes one away")
    func absent() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            let without = #"<site code="PS1" name="Two"/>"#
            try portal.importing(
                file: #"<configuration xmlns="urn:proxydesk:configuration:1">\#(without)</configuration>"#)
            let code = try #require(SiteCode.check("PS1").value)
            #expect(try portal.store.read { try $0.site(code) }?.site.clientPorts.http == 8080)
            let empty = #"<site code="PS1"><clientPorts clientHTTPPort=""/></site>"#
            try portal.importing(
                file: #"<configuration xmlns="urn:proxydesk:configuration:1">\#(empty)</configuration>"#)
            let ports = try portal.store.read { try $0.site(code) }?.site.clientPorts
            #expect(ports?.http == nil)
            #expect(ports?.notification == 10200)
        }
    }

    @Test("a saved port is in the history before and after, and its findings are stored")
    func history() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            let code = try #require(SiteCode.check("PS1").value)
            let stored = try #require(try portal.store.read { try $0.site(code) })
            try portal.submit(
                .changeSite(
                    code, Draft([.siteClientHTTPPort: "", .siteCustomWebsite: "true"]), revision: stored.revision))
            let change = try #require(
                try portal.store.read { try $0.history(.site, key: "PS1", before: nil, limit: 1) }.first?.change)
            #expect(change.before?.contains(#""clientHTTPPort":8080"#) == true)
            #expect(change.after?.contains(#""clientHTTPPort":null"#) == true)
            #expect(try portal.store.read { try $0.findings(.site, key: "PS1") }.map(\.code) == [.siteWebsitePorts])
        }
    }
}

@Suite("What the store keeps of the plan of a site's clients")
struct ClientPlanStoreTests {
    private static let file = """
        <?xml version="1.0" encoding="UTF-8"?>
        <configuration xmlns="urn:proxydesk:configuration:1">
          <site code="PS1" name="" type="primary" parent="" siteServer="" version="">
            <clientProxies winHTTP="proxy" winHTTPServer="Proxy01.contoso.com" winHTTPPort="8080" winHTTPBypass="*.corp.contoso.com;&lt;local&gt;" system="script" pac="http://pac.contoso.com/x.pac?a=1&amp;b=2" pacDirectHosts="*.Corp.contoso.com;mp1.contoso.com" systemServer="" systemPort="" systemBypass="" userProxyForScans="false"/>
          </site>
          <siteSystemServer name="mp1.contoso.com" site="PS1">
            <role name="SMS Management Point"/>
          </siteSystemServer>
        </configuration>

        """
    private static let code = SiteCode.check("PS1").value!

    private func exported(_ portal: TestPortal) throws -> String {
        var bytes: [UInt8] = []
        var writer = ConfigurationWriter { bytes += $0 }
        try writer.begin()
        try portal.store.read { reading in
            for record in try reading.sites() { try writer.site(record.site) }
            try reading.eachServer(site: nil) { try writer.server($0) }
        }
        try writer.end()
        return String(decoding: bytes, as: UTF8.self)
    }

    private func codes(_ portal: TestPortal) throws -> [FindingCode] {
        try portal.store.read { try $0.findings(.site, key: "PS1") }.map(\.code)
    }

    @Test("a plan comes back as it was, and what is exported is what was imported")
    func roundTrip() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            #expect(try exported(portal) == Self.file)
            let stored = try #require(try portal.store.read { try $0.site(Self.code) })
            #expect(stored.site.clients?.winHTTP?.explicit?.address.text == "Proxy01.contoso.com:8080")
            try portal.importing(file: Self.file)
            #expect(try portal.store.read { try $0.site(Self.code) } == stored)
        }
    }

    @Test("a secondary site's plan follows the management points of its primary site, and no other site's")
    func secondary() throws {
        try withPortal { portal in
            let sites = """
                <site code="PS1" type="primary"/><site code="SS2" type="secondary" parent="PS1"/>
                <site code="SS1" type="secondary" parent="PS1"><clientProxies winHTTP="proxy" winHTTPServer="p.contoso.com" winHTTPPort="8080" winHTTPBypass="mp2.*" system="autoDetect"/></site>
                """
            func server(_ name: String, _ site: String, role: String = "") -> String {
                #"<siteSystemServer name="\#(name)" site="\#(site)">\#(role)</siteSystemServer>"#
            }
            let point = #"<role name="SMS Management Point"/>"#
            let servers = server("mp1.contoso.com", "PS1", role: point) + server("x.contoso.com", "SS2")
            try portal.importing(
                file: #"<configuration xmlns="urn:proxydesk:configuration:1">\#(sites)\#(servers)</configuration>"#)
            func codes() throws -> [FindingCode] {
                try portal.store.read { try $0.findings(.site, key: "SS1") }.map(\.code)
            }
            #expect(try codes().filter { $0 == .clientsBypassMissing }.count == 1)
            let other = try #require(try portal.server("x.contoso.com"))
            try portal.submit(.removeServer(other.name, revision: other.revision))
            #expect(try codes().filter { $0 == .clientsBypassMissing }.count == 1, "another site's server")
            let first = try #require(try portal.server("mp1.contoso.com"))
            try portal.submit(.removeServer(first.name, revision: first.revision))
            #expect(try !codes().contains(.clientsBypassMissing))
        }
    }

    @Test("its findings follow the servers of the site, and are the same when all is judged again")
    func findings() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            #expect(try codes(portal) == [.clientsPACCapitals, .clientsBypassMissing])
            let server = try #require(try portal.server("mp1.contoso.com"))
            try portal.submit(.removeServer(server.name, revision: server.revision))
            #expect(try codes(portal) == [.clientsPACCapitals])
            let role =
                #"<role name="SMS Software Update Point"/><role name="SMS Distribution Point"><distributionPoint connectedCache="true"/></role>"#
            let added = #"<siteSystemServer name="SUP1.contoso.com" site="PS1">\#(role)</siteSystemServer>"#
            try portal.importing(
                file: #"<configuration xmlns="urn:proxydesk:configuration:1">\#(added)</configuration>"#)
            let found = try codes(portal)
            #expect(Set(found) == [.clientsPACCapitals, .clientsPACPoint, .clientsBypassMissing, .clientsCacheReach])
            try portal.store.rebuildDerived()
            #expect(try codes(portal).count == found.count)
            let site = try #require(try portal.store.read { try $0.site(Self.code) })
            try portal.submit(.changeSite(Self.code, Draft([.clientsSystem: "noProxy"]), revision: site.revision))
            #expect(try codes(portal) == [.clientsSystemUnset, .clientsBypassMissing])
        }
    }

    @Test("an edit with a script on a share is refused, a file with one is taken with a warning")
    func fileScript() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1"])))
            let draft = Draft([.clientsSystem: "script", .clientsPAC: "file:///x.pac"])
            let site = try #require(try portal.store.read { try $0.site(Self.code) })
            guard
                case .rejected(let findings) = try portal.submit(.changeSite(Self.code, draft, revision: site.revision))
            else { return #expect(Bool(false), "was not refused") }
            #expect(findings.map(\.code) == [.clientsPACFile])
            let plan = #"<site code="PS1"><clientProxies system="script" pac="file:///x.pac"/></site>"#
            try portal.importing(
                file: #"<configuration xmlns="urn:proxydesk:configuration:1">\#(plan)</configuration>"#)
            let stored = try portal.store.read { try $0.findings(.site, key: "PS1") }
            #expect(stored.map(\.code) == [.clientsPACFile])
            #expect(stored.map(\.severity) == [.warning])
        }
    }
}
