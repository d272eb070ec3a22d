// The flows of roles that hang on a mode, a feature or the release the site runs.
extension SiteSystemServer {
    /// Source: Microsoft Learn, "About the service connection point": offline, it does not connect.
    func serviceConnection(_ mode: ServiceConnectionPoint.Mode?, _ surroundings: FlowSurroundings) -> TrafficFlow {
        flow(
            .serviceConnection, surroundings,
            serviceConnectionPoint(mode) { .through(proxy, after: $0 + [.scpOnline, .proxyWithoutFurtherSetUp]) },
            setAt: [.roles(name), .proxyTab(name)])
    }

    /// Source: Microsoft Learn, "Proxy server support", "Other features that use the proxy": since 2002 they use the proxy
    /// of the service connection point's computer.
    func directoryDiscovery(_ mode: ServiceConnectionPoint.Mode?, _ surroundings: FlowSurroundings) -> TrafficFlow {
        let since = { (reasons: [FlowReason]) in
            FlowChain.through(proxy, after: reasons + [.discoveryServiceConnectionPoint])
        }
        let chain = serviceConnectionPoint(mode) { reasons in
            switch surroundings.release {
            case .notTold:
                return FlowChain(
                    .unknown, reasons + [.versionNotTold],
                    either: [
                        FlowAlternative(when: .discoveryServiceConnectionPoint, answer: since([]).answer),
                        FlowAlternative(when: .discoveryBefore2002, answer: FlowAnswer(route: .unknown)),
                    ])
            case .notKnown: return FlowChain(.unknown, reasons + [.versionNotKnown])
            case .build(let build) where build < ProductRelease.r2002.build:
                return FlowChain(.unknown, reasons + [.discoveryBefore2002])
            case .build, .newer: return since(reasons)
            }
        }
        return flow(
            .directoryDiscovery, surroundings, chain, setAt: [.roles(name), .proxyTab(name), .site(site)])
    }

    private func serviceConnectionPoint(
        _ mode: ServiceConnectionPoint.Mode?, online: ([FlowReason]) -> FlowChain
    ) -> FlowChain {
        switch mode {
        case .online?: return online([])
        case .offline?: return FlowChain(.none, [.scpOffline])
        case nil:
            return FlowChain(
                .unknown, [.scpModeNotTold],
                either: [
                    FlowAlternative(when: .scpOnline, answer: online([]).answer),
                    FlowAlternative(when: .scpOffline, answer: FlowAnswer(route: .none)),
                ])
        }
    }

    /// Sources: Microsoft Learn, "Proxy server support" (from 2603, or with KB33247081), that article's title (it applies to
    /// 2409, 2503, 2509 and 2603), and "Microsoft Connected Cache" (a proxy without sign-in only).
    func connectedCache(_ details: DistributionPoint?, _ surroundings: FlowSurroundings) -> TrafficFlow {
        flow(
            .connectedCache, surroundings, cacheChain(details?.connectedCache, surroundings),
            setAt: [.roles(name), .proxyTab(name), .site(site)])
    }

    private func cacheChain(_ isOn: Bool?, _ surroundings: FlowSurroundings) -> FlowChain {
        guard let isOn else { return FlowChain(.unknown, [.cacheNotTold]) }
        guard isOn else { return FlowChain(.none, [.cacheOff]) }
        let either = [
            FlowAlternative(when: .cacheDirect, answer: FlowAnswer(route: .direct, identity: .system)),
            FlowAlternative(when: .cacheSince2603, answer: cacheProxyChain([]).answer),
        ]
        switch surroundings.release {
        case .notTold: return FlowChain(.unknown, [.cacheOn, .versionNotTold], either: either)
        case .notKnown: return FlowChain(.unknown, [.cacheOn, .versionNotKnown], either: either)
        case .build(let build) where build < ProductRelease.r2409.build:
            return cacheChainBeforeHotfix
        case .build(let build) where build < ProductRelease.r2603.build:
            if proxy == .off { return FlowChain(.direct, [.cacheOn, .proxyNone]) }
            return FlowChain(.unknown, [.cacheOn, .cacheHotfixDecides], either: either)
        case .build, .newer: return cacheProxyChain([.cacheOn, .cacheSince2603])
        }
    }

    /// Without the hotfix a proxy is of use only if it accepts relative addresses, which nobody here knows.
    private var cacheChainBeforeHotfix: FlowChain {
        let reasons: [FlowReason] = [.cacheOn, .cacheBeforeHotfix]
        if proxy == .off { return FlowChain(.direct, reasons + [.proxyNone]) }
        return FlowChain(
            .unknown, reasons,
            either: [
                FlowAlternative(when: .cacheDirect, answer: FlowAnswer(route: .direct, identity: .system)),
                FlowAlternative(when: .cacheRelativeAddresses, answer: cacheProxyChain([]).answer),
            ])
    }

    private func cacheProxyChain(_ reasons: [FlowReason]) -> FlowChain {
        if proxy?.configuration?.account != nil { return FlowChain(.unknown, reasons + [.cacheAccount]) }
        return .through(proxy, after: reasons)
    }

    /// Source: Microsoft Learn, "Proxy server support" and "What's new in version 2603": in 2603 the Proxy tab and the
    /// WinHTTP proxy are ignored; a later update is announced to change that.
    func tokenValidation(_ surroundings: FlowSurroundings) -> TrafficFlow {
        flow(.managementPointTokenValidation, surroundings, tokenValidationChain(surroundings), setAt: [.site(site)])
    }

    private func tokenValidationChain(_ surroundings: FlowSurroundings) -> FlowChain {
        let elsewhere = FlowChain(.elsewhere, [.mpEntra, .mpLocalSystem])
        switch surroundings.release {
        case .notTold:
            return FlowChain(
                .unknown, [.versionNotTold],
                either: [
                    FlowAlternative(when: .mpBefore2603, answer: FlowAnswer(route: .none)),
                    FlowAlternative(when: .mpLocalSystem, answer: elsewhere.answer),
                ])
        case .notKnown: return FlowChain(.unknown, [.versionNotKnown])
        case .build(let build) where build < ProductRelease.r2603.build: return FlowChain(.none, [.mpBefore2603])
        case .build: return elsewhere
        case .newer: return FlowChain(.unknown, [.versionNewer])
        }
    }
}
