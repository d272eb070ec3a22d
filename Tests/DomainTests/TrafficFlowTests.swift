import Domain
import Testing

@Suite("What a traffic flow really uses, and why")
struct TrafficFlowTests {
    private static let syncOn: [FieldKey: String] = [.supUseProxyForSynchronization: "true"]
    private static let syncOff: [FieldKey: String] = [.supUseProxyForSynchronization: "false"]
    private static let adrOn: [FieldKey: String] = [.supUseProxyForADR: "true"]
    private static let told: [FieldKey: String] = [
        .supcDefaultServer: "CM01.contoso.com", .supcSynchronizationSource: "microsoftUpdate",
    ]
    private static let svc = "proxy01:8080 CONTOSO\\svc-proxy"

    @Test(
        "the synchronization of a software update point",
        arguments: [
            FlowScene(
                .softwareUpdateSynchronization,
                "proxy proxy01:8080 as CONTOSO\\svc-proxy: sup.sync.default-told sup.sync.microsoft-update sup.sync.opted-in proxy.account",
                proxy: svc, role: syncOn, component: told),
            FlowScene(
                .softwareUpdateSynchronization,
                "proxy proxy01:8080 as system: sup.sync.only-point sup.sync.source-assumed sup.sync.opted-in proxy.system-account",
                role: syncOn),
            FlowScene(
                .softwareUpdateSynchronization,
                "direct as system: sup.sync.only-point sup.sync.source-assumed sup.sync.option-off", role: syncOff),
            FlowScene(
                .softwareUpdateSynchronization,
                "direct as system: sup.sync.only-point sup.sync.source-assumed sup.sync.opted-in proxy.none",
                proxy: "none", role: syncOn),
            FlowScene(
                .softwareUpdateSynchronization,
                "proxy proxy01:8080 as system: sup.sync.only-point sup.sync.upstream sup.sync.opted-in proxy.system-account",
                role: syncOn, component: [.supcSynchronizationSource: "upstream", .supcUpstreamServer: "wsus"]),
            FlowScene(
                .softwareUpdateSynchronization,
                "unknown: sup.sync.only-point sup.sync.source-assumed sup.sync.opted-in proxy.not-told",
                proxy: "not told", role: syncOn),
            FlowScene(
                .softwareUpdateSynchronization,
                "unknown: sup.sync.only-point sup.sync.source-assumed sup.options-not-told", role: nil),
            FlowScene(
                .softwareUpdateSynchronization, "unknown: sup.sync.default-not-told", role: syncOn, isOnlyOne: false),
            FlowScene(
                .softwareUpdateSynchronization, "unknown: site.type-not-told", role: syncOn, site: [.siteType: ""]),
            FlowScene(
                .softwareUpdateSynchronization, "unknown: sup.sync.default-not-there", role: syncOn,
                component: [.supcDefaultServer: "gone.contoso.com"], haveDefault: false),
            FlowScene(
                .softwareUpdateSynchronization, "none: sup.sync.not-default", role: syncOn,
                component: [.supcDefaultServer: "cm02.contoso.com"]),
            FlowScene(
                .softwareUpdateSynchronization, "none: sup.sync.no-source", role: syncOn,
                component: [.supcSynchronizationSource: "none"]),
            FlowScene(
                .softwareUpdateSynchronization, "none: sup.sync.child-site", role: syncOn, site: [.siteParent: "CAS"]),
            FlowScene(
                .softwareUpdateSynchronization, "none: sup.sync.child-site", role: syncOn,
                site: [.siteType: "secondary", .siteParent: "CAS"]),
            FlowScene(
                .softwareUpdateSynchronization,
                "proxy proxy01:8080 as system: sup.sync.only-point sup.sync.source-assumed sup.sync.opted-in proxy.system-account",
                role: syncOn, site: [.siteType: "central administration"]),
        ])
    func synchronization(_ scene: FlowScene) throws { try expect(scene) }

