import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("The one proxy of a computer")
struct SharedProxyTests {
    private static let computer = "cm01.contoso.com"

    private static let withoutFurtherSetUp: Set<TrafficFlowID> = [
        .serviceConnection, .directoryDiscovery, .assetIntelligenceSynchronization, .exchangeConnector, .cmgConnection,
    ]
    private static let ofTheSoftwareUpdatePoint: Set<TrafficFlowID> = [
        .softwareUpdateSynchronization, .adrContentDownload,
    ]

    @Test("every role of a computer takes its one proxy, and saving another overwrites it for all of them")
    func sharedAndOverwritten() throws {
        try withPortal { portal in
            try setUp(portal)
            try save(
                portal,
                Draft([
                    .proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080",
                    .proxyUseCredentials: "true", .proxyAccount: "CONTOSO\\svc-proxy",
                ]))
            try turnOptions(portal, "true")
            let all = Self.withoutFurtherSetUp.union(Self.ofTheSoftwareUpdatePoint)
            let before = try flowsByWay(portal)
            #expect(before == ["proxy01.contoso.com:8080 as CONTOSO\\svc-proxy": all])

            try save(
                portal,
                Draft([
                    .proxyUse: "true", .proxyServer: "proxy02.contoso.com", .proxyPort: "3128",
                    .proxyUseCredentials: "false",
                ]))
            let after = try flowsByWay(portal)
            #expect(after == ["proxy02.contoso.com:3128 as system": all])
            let kept = try portal.server(Self.computer)?.proxy.intended?.configuration
            #expect(kept?.address == "proxy02.contoso.com:3128" && kept?.account == nil)
        }
    }

    @Test("the software update point alone goes past the proxy until its own options are on")
    func oneException() throws {
        try withPortal { portal in
            try setUp(portal)
            try save(portal, Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080"]))
            try turnOptions(portal, "false")
            let ways = try flowsByWay(portal)
            #expect(
                ways == [
                    "proxy01.contoso.com:8080 as system": Self.withoutFurtherSetUp,
                    "direct as system": Self.ofTheSoftwareUpdatePoint,
                ])
        }
    }

    /// A site server with all roles that can take a proxy by themselves, and a software update point.
    private func setUp(_ portal: TestPortal) throws {
        try portal.submit(
            .createSite(
                Draft([
                    .siteCode: "PS1", .siteType: "primary", .siteServer: Self.computer, .siteVersion: "5.00.9146.1000",
                    .siteExchangeConnectors: Self.computer,
                ])))
        try portal.submit(.createServer(Draft([.serverName: Self.computer, .serverSite: "PS1"])))
        for role in [
            RoleName.softwareUpdatePoint, .serviceConnectionPoint, .assetIntelligenceSynchronizationPoint,
            .cmgConnectionPoint,
        ] {
            let record = try #require(try portal.server(Self.computer))
            let adding = RoleChanges(adding: Sent(role.text))
            try portal.submit(.changeRoles(record.name, adding, revision: record.revision))
        }
    }

    private func save(_ portal: TestPortal, _ draft: Draft) throws {
        let record = try #require(try portal.server(Self.computer))
        try portal.submit(.changeProxy(record.name, draft, revision: record.revision))
    }

    private func turnOptions(_ portal: TestPortal, _ value: String) throws {
        let record = try #require(try portal.server(Self.computer))
        let options = Draft([.supUseProxyForSynchronization: value, .supUseProxyForADR: value])
        let telling = RoleChanges(details: [
            (.softwareUpdatePoint, options), (.serviceConnectionPoint, Draft([.scpMode: "online"])),
        ])
        try portal.submit(.changeRoles(record.name, telling, revision: record.revision))
    }

    /// The flows that go out, by the proxy or the way they take and the account they run as.
    private func flowsByWay(_ portal: TestPortal) throws -> [String: Set<TrafficFlowID>] {
        let name = try #require(try portal.server(Self.computer)).name
        let flows = try portal.store.read { try $0.flows(of: name) }
        var ways: [String: Set<TrafficFlowID>] = [:]
        for flow in flows where flow.answer.route == .proxy || flow.answer.route == .direct {
            let way = flow.answer.proxy?.text ?? flow.answer.route.rawValue
            ways["\(way) as \(flow.answer.identity?.text ?? "nobody")", default: []].insert(flow.id)
        }
        return ways
    }
}
