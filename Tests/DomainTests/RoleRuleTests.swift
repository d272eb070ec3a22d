import Domain
import Testing

@Suite("Rules of single roles, and between those of a site")
struct RoleRuleTests {
    private func server(
        proxy: Proxy? = nil, _ roles: [(RoleName, Draft)] = []
    ) throws -> SiteSystemServer {
        var judge = Judge(.edit)
        return SiteSystemServer(
            name: try #require(HostName.check("cm01.contoso.com", label: "").value),
            site: try #require(SiteCode.check("P01").value), general: nil, proxy: proxy,
            roles: roles.map { name, draft in
                Role(name: name, details: RoleDetails.check(draft, of: name, base: nil, &judge))
            })
    }

    private func findings(_ server: SiteSystemServer, connectionPoints: Int = 1) throws -> [Finding] {
        var judge = Judge(.edit)
        let site = try #require(Site.check(Draft([.siteCode: "P01", .siteType: "primary"]), base: nil, &judge))
        return ServerRules.findings(
            for: server,
            in: ServerRules.Surroundings(
                site: site, softwareUpdatePoints: 1, serviceConnectionPoints: connectionPoints), on: .edit)
    }

    private func proxy(account: String?) throws -> Proxy {
        try .on(#require(ProxyConfiguration(server: "proxy.contoso.com", port: 80, account: account)))
    }

    @Test(
        "the option for automatic deployment rules without the one for synchronization is a warning, and refuses nothing"
    )
    func rulesWithoutSynchronization() throws {
        let alone = Draft([.supUseProxyForADR: "true", .supUseProxyForSynchronization: "false"])
        let found = try findings(server(proxy: proxy(account: nil), [(.softwareUpdatePoint, alone)]))
        #expect(found.map(\.code) == [.supADRWithoutSync] && found.allSatisfy { $0.severity == .warning })
        let both = Draft([.supUseProxyForADR: "true", .supUseProxyForSynchronization: "true"])
        #expect(try findings(server(proxy: proxy(account: nil), [(.softwareUpdatePoint, both)])).isEmpty)
    }

    @Test("a WSUS account is DOMAIN\\user, and any other form has its own sentence")
    func wsusAccount() throws {
        for (account, code) in [
            ("svc@contoso.com", FindingCode.accountUPN), ("svc-wsus", .accountNoDomain),
        ] {
            let point = Draft([.supWSUSAccount: account])
            let found = try findings(server(proxy: nil, [(.softwareUpdatePoint, point)]))
            #expect(found.map(\.code) == [code] && found.first?.field == .supWSUSAccount)
        }
    }

    @Test("a service connection point that is offline needs no proxy, which is a notice")
    func offline() throws {
        let found = try findings(server([(.serviceConnectionPoint, Draft([.scpMode: "offline"]))]))
        #expect(found.map(\.code) == [.scpOffline] && found.first?.severity == .notice)
        #expect(try findings(server([(.serviceConnectionPoint, Draft([.scpMode: "online"]))])).isEmpty)
    }

    @Test("a hierarchy has one service connection point")
    func oneConnectionPoint() throws {
        let point = try server([(.serviceConnectionPoint, Draft([.scpMode: "online"]))])
        let found = try findings(point, connectionPoints: 2)
        #expect(found.map(\.code) == [.scpHierarchyOne] && found.first?.severity == .error)
        #expect(try findings(server(), connectionPoints: 2).isEmpty)
    }

    @Test("Connected Cache with a proxy that is used with an account is a warning")
    func cache() throws {
        let cache = [(RoleName.distributionPoint, Draft([.dpConnectedCache: "true"]))]
        let found = try findings(server(proxy: proxy(account: "CONTOSO\\svc"), cache))
        #expect(found.map(\.code) == [.dpCacheCredentials] && found.first?.severity == .warning)
        #expect(try findings(server(proxy: proxy(account: nil), cache)).isEmpty)
        let off = [(RoleName.distributionPoint, Draft([.dpConnectedCache: "false"]))]
        #expect(try findings(server(proxy: proxy(account: "CONTOSO\\svc"), off)).isEmpty)
    }

    @Test("software update points of a site that differ are named with what differs, in one finding about the site")
    func differing() throws {
        let site = try #require(SiteCode.check("P01").value)
        func variant(_ name: String, _ servers: Int, _ draft: Draft) throws -> SoftwareUpdatePointVariant {
            var judge = Judge(.edit)
            return SoftwareUpdatePointVariant(
                details: try #require(SoftwareUpdatePoint.check(draft, base: nil, &judge)),
                server: try #require(HostName.check(name, label: "").value), servers: servers)
        }
        let one = try variant("a.contoso.com", 2, Draft([.supHTTPPort: "8530"]))
        #expect(SoftwareUpdatePointRules.findings(for: [one], at: site, on: .stored).isEmpty)
        let other = try variant("b.contoso.com", 1, Draft([.supHTTPPort: "80", .supHTTPSPort: "443"]))
        let found = SoftwareUpdatePointRules.findings(for: [one, other], at: site, on: .stored)
        #expect(found.map(\.code) == [.supSiteDiffer] && found.first?.key == "P01")
        let message = try #require(found.first?.message)
        #expect(message.contains("“HTTP port” is 8530 at a.contoso.com and another and 80 at b.contoso.com."))
        #expect(message.contains("HTTPS port") && !message.contains("SSL communication"))
        let elsewhere = try variant("c.contoso.com", 1, Draft([.supHTTPPort: "8530", .supClientConnections: "both"]))
        #expect(SoftwareUpdatePointRules.findings(for: [one, elsewhere], at: site, on: .stored).isEmpty)
    }

    @Test("a hundred thousand software update points are put together without comparing each with all others")
    func manyPoints() throws {
        var judge = Judge(.edit)
        let points = try (1...50_000).reversed().flatMap { port in
            let draft = Draft([.supHTTPPort: "\(port)", .supHTTPSPort: "\(port + 1)"])
            let details = try #require(SoftwareUpdatePoint.check(draft, base: nil, &judge))
            return try ["b", "A"].map { letter in
                (
                    server: try #require(HostName.check("\(letter)\(port).contoso.com", label: "").value),
                    details: details
                )
            }
        }
        let groups = SoftwareUpdatePointVariant.grouping(points)
        #expect(groups.count == 50_000)
        #expect(groups.allSatisfy { $0.servers == 2 && $0.server.text == "A\($0.details.httpPort.number).contoso.com" })
        #expect(groups.first?.server.text == "A1.contoso.com")
    }
}
