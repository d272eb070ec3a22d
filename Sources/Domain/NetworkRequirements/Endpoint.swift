/// Something Configuration Manager reaches on the internet: a feature with its hosts and ports.
///
/// Source: `content/reference/internet-endpoints.yaml`, which says for each where and when it was read.
public struct Endpoint: Sendable, Equatable {
    public var id: String
    public var title: String
    /// Whose work it is, and who connects outside any traffic flow: `roles.yaml` has the ids.
    public var roles: [NetworkParty]
    public var connects: [Connector]
    public var flows: [TrafficFlowID]
    public var withoutFlow: [NetworkParty]
    public var ports: [EndpointPort]
    public var hosts: [EndpointHost]
    /// Whether the hosts are all there are.
    public var isComplete = true
    /// Where the hosts are listed instead.
    public var list: String?
    public var staysInside = false
    public var bypassesInspection = false
    public var bypassesAuthentication = false
    /// What a proxy on the way has to do or cannot do.
    public var proxy: String?
    public var condition: String?
    public var check: String?
    public var certainty: String?
    /// What the text does not say itself.
    public var inferred: [String] = []
    /// The release that brought it, as `2603`.
    public var since: String?
    /// Another endpoint that has the same hosts and more.
    public var alsoIn: String?
    public var isOnlyAtTop = false
    public var note: String
    public var status: FactStatus
    public var date: String
    public var sources: [FactSource]

    /// Which computer opens the connection.
    public enum Connector: String, Sendable, CaseIterable {
        case siteServer = "site_server"
        case siteSystem = "site_system"
        case client, console
    }

    public init(
        id: String, title: String, roles: [NetworkParty] = [], connects: [Connector], flows: [TrafficFlowID] = [],
        withoutFlow: [NetworkParty] = [], ports: [EndpointPort], hosts: [EndpointHost], note: String = "",
        status: FactStatus = .current, date: String, sources: [FactSource]
    ) {
        self.id = id
        self.title = title
        self.roles = roles
        self.connects = connects
        self.flows = flows
        self.withoutFlow = withoutFlow
        self.ports = ports
        self.hosts = hosts
        self.note = note
        self.status = status
        self.date = date
        self.sources = sources
    }

    /// Whether it asks anything of a network today.
    public var isRequirement: Bool { status.isRequirement && !staysInside }
}

/// How far a fact holds.
public enum FactStatus: String, Sendable, CaseIterable {
    case current, superseded, legacy, deprecated, removed
    case toBeConfirmed = "to be confirmed"
    case sourcesDiffer = "sources differ"

    public var isRequirement: Bool { self != .superseded && self != .removed }
}

public struct EndpointPort: Sendable, Hashable {
    public let transport: TransportProtocol
    public let span: PortSpan
    public let basis: Basis
    public let use: String
    /// Whether other computers are meant, and not the hosts of the endpoint.
    public let isBetweenPeers: Bool
    public let canBeProxied: Bool

    /// How the number is known: it stands in the text, it follows from http or https there, or neither.
    public enum Basis: String, Sendable, CaseIterable {
        case stated, scheme, inferred
    }

    public init(
        _ transport: TransportProtocol, _ span: PortSpan, basis: Basis = .stated, use: String = "",
        isBetweenPeers: Bool = false, canBeProxied: Bool = true
    ) {
        self.transport = transport
        self.span = span
        self.basis = basis
        self.use = use
        self.isBetweenPeers = isBetweenPeers
        self.canBeProxied = canBeProxied
    }
}

public struct EndpointHost: Sendable, Equatable {
    public let pattern: EndpointPattern
    public let ports: [EndpointPort]
    /// Nil where it is for every cloud.
    public let cloud: AzureCloud?
    public let status: FactStatus
    public let supersededBy: String?
    public let note: String?

    public init(
        _ pattern: EndpointPattern, ports: [EndpointPort], cloud: AzureCloud? = nil, status: FactStatus = .current,
        supersededBy: String? = nil, note: String? = nil
    ) {
        self.pattern = pattern
        self.ports = ports
        self.cloud = cloud
        self.status = status
        self.supersededBy = supersededBy
        self.note = note
    }
}

public enum AzureCloud: String, Sendable, CaseIterable {
    case `public`
    case usGovernment = "us-government"

    public var title: String {
        switch self {
        case .public: "Azure public cloud"
        case .usGovernment: "Azure US Government"
        }
    }
}
