import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Proxies in use")
struct ProxiesInUseTests {
    @Test("a basis is read as it was written, and nothing else is")
    func basis() {
        let basis = PreviewBasis(servers: 12, newestChange: 345)
        #expect(PreviewBasis(basis.text) == basis)
        for text in ["", "12", "a-b", "1-2-3"] { #expect(PreviewBasis(text) == nil) }
    }

    @Test("a proxy's address is read as it is printed")
    func addresses() throws {
        for text in ["proxy01.contoso.com:8080", "10.0.0.1:80", "[2001:db8::1]:3128"] {
            #expect(ProxyAddress(text)?.text == text)
        }
        for text in ["", "proxy01", "proxy01:", "proxy01:080", "proxy01:70000", ":80", "2001:db8::1:80", "a b:80"] {
            #expect(ProxyAddress(text) == nil, "\(text)")
        }
        #expect(ProxyAddress("PROXY01:80") == ProxyAddress("proxy01:80"))
    }

    @Test("proxies are listed by name and port with their accounts, most used first, page by page")
    func list() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1"])))
            let proxies = ["a:80", "b:80", "b:81", "b:80", "B:80", "c:1"]
            for (number, text) in proxies.enumerated() {
                let name = "cm0\(number).contoso.com"
                try portal.submit(.createServer(Draft([.serverName: name, .serverSite: "PS1"])))
                let address = try #require(ProxyAddress(text))
                var draft = Draft([
                    .proxyUse: "true", .proxyServer: address.server.text, .proxyPort: address.port.description,
                ])
                if number > 2 {
                    draft[.proxyUseCredentials] = Sent("true")
                    draft[.proxyAccount] = Sent(number == 3 ? "CONTOSO\\one" : "contoso\\ONE")
                }
                let record = try #require(try portal.server(name))
                try portal.submit(.changeProxy(record.name, draft, revision: record.revision))
            }
            var met: [ProxyAddressUse] = []
            while true {
                let page = try portal.store.read { [met] in try $0.proxyAddresses(after: met.last, limit: 2) }
                met += page
                if page.count < 2 { break }
            }
            #expect(met.map(\.proxy.text.asciiFolded) == ["b:80", "a:80", "b:81", "c:1"])
            #expect(met.map(\.servers) == [3, 1, 1, 1])
            #expect(met[0].numberOfIdentities == 2)
            #expect(met[0].identities.map(\.servers) == [2, 1])
            #expect(met[0].identities[1].value == .system)
            let address = try #require(ProxyAddress("b:80"))
            let overview = try portal.store.read { try $0.proxyOverview(address) }
            #expect(overview?.use.servers == 3 && overview?.sites.map(\.servers) == [3])
            var query = ServerListQuery()
            query.proxy = .users(ProxyUsers(of: address, as: .system))
            let listed = try portal.store.read { [query] in try $0.serverList(query) }
            #expect(listed.rows.map(\.name.firstLabel) == ["cm01"] && listed.total == 1)
            let none = try #require(ProxyAddress("b:82"))
            let nobody = try portal.store.read { try $0.proxyOverview(none) }
            #expect(nobody == nil)
        }
    }
}
