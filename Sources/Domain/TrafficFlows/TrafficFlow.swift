/// How a connection leaves the computer.
public enum FlowRoute: String, Sendable, CaseIterable {
    /// Through the proxy of a Proxy tab.
    case proxy
    /// Straight to the internet.
    case direct
    /// As something outside the Proxy tab says.
    case elsewhere
    /// It does not reach the internet.
    case none
    /// Not told, or not established; the reasons say which.
    case unknown
}

/// What a flow comes to: the way out, the proxy on it, and the account.
public struct FlowAnswer: Sendable, Equatable {
    public let route: FlowRoute
    /// Nil unless the route is through a proxy.
    public let proxy: ProxyAddress?
    /// Nil where nobody connects, and where it is not known who does.
    public let identity: ConnectionIdentity?

    public init(route: FlowRoute, proxy: ProxyAddress? = nil, identity: ConnectionIdentity? = nil) {
        self.route = route
        self.proxy = proxy
        self.identity = identity
    }
}

/// One of the answers that are possible where it is not known which holds, and when it does.
public struct FlowAlternative: Sendable, Equatable {
    public let when: FlowReason
    public let answer: FlowAnswer

    public init(when: FlowReason, answer: FlowAnswer) {
        self.when = when
        self.answer = answer
    }
}

/// Where a person changes what a flow does.
public enum FlowSetting: Sendable, Hashable {
    case proxyTab(HostName)
    case roles(HostName)
    case component(SiteCode)
    case site(SiteCode)
}

/// A traffic flow as it comes out for one server or site: who opens the connection, from which computer, as which account,
/// through what, where that is set, and why.
public struct TrafficFlow: Sendable, Equatable {
    public let id: TrafficFlowID
    /// The server whose role brings it about; nil where the site itself does.
    public let owner: HostName?
    public let site: SiteCode
    /// The computer that opens the connection; nil where nobody told which it is.
    public let from: HostName?
    public let answer: FlowAnswer
    /// The chain of rules that led to the answer, first to last.
    public let because: [FlowReason]
    /// Empty unless the route is unknown and the possible answers are known.
    public let either: [FlowAlternative]
    public let setAt: [FlowSetting]

    public init(
        id: TrafficFlowID, owner: HostName?, site: SiteCode, from: HostName?, answer: FlowAnswer,
        because: [FlowReason], either: [FlowAlternative] = [], setAt: [FlowSetting] = []
    ) {
        self.id = id
        self.owner = owner
        self.site = site
        self.from = from
        self.answer = answer
        self.because = because
        self.either = either
        self.setAt = setAt
    }
}

/// A flow before and after something was saved; nil before it was there, and after it is gone.
public struct FlowChange: Sendable, Equatable {
    public let before: TrafficFlow?
    public let after: TrafficFlow?

    public init(before: TrafficFlow?, after: TrafficFlow?) {
        self.before = before
        self.after = after
    }
}

/// The flows that something changed: all are counted, the first are kept.
public struct FlowChanges: Sendable, Equatable {
    public private(set) var first: [FlowChange] = []
    public private(set) var total = 0

    /// How many are kept to be shown.
    public static let most = 200

    public init() {}

    public init(first: [FlowChange], total: Int) {
        self.first = first
        self.total = total
    }

    public mutating func add(_ change: FlowChange) {
        total += 1
        if first.count < Self.most { first.append(change) }
    }
}
