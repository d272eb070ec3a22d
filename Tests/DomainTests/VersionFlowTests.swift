import Domain
import Testing

@Suite("Traffic flows that hang on a mode, a feature or a release")
struct VersionFlowTests {
    private static let online: [FieldKey: String] = [.scpMode: "online"]
    private static let offline: [FieldKey: String] = [.scpMode: "offline"]
    private static let cache: [FieldKey: String] = [.dpConnectedCache: "true"]

    private static func version(_ text: String) -> [FieldKey: String] { [.siteVersion: text] }

    @Test(
        "the service connection point connects only when it is online",
        arguments: [
            FlowScene(
                .serviceConnection,
                "proxy proxy01:8080 as system: scp.online proxy.without-further-set-up proxy.system-account",
                role: online),
            FlowScene(
                .serviceConnection, "direct as system: scp.online proxy.without-further-set-up proxy.none",
                proxy: "none",
                role: online),
            FlowScene(
                .serviceConnection, "unknown: scp.online proxy.without-further-set-up proxy.not-told",
                proxy: "not told",
                role: online),
            FlowScene(.serviceConnection, "none: scp.offline", role: offline),
            FlowScene(.serviceConnection, "unknown: scp.mode-not-told", role: nil),
        ])
    func serviceConnection(_ scene: FlowScene) throws { try expect(scene) }

    @Test(
        "Microsoft Entra discovery takes the proxy of the service connection point from 2002 on",
        arguments: [
            FlowScene(
                .directoryDiscovery,
                "proxy proxy01:8080 as system: discovery.service-connection-point proxy.system-account",
                role: online, site: version("5.00.8968.1000")),
            FlowScene(
                .directoryDiscovery, "direct as system: discovery.service-connection-point proxy.none", proxy: "none",
                role: online, site: version("5.00.9999.1000")),
            FlowScene(
                .directoryDiscovery, "unknown: discovery.before-2002", role: online, site: version("5.00.8913.1000")),
            FlowScene(.directoryDiscovery, "unknown: version.not-told", role: online),
            FlowScene(.directoryDiscovery, "unknown: version.not-known", role: online, site: version("2107")),
            FlowScene(.directoryDiscovery, "none: scp.offline", role: offline),
            FlowScene(.directoryDiscovery, "unknown: scp.mode-not-told", role: nil),
        ])
    func discovery(_ scene: FlowScene) throws { try expect(scene) }

    @Test(
        "Connected Cache can use the proxy from a release on, without sign-in",
        arguments: [
            FlowScene(.connectedCache, "unknown: cache.not-told", role: nil),
            FlowScene(.connectedCache, "none: cache.off", role: [.dpConnectedCache: "false"]),
            FlowScene(
                .connectedCache, "unknown: cache.on cache.before-hotfix", role: cache,
                site: version("5.00.9128.1000")),
            FlowScene(
                .connectedCache, "direct as system: cache.on cache.before-hotfix proxy.none", proxy: "none",
                role: cache,
                site: version("5.00.9128.1000")),
            FlowScene(
                .connectedCache, "unknown: cache.on cache.hotfix-decides", role: cache, site: version("5.00.9141.1000")),
            FlowScene(
                .connectedCache, "direct as system: cache.on proxy.none", proxy: "none", role: cache,
                site: version("5.00.9141.1000")),
            FlowScene(
                .connectedCache, "proxy proxy01:8080 as system: cache.on cache.since-2603 proxy.system-account",
                role: cache, site: version("5.00.9146.1000")),
            FlowScene(
                .connectedCache, "unknown: cache.on cache.since-2603 cache.account", proxy: "proxy01:8080 CONTOSO\\svc",
                role: cache, site: version("5.00.9146.1000")),
            FlowScene(.connectedCache, "unknown: cache.on version.not-told", role: cache),
            FlowScene(.connectedCache, "unknown: cache.on version.not-known", role: cache, site: version("new")),
        ])
    func connectedCache(_ scene: FlowScene) throws { try expect(scene) }

    @Test(
        "a management point asks Microsoft Entra from 2603 on, past the Proxy tab",
        arguments: [
            FlowScene(
                .managementPointTokenValidation, "elsewhere as system: mp.entra mp.local-system",
                site: version("5.00.9146.1012")),
            FlowScene(.managementPointTokenValidation, "none: mp.before-2603", site: version("5.00.9141.1000")),
            FlowScene(.managementPointTokenValidation, "unknown: version.not-told"),
            FlowScene(.managementPointTokenValidation, "unknown: version.not-known", site: version("4.00.6487.2000")),
            FlowScene(.managementPointTokenValidation, "unknown: version.newer", site: version("5.00.9200.1000")),
        ])
    func tokenValidation(_ scene: FlowScene) throws { try expect(scene) }

    @Test("where no version was told, both answers are shown")
    func bothAnswers() throws {
        let validation = try FlowScene(.managementPointTokenValidation, "").resolve()
        #expect(
            validation.possibleAnswers == ["mp.before-2603 → none", "mp.local-system → elsewhere as system"])
        let cache = try FlowScene(.connectedCache, "", role: Self.cache).resolve()
        #expect(
            cache.possibleAnswers == [
                "cache.direct → direct as system", "cache.since-2603 → proxy proxy01:8080 as system",
            ])
        let discovery = try FlowScene(.directoryDiscovery, "", role: Self.online).resolve()
        #expect(
            discovery.possibleAnswers == [
                "discovery.service-connection-point → proxy proxy01:8080 as system", "discovery.before-2002 → unknown",
            ])
        let service = try FlowScene(.serviceConnection, "", role: nil).resolve()
        #expect(service.possibleAnswers == ["scp.online → proxy proxy01:8080 as system", "scp.offline → none"])
    }

    @Test("a site's version tells its build, or is said to tell nothing")
    func releases() {
        #expect(ReleaseStanding(version: "5.00.9146.1000") == .build(9146))
        #expect(ReleaseStanding(version: nil) == .notTold && ReleaseStanding(version: " ") == .notTold)
        for text in ["9146", "5.00", "5.00.x.1", "5.01.9146.1", "-5.00.9146.1", "5.00.8325.1000", "５.00.9146.1000"] {
            #expect(ReleaseStanding(version: text) == .notKnown, "\(text)")
        }
        #expect(ReleaseStanding(version: "5.00.9147.1000") == .newer)
    }

    private func expect(_ scene: FlowScene) throws {
        let flow = try scene.resolve()
        #expect(flow.inWords == scene.comesOut)
    }
}
