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
