import Domain
import Foundation
import TestSupport
import Testing
import XMLExchange

@Suite("Writing our own XML")
struct WriterTests {
    static func write(_ sites: [Site], _ servers: [ServerRecord], components: [ComponentRecord] = []) -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = ConfigurationWriter { bytes += $0 }
        try! writer.begin()
        for site in sites { try! writer.site(site) }
        for component in components { try! writer.component(component) }
        for server in servers { try! writer.server(server) }
        try! writer.end()
        return bytes
    }

    /// What a reading's drafts become once the rules have seen them.
    static func values(_ reading: Reading) throws -> (sites: [Site], servers: [ServerRecord]) {
        var judge = Judge(.fileImport)
        let sites = reading.sites.compactMap { Site.check($0.fields, base: nil, &judge) }
        var servers = try reading.servers.map { draft in
            let name = HostName.check(draft.name.text, label: "Name").value
            let site = SiteCode.check(draft.site?.text ?? "").value
            return ServerRecord(
                name: try #require(name), site: try #require(site),
                general: Held(intended: draft.general.flatMap { General.check($0, base: nil, &judge) }),
                proxy: Held(intended: draft.proxy.flatMap { Proxy.check($0, base: nil, &judge) }))
        }
        for role in reading.roles {
            let index = try #require(servers.firstIndex { $0.name.text == role.server.text })
            let name = try #require(RoleName.check(role.role.text).value)
            let details = RoleDetails.check(role.details, of: name, base: nil, &judge)
            servers[index].roles.append(HeldRole(name: name, intended: details, isObserved: false))
        }
        #expect(judge.findings.filter { $0.severity == .error }.isEmpty)
        return (sites, servers)
    }

    @Test("The document has the published shape, byte for byte")
    func shape() throws {
        let released = Fixture.bytes("configuration-1.xml")
        let values = try Self.values(Reading(released))
        #expect(
            String(decoding: Self.write(values.sites, values.servers), as: UTF8.self)
                == String(decoding: released, as: UTF8.self))
    }

    @Test("Any configuration comes back as it was, and is written the same again")
    func roundTrip() throws {
        var random = RandomConfiguration(seed: 3)
        for _ in 0..<60 {
            let sites = random.sites()
            let servers = (0..<Int.random(in: 1...12, using: &random.random)).map { random.server($0) }
            let bytes = Self.write(sites, servers)
            let reading = Reading(bytes)
            #expect(reading.findings.isEmpty)
            let read = try Self.values(reading)
            #expect(read.sites == sites)
            #expect(read.servers.map(\.intended) == servers.map(\.intended))
            #expect(Self.write(read.sites, read.servers) == bytes)
        }
    }

    @Test("Any component comes back as it was, and is written the same again")
    func components() throws {
        var random = RandomConfiguration(seed: 4)
        for _ in 0..<200 {
            let components = random.components()
            guard !components.isEmpty else { continue }
            let bytes = Self.write([], [], components: components)
            let reading = Reading(bytes)
            #expect(reading.findings.isEmpty)
            var judge = Judge(.fileImport)
            let read = reading.components.map { SoftwareUpdatePointComponent.check($0.fields, base: nil, &judge) }
            #expect(read == components.map(\.component.intended) && judge.findings.isEmpty)
        }
    }

    @Test("An export of a site's own export is stable")
    func observed() throws {
        let site = try Self.values(Reading(Fixture.bytes("whole-site.xml")))
        let bytes = Self.write(site.sites.filter { $0.name != nil }, site.servers)
        let again = try Self.values(Reading(bytes))
        #expect(Self.write(again.sites, again.servers) == bytes)
    }

    @Test("Large documents come in pieces")
    func pieces() {
        var sizes: [Int] = []
        var writer = ConfigurationWriter { sizes.append($0.count) }
        var random = RandomConfiguration(seed: 5)
        try! writer.begin()
        for number in 0..<2_000 { try! writer.server(random.server(number)) }
        try! writer.end()
        #expect(sizes.count > 3)
        #expect(sizes.allSatisfy { $0 < 80_000 })
    }
}

