import Domain

/// One connection that firewalls have to let through: between computers, or from one to a proxy.
struct FirewallRule: Hashable {
    let source: End
    let target: End
    let transport: TransportProtocol
    let ports: [Ports]
    let service: String
    /// When it is needed; a rule that is needed anyway says nothing of it.
    let condition: String?

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

        /// A computer is the same one however its name is spelled.
        static func == (left: End, right: End) -> Bool {
            switch (left, right) {
            case (.computer(let one), .computer(let other)): one.asciiFolded == other.asciiFolded
            case (.others(let one), .others(let other)): one == other
            default: false
            }
        }

        func hash(into hasher: inout Hasher) {
            switch self {
            case .computer(let name): hasher.combine(name.asciiFolded)
            case .others(let words): hasher.combine(words)
            }
        }

        /// Whether nothing goes over the network between the two. Several computers under one name speak to each other.
        func isAlone(with other: End) -> Bool {
            if case .computer = self { self == other } else { false }
        }
    }

    enum Ports: Hashable {
        case numbers(ClosedRange<Int>)
        /// What the operating system picks for RPC.
        case dynamic
    }
}

extension NetworkDocument {
    /// How many computers each of two sides may have for every pair of them to be written.
    static let mostOfBoth = 50

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
                    source: connection.end, target: .computer(proxy.server.text), transport: .tcp,
                    ports: [.numbers(proxy.port.number...proxy.port.number)], service: "proxy", condition: nil)
            }
        }
    }

    private static func rules(_ need: PortNeed) -> [FirewallRule] {
        var (sources, targets) = (need.sources, need.targets)
        if min(sources.count, targets.count) > mostOfBoth {
            (sources, targets) = ([(need.all(of: need.source), nil)], [(need.all(of: need.target), nil)])
        }
        var rules: [FirewallRule] = []
        for service in need.services {
            for source in sources {
                for target in targets where !source.end.isAlone(with: target.end) {
                    rules += Self.rules(service, source.end, target, need.requirement.condition)
                }
            }
        }
        return rules
    }

    private static func rules(
        _ service: PortNeed.Service, _ source: FirewallRule.End, _ target: PortNeed.End, _ condition: String?
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
                    source: $0.0, target: $0.1, transport: transport, ports: ports, service: service.service.name,
                    condition: service.service.condition ?? condition)
            }
        }
    }
}

extension PortNeed {
    /// One of a side; a name where it is one computer.
    typealias End = (end: FirewallRule.End, name: HostName?)

    var sources: [End] { ends(source) }
    var targets: [End] { ends(target) }

    /// Computers by name as far as they are named; the others under words that no other computers have.
    private func ends(_ side: Side) -> [End] {
        guard case .computers(let holders) = side else { return [(.others(side.words), nil)] }
        let more = holders.total - holders.names.count
        return holders.names.map { (.computer($0.text), $0) }
            + (more > 0 ? [(.others("\(more) more \(kind(of: side))"), nil)] : [])
    }

    /// All computers of a side under one name.
    func all(of side: Side) -> FirewallRule.End {
        guard case .computers(let holders) = side else { return .others(side.words) }
        return .others("all \(holders.total) \(kind(of: side))")
    }

    /// Role and site, as they tell computers apart.
    func kind(of side: Side) -> String {
        let party = side == source ? requirement.source : requirement.target
        return "computers of role \(party.title)" + (site.map { " of site \($0)" } ?? "")
    }
}

extension InternetConnection {
    /// Connections that were counted are told apart by their reason.
    var end: FirewallRule.End {
        switch who {
        case .computer(let name): .computer(name.text)
        case .computers: .others("\(who.words), \(reason.words)")
        default: .others(who.words)
        }
    }
}
