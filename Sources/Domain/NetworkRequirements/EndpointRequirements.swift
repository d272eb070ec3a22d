/// What has to be reached on the internet, by the way that leads there.
public struct EndpointRequirements: Sendable, Equatable {
    public let groups: [Group]
    /// What the hosts still lack, in the order of ``HostPlaceholder``.
    public let placeholders: [HostPlaceholder]

    /// One way out with everything that takes it.
    public struct Group: Sendable, Equatable {
        public let way: WayOut
        public let connections: [InternetConnection]
        public let needs: [Need]
    }

    /// An endpoint and why it is needed.
    public struct Need: Sendable, Equatable {
        public let endpoint: Endpoint
        /// Of the endpoint, with the names put in that are known.
        public let hosts: [EndpointHost]
        public let reasons: [InternetConnection.Reason]
    }

    /// What is asked for beside who connects.
    public struct Choice: Sendable, Equatable {
        /// Nil for all clouds.
        public var cloud: AzureCloud?
        public var answers: [HostPlaceholder: String] = [:]

        public init() {}
    }

    public init(_ connections: [InternetConnection], _ facts: NetworkFacts, _ choice: Choice) {
        var order: [WayOut] = []
        var byWay: [WayOut: [InternetConnection]] = [:]
        for connection in connections {
            if byWay[connection.way] == nil { order.append(connection.way) }
            byWay[connection.way, default: []].append(connection)
        }
        groups = order.sorted { $0.order < $1.order }.map { way in
            let connections = byWay[way] ?? []
            return Group(way: way, connections: connections, needs: Self.needs(of: connections, facts, choice))
        }
        let open = Set(
            facts.endpoints.filter(\.isRequirement).filter { endpoint in
                connections.contains { endpoint.isNeeded(for: $0) }
            }.flatMap(\.hosts).filter { $0.isWanted(choice) }.flatMap(\.pattern.placeholders))
        placeholders = HostPlaceholder.allCases.filter(open.contains)
    }

    private static func needs(
        of connections: [InternetConnection], _ facts: NetworkFacts, _ choice: Choice
    ) -> [Need] {
        facts.endpoints.filter(\.isRequirement).compactMap { endpoint in
            var reasons: [InternetConnection.Reason] = []
            for connection in connections where endpoint.isNeeded(for: connection) {
                if !reasons.contains(connection.reason) { reasons.append(connection.reason) }
            }
            guard !reasons.isEmpty else { return nil }
            let hosts = endpoint.hosts.filter { $0.isWanted(choice) }.map { $0.filled(with: choice.answers) }
            return Need(endpoint: endpoint, hosts: hosts, reasons: reasons)
        }
    }
}

extension Endpoint {
    fileprivate func isNeeded(for connection: InternetConnection) -> Bool {
        switch connection.reason {
        case .flow(let flow): flows.contains(flow) && !connection.isUpstream
        case .outside(let party): withoutFlow.contains(party) && !(isOnlyAtTop && connection.isAtTop == false)
        }
    }
}

extension EndpointHost {
    fileprivate func isWanted(_ choice: EndpointRequirements.Choice) -> Bool {
        status.isRequirement && (choice.cloud == nil || cloud == nil || cloud == choice.cloud)
    }

    fileprivate func filled(with answers: [HostPlaceholder: String]) -> EndpointHost {
        EndpointHost(
            pattern.filled(with: answers), ports: ports, cloud: cloud, status: status, supersededBy: supersededBy,
            note: note)
    }
}

extension EndpointRequirements {
    /// What a kind of computer needs, without data of a site.
    public init(of party: NetworkParty, _ facts: NetworkFacts, _ choice: Choice) {
        var connections = TrafficFlowID.allCases.compactMap { flow -> InternetConnection? in
            if flow.isOfSiteServer, party.id == Endpoint.Connector.siteServer.rawValue {
                return InternetConnection(.flow(flow), of: party)
            }
            guard flow.roleID == party.id else { return nil }
            let connects = flow.isOfSiteServer ? facts.party(Endpoint.Connector.siteServer.rawValue) : nil
            return InternetConnection(.flow(flow), of: connects ?? party)
        }
        if facts.endpoints.contains(where: { $0.withoutFlow.contains(party) }) {
            connections.append(InternetConnection(.outside(party), of: party))
        }
        self.init(connections, facts, choice)
    }
}

extension TrafficFlowID {
    /// Whether the site server opens the connection, whatever server the role is on.
    fileprivate var isOfSiteServer: Bool { self == .adrContentDownload || self == .cloudDistributionPoint }
}
