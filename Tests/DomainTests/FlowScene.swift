import Domain
import Testing

/// A server with what surrounds it, said in few words, and how one of its flows comes out.
struct FlowScene: Sendable, CustomTestStringConvertible {
    var flow: TrafficFlowID
    var proxy = "proxy01:8080"
    var siteServerProxy = "the same computer"
    var role: [FieldKey: String]? = [:]
    var site: [FieldKey: String] = [:]
    var component: [FieldKey: String]?
    var points = SoftwareUpdatePointsOfSite(isOnlyOne: true, differInADROption: false, haveDefault: true)
    /// `route proxy as identity: reasons`.
    var comesOut: String

    var testDescription: String { comesOut }

    init(
        _ flow: TrafficFlowID, _ comesOut: String, proxy: String = "proxy01:8080",
        siteServerProxy: String = "the same computer", role: [FieldKey: String]? = [:],
        site: [FieldKey: String] = [:], component: [FieldKey: String]? = nil, isOnlyOne: Bool = true,
        pointsDiffer: Bool = false, haveDefault: Bool = true
    ) {
        self.flow = flow
        self.comesOut = comesOut
        self.proxy = proxy
        self.siteServerProxy = siteServerProxy
        self.role = role
        self.site = site
        self.component = component
        points = SoftwareUpdatePointsOfSite(
            isOnlyOne: isOnlyOne, differInADROption: pointsDiffer, haveDefault: haveDefault)
    }

    func resolve() throws -> TrafficFlow {
        let site = try makeSite()
        let server = SiteSystemServer(
            name: try host("cm01.contoso.com"), site: site.code, general: nil, proxy: try makeProxy(proxy),
            roles: try flow.role.map { [Role(name: $0, details: try details(of: $0))] } ?? [])
        let surroundings = FlowSurroundings(
            site: site, siteServer: try makeSiteServer(site, server), component: try makeComponent(), points: points,
            connectorsElsewhere: [])
        let all = server.trafficFlows(in: surroundings) + site.trafficFlows(in: surroundings)
        return try #require(all.first { $0.id == flow })
    }

    private func makeSite() throws -> Site {
        var draft = Draft([.siteCode: "PS1", .siteType: "primary", .siteServer: "cm01.contoso.com"])
        for (key, text) in site { draft[key] = Sent(text) }
        var judge = Judge(.edit)
        return try #require(Site.check(draft, base: nil, &judge))
    }

    private func makeSiteServer(_ site: Site, _ server: SiteSystemServer) throws -> FlowComputer {
        guard let name = site.siteServer else { return .notTold }
        switch siteServerProxy {
        case "the same computer": return .stored(server.name, server.proxy)
        case "not stored": return .notStored(name)
        default: return .stored(try host("ps1.contoso.com"), try makeProxy(siteServerProxy))
        }
    }

    private func makeProxy(_ text: String) throws -> Proxy? {
        if text == "not told" { return nil }
        if text == "none" { return .off }
        let parts = text.split(separator: " ").map(String.init)
        let address = parts[0].split(separator: ":").map(String.init)
        let port = try #require(Int(address[1]))
        let configuration = ProxyConfiguration(
            server: address[0], port: port, account: parts.count > 1 ? parts[1] : nil)
        return .on(try #require(configuration))
    }

    private func details(of name: RoleName) throws -> RoleDetails? {
        guard let role, !role.isEmpty else { return nil }
        var draft = Draft()
        for (key, text) in role { draft[key] = Sent(text) }
        var judge = Judge(.edit)
        return try #require(RoleDetails.check(draft, of: name, base: nil, &judge))
    }

    private func makeComponent() throws -> SoftwareUpdatePointComponent? {
        guard let component else { return nil }
        var draft = Draft()
        for (key, text) in component { draft[key] = Sent(text) }
        var judge = Judge(.edit)
        return try #require(SoftwareUpdatePointComponent.check(draft, base: nil, &judge))
    }

    private func host(_ text: String) throws -> HostName { try #require(HostName.check(text, label: "").value) }
}

extension TrafficFlow {
    /// `route proxy as identity: reasons`, leaving out what there is not.
    var inWords: String {
        "\(answer.inWords): " + because.map(\.rawValue).joined(separator: " ")
    }

    var possibleAnswers: [String] { either.map { "\($0.when.rawValue) → \($0.answer.inWords)" } }
}

extension FlowAnswer {
    var inWords: String {
        ([route.rawValue] + [proxy?.text, identity.map { "as \($0.text)" }].compactMap { $0 }).joined(separator: " ")
    }
}
