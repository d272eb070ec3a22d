import Domain
import TestSupport
import Testing

@Suite("Rules across the groups of a server")
struct ServerRulesTests {
    private let secondary = Self.site("S01", type: "secondary", parent: "P01")
    private let primary = Self.site("P01", type: "primary")

    private static func site(_ code: String, type: String, parent: String = "") -> Site? {
        var judge = Judge(.edit)
        return Site.check(Draft([.siteCode: code, .siteType: type, .siteParent: parent]), base: nil, &judge)
    }

    private func server(proxy: Proxy?, point: Draft?, at site: String = "P01") throws -> SiteSystemServer {
        var judge = Judge(.edit)
        let details = point.flatMap { RoleDetails.check($0, of: .softwareUpdatePoint, base: nil, &judge) }
        return SiteSystemServer(
            name: try #require(HostName.check("cm01.contoso.com", label: "").value),
            site: try #require(SiteCode.check(site).value), general: nil, proxy: proxy,
            roles: point == nil ? [] : [Role(name: .softwareUpdatePoint, details: details)])
    }

    private func codes(_ server: SiteSystemServer, at site: Site?, points: Int = 1, on occasion: Occasion = .edit)
        -> [Finding]
    {
        ServerRules.findings(
            for: server, in: ServerRules.Surroundings(site: site, softwareUpdatePoints: points), on: occasion)
    }

    @Test("a software update point cannot use a proxy its server has not")
    func proxyUnavailable() throws {
        let point = Draft([.supUseProxyForSynchronization: "true", .supUseProxyForADR: "true"])
        #expect(
            try codes(server(proxy: .off, point: point), at: primary).map(\.code) == [
                .supProxyUnavailable, .supProxyUnavailable,
            ])
        #expect(try codes(server(proxy: nil, point: point), at: primary).isEmpty, "what nobody told is not off")
        #expect(
            try codes(server(proxy: .off, point: point), at: primary, on: .stored).allSatisfy {
                $0.severity == .warning
            })
    }

    @Test(
        "ports 80 and 443 belong together; others are usually neighbours",
        arguments: [
            ("80", "443", [FindingCode]()), ("80", "8531", [.supPortPair]), ("8530", "8531", []),
            ("8530", "9000", [.supPortNext]),
        ])
    func ports(http: String, https: String, expected: [FindingCode]) throws {
        let point = Draft([.supHTTPPort: http, .supHTTPSPort: https])
        #expect(try codes(server(proxy: .off, point: point), at: primary).map(\.code) == expected)
    }

    @Test("gateway traffic needs internet clients and SSL")
    func gateway() throws {
        let point = Draft([.supAllowCMGTraffic: "true"])
        #expect(try codes(server(proxy: .off, point: point), at: primary).map(\.code) == [.supCMGIntranet, .supCMGSSL])
    }

    @Test("a secondary site has one software update point, for the intranet, and no use for the ADR option")
    func secondarySite() throws {
        let point = Draft([.supUseProxyForADR: "true", .supClientConnections: "both"])
        let proxy = try Proxy.on(#require(ProxyConfiguration(server: "p.contoso.com", port: 80, account: nil)))
        let found = try codes(server(proxy: proxy, point: point, at: "S01"), at: secondary, points: 2)
        #expect(found.map(\.code) == [.supSecondaryOne, .supADRSecondary, .supSecondaryInternet])
        #expect(
            found.first { $0.code == .supADRSecondary }?.severity == .warning, "it has no effect, so it refuses nothing"
        )
    }

    @Test("an edit is refused only by what it brings about")
    func broughtAbout() throws {
        let point = Draft([.supUseProxyForSynchronization: "true"])
        let proxy = try Proxy.on(#require(ProxyConfiguration(server: "p.contoso.com", port: 80, account: nil)))
        let here = ServerRules.Surroundings(site: primary, softwareUpdatePoints: 1)
        let before = try server(proxy: .off, point: point)
        let unchanged = ServerRules.findings(
            changing: before, to: before, changed: [.generalForest], in: here, before: here)
        #expect(unchanged.map(\.severity) == [.warning])
        let turnedOff = try ServerRules.findings(
            changing: server(proxy: proxy, point: point), to: before, changed: [.proxyUse], in: here, before: here)
        #expect(turnedOff.map(\.severity) == [.error])
        let touched = ServerRules.findings(
            changing: before, to: before, changed: [.supUseProxyForSynchronization], in: here, before: here)
        #expect(touched.map(\.severity) == [.error])
    }
}

