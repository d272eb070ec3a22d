// What is told of a proxy and those who use it. The values stand here because the pages and the store share them, and
// neither knows the other.

/// A proxy, and how many servers are meant to use it.
public struct ProxyAddressUse: Sendable, Equatable {
    /// In the spelling that sorts first, where servers differ.
    public let proxy: ProxyAddress
    public let servers: Int
    /// How many of them have something pending, which need not be the proxy.
    public let pending: Int
    /// The most used ways to sign in to it, with how many servers use each.
    public let identities: [Counted<ConnectionIdentity>]
    /// How many ways there are in all.
    public let numberOfIdentities: Int

    public init(
        proxy: ProxyAddress, servers: Int, pending: Int, identities: [Counted<ConnectionIdentity>],
        numberOfIdentities: Int
    ) {
        self.proxy = proxy
        self.servers = servers
        self.pending = pending
        self.identities = identities
        self.numberOfIdentities = numberOfIdentities
    }
}

/// A value, and how many servers have it.
public struct Counted<Value: Sendable & Equatable>: Sendable, Equatable {
    public let value: Value
    public let servers: Int

    public init(_ value: Value, servers: Int) {
        self.value = value
        self.servers = servers
    }
}

/// Everything about a proxy's servers but their names.
public struct ProxyOverview: Sendable, Equatable {
    public let use: ProxyAddressUse
    /// By code.
    public let sites: [Counted<SiteCode>]
    /// The roles on these servers, the most frequent first.
    public let roles: [Counted<RoleName>]

    public init(use: ProxyAddressUse, sites: [Counted<SiteCode>], roles: [Counted<RoleName>]) {
        self.use = use
        self.sites = sites
        self.roles = roles
    }
}
