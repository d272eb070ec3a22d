/// The flows of one software update point.
///
/// Sources: Microsoft Learn, "Proxy server support" (the two options; downloads of automatic deployment rules run on the
/// site server) and "Plan for software updates" (only the default point of the top-level site synchronizes from outside).
struct SoftwareUpdatePointFlows {
    let server: SiteSystemServer
    /// Nil when nobody told the role's options.
    let options: SoftwareUpdatePoint?
    let surroundings: FlowSurroundings

    init(server: SiteSystemServer, options: SoftwareUpdatePoint?, _ surroundings: FlowSurroundings) {
        self.server = server
        self.options = options
        self.surroundings = surroundings
    }

    private var component: SoftwareUpdatePointComponent? { surroundings.component }
    private var site: Site { surroundings.site }

    var synchronization: TrafficFlow {
        server.flow(
            .softwareUpdateSynchronization, surroundings, synchronizationChain,
            setAt: [.roles(server.name), .proxyTab(server.name), .component(site.code)])
    }

    private var synchronizationChain: FlowChain {
        switch SiteStanding(site) {
        case .child: return FlowChain(.none, [.supSyncChildSite])
        case .notTold: return FlowChain(.unknown, [.siteTypeNotTold])
        case .topLevel: break
        }
        if component?.synchronizationSource == SoftwareUpdatePointComponent.Source.none {
            return FlowChain(.none, [.supSyncNoSource])
        }
        if let defaultServer = component?.defaultServer {
            // Whichever point took its place, nobody told; an export of a part of the site looks the same.
            guard surroundings.points.haveDefault else { return openDefault([.supSyncDefaultNotThere]) }
            return defaultServer == server.name
                ? outward(after: [.supSyncDefaultTold, source]) : FlowChain(.none, [.supSyncNotDefault])
        }
        if surroundings.points.isOnlyOne { return outward(after: [.supSyncOnlyPoint, source]) }
        return openDefault([.supSyncDefaultNotTold])
    }

    private func openDefault(_ reasons: [FlowReason]) -> FlowChain {
        FlowChain(
            .unknown, reasons,
            either: [
                FlowAlternative(when: .supSyncDefaultTold, answer: outward(after: []).answer),
                FlowAlternative(when: .supSyncNotDefault, answer: FlowAnswer(route: .none)),
            ])
    }

    private var source: FlowReason {
        switch component?.synchronizationSource {
        case .microsoftUpdate?: .supSyncMicrosoftUpdate
        case .upstream?: .supSyncUpstream
        case nil, .some(.none): .supSyncSourceAssumed
        }
    }

    private func outward(after reasons: [FlowReason]) -> FlowChain {
        guard let options else { return FlowChain(.unknown, reasons + [.supOptionsNotTold]) }
        guard options.useProxyForSynchronization else {
            return FlowChain(.direct, reasons + [.supSyncOptionOff] + (server.proxy == .off ? [.proxyNone] : []))
        }
        return .through(server.proxy, after: reasons + [.supSyncOptedIn])
    }

    /// One flow where the site's component tells of the feature, or could: at the top of the hierarchy.
    var thirdPartyUpdateCatalogs: [TrafficFlow] {
        guard case .topLevel = SiteStanding(site) else { return [] }
        let chain: FlowChain
        switch component?.thirdPartyUpdates {
        case nil: chain = FlowChain(.unknown, [.supThirdPartyNotTold])
        case .off?: chain = FlowChain(.none, [.supThirdPartyOff])
        default:
            let synchronization = synchronizationChain
            chain = FlowChain(
                synchronization.answer, [.supThirdPartyOn] + synchronization.because, either: synchronization.either)
        }
        return [
            server.flow(
                .thirdPartyUpdateCatalogs, surroundings, chain,
                setAt: [.component(site.code), .roles(server.name), .proxyTab(server.name)])
        ]
    }

    // MARK: - Automatic deployment rules

    var adrContentDownload: TrafficFlow {
        var settings: [FlowSetting] = [.roles(server.name), .proxyTab(server.name)]
        if let name = surroundings.siteServer.name, name != server.name { settings.append(.proxyTab(name)) }
        return TrafficFlow(
            id: .adrContentDownload, owner: server.name, site: site.code, from: surroundings.siteServer.name,
            answer: adrChain.answer, because: adrChain.because, either: adrChain.either, setAt: settings)
    }

    private var adrChain: FlowChain {
        switch site.type {
        case nil: return FlowChain(.unknown, [.siteTypeNotTold])
        case .secondary?: return FlowChain(.none, [.supADRSecondarySite])
        default: break
        }
        let reasons: [FlowReason] = [.supADRSiteServer]
        guard surroundings.siteServer != .notTold else { return FlowChain(.unknown, reasons + [.siteServerNotTold]) }
        guard let options else { return FlowChain(.unknown, reasons + [.supOptionsNotTold]) }
        let optedOut = FlowChain(.direct, reasons + [.supADROptionOff] + (siteServerHasNone ? [.proxyNone] : []))
        if surroundings.points.differInADROption {
            return FlowChain(
                .unknown, reasons + [.supADRPointsDiffer],
                either: [
                    FlowAlternative(when: .supADROptedIn, answer: optedIn(after: []).answer),
                    FlowAlternative(when: .supADROptionOff, answer: optedOut.answer),
                ])
        }
        return options.useProxyForADR ? optedIn(after: reasons + [.supADROptedIn]) : optedOut
    }

    private var siteServerHasNone: Bool {
        if case .stored(_, .off?) = surroundings.siteServer { true } else { false }
    }

    /// Whose proxy is taken when the site server is another computer is not established, so only where both have the same
    /// is the answer known.
    private func optedIn(after reasons: [FlowReason]) -> FlowChain {
        guard case .stored(let name, let siteServerProxy) = surroundings.siteServer else {
            return FlowChain(.unknown, reasons + [.proxyServerNotStored])
        }
        if name == server.name { return .through(server.proxy, after: reasons + [.supADRSameComputer]) }
        guard let pointProxy = server.proxy, let siteServerProxy else {
            return FlowChain(.unknown, reasons + [.proxyNotTold])
        }
        if pointProxy == siteServerProxy { return .through(pointProxy, after: reasons + [.supADRSameProxy]) }
        return FlowChain(
            .unknown, reasons + [.supADRProxiesDiffer],
            either: [
                FlowAlternative(when: .supADRPointProxy, answer: FlowChain.through(pointProxy, after: []).answer),
                FlowAlternative(
                    when: .supADRSiteServerProxy, answer: FlowChain.through(siteServerProxy, after: []).answer),
            ])
    }
}
