import Domain

/// What the list of servers shows, as its address says it: all of the list's state is in the query, so that a link
/// to it can be kept and sent.
public struct ServerListAddress: Sendable, Equatable {
    /// Part of a server's name.
    public var text = ""
    public var site = ""
    /// The internal name of a role.
    public var role = ""
    public var proxy: ProxyFilter?
    public var isPending = false
    public var isStale = false
    public var severity: Severity?
    public var sort: Sort = .name
    public var isDescending = false
    /// The last row of the page before: the value sorted by, and the name.
    public var after: After?
    /// Which page of the list this is, for people; where it starts says `after`.
    public var page = 1
    /// Whether the address asked for something the list does not know.
    public private(set) var hasUnknownParts = false

    /// What a server's Proxy tab has to say for it to be listed.
    public enum ProxyFilter: Sendable, Equatable {
        case anyProxy, off, notTold
        /// The canonical name of a proxy server.
        case server(String)
        /// A proxy with its port, and perhaps the way to sign in to it.
        case users(ProxyUsers)

        init?(_ text: String) {
            switch text {
            case "any": self = .anyProxy
            case "none": self = .off
            case "not-told": self = .notTold
            case _ where ProxyUsers(filter: text) != nil: self = ProxyUsers(filter: text).map(Self.users) ?? .anyProxy
            default:
                guard text.hasPrefix("server:"), text.utf8.count > 7 else { return nil }
                let name = String(text.dropFirst(7))
                // What cannot be a name is kept as it is: then no server matches, which is the answer.
                self = .server(ProxyServerName.check(name).value?.canonical ?? name)
            }
        }

        var text: String {
            switch self {
            case .anyProxy: "any"
            case .off: "none"
            case .notTold: "not-told"
            case .server(let name): "server:" + name
            case .users(let users): users.filter
            }
        }

        /// What a list of choices calls it.
        var label: String {
            switch self {
            case .anyProxy: "Any proxy"
            case .off: "No proxy"
            case .notTold: "Not told"
            case .server(let name): name
            case .users(let users): users.words
            }
        }
    }

    /// The columns the list can be sorted by.
    public enum Sort: String, Sendable, CaseIterable {
        case name, site, proxy
    }

    /// Where a page of the list starts.
    public struct After: Sendable, Equatable {
        public let value: String
        public let name: String

        public init(value: String, name: String) {
            self.value = value
            self.name = name
        }
    }

    public init() {}

    /// Whether the list leaves any server out.
    var isFiltered: Bool {
        !text.isEmpty || !site.isEmpty || !role.isEmpty || proxy != nil || isPending || isStale || severity != nil
    }
}

extension ServerListAddress {
    /// Reads a query's pairs. What the list does not know is left out and noted, so that an old link still opens.
    public init(pairs: [(name: String, value: String)]) {
        var value = ""
        for pair in pairs where !pair.value.isEmpty {
            if pair.name == "value" { value = pair.value } else { read(pair.name, pair.value) }
        }
        if let after { self.after = After(value: value, name: after.name) }
    }

    private mutating func read(_ name: String, _ value: String) {
        switch name {
        case "q": text = value.trimmed
        case "site": site = value
        case "role": role = value
        case "proxy": proxy = known(ProxyFilter(value))
        case "pending": isPending = known(value == "true" ? true : nil) ?? false
        case "stale": isStale = known(value == "true" ? true : nil) ?? false
        case "findings": severity = known(Severity(rawValue: value))
        case "sort": sort = known(Sort(rawValue: value)) ?? .name
        case "order": isDescending = known(value == "descending" ? true : nil) ?? false
        case "after": after = After(value: "", name: value)
        case "page": page = known(Int(value).flatMap { $0 > 0 ? $0 : nil }) ?? 1
        // What a save left in the address is for the notice.
        case "saved": break
        default: hasUnknownParts = true
        }
    }

    private mutating func known<Value>(_ value: Value?) -> Value? {
        if value == nil { hasUnknownParts = true }
        return value
    }

    /// The link to the list in this state.
    public var link: String {
        var pairs: [(String, String)] = filterPairs
        if sort != .name { pairs.append(("sort", sort.rawValue)) }
        if isDescending { pairs.append(("order", "descending")) }
        if let after {
            pairs += [("after", after.name), ("value", after.value), ("page", String(page))]
        }
        if pairs.isEmpty { return Route.servers.path }
        return Route.servers.path + "?" + pairs.map { $0.0 + "=" + $0.1.pathSegment }.joined(separator: "&")
    }

    private var filterPairs: [(String, String)] {
        var pairs: [(String, String)] = []
        if !text.isEmpty { pairs.append(("q", text)) }
        if !site.isEmpty { pairs.append(("site", site)) }
        if !role.isEmpty { pairs.append(("role", role)) }
        if let proxy { pairs.append(("proxy", proxy.text)) }
        if isPending { pairs.append(("pending", "true")) }
        if isStale { pairs.append(("stale", "true")) }
        if let severity { pairs.append(("findings", severity.rawValue)) }
        return pairs
    }

    /// The list with one thing changed, from its first page.
    public func with(_ change: (inout ServerListAddress) -> Void) -> ServerListAddress {
        var copy = self
        copy.after = nil
        copy.page = 1
        change(&copy)
        return copy
    }

    /// The list of all servers, filtered by one thing.
    public static func filtered(_ change: (inout ServerListAddress) -> Void) -> String {
        ServerListAddress().with(change).link
    }
}

extension String {
    /// Without the blanks at both ends, which come along when a name is copied.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
}
