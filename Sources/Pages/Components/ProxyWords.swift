import Domain

extension Optional where Wrapped == Proxy {
    /// The whole of the Proxy tab in a sentence's part.
    var words: String {
        switch self {
        case nil: "Not told"
        case .off?: "No proxy"
        case .on(let configuration)?: "\(configuration.address), signing in as \(configuration.identityWords)"
        }
    }

    /// The proxy alone, for a cell of a table.
    var shortWords: String {
        switch self {
        case nil: "Not told"
        case .off?: "No proxy"
        case .on(let configuration)?: configuration.address
        }
    }
}

extension ProxyConfiguration {
    var identityWords: String { account?.text ?? "the computer’s System account" }
}

extension ConnectionIdentity {
    /// In a table or list.
    var words: String { account?.text ?? "System account" }
}

extension ProxyUsers {
    var words: String { identity.map { "\(proxy) as \($0.words)" } ?? proxy.text }

    /// The users as a filter of the list of servers names them in its address.
    var filter: String {
        switch identity {
        case nil: "at:\(proxy)"
        case .system?: "system:\(proxy)"
        case .account(let name)?: "as:\(proxy) \(name)"
        }
    }

    /// Reads what ``filter`` writes; nil for anything else.
    init?(filter: String) {
        guard let colon = filter.firstIndex(of: ":") else { return nil }
        let rest = filter[filter.index(after: colon)...]
        let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let proxy = ProxyAddress(parts[0]) else { return nil }
        let account = parts.count > 1 ? AccountName.check(parts[1], label: "").value : nil
        switch (filter[..<colon], parts.count, account) {
        case ("at", 1, _): self.init(of: proxy)
        case ("system", 1, _): self.init(of: proxy, as: .system)
        case ("as", 2, let name?): self.init(of: proxy, as: .account(name))
        default: return nil
        }
    }
}
