/// Somebody who connects to the internet, why, and through what.
public struct InternetConnection: Sendable, Equatable {
    public let who: ConnectingParty
    /// Nil where nobody can tell the account.
    public let identity: ConnectionIdentity?
    public let reason: Reason
    public let way: WayOut
    /// The possible answers where the route is unknown and they are known.
    public let either: [FlowAlternative]
    /// Whether it goes to the WSUS server above instead of Microsoft: then it needs none of the listed hosts.
    public let isUpstream: Bool
    /// Whether the site stands at the top of the hierarchy; nil where that does not matter or was not told.
    public let isAtTop: Bool?

    /// Why it connects: for a traffic flow, or outside all of them.
    public enum Reason: Sendable, Hashable {
        case flow(TrafficFlowID)
        case outside(NetworkParty)
    }

    private init(
        who: ConnectingParty, identity: ConnectionIdentity?, reason: Reason, way: WayOut,
        either: [FlowAlternative] = [], isUpstream: Bool = false, isAtTop: Bool? = nil
    ) {
        self.who = who
        self.identity = identity
        self.reason = reason
        self.way = way
        self.either = either
        self.isUpstream = isUpstream
        self.isAtTop = isAtTop
    }

    /// A traffic flow as it came out; nil where it does not reach the internet.
    public init?(_ flow: TrafficFlow) {
        guard let way = WayOut(flow.answer) else { return nil }
        self.init(
            who: flow.from.map(ConnectingParty.computer) ?? .computerNotTold(flow.site), identity: flow.answer.identity,
            reason: .flow(flow.id), way: way, either: flow.either, isUpstream: flow.because.contains(.supSyncUpstream))
    }

    /// So many flows of a kind that come out alike; nil where they do not reach the internet.
    public init?(_ flow: TrafficFlowID, _ answer: FlowAnswer, number: Int) {
        guard let way = WayOut(answer) else { return nil }
        self.init(who: .computers(number), identity: answer.identity, reason: .flow(flow), way: way)
    }

    /// Who connects outside any traffic flow. What such a connection of a server goes through is not established; clients and
    /// consoles have settings of their own.
    public init(outside party: NetworkParty, who: ConnectingParty, isAtTop: Bool? = nil) {
        self.init(
            who: who, identity: nil, reason: .outside(party),
            way: party.isClient || party.isConsole ? .ownSettings : .notEstablished, isAtTop: isAtTop)
    }

    /// What a kind of computer connects for, where there is no site to ask.
    public init(_ reason: Reason, of party: NetworkParty) {
        self.init(who: .kind(party), identity: nil, reason: reason, way: .notAsked)
    }
}

/// Who opens a connection.
public enum ConnectingParty: Sendable, Hashable {
    case computer(HostName)
    /// So many connections of computers that are not named.
    case computers(Int)
    /// Of that site; nobody told which computer it is.
    case computerNotTold(SiteCode)
    /// The clients of a site; nil for those of all sites.
    case clients(SiteCode?)
    case consoles
    /// Every computer of a kind: without data of a site.
    case kind(NetworkParty)
}

/// Through what a connection leaves its computer.
public enum WayOut: Sendable, Hashable {
    case proxy(ProxyAddress)
    case direct
    /// As something outside the Proxy tab says.
    case elsewhere
    /// Not told, or not established for this flow.
    case unknown
    /// The documentation says who connects, and not through what.
    case notEstablished
    /// As clients and consoles are set up themselves.
    case ownSettings
    /// There is no site to ask.
    case notAsked

    /// Nil where the flow does not reach the internet.
    public init?(_ answer: FlowAnswer) {
        switch answer.route {
        case .proxy: self = answer.proxy.map(WayOut.proxy) ?? .unknown
        case .direct: self = .direct
        case .elsewhere: self = .elsewhere
        case .unknown: self = .unknown
        case .none: return nil
        }
    }

    /// The place in lists: proxies first, by name.
    var order: (Int, String) {
        switch self {
        case .proxy(let proxy): (0, proxy.canonical)
        case .direct: (1, "")
        case .elsewhere: (2, "")
        case .unknown: (3, "")
        case .notEstablished: (4, "")
        case .ownSettings: (5, "")
        case .notAsked: (6, "")
        }
    }
}
