import Domain
import Testing

@Suite("What has to be reached on the internet")
struct EndpointRequirementTests {
    private let facts = SmallFacts.facts

    private func requirements(
        _ scenes: [FlowScene], _ choice: EndpointRequirements.Choice = EndpointRequirements.Choice()
    ) throws -> EndpointRequirements {
        EndpointRequirements(try scenes.compactMap { InternetConnection(try $0.resolve()) }, facts, choice)
    }

    private func hosts(_ group: EndpointRequirements.Group?) -> [String] {
        group?.needs.flatMap { need in need.hosts.map(\.pattern.text) } ?? []
    }

    @Test("where a flow goes through a proxy, the proxy needs the hosts, and the computer the proxy's port")
    func proxy() throws {
        let found = try requirements([
            FlowScene(.serviceConnection, "", proxy: "proxy01:8080", role: [.scpMode: "online"])
        ])
        let group = try #require(found.groups.first)
        #expect(found.groups.count == 1)
        #expect(group.way.title == "Through proxy01:8080")
        #expect(group.way.whose.contains("TCP 8080 to proxy01"))
        #expect(group.connections.map(\.who.words) == ["cm01.contoso.com"])
        #expect(group.connections.first?.identity == .system)
        #expect(hosts(group) == ["*.manage.microsoft.com", "go.microsoft.com"], "wildcards stay as they are")
        #expect(group.needs.first?.endpoint.date == "2026-06-08")
    }

    @Test("where it goes straight out, the firewall of the computer needs them")
    func direct() throws {
        let found = try requirements([
            FlowScene(.serviceConnection, "", proxy: "none", role: [.scpMode: "online"])
        ])
        #expect(found.groups.map(\.way) == [.direct])
        #expect(found.groups.first?.way.whose.contains("firewall") == true)
        #expect(hosts(found.groups.first).count == 2)
    }

    @Test("an unknown route keeps both answers that are possible")
    func unknown() throws {
        let scene = FlowScene(
            .adrContentDownload, "", proxy: "proxy01:8080", siteServerProxy: "none",
            role: [.supUseProxyForADR: "true"])
        let found = try requirements([scene])
        #expect(found.groups.map(\.way) == [.unknown])
        #expect(found.groups.first?.connections.first?.either.count == 2)
        #expect(hosts(found.groups.first) == ["*.windowsupdate.com"])
    }

    @Test(
        "who does not reach the internet needs nothing",
        arguments: [
            FlowScene(.serviceConnection, "", role: [.scpMode: "offline"]),
            FlowScene(
                .softwareUpdateSynchronization, "", role: [.supUseProxyForSynchronization: "true"],
                site: [.siteParent: "CAS"]),
            FlowScene(
                .softwareUpdateSynchronization, "", role: [.supUseProxyForSynchronization: "true"],
                site: [.siteType: "secondary", .siteParent: "CAS"]),
            FlowScene(
                .softwareUpdateSynchronization, "", role: [.supUseProxyForSynchronization: "true"],
                component: [.supcDefaultServer: "cm02.contoso.com"]),
        ])
    func nothing(scene: FlowScene) throws {
        let connection = InternetConnection(try scene.resolve())
        #expect(connection == nil)
        #expect(try requirements([scene]).groups.isEmpty)
    }

    @Test("a software update point below a WSUS server of one's own does not need the hosts of Microsoft")
    func upstream() throws {
        let found = try requirements([
            FlowScene(
                .softwareUpdateSynchronization, "", role: [.supUseProxyForSynchronization: "true"],
                component: [.supcSynchronizationSource: "upstream", .supcUpstreamServer: "wsus"])
        ])
        #expect(found.groups.first?.connections.first?.isUpstream == true)
        #expect(found.groups.first?.needs.isEmpty == true)
    }

    @Test("names of the site are asked for and put in, and never guessed")
    func placeholders() throws {
        let scene = FlowScene(.cmgConnection, "", proxy: "proxy01:8080")
        let open = try requirements([scene])
        #expect(open.placeholders == [.cmg, .region])
        #expect(hosts(open.groups.first) == ["<cmg>.<region>.cloudapp.azure.com", "<cmg>.usgovcloudapp.net"])
        var choice = EndpointRequirements.Choice()
        choice.cloud = .public
        choice.answers = [.cmg: "graniteflower"]
        let found = try requirements([scene], choice)
        #expect(hosts(found.groups.first) == ["graniteflower.<region>.cloudapp.azure.com"])
        let host = try #require(found.groups.first?.needs.first?.hosts.first)
        #expect(!host.pattern.isComplete && host.pattern.placeholders == [.region])
        #expect(host.ports.map(\.canBeProxied) == [true, false])
    }

