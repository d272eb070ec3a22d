import Domain

/// What the list of traffic flows shows, as its address says it: all of the list's state is in the query, so that a link
/// to it can be kept and sent.
public struct FlowListAddress: Sendable, Equatable {
    public var flow: TrafficFlowID?
    /// Part of the name of the server whose role brings the flow about.
    public var text = ""
    public var site = ""
    /// `system`, or an account.
    public var identity = ""
    public var route: FlowRoute?
    /// A proxy with its port, as `proxy01.contoso.com:8080`.
    public var proxy = ""
    /// The last row of the page before.
    public var after: After?
    /// Which page of the list this is, for people; where it starts says `after`.
    public var page = 1
    /// Whether the address asked for something the list does not know.
    public private(set) var hasUnknownParts = false

    /// Where a page of the list starts: the key of the row before it.
    public struct After: Sendable, Equatable {
        /// Empty for a flow that a site brings about.
        public let server: String
        public let site: String
        public let flow: String
        public let from: String

        public init(server: String, site: String, flow: String, from: String) {
            self.server = server
            self.site = site
            self.flow = flow
            self.from = from
        }

        /// None of the four holds a comma.
        init?(_ text: String) {
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 4 else { return nil }
            self.init(server: parts[0], site: parts[1], flow: parts[2], from: parts[3])
        }

        var text: String { [server, site, flow, from].joined(separator: ",") }
    }

    public init() {}

    /// Whether the list leaves any flow out.
    var isFiltered: Bool {
        flow != nil || !text.isEmpty || !site.isEmpty || !identity.isEmpty || route != nil || !proxy.isEmpty
    }
}

extension FlowListAddress {
    /// Reads a query's pairs. What the list does not know is left out and noted, so that an old link still opens.
    public init(pairs: [(name: String, value: String)]) {
        for pair in pairs where !pair.value.isEmpty { read(pair.name, pair.value) }
        // Without the row to start behind, the list starts at its beginning.
        if after == nil { page = 1 }
    }

    private mutating func read(_ name: String, _ value: String) {
        switch name {
        case "flow": flow = known(TrafficFlowID(rawValue: value))
        case "q": text = value.trimmed
        case "site": site = value
        case "identity": identity = value.trimmed
        case "route": route = known(FlowRoute(rawValue: value))
        // What cannot be a proxy is kept as it is: then no flow matches, which is the answer.
        case "proxy": proxy = ProxyAddress(text: value.trimmed)?.plainText ?? value.trimmed
        case "after": after = known(After(value))
        case "page": page = known(Int(value).flatMap { $0 > 0 ? $0 : nil }) ?? 1
        default: hasUnknownParts = true
        }
    }

    private mutating func known<Value>(_ value: Value?) -> Value? {
        if value == nil { hasUnknownParts = true }
        return value
    }

    /// The link to the list in this state.
    public var link: String {
        var pairs: [(String, String)] = []
        if let flow { pairs.append(("flow", flow.rawValue)) }
        if !text.isEmpty { pairs.append(("q", text)) }
        if !site.isEmpty { pairs.append(("site", site)) }
        if !identity.isEmpty { pairs.append(("identity", identity)) }
        if let route { pairs.append(("route", route.rawValue)) }
        if !proxy.isEmpty { pairs.append(("proxy", proxy)) }
        if let after { pairs += [("after", after.text), ("page", String(page))] }
        if pairs.isEmpty { return Route.flows.path }
        return Route.flows.path + "?" + pairs.map { $0.0 + "=" + $0.1.pathSegment }.joined(separator: "&")
    }

    /// The list with one thing changed, from its first page.
    public func with(_ change: (inout FlowListAddress) -> Void) -> FlowListAddress {
        var copy = self
        copy.after = nil
        copy.page = 1
        change(&copy)
        return copy
    }

    /// The list of all flows, filtered by one thing.
    public static func filtered(_ change: (inout FlowListAddress) -> Void) -> String {
        FlowListAddress().with(change).link
    }
}

extension ProxyAddress {
    /// Reads `proxy01.contoso.com:8080`, an IPv6 address in brackets; nil when it is no proxy with a port.
    public init?(text: String) {
        guard let colon = text.lastIndex(of: ":"), let server = ProxyServerName.check(String(text[..<colon])).value,
            let number = Int(text[text.index(after: colon)...]), let port = Port(number)
        else { return nil }
        self.init(server: server, port: port)
    }

    /// Reads the text in which two of them compare.
    public init?(canonical: String) {
        let parts = canonical.split(separator: " ").map(String.init)
        guard parts.count == 2, let server = ProxyServerName.check(parts[0]).value,
            let port = Int(parts[1]).flatMap({ Port($0) })
        else { return nil }
        self.init(server: server, port: port)
    }

    /// ``text`` in the one spelling that all of its spellings share.
    var plainText: String { ProxyServerName.check(server.canonical).value?.with(port: port) ?? text }
}
