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