    @Test(
        "what is typed for such a name is one label, and nothing else",
        arguments: ["", "-a", "a-", "a.b", "a b", "a;b", "<cmg>", "ä", "a\u{0}"])
    func unfitAnswers(text: String) { #expect(HostPlaceholder.cmg.answer(text) == nil) }

    @Test(
        "where a whole name is asked for, one label is none",
        arguments: ["mail", "a..b", ".a.b", "a.b.", "a.-b", String(repeating: "a", count: 64) + ".com"])
    func unfitNames(text: String) { #expect(HostPlaceholder.exchange.answer(text) == nil) }

    @Test("what is taken for a name of the site is put in")
    func fitNames() throws {
        let pattern = try #require(EndpointPattern("<exchange>"))
        let answer = try #require(HostPlaceholder.exchange.answer("Mail.Contoso.com"))
        #expect(pattern.filled(with: [.exchange: answer]).text == "mail.contoso.com")
        #expect(HostPlaceholder.cmg.answer(String(repeating: "a", count: 63))?.count == 63)
        #expect(HostPlaceholder.cmg.answer(String(repeating: "a", count: 64)) == nil)
    }

    @Test("what is replaced or gone from the documentation is no requirement")
    func superseded() throws {
        let found = try requirements([
            FlowScene(.serviceConnection, "", proxy: "none", role: [.scpMode: "online"])
        ])
        #expect(!hosts(found.groups.first).contains("configmgrbits.azureedge.net"))
        #expect(!hosts(found.groups.first).contains("gone.microsoft.com"))
    }

    @Test("clients, consoles and site servers connect outside the flows, and nobody knows through what")
    func outside() throws {
        let client = try #require(facts.party("client"))
        let siteServer = try #require(facts.party("site_server"))
        let code = try #require(SiteCode.check("PS1").value)
        let found = EndpointRequirements(
            [
                InternetConnection(outside: client, who: .clients(code)),
                InternetConnection(outside: siteServer, who: .computerNotTold(code), isAtTop: false),
            ], facts, EndpointRequirements.Choice())
        #expect(found.groups.map(\.way) == [.notEstablished, .ownSettings])
        #expect(found.groups.last?.connections.first?.who.words == "clients of PS1")
        #expect(hosts(found.groups.first).isEmpty, "the readiness file is for the top-level site server alone")
        #expect(found.groups.last?.needs.first?.endpoint.bypassesInspection == true)
    }

    @Test("a role has its requirements without data of a site")
    func byRole() throws {
        let role = try #require(facts.party("software_update_point"))
        let found = EndpointRequirements(of: role, facts, EndpointRequirements.Choice())
        #expect(found.groups.map(\.way) == [.notAsked])
        #expect(found.groups.first?.connections.map(\.who.words).contains("Site server") == true)
        #expect(hosts(found.groups.first) == ["*.update.microsoft.com", "*.windowsupdate.com"])
    }

    @Test(
        "patterns are names, names below a domain, or names with an asterisk inside",
        arguments: [
            ("go.microsoft.com", EndpointPattern.Form.name), ("*.microsoft.com", .below),
            ("*-umwatsonc.events.data.microsoft.com", .partial), ("<exchange>", .name),
            ("*.<logic-region>.logic.azure.com", .below),
        ])
    func patterns(text: String, form: EndpointPattern.Form) { #expect(EndpointPattern(text)?.form == form) }

    @Test(
        "and nothing else is one",
        arguments: [
            "", "*", "*.", "com", "A.com", "a..b", "a b.c", "<who>.x.y", "<cmg.x.y", "*.*.x", "-a.b", "a.b-",
            "http://a.b",
        ])
    func noPatterns(text: String) { #expect(EndpointPattern(text) == nil) }
}

/// A few facts, in the form of the manual's.
enum SmallFacts {
    private static let source = FactSource(id: "s", title: "Microsoft Learn, a page", date: "2026-06-08")
    static let client = NetworkParty(id: "client", title: "Client")
    static let siteServer = NetworkParty(id: "site_server", title: "Site server", role: .siteServer)
    static let point = NetworkParty(
        id: "software_update_point", title: "Software update point", role: .softwareUpdatePoint)
    static let connectionPoint = NetworkParty(
        id: "service_connection_point", title: "Service connection point", role: .serviceConnectionPoint)
    static let managementPoint = NetworkParty(
        id: "management_point", title: "Management point", role: .managementPoint)
    static let distributionPoint = NetworkParty(
        id: "distribution_point", title: "Distribution point", role: .distributionPoint)
    static let sql = NetworkParty(
        id: "site_database_server", title: "Site database server", role: RoleName.check("SMS SQL Server").value)

    private static func endpoint(
        _ id: String, flows: [TrafficFlowID] = [], outside: [NetworkParty] = [],
        hosts: [(String, AzureCloud?, FactStatus)], ports: [EndpointPort] = [EndpointPort(.tcp, .number(443))],
        status: FactStatus = .current
    ) -> Endpoint {
        Endpoint(
            id: id, title: id, connects: [.siteSystem], flows: flows, withoutFlow: outside, ports: ports,
            hosts: hosts.compactMap { text, cloud, status in
                EndpointPattern(text).map { EndpointHost($0, ports: ports, cloud: cloud, status: status) }
            }, status: status, date: "2026-06-08", sources: [source])
    }

    private static var readiness: Endpoint {
        var endpoint = endpoint("readiness", outside: [siteServer], hosts: [("omex.cdn.office.net", nil, .current)])
        endpoint.isOnlyAtTop = true
        return endpoint
    }

    private static var analytics: Endpoint {
        var endpoint = endpoint(
            "analytics", outside: [client], hosts: [("*.events.data.microsoft.com", nil, .current)])
        endpoint.bypassesInspection = true
        return endpoint
    }

    static let endpoints = [
        endpoint(
            "updates", flows: [.serviceConnection],
            hosts: [
                ("*.manage.microsoft.com", nil, .current), ("go.microsoft.com", nil, .current),
                ("configmgrbits.azureedge.net", nil, .superseded),
            ]),
        endpoint(
            "gone", flows: [.serviceConnection], hosts: [("gone.microsoft.com", nil, .current)], status: .removed),
        endpoint(
            "sync", flows: [.softwareUpdateSynchronization], hosts: [("*.update.microsoft.com", nil, .current)]),
        endpoint("adr", flows: [.adrContentDownload], hosts: [("*.windowsupdate.com", nil, .current)]),
        endpoint(
            "cmg", flows: [.cmgConnection],
            hosts: [
                ("<cmg>.<region>.cloudapp.azure.com", .public, .current),
                ("<cmg>.usgovcloudapp.net", .usGovernment, .current),
            ],
            ports: [
                EndpointPort(.tcp, .number(443)), EndpointPort(.tcp, .numbers(10140...10155), canBeProxied: false),
            ]),
        readiness, analytics,
    ]

    private static func service(
        _ name: String, _ port: Int, _ setting: PortSetting? = nil, bothWays: Bool = false
    ) -> PortService {
        var service = PortService(name, [.tcp], [.number(port)])
        service.setting = setting
        service.change = setting == nil ? .fixed : .changeable
        service.isBothWays = bothWays
        return service
    }

    static let ports = [
        PortRequirement(
            id: "client-to-management-point", source: client, target: managementPoint,
            services: [service("HTTP", 80, .clientHTTP), service("Notification", 10123, .clientNotification)],
            sources: [source]),
        PortRequirement(
            id: "client-to-software-update-point", source: client, target: point,
            services: [service("HTTP", 8530, .wsusHTTP), service("HTTPS", 8531, .wsusHTTPS)], sources: [source]),
        PortRequirement(
            id: "site-server-to-distribution-point", source: siteServer, target: distributionPoint,
            services: [service("SMB", 445, bothWays: true)], sources: [source]),
        PortRequirement(
            id: "management-point-to-site-database-server", source: managementPoint, target: sql,
            services: [service("SQL Server", 1433, .sql)], sources: [source]),
        PortRequirement(
            id: "site-server-to-site-server", source: siteServer, target: siteServer, services: [service("SMB", 445)],
            sources: [source]),
        PortRequirement(
            id: "site-server-to-internet", source: siteServer,
            target: NetworkParty(id: "internet", title: "The internet", isOnInternet: true),
            services: [service("HTTPS", 443)], sources: [source]),
    ]

    static let facts = NetworkFacts(
        endpoints: endpoints, ports: ports,
        parties: [siteServer, sql, distributionPoint, managementPoint, connectionPoint, point, client])
}