@Suite("Rules between sites")
struct SiteRulesTests {
    private func sites(_ rows: [(String, String, String)]) -> [SiteCode: Site] {
        var sites: [SiteCode: Site] = [:]
        for (code, type, parent) in rows {
            var judge = Judge(.edit)
            let draft = Draft([.siteCode: code, .siteType: type, .siteParent: parent])
            if let site = Site.check(draft, base: nil, &judge) { sites[site.code] = site }
        }
        return sites
    }

    @Test(
        "a hierarchy has a form",
        arguments: [
            (
                [("CAS", "central administration", ""), ("P01", "primary", "CAS"), ("S01", "secondary", "P01")],
                [FindingCode]()
            ),
            ([("S01", "secondary", "")], [.siteParentMissing]),
            ([("P01", "primary", "XXX")], [.siteParentUnknown]),
            ([("P01", "primary", ""), ("P02", "primary", "P01")], [.siteParentType]),
            ([("CAS", "central administration", ""), ("S01", "secondary", "CAS")], [.siteParentType]),
            ([("CAS", "central administration", "P01"), ("P01", "primary", "")], [.siteParentType]),
        ])
    func form(rows: [(String, String, String)], expected: [FindingCode]) {
        let all = sites(rows)
        let found = all.values.sorted { $0.code < $1.code }.flatMap {
            SiteRules.findings(for: $0, among: all, on: .edit)
        }
        #expect(found.map(\.code) == expected)
    }

    @Test("no site is above itself")
    func cycle() {
        let all = sites([("P01", "", "P02"), ("P02", "", "P01")])
        let found = all.values.flatMap { SiteRules.findings(for: $0, among: all, on: .edit) }
        #expect(found.map(\.code) == [.siteParentCycle, .siteParentCycle])
    }
}

@Suite("The catalogues")
struct CatalogueTests {
    @Test("every field has an entry of its own, under its own group")
    func everyField() {
        #expect(FieldCatalogue.all.map(\.key).count == FieldKey.allCases.count)
        #expect(Set(FieldCatalogue.all.map(\.key)) == Set(FieldKey.allCases))
        for key in FieldKey.allCases { #expect(FieldCatalogue.field(key).label != key.rawValue, "\(key) has a label") }
    }

    @Test("shape and policy are the lists of the contract")
    func kinds() {
        let policy = FindingCode.allCases.filter { $0.kind == .policy }
        for code in policy {
            #expect(code.severity(on: .edit) == .error)
            #expect(code.severity(on: .fileImport) == .warning)
            #expect(code.severity(on: .stored) == .warning)
        }
        for code in FindingCode.allCases where code.kind == .shape { #expect(code.severity(on: .fileImport) == .error) }
        #expect(policy.contains(.nameUnderscore) && policy.contains(.accountUPN) && policy.contains(.siteCodeReserved))
    }
}

@Suite("JSON")
struct JSONWriterTests {
    @Test("texts are escaped and members keep their order")
    func escapes() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("b", "a\"\\\u{1}\n<é>")
            writer.member("a", 3)
            writer.key("c")
            writer.array { $0.value(nil) }
        }
        #expect(writer.text == #"{"b":"a\"\\\u0001\u000a<é>","a":3,"c":[null]}"#)
    }
}
