import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Reading traffic flows")
struct FlowReadingTests {
    private func withServers(_ body: (TestPortal) throws -> Void) throws {
        try withPortal { portal in
            let accounts = ["CONTOSO\\svc-proxy", "contoso\\SVC-proxy", nil]
            let names = (0..<9).map { "CM0\($0).corp.contoso.com" }
            let items = names.enumerated().map { index, name in
                ServerItem(
                    name, site: index % 2 == 0 ? "PS1" : "PS2",
                    proxy: ProxyItem(name: "proxy01.contoso.com", port: 80, account: accounts[index % 3]))
            }
            // Every third server has no role, and so no flow.
            let roles = names.enumerated().filter { $0.offset % 3 != 2 }.flatMap { index, name in
                ["SMS Cloud Proxy Connector", "SMS Software Update Point"].map {
                    RoleItem(name, role: $0, site: index % 2 == 0 ? "PS1" : "PS2")
                }
            }
            let result = try portal.importing(items, roles: roles)
            #expect(result.outcome == .saved)
            try body(portal)
        }
    }

    @Test("servers that are read one after the other come with the flows each has by itself")
    func besideServers() throws {
        try withServers { portal in
            for code in [nil, "PS1", "PS2"] {
                let site = code.flatMap { SiteCode.check($0).value }
                try portal.store.read { reading in
                    var servers = 0
                    var found = 0
                    try reading.eachServerWithFlows(site: site) { record, flows in
                        let alone = try reading.flows(of: record.name)
                        #expect(flows == alone)
                        servers += 1
                        found += flows.count
                    }
                    let all = try reading.flowCounts(site: site).reduce(0) { $0 + $1.number }
                    #expect(found == all && found > 0)
                    #expect(servers == (site == nil ? 9 : code == "PS1" ? 5 : 4))
                }
            }
        }
    }

    @Test("an account is found in all its spellings, and the list's pages hold every flow once")
    func spellings() throws {
        try withServers { portal in
            let account = try #require(AccountName.check("Contoso\\Svc-Proxy", label: "").value)
            try portal.store.read { reading in
                var query = FlowListQuery()
                query.identity = .account(account)
                let all = try reading.flowList(query)
                #expect(all.total == 6 && all.rows.count == 6)
                var rows: [TrafficFlow] = []
                query.limit = 2
                repeat {
                    let page = try reading.flowList(query)
                    rows += page.rows
                    query.after = page.next
                } while query.after != nil
                #expect(rows == all.rows)
            }
        }
    }
}