/// Configurations with everything in them that a configuration may hold, by chance.
struct RandomConfiguration {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values.randomElement(using: &random)! }
    private mutating func flag() -> String { pick(["true", "false"]) }

    private mutating func text() -> String {
        let alphabet = Array("ab Z&<>\"'é森🌲_x0041_;#-")
        return String((0..<Int.random(in: 1...20, using: &random)).map { _ in pick(alphabet) }) + "x"
    }

    private mutating func account() -> String {
        pick(["", "CONTOSO\\svc-\(text().filter { $0.isLetter })", "svc&é@contoso.com"])
    }

    mutating func sites() -> [Site] {
        var judge = Judge(.fileImport)
        return (0..<Int.random(in: 1...4, using: &random)).compactMap { number in
            var draft = Draft()
            draft[.siteCode] = Sent("PS\(number)")
            draft[.siteName] = Sent(text())
            draft[.siteType] = Sent(pick(["", "primary", "secondary", "central administration"]))
            draft[.siteParent] = Sent(pick(["", "CAS"]))
            draft[.siteVersion] = Sent(pick(["", "5.00.9128.1000"]))
            draft[.siteCloudDistributionPoints] = Sent(pick(["", "a.net", "a.net\nb & c"]))
            draft[.siteExchangeConnectors] = Sent(pick(["", "ex1.contoso.com\nex2.contoso.com"]))
            for field in ClientPorts.fields where Bool.random(using: &random) {
                draft[field.key] = Sent(
                    field.key == .siteCustomWebsite
                        ? pick(["", "true", "false"]) : pick(["", String(Int.random(in: 1...65535, using: &random))]))
            }
            addPlan(to: &draft)
            return Site.check(draft, base: nil, &judge)
        }
    }

    private mutating func addPlan(to draft: inout Draft) {
        draft[.clientsWinHTTP] = Sent(pick(["", "direct", "import", "proxy"]))
        draft[.clientsSystem] = Sent(pick(["", "noProxy", "autoDetect", "script", "proxy"]))
        draft[.clientsUserProxyForScans] = Sent(pick(["", "true", "false"]))
        draft[.clientsPAC] = Sent(pick(["http://pac.contoso.com/a.pac?x=1&y=2", "https://[2001:db8::1]:8080/%C3%A9"]))
        draft[.clientsPACDirectHosts] = Sent(pick(["", "*.Contoso.com", "a.b.c\nd.e.f"]))
        for field in [FieldKey.clientsWinHTTPServer, .clientsSystemServer] {
            draft[field] = Sent(pick(["proxy01.contoso.com", "10.0.0.1", "[2001:db8::1]"]))
        }
        for field in [FieldKey.clientsWinHTTPPort, .clientsSystemPort] {
            draft[field] = Sent(String(Int.random(in: 1...65535, using: &random)))
        }
        for field in [FieldKey.clientsWinHTTPBypass, .clientsSystemBypass] {
            draft[field] = Sent(pick(["", "<local>", "*.contoso.com;<LOCAL>", "10.*\ncm01.contoso.com:8530"]))
        }
    }

    mutating func components() -> [ComponentRecord] {
        (0..<Int.random(in: 0...2, using: &random)).compactMap { number in
            var judge = Judge(.fileImport)
            var draft = Draft()
            for field in SoftwareUpdatePointComponent.fields where Bool.random(using: &random) {
                draft[field.key] = Sent(sent(for: field))
            }
            // Token and parts exclude each other.
            if !(draft[.supcScheduleKind]?.text.isEmpty ?? true) { draft[.supcSchedule] = nil }
            return SoftwareUpdatePointComponent.check(draft, base: nil, &judge).map {
                ComponentRecord(site: SiteCode.check("PS\(number)").value!, component: Held(intended: $0))
            }
        }
    }

    private mutating func sent(for field: Field) -> String {
        switch field.control {
        case .checkBox: flag()
        case .choice(let choices): pick(choices.map(\.value))
        case .number: pick(["", "1", "999"])
        case .lines: pick(["", text(), text() + "\n" + text()])
        case .text where field.key == .supcScheduleStart: pick(["", "2026-11-21 03:00", "2026-02-01T0:5"])
        case .text: field.key == .supcDefaultServer ? pick(["", "sup1.contoso.com"]) : text()
        }
    }

    mutating func server(_ number: Int) -> ServerRecord {
        var judge = Judge(.fileImport)
        let general = General.check(
            Draft([
                .generalInternetFQDN: pick(["", "ss.example.net"]), .generalForest: text(),
                .generalSiteServerInitiatesConnections: flag(), .generalInstallationAccount: account(),
            ]), base: nil, &judge)
        let account = account()
        let proxy = Proxy.check(
            Draft([
                .proxyUse: flag(), .proxyServer: pick(["proxy", "10.0.0.1", "[2001:db8::1]", "2001:db8::2"]),
                .proxyPort: String(Int.random(in: 1...65535, using: &random)), .proxyAccount: account,
                .proxyUseCredentials: account.isEmpty ? "false" : "true",
            ]), base: nil, &judge)
        return ServerRecord(
            name: HostName.check("cm\(number).corp.contoso.com", label: "Name").value!,
            site: SiteCode.check("PS1").value!,
            general: Held(intended: Bool.random(using: &random) ? general : nil),
            proxy: Held(intended: Bool.random(using: &random) ? proxy : nil), roles: roles())
    }

    private mutating func roles() -> [HeldRole] {
        var judge = Judge(.fileImport)
        let point = Draft([
            .supUseProxyForSynchronization: flag(), .supHTTPSPort: "443", .supRequireSSL: flag(),
            .supClientConnections: pick(["intranet", "internet", "both", "none"]), .supWSUSAccount: account(),
        ])
        let drafts: [(String, Draft)] = [
            ("SMS Software Update Point", point),
            ("SMS Dmp Connector", Draft([.scpMode: pick(["online", "offline"])])),
            ("SMS Distribution Point", Draft([.dpConnectedCache: pick(["true", "false", ""])])),
            ("A Role & <more>", Draft()),
        ]
        let chosen = drafts.filter { _ in Bool.random(using: &random) }
        return chosen.map { name, draft in
            let name = RoleName.check(name).value!
            return HeldRole(
                name: name, intended: RoleDetails.check(draft, of: name, base: nil, &judge), isObserved: false)
        }
    }
}
