import Domain
import Testing

@Suite("A plan against the servers of its site")
struct ClientProxyRuleTests {
    private func name(_ text: String) throws -> HostName { try #require(HostName.check(text, label: "").value) }

    private func systems(point: String = "sup1.contoso.com", requireSSL: Bool? = false) throws -> ClientSystems {
        var systems = ClientSystems()
        systems.managementPoints = [try name("mp1.contoso.com")]
        systems.softwareUpdatePoints = [.init(name: try name(point), requireSSL: requireSSL)]
        systems.caches = [try name("dp1.contoso.com")]
        return systems
    }

    private func found(_ draft: Draft, _ systems: ClientSystems) throws -> [Finding] {
        var judge = Judge(.edit)
        var sent = draft
        sent[.siteCode] = Sent("PS1")
        let site = try #require(Site.check(sent, base: nil, &judge))
        return ClientProxyRules.findings(for: site, systems: systems, on: .stored)
    }

    private func script(_ hosts: String) -> Draft {
        Draft([.clientsSystem: "script", .clientsPAC: "http://pac/x.pac", .clientsPACDirectHosts: hosts])
    }

    @Test("a site without a plan has no findings")
    func none() throws { #expect(try found(Draft(), systems()).isEmpty) }

    @Test("capitals in a script's hosts, and in the name of a software update point, are warned of")
    func capitals() throws {
        let point = try systems(point: "SUP1.contoso.com")
        #expect(try found(script("*1.contoso.com\nsup*"), point).map(\.code).isEmpty)
        #expect(try found(script("sup1.contoso.com\nmp1.*\ndp1.*"), point).map(\.code) == [.clientsPACPoint])
        #expect(try found(script("*.CONTOSO.com"), systems()).map(\.code) == [.clientsPACCapitals])
        let both = try found(script("sup1.contoso.com\nSUP1.contoso.com\nmp1.*\ndp1.*"), point)
        #expect(both.map(\.code) == [.clientsPACCapitals])
        #expect(try found(script("*.contoso.com"), systems()).isEmpty)
        let untold = try found(script(""), point).map(\.code)
        #expect(!untold.contains(.clientsPACPoint), "nobody told the script's hosts, so none is missing")
    }

    @Test("a star alone means every host, so no client would use the proxy")
    func everything() throws {
        let proxy = Draft([
            .clientsWinHTTP: "proxy", .clientsWinHTTPServer: "p.contoso.com", .clientsWinHTTPPort: "80",
            .clientsWinHTTPBypass: "mp1.*;*", .clientsSystem: "proxy", .clientsSystemServer: "p.contoso.com",
            .clientsSystemPort: "80", .clientsSystemBypass: "*.contoso.com",
        ])
        let findings = try found(proxy, systems())
        #expect(findings.map(\.code) == [.clientsBypassAll])
        #expect(findings.first?.field == .clientsWinHTTPBypass)
        #expect(findings.first?.severity == .warning)
    }

    @Test("a proxy for WinHTTP alone leaves BITS without one")
    func systemUnset() throws {
        let plan = Draft([.clientsWinHTTP: "import"])
        #expect(try found(plan, systems()).map(\.code) == [.clientsSystemUnset])
        let both = Draft([.clientsWinHTTP: "import", .clientsSystem: "autoDetect"])
        #expect(try found(both, ClientSystems()).isEmpty)
        #expect(try found(Draft([.clientsWinHTTP: "direct"]), systems()).isEmpty)
    }

    @Test("servers of the site that are not among the hosts without the proxy are named")
    func bypass() throws {
        let proxy = Draft([
            .clientsSystem: "proxy", .clientsSystemServer: "p.contoso.com", .clientsSystemPort: "80",
            .clientsSystemBypass: "mp1.*;dp1.*",
        ])
        let findings = try found(proxy, systems())
        #expect(findings.map(\.code) == [.clientsBypassMissing])
        #expect(findings.first?.field == .clientsSystemBypass)
        #expect(findings.first?.message.contains("sup1.contoso.com") == true)
        #expect(findings.first?.message.contains("mp1") == false)
        #expect(findings.first?.severity == .warning)
    }

    @Test("scans over HTTP without a proxy for the system are a notice, unless the user proxy is allowed")
    func scans() throws {
        func draft(_ allowed: String) -> Draft {
            Draft([.clientsWinHTTP: "direct", .clientsSystem: "noProxy", .clientsUserProxyForScans: allowed])
        }
        #expect(try found(draft(""), systems()).map(\.code) == [.clientsScanUser])
        #expect(try found(draft("false"), systems()).map(\.severity) == [.notice])
        #expect(try found(draft("true"), systems()).isEmpty)
        #expect(try found(draft("false"), systems(requireSSL: true)).isEmpty)
        #expect(try found(draft("false"), systems(requireSSL: nil)).isEmpty)
    }

    @Test("a distribution point with Connected Cache that a proxy is in the way of is a notice")
    func cache() throws {
        #expect(try found(script("mp1.*;sup1.*"), systems()).map(\.code) == [.clientsCacheReach])
        #expect(try found(Draft([.clientsSystem: "autoDetect"]), systems()).map(\.code) == [.clientsCacheReach])
        #expect(try found(Draft([.clientsSystem: "noProxy"]), systems()).isEmpty)
    }
}
