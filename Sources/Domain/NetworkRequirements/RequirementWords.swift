// How requirements read, on pages and in files alike.

extension ConnectingParty {
    public var words: String {
        switch self {
        case .computer(let name): name.text
        case .computers(1): "1 connection"
        case .computers(let number): "\(number) connections"
        case .computerNotTold(let site): "a computer of site \(site) that nobody told"
        case .clients(let site?): "clients of \(site)"
        case .clients(nil): "clients of all sites"
        case .consoles: "computers with the console"
        case .kind(let party): party.title
        }
    }
}

extension InternetConnection.Reason {
    public var words: String {
        switch self {
        case .flow(let flow): flow.title
        case .outside(let party): "\(party.title), outside the traffic flows"
        }
    }
}

extension WayOut {
    public var title: String {
        switch self {
        case .proxy(let proxy): "Through \(proxy)"
        case .direct: "Straight to the internet"
        case .elsewhere: "As set outside the Proxy tab"
        case .unknown: "Unknown"
        case .notEstablished: "Not established"
        case .ownSettings: "As clients and consoles are set up themselves"
        case .notAsked: "What has to be reached"
        }
    }

    /// Who has to let the hosts through.
    public var whose: String {
        switch self {
        case .proxy(let proxy):
            "These computers need TCP \(proxy.port) to \(proxy.server.text). The hosts below are what the proxy itself has to reach and let through."
        case .direct:
            "The firewall between these computers and the internet has to let the hosts below through."
        case .elsewhere:
            "The Proxy tab does not decide here. Whoever does, a proxy set elsewhere or the firewall, has to let the hosts below through."
        case .unknown:
            "It was not told, or is not established, whether these go through a proxy. Until that is settled, both the proxy and the firewall may be asked for the hosts below."
        case .notEstablished:
            "The documentation names the hosts and who connects, and not through what. Let the hosts through at the proxy and at the firewall, or try which of the two sees the connection."
        case .ownSettings:
            "Clients and consoles do not use the Proxy tab of a server: their own settings of Windows decide. The proxy or firewall on their way has to let the hosts below through."
        case .notAsked:
            "Whether it is a proxy or a firewall that has to let the hosts through depends on the server. Choose one, or a site, to see."
        }
    }

    /// Whether a proxy may have to let the hosts through.
    public var mayBeProxy: Bool { self != .direct && self != .elsewhere }
}

extension PortNeed.Side {
    public var words: String {
        switch self {
        case .computers(let holders):
            let first = holders.names.prefix(Self.mostNames).map(\.text).joined(separator: ", ")
            let more = holders.total - min(holders.names.count, Self.mostNames)
            return more > 0 ? "\(first) and \(more) more" : first
        case .clients(let site): return ConnectingParty.clients(site).words.upperFirst
        case .other(let words): return words
        case .notTold(let party, let site):
            return "\(party.title)\(site.map { " of \($0)" } ?? "") that nobody told"
        }
    }

    /// How many computers are named.
    static let mostNames = 5
}

extension PortNeed.Basis {
    /// Nil where there is nothing to say.
    public var words: String? {
        switch self {
        case .fixed: nil
        case .byDefault: "default, may differ"
        case .ofSites(let sites): "as set for " + sites.map(\.text).joined(separator: ", ")
        case .ofWebsites(let sites):
            "as set for the website SMSWEB of " + sites.map(\.text).joined(separator: ", ")
        case .websitesNotTold(let sites):
            "not told: SMSWEB of \(sites.map(\.text).joined(separator: ", ")) has ports of its own"
        case .ofUpstream: "as set for the upstream server"
        case .ofPoints(let points) where points.count > 3: "as set on \(points.count) software update points"
        case .ofPoints(let points): "as set on " + points.map(\.text).joined(separator: ", ")
        }
    }
}

extension PortNeed.Number {
    /// Whether there is a port that nobody told the portal.
    public var isNotTold: Bool { if case .websitesNotTold = basis { true } else { false } }

    /// The number, as far as it is one.
    public var words: String { isNotTold ? "not told" : span.description }
}

extension PortNeed.Service {
    public var portWords: String {
        let isChoice = service.isOneOf && ports.allSatisfy { $0.basis == .byDefault }
        var words: [String] = []
        for number in ports where !words.contains(number.words) { words.append(number.words) }
        return words.joined(separator: isChoice ? " or " : ", ")
    }

    /// What there is to know of the numbers.
    public var notes: [String] {
        var notes: [String] = []
        for number in ports {
            guard let words = number.basis.words else { continue }
            let isNumbered = ports.count > 1 && number.basis != .byDefault && !number.isNotTold
            let note = isNumbered ? "\(number.span) \(words)" : words
            if !notes.contains(note) { notes.append(note) }
        }
        if let setIn = service.setIn { notes.append("set in \(setIn)") }
        if service.isBothWays { notes.append("either side may begin") }
        if let condition = service.condition { notes.append(condition) }
        return notes
    }
}

extension String {
    var upperFirst: String { (first.map { $0.uppercased() } ?? "") + dropFirst() }
}
