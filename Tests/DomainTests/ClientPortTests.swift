import Domain
import Testing

@Suite("The ports of a site's clients")
struct ClientPortTests {
    private func read(_ draft: Draft, base: Site? = nil) -> (site: Site?, findings: [Finding]) {
        var judge = Judge(.edit)
        var sent = draft
        if base == nil { sent[.siteCode] = sent[.siteCode] ?? Sent("PS1") }
        let site = Site.check(sent, base: base, &judge)
        return (site, judge.findings)
    }

    private func found(_ draft: Draft, among others: [Site] = []) throws -> [FindingCode] {
        let site = try #require(read(draft).site)
        let sites = Dictionary(uniqueKeysWithValues: (others + [site]).map { ($0.code, $0) })
        return SiteRules.findings(for: site, among: sites, on: .edit).map(\.code)
    }

    @Test("what nobody told is not told, and a blank takes it away again")
    func notTold() throws {
        #expect(read(Draft()).site?.clientPorts == .notTold)
        let told = try #require(read(Draft([.siteClientHTTPPort: " 08080 ", .siteCustomWebsite: "true"])).site)
        #expect(told.clientPorts.http == 8080)
        #expect(told.clientPorts.https == nil)
        #expect(told.clientPorts.customWebsite == true)
        #expect(read(Draft([.siteName: "x"]), base: told).site?.clientPorts == told.clientPorts)
        #expect(
            read(Draft([.siteClientHTTPPort: "", .siteCustomWebsite: ""]), base: told).site?.clientPorts == .notTold)
    }

    @Test(
        "each way to mistype a port has its own sentence",
        arguments: [
            ("0", FindingCode.sitePortRange), ("65536", .sitePortRange), ("0x50", .sitePortHexadecimal),
            ("+80", .sitePortSign), ("８０", .sitePortDigits), ("80.0", .sitePortFraction), ("http", .sitePortCharacters),
        ])
    func mistyped(text: String, code: FindingCode) {
        for field in ClientPorts.fields.map(\.key) where field != .siteCustomWebsite {
            let read = read(Draft([field: text]))
            #expect(read.site == nil)
            #expect(read.findings.map(\.code) == [code])
            #expect(read.findings.first?.field == field)
        }
    }

    @Test("one port for both HTTP and HTTPS is refused, a default counting where nothing was told")
    func samePort() throws {
        #expect(try found(Draft([.siteClientHTTPPort: "8080", .siteClientHTTPSPort: "8080"])) == [.sitePortSame])
        #expect(try found(Draft([.siteClientHTTPPort: "443"])) == [.sitePortSame])
        #expect(try found(Draft([.siteClientHTTPSPort: "80"])) == [.sitePortSame])
        #expect(try found(Draft([.siteClientHTTPPort: "443", .siteClientHTTPSPort: "80"])).isEmpty)
    }

    @Test("a custom website on the ports of the default website is a warning")
    func customWebsite() throws {
        #expect(try found(Draft([.siteCustomWebsite: "true"])) == [.siteWebsitePorts])
        #expect(try found(Draft([.siteCustomWebsite: "true", .siteClientHTTPPort: "8080"])) == [.siteWebsitePorts])
        let both: Draft = Draft([
            .siteCustomWebsite: "true", .siteClientHTTPPort: "8080", .siteClientHTTPSPort: "8443",
        ])
        #expect(try found(both).isEmpty)
        #expect(try found(Draft([.siteCustomWebsite: "false"])).isEmpty)
    }

    @Test("a secondary site takes the ports of its primary site, and its own are told to have no effect")
    func secondary() throws {
        let primary = try #require(read(Draft([.siteType: "primary", .siteClientHTTPPort: "8080"])).site)
        let draft = Draft([
            .siteCode: "S01", .siteType: "secondary", .siteParent: "PS1", .siteClientHTTPPort: "443",
            .siteCustomWebsite: "true",
        ])
        #expect(try found(draft, among: [primary]) == [.sitePortsIgnored])
        let secondary = try #require(read(draft).site)
        let sites = [primary.code: primary, secondary.code: secondary]
        #expect(secondary.effectiveClientPorts(among: sites) == primary.clientPorts)
        #expect(primary.effectiveClientPorts(among: sites) == primary.clientPorts)
        #expect(secondary.effectiveClientPorts(among: [secondary.code: secondary]) == .notTold)
        #expect(
            try found(Draft([.siteType: "central administration", .siteWakeOnLANPort: "9"])) == [.sitePortsIgnored])
    }

    @Test("documents hold the ports only where somebody told one")
    func documents() throws {
        let untold = try #require(read(Draft()).site)
        #expect(!untold.document.contains("clientPorts"))
        let told = try #require(read(Draft([.siteClientHTTPPort: "8080"])).site)
        #expect(told.document.contains(#""clientPorts":{"clientHTTPPort":8080,"clientHTTPSPort":null"#))
    }
}
