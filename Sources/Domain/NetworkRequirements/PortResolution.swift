extension PortScene {
    /// The ports between the computers of the scene, and to what stands around them; what is reached over the internet is left to
    /// ``EndpointRequirements``.
    public func needs(_ facts: NetworkFacts) -> [PortNeed] {
        facts.ports.filter { !$0.target.isOnInternet && !$0.source.isOnInternet }.flatMap(needs)
    }

    /// What a kind of computer needs, without data of a site.
    public static func needs(of party: NetworkParty, _ facts: NetworkFacts) -> [PortNeed] {
        facts.ports.filter { $0.source == party || $0.target == party }.map { requirement in
            PortScene().need(requirement, .other(requirement.source.title), .other(requirement.targetTitle))
        }
    }

    private func needs(_ requirement: PortRequirement) -> [PortNeed] {
        guard let server else { return whole(requirement).map { [$0] } ?? [] }
        let own = Holders([server])
        var needs: [PortNeed] = []
        if holds(server, requirement.source), let target = side(requirement.target, besides: server, requirement) {
            needs.append(need(requirement, .computers(own), target))
        }
        if holds(server, requirement.target), let source = side(requirement.source, besides: server, requirement) {
            needs.append(need(requirement, source, .computers(own)))
        }
        return needs
    }

    private func holds(_ server: HostName, _ party: NetworkParty) -> Bool {
        holders[party.id]?.names.contains(server) ?? false
    }

    private func whole(_ requirement: PortRequirement) -> PortNeed? {
        guard let source = side(requirement.source, besides: nil, requirement, isSource: true),
            let target = side(requirement.target, besides: nil, requirement)
        else { return nil }
        // One computer with both roles asks nothing of a network.
        if case .computers(let one) = source, case .computers(let other) = target, one.total == 1, one == other {
            return nil
        }
        return need(requirement, source, target)
    }

    /// Nil where the scene has nobody of that kind.
    private func side(
        _ party: NetworkParty, besides server: HostName?, _ requirement: PortRequirement, isSource: Bool = false
    ) -> PortNeed.Side? {
        if party.isClient { return hasClients ? .clients(site) : nil }
        if party.id == Self.upstreamServer, !isSource { return upstreamSide(requirement) }
        guard party.role != nil || holders[party.id] != nil || party.id == Self.connector else {
            return .other(requirement.target == party ? requirement.targetTitle : party.title)
        }
        let isBetweenSites = requirement.source == requirement.target && Self.certain.contains(party.id)
        if isBetweenSites, !isSource {
            guard !neighbors.isEmpty else { return nil }
            return party.id == Self.siteServer
                ? .computers(Holders(neighbors)) : .other("\(party.title) of the site above or below")
        }
        let known = server.map { (holders[party.id] ?? Holders([])).without($0) } ?? holders[party.id]
        if let known, known.total > 0 { return .computers(known) }
        // With both roles on this one server there is no other.
        if let server, holds(server, party) { return nil }
        return Self.certain.contains(party.id) ? .notTold(party, site) : nil
    }

    /// Every site has one of these, whether or not the portal knows which.
    private static let certain: Set<String> = [siteServer, "site_database_server", "sms_provider"]
    private static let siteServer = "site_server"
    private static let connector = "exchange_server_connector"
    private static let upstreamServer = "upstream-wsus"

    // MARK: - Numbers

    private func need(_ requirement: PortRequirement, _ source: PortNeed.Side, _ target: PortNeed.Side) -> PortNeed {
        PortNeed(
            requirement: requirement, source: source, target: target,
            services: requirement.services.filter(isTaken).map {
                PortNeed.Service(service: $0, ports: numbers($0, target))
            }, site: site)
    }

    private func numbers(_ service: PortService, _ target: PortNeed.Side) -> [PortNeed.Number] {
        switch service.setting {
        case .clientHTTP: ofSites(service) { $0.http }
        case .clientHTTPS: ofSites(service) { $0.https }
        case .clientNotification: ofSites(service, isOfWebsite: false) { $0.notification }
        case .wakeOnLAN: ofSites(service, isOfWebsite: false) { $0.wakeOnLAN }
        case .wsusHTTP: ofPoints(service, target) { $0.http }
        case .wsusHTTPS: ofPoints(service, target) { $0.https }
        case .upstreamHTTP: ofUpstream(service, isSSL: false)
        case .upstreamHTTPS: ofUpstream(service, isSSL: true)
        case .sql, nil: Self.asListed(service)
        }
    }

    private static func asListed(_ service: PortService) -> [PortNeed.Number] {
        service.spans.map { PortNeed.Number(span: $0, basis: service.change == .fixed ? .fixed : .byDefault) }
    }

    /// The default beside the sites' own numbers, where some told theirs and some did not. A website of its own has no default.
    private func ofSites(
        _ service: PortService, isOfWebsite: Bool = true, _ number: (ClientPorts) -> Int?
    ) -> [PortNeed.Number] {
        let websites = clientPorts.filter { isOfWebsite && $0.ports.customWebsite == true }
        let others = clientPorts.filter { !isOfWebsite || $0.ports.customWebsite != true }
        var numbers = Self.grouped(others.map { (number($0.ports), $0.site) }).map {
            PortNeed.Number(span: .number($0.0), basis: .ofSites($0.1))
        }
        numbers += Self.grouped(websites.map { (number($0.ports), $0.site) }).map {
            PortNeed.Number(span: .number($0.0), basis: .ofWebsites($0.1))
        }
        let notTold = websites.filter { number($0.ports) == nil }.map(\.site)
        if !notTold.isEmpty { numbers.append(PortNeed.Number(span: .asConfigured, basis: .websitesNotTold(notTold))) }
        let isAllTold = !clientPorts.isEmpty && others.allSatisfy { number($0.ports) != nil }
        return isAllTold ? numbers : Self.defaults(of: service, besides: numbers) + numbers
    }

    private func ofPoints(
        _ service: PortService, _ target: PortNeed.Side, _ number: (Point) -> Int
    ) -> [PortNeed.Number] {
        guard case .computers(let targets) = target else {
            return Self.defaults(of: service, besides: [])
        }
        let told = points.filter { targets.names.contains($0.name) || targets.names.count < targets.total }
        let numbers = Self.grouped(told.map { (number($0), $0.name) }).map {
            PortNeed.Number(span: .number($0.0), basis: .ofPoints($0.1))
        }
        return told.count >= targets.total ? numbers : Self.defaults(of: service, besides: numbers) + numbers
    }

    private static func defaults(of service: PortService, besides told: [PortNeed.Number]) -> [PortNeed.Number] {
        service.spans.filter { span in !told.contains { $0.span == span } }
            .map { PortNeed.Number(span: $0, basis: .byDefault) }
    }

    private static func grouped<Key>(_ pairs: [(Int?, Key)]) -> [(Int, [Key])] {
        var groups: [Int: [Key]] = [:]
        for (number, key) in pairs { if let number { groups[number, default: []].append(key) } }
        return groups.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
