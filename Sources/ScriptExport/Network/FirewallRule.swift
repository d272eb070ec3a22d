import Domain

/// One connection that firewalls have to let through: between computers, or from one to a proxy.
struct FirewallRule: Hashable {
    let source: End
    let target: End
    let transport: TransportProtocol
    let ports: [Ports]
    let service: String

    /// Who takes part.
    enum End: Hashable {
        case computer(String)
        /// Several, or something the portal does not keep, under the words for it.
        case others(String)

        var words: String {
            switch self {
            case .computer(let name), .others(let name): name
            }
        }
    }

    enum Ports: Hashable {
        case numbers(ClosedRange<Int>)
        /// What the operating system picks for RPC.
        case dynamic
    }
}

extension NetworkDocument {
    /// Every connection between ends, once.
    var rules: [FirewallRule] {
        var met: Set<FirewallRule> = []
        return (proxyRules + ports.flatMap(Self.rules)).filter { met.insert($0).inserted }
    }

    private var proxyRules: [FirewallRule] {
        endpoints.groups.flatMap { group -> [FirewallRule] in
            guard case .proxy(let proxy) = group.way else { return [] }
            return group.connections.map { connection in
                FirewallRule(
                    source: connection.who.end, target: .computer(proxy.server.text), transport: .tcp,
                    ports: [.numbers(proxy.port.number...proxy.port.number)], service: "proxy")
            }
        }
    }

    private static func rules(_ need: PortNeed) -> [FirewallRule] {
        var rules: [FirewallRule] = []
        for service in need.services {
            for source in ends(need.source) {
                for target in ends(need.target) where target.end != source.end {
                    rules += Self.rules(service, source.end, target)
                }
            }
        }
        return rules
    }

    private static func rules(
        _ service: PortNeed.Service, _ source: FirewallRule.End, _ target: (end: FirewallRule.End, name: HostName?)
    ) -> [FirewallRule] {
        let numbers = target.name.map { service.ports(to: $0) } ?? service.ports
        let ports = numbers.compactMap { number -> FirewallRule.Ports? in
            switch number.span {
            case .numbers(let range): .numbers(range)
            case .dynamic: .dynamic
            case .asConfigured: nil
            }
        }
        guard !ports.isEmpty || service.service.transports == [.icmp] else { return [] }
        let ways = service.service.isBothWays ? [(source, target.end), (target.end, source)] : [(source, target.end)]
        return service.service.transports.flatMap { transport in
            ways.map {
                FirewallRule(
                    source: $0.0, target: $0.1, transport: transport, ports: ports, service: service.service.name)
            }
        }
    }

    /// Computers by name as far as they are named; the others under the words for them.
    private static func ends(_ side: PortNeed.Side) -> [(end: FirewallRule.End, name: HostName?)] {
        guard case .computers(let holders) = side else { return [(.others(side.words), nil)] }
        let more = holders.total - holders.names.count
        return holders.names.map { (.computer($0.text), $0) }
            + (more > 0 ? [(.others("\(more) more computers"), nil)] : [])
    }
}

extension ConnectingParty {
    fileprivate var end: FirewallRule.End {
        if case .computer(let name) = self { return .computer(name.text) }
        return .others(words)
    }
}
