import Domain

/// What each traffic flow comes to on a site that uses everything: resolved by the domain itself, so that the manual cannot
/// say anything else than the portal does.
enum FlowExamples {
    /// A Markdown table: the flows by what the Proxy tab of the connecting computer says.
    static var table: String {
        var text = "| flow | no proxy | a proxy, no account | a proxy with an account |\n|---|---|---|---|\n"
        let columns = proxies.map(flows)
        for id in TrafficFlowID.allCases {
            let cells = columns.map { flows in flows.first { $0.id == id }.map(words) ?? "not there" }
            text += "| [\(id.title)](\(FlowPages.link(of: id))) | \(cells.joined(separator: " | ")) |\n"
        }
        return text
    }

    private static let proxies: [Proxy] = {
        let account = #"CONTOSO\svc-proxy"#
        let configurations = [nil, account].map { ProxyConfiguration(server: "proxy01", port: 8080, account: $0) }
        return [.off] + configurations.compactMap { $0 }.map(Proxy.on)
    }()

    private static let roleSettings: [RoleName: [FieldKey: String]] = [
        .softwareUpdatePoint: [.supUseProxyForSynchronization: "true", .supUseProxyForADR: "true"],
        .serviceConnectionPoint: [.scpMode: "online"],
        .distributionPoint: [.dpConnectedCache: "true"],
    ]

    /// Of one server that holds every role, and is the site server of a top-level primary site of the newest known release.
    private static func flows(through proxy: Proxy) -> [TrafficFlow] {
        let build = ProductRelease.known.last.map { "5.00.\($0.build).1000" } ?? ""
        guard let name = HostName.check("cm01.contoso.com", label: "").value,
            let site = make(
                Site.self,
                [
                    .siteCode: "PS1", .siteType: "primary", .siteServer: name.text, .siteVersion: build,
                    .siteCloudDistributionPoints: "cdp1", .siteExchangeConnectors: name.text,
                ]),
            let component = make(
                SoftwareUpdatePointComponent.self,
                [.supcSynchronizationSource: "microsoftUpdate", .supcThirdPartyUpdates: "automatic"])
        else { return [] }
        let server = SiteSystemServer(
            name: name, site: site.code, general: nil, proxy: proxy,
            roles: TrafficFlowID.allCases.compactMap(\.role).reduce(into: []) { roles, role in
                if !roles.contains(where: { $0.name == role }) {
                    roles.append(Role(name: role, details: details(of: role)))
                }
            })
        let surroundings = FlowSurroundings(
            site: site, siteServer: .stored(name, proxy), component: component,
            points: SoftwareUpdatePointsOfSite(isOnlyOne: true, differInADROption: false, haveDefault: true),
            connectorsElsewhere: [])
        return server.trafficFlows(in: surroundings) + site.trafficFlows(in: surroundings)
    }

    private static func make<Group: FieldGroup>(_ group: Group.Type, _ values: [FieldKey: String]) -> Group? {
        var judge = Judge(.edit)
        return Group.check(draft(values), base: nil, &judge)
    }

    private static func details(of role: RoleName) -> RoleDetails? {
        guard let values = roleSettings[role] else { return nil }
        var judge = Judge(.edit)
        return RoleDetails.check(draft(values), of: role, base: nil, &judge)
    }

    private static func draft(_ values: [FieldKey: String]) -> Draft {
        var draft = Draft()
        for (key, text) in values { draft[key] = Sent(text) }
        return draft
    }

    private static func words(_ flow: TrafficFlow) -> String {
        let identity =
            switch flow.answer.identity {
            case .system?: ", as System"
            case .account?: ", as the account"
            case nil: ""
            }
        switch flow.answer.route {
        case .proxy: return "through it\(identity)"
        case .direct: return "directly\(identity)"
        case .elsewhere: return "as set outside the Proxy tab\(identity)"
        case .none: return "not at all"
        case .unknown: return "not established"
        }
    }
}
