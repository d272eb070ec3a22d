extension SiteSystemServer {
    /// The traffic flows that the server's roles bring about, in the order of ``TrafficFlowID``.
    public func trafficFlows(in surroundings: FlowSurroundings) -> [TrafficFlow] {
        var flows: [TrafficFlow] = []
        for role in roles {
            switch role.name {
            case .softwareUpdatePoint:
                let point = SoftwareUpdatePointFlows(
                    server: self, options: role.details?.softwareUpdatePoint, surroundings)
                flows += [point.synchronization, point.adrContentDownload] + point.thirdPartyUpdateCatalogs
            case .serviceConnectionPoint:
                let mode = role.details?.serviceConnectionPoint?.mode
                flows += [serviceConnection(mode, surroundings), directoryDiscovery(mode, surroundings)]
            case .distributionPoint: flows.append(connectedCache(role.details?.distributionPoint, surroundings))
            case .managementPoint: flows.append(tokenValidation(surroundings))
            case .assetIntelligenceSynchronizationPoint:
                flows.append(follow(.assetIntelligenceSynchronization, surroundings))
            case .cmgConnectionPoint: flows.append(follow(.cmgConnection, after: [.cmgChannel], surroundings))
            case .endpointProtectionPoint:
                flows.append(
                    flow(.endpointProtection, surroundings, FlowChain(.unknown, [.epNotEstablished]), setAt: []))
            default: break
            }
        }
        if surroundings.site.exchangeConnectors.contains(name) {
            flows.append(
                follow(
                    .exchangeConnector, after: [.exchangeComputer], surroundings,
                    setAt: [.site(site), .proxyTab(name)]))
        }
        return flows.sorted { $0.id.order < $1.id.order }
    }

    func flow(
        _ id: TrafficFlowID, _ surroundings: FlowSurroundings, _ chain: FlowChain, setAt: [FlowSetting],
        from computer: HostName? = nil
    ) -> TrafficFlow {
        TrafficFlow(
            id: id, owner: name, site: site, from: computer ?? name, answer: chain.answer, because: chain.because,
            either: chain.either, setAt: setAt)
    }

    /// A flow of a role that uses the proxy of its computer without a switch of its own.
    func follow(
        _ id: TrafficFlowID, after reasons: [FlowReason] = [], _ surroundings: FlowSurroundings,
        setAt: [FlowSetting]? = nil
    ) -> TrafficFlow {
        flow(
            id, surroundings, FlowChain.through(proxy, after: reasons + [.proxyWithoutFurtherSetUp]),
            setAt: setAt ?? [.proxyTab(name)])
    }
}

extension Site {
    /// The flows that the site brings about itself, and those of its Exchange Server connectors on computers that are no
    /// servers of it.
    ///
    /// Source: Microsoft Learn, "Proxy server support": cloud distribution points use the proxy of the primary site server
    /// that manages them.
    public func trafficFlows(in surroundings: FlowSurroundings) -> [TrafficFlow] {
        var flows: [TrafficFlow] = []
        if !cloudDistributionPoints.isEmpty {
            flows.append(
                flow(
                    .cloudDistributionPoint, of: surroundings.siteServer, after: [.cdpSiteServer],
                    else: .siteServerNotTold))
        }
        for computer in surroundings.connectorsElsewhere {
            flows.append(
                flow(
                    .exchangeConnector, of: computer, after: [.exchangeComputer, .proxyWithoutFurtherSetUp],
                    else: .proxyServerNotStored))
        }
        return flows
    }

    private func flow(
        _ id: TrafficFlowID, of computer: FlowComputer, after reasons: [FlowReason], else notTold: FlowReason
    ) -> TrafficFlow {
        let chain = FlowChain.through(computer, after: reasons, else: notTold)
        return TrafficFlow(
            id: id, owner: nil, site: code, from: computer.name, answer: chain.answer, because: chain.because,
            setAt: [.site(code)] + (computer.name.map { [.proxyTab($0)] } ?? []))
    }
}

/// An answer with the rules that led to it.
struct FlowChain {
    let answer: FlowAnswer
    let because: [FlowReason]
    var either: [FlowAlternative] = []

    init(_ answer: FlowAnswer, _ because: [FlowReason], either: [FlowAlternative] = []) {
        self.answer = answer
        self.because = because
        self.either = either
    }

    /// An answer without a proxy: only who connects directly is known to be the computer.
    init(_ route: FlowRoute, _ because: [FlowReason], either: [FlowAlternative] = []) {
        let identity: ConnectionIdentity? = route == .direct || route == .elsewhere ? .system : nil
        self.init(FlowAnswer(route: route, identity: identity), because, either: either)
    }

    /// What comes out where a connection uses the Proxy tab of its computer.
    static func through(_ proxy: Proxy?, after reasons: [FlowReason]) -> FlowChain {
        switch proxy {
        case nil: return FlowChain(.unknown, reasons + [.proxyNotTold])
        case .off?: return FlowChain(.direct, reasons + [.proxyNone])
        case .on(let proxy)?:
            let reason: FlowReason = proxy.account == nil ? .proxySystemAccount : .proxyAccount
            return FlowChain(FlowAnswer(through: proxy), reasons + [reason])
        }
    }

    static func through(_ computer: FlowComputer, after reasons: [FlowReason], else notTold: FlowReason) -> FlowChain {
        switch computer {
        case .notTold: FlowChain(.unknown, reasons + [notTold])
        case .notStored: FlowChain(.unknown, reasons + [.proxyServerNotStored])
        case .stored(_, let proxy): through(proxy, after: reasons)
        }
    }
}

extension FlowAnswer {
    fileprivate init(through proxy: ProxyConfiguration) {
        self.init(
            route: .proxy, proxy: ProxyAddress(server: proxy.server, port: proxy.port),
            identity: proxy.account.map(ConnectionIdentity.account) ?? .system)
    }
}

extension TrafficFlowID {
    private static let orders = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
    /// The place in lists of one server's flows.
    public var order: Int { Self.orders[self] ?? 0 }
}
