/// A proxy as computers reach it: its name and its port. Two names that differ in case alone are one address.
public struct ProxyAddress: Sendable, Hashable, CustomStringConvertible {
    public let server: ProxyServerName
    public let port: Port

    public init(server: ProxyServerName, port: Port) {
        self.server = server
        self.port = port
    }

    /// `proxy01.contoso.com:8080`; an IPv6 address stands in brackets.
    public var text: String { server.with(port: port) }
    public var description: String { text }
    /// The text in which two of them compare.
    public var canonical: String { "\(server.canonical) \(port)" }

    /// Reads what ``text`` writes; nil for anything else, such as `proxy01:080` or an IPv6 address without brackets.
    public init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let name = String(text[..<colon])
        let digits = text[text.index(after: colon)...]
        guard let number = Int(digits), String(number) == digits, let port = Port(number),
            let server = ProxyServerName.check(name).value, name.hasPrefix("[") || !name.contains(":")
        else { return nil }
        self.init(server: server, port: port)
    }
}

/// The servers that are meant to use a proxy, or those of them that sign in to it in one way.
public struct ProxyUsers: Sendable, Hashable {
    public let proxy: ProxyAddress
    /// Nil for all ways.
    public let identity: ConnectionIdentity?

    public init(of proxy: ProxyAddress, as identity: ConnectionIdentity? = nil) {
        self.proxy = proxy
        self.identity = identity
    }

    /// Whether a server with that Proxy tab is one of them.
    public func include(_ tab: Proxy?) -> Bool {
        guard let configuration = tab?.configuration, configuration.proxyAddress == proxy else { return false }
        return identity.map { $0 == ConnectionIdentity(configuration.account) } ?? true
    }
}

extension ProxyConfiguration {
    public var proxyAddress: ProxyAddress { ProxyAddress(server: server, port: port) }

    /// A configuration of values that are each in order.
    public init(_ address: ProxyAddress, as identity: ConnectionIdentity) {
        server = address.server
        port = address.port
        account = identity.account
    }
}
