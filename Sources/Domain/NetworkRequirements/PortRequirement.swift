/// Which ports one kind of computer opens to another.
///
/// Source: `content/reference/ports.yaml`, which says for each where and when it was read.
public struct PortRequirement: Sendable, Equatable {
    public let id: String
    /// Who opens the connection.
    public let source: NetworkParty
    public let target: NetworkParty
    /// What the target is called here, where it is a special one of its kind.
    public let targetTitle: String
    public let services: [PortService]
    public let condition: String?
    public let sources: [FactSource]

    public init(
        id: String, source: NetworkParty, target: NetworkParty, targetTitle: String? = nil, services: [PortService],
        condition: String? = nil, sources: [FactSource]
    ) {
        self.id = id
        self.source = source
        self.target = target
        self.targetTitle = targetTitle ?? target.title
        self.services = services
        self.condition = condition
        self.sources = sources
    }

    public var title: String { "\(source.title) to \(targetTitle.lowerFirst)" }
}

extension String {
    /// In the middle of a sentence; names such as SQL Server and CMG stay as they are.
    fileprivate var lowerFirst: String {
        guard let first, dropFirst().first?.isLowercase == true, !hasPrefix("Mac"), !hasPrefix("Azure"),
            !hasPrefix("Windows"), !hasPrefix("Active"), !hasPrefix("Exchange"), !hasPrefix("Endpoint"),
            !hasPrefix("Asset")
        else { return self }
        return first.lowercased() + dropFirst()
    }
}

/// One service of a pair of computers.
public struct PortService: Sendable, Equatable {
    public var name: String
    public var transports: [TransportProtocol]
    /// Empty for ICMP.
    public var spans: [PortSpan]
    public var change: Change = .fixed
    public var setting: PortSetting?
    /// Whether one of the numbers is used, not all.
    public var isOneOf = false
    public var isBothWays = false
    public var condition: String?
    /// Where the number is set, when it is none of the portal's settings.
    public var setIn: String?
    public var proxy: String?
    public var isProtocolStated = true
    public var notes: [String] = []

    public enum Change: Sendable, Equatable {
        case fixed
        /// The number is a default.
        case changeable
        /// The target decides.
        case atTarget
    }

    public init(_ name: String, _ transports: [TransportProtocol], _ spans: [PortSpan]) {
        self.name = name
        self.transports = transports
        self.spans = spans
    }
}

/// What of a site or a server decides about a port.
public enum PortSetting: String, Sendable, CaseIterable {
    case clientHTTP = "client-http"
    case clientHTTPS = "client-https"
    case clientNotification = "client-notification"
    case wakeOnLAN = "wake-on-lan"
    case wsusHTTP = "wsus-http"
    case wsusHTTPS = "wsus-https"
    case upstreamHTTP = "upstream-http"
    case upstreamHTTPS = "upstream-https"
    case sql
}

/// What the reference knows of networks.
public struct NetworkFacts: Sendable {
    public let endpoints: [Endpoint]
    public let ports: [PortRequirement]
    /// Roles, clients and consoles, by id, in the order of the roles' list.
    public let parties: [NetworkParty]

    public init(endpoints: [Endpoint], ports: [PortRequirement], parties: [NetworkParty]) {
        self.endpoints = endpoints
        self.ports = ports
        self.parties = parties
    }

    public func party(_ id: String) -> NetworkParty? { parties.first { $0.id == id } }

    /// The roles and others that any requirement is about, in the order of ``parties``.
    public var partiesWithRequirements: [NetworkParty] {
        let needed = Set(
            endpoints.filter(\.isRequirement).flatMap { ($0.roles + $0.withoutFlow).map(\.id) }
                + ports.flatMap { [$0.source.id, $0.target.id] })
        return parties.filter { needed.contains($0.id) }
    }
}
