import Domain
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("The list of servers")
struct ServerListTests {
    /// 30 servers at two sites; every third has a proxy, every third is off, every third not told.
    private func withServers(_ body: (TestPortal) throws -> Void) throws {
        try withPortal { portal in
            for code in ["PS1", "PS2"] { try portal.submit(.createSite(Draft([.siteCode: code]))) }
            for index in 0..<30 {
                let name = "CM\(index + 10).corp.contoso.com"
                try portal.submit(
                    .createServer(Draft([.serverName: name, .serverSite: index % 2 == 0 ? "PS1" : "PS2"])))
                guard index % 3 < 2, let record = try portal.server(name) else { continue }
                let draft =
                    index % 3 == 0
                    ? Draft([.proxyUse: "true", .proxyServer: "proxy\(index % 2).contoso.com", .proxyPort: "80"])
                    : Draft([.proxyUse: "false"])
                try portal.submit(.changeProxy(record.name, draft, revision: record.revision))
            }
            try body(portal)
        }
    }

    private func list(_ portal: TestPortal, _ change: (inout ServerListQuery) -> Void) throws -> ServerListPage {
        var query = ServerListQuery()
        change(&query)
        return try portal.store.read { [query] in try $0.serverList(query) }
    }

    @Test("each filter lets through what it says")
    func filters() throws {
        try withServers { portal in
            #expect(try list(portal) { _ in }.total == 30)
            #expect(try list(portal) { $0.text = "m1" }.total == 10, "two letters have no trigram")
            #expect(try list(portal) { $0.text = "CM12" }.total == 1)
            #expect(try list(portal) { $0.text = "corp.contoso" }.total == 30)
            #expect(try list(portal) { $0.text = "\" OR 1" }.total == 0)
            let site = try #require(SiteCode.check("PS1").value)
            #expect(try list(portal) { $0.site = site }.total == 15)
            #expect(try list(portal) { $0.proxy = .anyProxy }.total == 10)
            #expect(try list(portal) { $0.proxy = .off }.total == 10)
            #expect(try list(portal) { $0.proxy = .notTold }.total == 10)
            #expect(try list(portal) { $0.proxy = .server("proxy1.contoso.com") }.total == 5)
            #expect(try list(portal) { $0.isPending = true }.total == 20, "never applied at the site")
            #expect(try list(portal) { $0.severity = .error }.total == 0)
        }
    }

    @Test("paging by key meets every server once, in either direction and by every column")
    func paging() throws {
        try withServers { portal in
            for sort in ServerListQuery.Sort.allCases {
                for isDescending in [false, true] {
                    var names: [String] = []
                    var after: ServerListQuery.PageKey?
                    repeat {
                        let page = try list(portal) { query in
                            query.sort = sort
                            query.isDescending = isDescending
                            query.limit = 7
                            query.after = after
                        }
                        names += page.rows.map(\.name.text)
                        after = page.next
                    } while after != nil
                    #expect(names.count == 30 && Set(names).count == 30, "\(sort) \(isDescending)")
                    if sort == .name { #expect(names == names.sorted(by: isDescending ? (>) : (<))) }
                }
            }
        }
    }

    @Test("the overview counts what the list shows")
    func overview() throws {
        try withServers { portal in
            let overview = try portal.store.read { try $0.overview() }
            #expect(overview.sites == 2 && overview.servers == 30)
            #expect(overview.withProxy == 10 && overview.withoutProxy == 10 && overview.notTold == 10)
            #expect(overview.pending == 20)
            let proxies = try portal.store.read { try $0.proxiesInUse() }
            #expect(proxies.map(\.servers) == [5, 5])
        }
    }
}
