import Domain
import TestSupport
import Testing
import Workflow

@testable import Pages

@Suite("The Compare tab")
struct CompareTests {
    private func page(_ running: RunningPortal, of server: String = Known.server) async throws -> String {
        try await running.client.get("/servers/\(server)/compare").body
    }

    /// The part of a page between two texts.
    private func part(_ page: String, from start: String, to end: String) throws -> String {
        let begin = try #require(page.firstRange(of: start)?.upperBound)
        let stop = try #require(page[begin...].firstRange(of: end)?.lowerBound)
        return String(page[begin..<stop])
    }

    @Test("what is intended stands beside what was seen, with when it was seen, and only what differs is pending")
    func sideBySide() async throws {
        try await withPortal { running in
            var record = try #require(try running.store.record(Known.server))
            record.sightings.proxy = 1
            running.store.place(record)
            let page = try await page(running)
            let proxy = try part(page, from: "<h2>Proxy</h2>", to: "</section>")
            #expect(proxy.contains("Last seen in the export of"))
            #expect(proxy.contains(#"<a href="/changes/1">change set 1</a>"#))
            let port = try part(proxy, from: "Port ", to: "</tr>")
            #expect(port.contains("pending") && port.contains("<td>80</td><td>3128</td>"))
            let name = try part(proxy, from: ">Proxy server name", to: "</tr>")
            #expect(!name.contains("pending"))
            #expect(try part(page, from: "<h2>General</h2>", to: "</section>").contains("No export has shown it."))
        }
    }

    @Test("what the site's newest export lacks is said with what to do about it")
    func stale() async throws {
        try await withPortal { running in
            var record = try #require(try running.store.record(Known.server))
            #expect(!(try await page(running)).contains(">stale<"))
            record.sightings.isServerStale = true
            record.sightings.earlierRoles["sms dmp connector"] = RoleSighting(changeSet: 1, isStale: true)
            running.store.place(record)
            let export = Sighting(changeSet: 2, time: RunningPortal.now + 3_600_000)
            running.store.place(SiteExport(last: export, lastWithRoles: nil), of: record.site)
            let page = try await page(running)
            #expect(page.contains("does not have this server") && page.contains("remove it from the portal"))
            let roles = try part(page, from: "<h2>Roles</h2>", to: "</table>")
            #expect(try part(roles, from: "SMS Dmp Connector", to: "</tr>").contains(">stale<"))
            #expect(!(try part(roles, from: "SMS Distribution Point", to: "</tr>")).contains(">stale<"))
            let list = try await running.client.get("/servers?stale=true").body
            #expect(list.contains(Known.server) && !list.contains(Known.untold))
            #expect(list.contains("1 server found."))
            let overview = try await running.client.get("/").body
            #expect(overview.contains(#"<a href="/servers?stale=true"><span class="count">1</span>"#))
        }
    }

    @Test("a server no export has shown has nothing to compare with, and says so")
    func neverSeen() async throws {
        try await withPortal { running in
            let page = try await page(running, of: Known.untold)
            #expect(page.contains("Never seen.") && !page.contains(">pending<") && !page.contains(">stale<"))
        }
    }

    @Test("the tab only shows: it takes no form, and another spelling of the name leads to the stored one")
    func readOnly() async throws {
        try await withPortal { running in
            let address = "/servers/\(Known.server)/compare"
            #expect(try await running.client.post(address, [("revision", "1")]).status == 405)
            let other = try await running.client.get("/servers/\(Known.server.uppercased())/compare")
            #expect(other.status == 302 && other.headers["location"] == address)
            #expect(try await running.client.get("/servers/no-such.contoso.com/compare").status == 404)
        }
    }
}