    @Test("several points without a told default leave both answers open")
    func severalPoints() throws {
        let scene = FlowScene(.softwareUpdateSynchronization, "", role: Self.syncOn, isOnlyOne: false)
        let flow = try scene.resolve()
        #expect(
            flow.possibleAnswers == [
                "sup.sync.default-told → proxy proxy01:8080 as system", "sup.sync.not-default → none",
            ])
    }

    @Test(
        "the downloads of automatic deployment rules, from the site server",
        arguments: [
            FlowScene(
                .adrContentDownload,
                "proxy proxy01:8080 as system: sup.adr.site-server sup.adr.opted-in sup.adr.same-computer proxy.system-account",
                role: adrOn),
            FlowScene(
                .adrContentDownload,
                "proxy proxy01:8080 as CONTOSO\\svc-proxy: sup.adr.site-server sup.adr.opted-in sup.adr.same-proxy proxy.account",
                proxy: svc, siteServerProxy: "PROXY01:8080 contoso\\SVC-proxy", role: adrOn),
            FlowScene(
                .adrContentDownload, "unknown: sup.adr.site-server sup.adr.opted-in sup.adr.proxies-differ",
                siteServerProxy: "proxy02:3128", role: adrOn),
            FlowScene(
                .adrContentDownload, "unknown: sup.adr.site-server sup.adr.opted-in sup.adr.proxies-differ",
                siteServerProxy: svc, role: adrOn),
            FlowScene(
                .adrContentDownload,
                "direct as system: sup.adr.site-server sup.adr.opted-in sup.adr.same-proxy proxy.none",
                proxy: "none", siteServerProxy: "none", role: adrOn),
            FlowScene(
                .adrContentDownload, "direct as system: sup.adr.site-server sup.adr.option-off",
                siteServerProxy: "proxy02:3128", role: syncOn),
            FlowScene(
                .adrContentDownload, "unknown: sup.adr.site-server sup.adr.opted-in proxy.not-told",
                siteServerProxy: "not told", role: adrOn),
            FlowScene(
                .adrContentDownload, "unknown: sup.adr.site-server sup.adr.opted-in proxy.server-not-stored",
                siteServerProxy: "not stored", role: adrOn),
            FlowScene(
                .adrContentDownload, "unknown: sup.adr.site-server site.server-not-told", role: adrOn,
                site: [.siteServer: ""]),
            FlowScene(
                .adrContentDownload, "unknown: sup.adr.site-server sup.adr.points-differ", role: adrOn,
                pointsDiffer: true),
            FlowScene(.adrContentDownload, "unknown: sup.adr.site-server sup.options-not-told", role: nil),
            FlowScene(.adrContentDownload, "unknown: site.type-not-told", role: adrOn, site: [.siteType: ""]),
            FlowScene(
                .adrContentDownload, "none: sup.adr.secondary-site", role: adrOn,
                site: [.siteType: "secondary", .siteParent: "CAS"]),
        ])
    func adrDownloads(_ scene: FlowScene) throws { try expect(scene) }

    @Test("proxies that differ are both named, and the site server is the one that connects")
    func proxiesThatDiffer() throws {
        let flow = try FlowScene(
            .adrContentDownload, "", siteServerProxy: "proxy02:3128 CONTOSO\\svc", role: Self.adrOn,
            site: [.siteServer: "ps1.contoso.com"]
        ).resolve()
        #expect(
            flow.possibleAnswers == [
                "sup.adr.point-proxy → proxy proxy01:8080 as system",
                "sup.adr.site-server-proxy → proxy proxy02:3128 as CONTOSO\\svc",
            ])
        #expect(flow.from?.text == "ps1.contoso.com" && flow.owner?.text == "cm01.contoso.com")
        let names = flow.setAt.map { "\($0)" }.joined()
        #expect(names.contains("ps1.contoso.com") && names.contains("cm01.contoso.com"))
    }

    @Test(
        "catalogs of third-party updates take the way of the synchronization",
        arguments: [
            FlowScene(.thirdPartyUpdateCatalogs, "unknown: sup.third-party.not-told", role: syncOn),
            FlowScene(
                .thirdPartyUpdateCatalogs, "none: sup.third-party.off", role: syncOn,
                component: [.supcThirdPartyUpdates: "off"]),
            FlowScene(
                .thirdPartyUpdateCatalogs,
                "proxy proxy01:8080 as system: sup.third-party.on sup.sync.only-point sup.sync.source-assumed sup.sync.opted-in proxy.system-account",
                role: syncOn, component: [.supcThirdPartyUpdates: "automatic"]),
            FlowScene(
                .thirdPartyUpdateCatalogs,
                "direct as system: sup.third-party.on sup.sync.only-point sup.sync.source-assumed sup.sync.option-off",
                role: syncOff, component: [.supcThirdPartyUpdates: "manual"]),
        ])
    func thirdParty(_ scene: FlowScene) throws { try expect(scene) }

    @Test(
        "a flow that follows the proxy of its computer",
        arguments: [
            TrafficFlowID.assetIntelligenceSynchronization, .cmgConnection, .exchangeConnector, .cloudDistributionPoint,
        ])
    func followers(_ flow: TrafficFlowID) throws {
        let site: [FieldKey: String] = [
            .siteExchangeConnectors: "CM01.contoso.com", .siteCloudDistributionPoints: "cloud-1",
        ]
        let answers = try ["proxy01:8080", Self.svc, "none", "not told"].map { proxy in
            let flow = try FlowScene(flow, "", proxy: proxy, site: site).resolve()
            return "\(flow.answer.inWords): \(flow.because.last?.rawValue ?? "")"
        }
        #expect(
            answers == [
                "proxy proxy01:8080 as system: proxy.system-account",
                "proxy proxy01:8080 as CONTOSO\\svc-proxy: proxy.account", "direct as system: proxy.none",
                "unknown: proxy.not-told",
            ])
    }

    @Test(
        "a cloud distribution point is served by the site server, where that is known",
        arguments: [
            FlowScene(
                .cloudDistributionPoint, "proxy proxy02:3128 as system: cdp.site-server proxy.system-account",
                siteServerProxy: "proxy02:3128"),
            FlowScene(
                .cloudDistributionPoint, "unknown: cdp.site-server proxy.server-not-stored",
                siteServerProxy: "not stored"),
            FlowScene(
                .cloudDistributionPoint, "unknown: cdp.site-server site.server-not-told",
                site: [.siteServer: "", .siteCloudDistributionPoints: "cloud-1"]),
        ])
    func cloudDistributionPoint(_ scene: FlowScene) throws {
        var scene = scene
        scene.site[.siteCloudDistributionPoints] = "cloud-1"
        try expect(scene)
    }

    @Test("the way of the Endpoint Protection point is not established")
    func endpointProtection() throws {
        try expect(FlowScene(.endpointProtection, "unknown: ep.not-established"))
    }

    private func expect(_ scene: FlowScene) throws {
        let flow = try scene.resolve()
        #expect(flow.inWords == scene.comesOut)
        #expect((flow.answer.route == .proxy) == (flow.answer.proxy != nil))
    }
}
