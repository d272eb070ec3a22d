import Domain

/// Which servers a list shows, in which order, and from where on. All of it stands in the page's address.
public struct ServerListQuery: Sendable, Equatable {
    /// Part of a server's name; blank for all.
    public var text: String = ""
    public var site: SiteCode?
    public var role: RoleName?
    public var proxy: ProxyFilter?
    /// Only servers that have something pending.
    public var isPending = false
    /// Only servers that the last export of their site lacks, or that have a role it lacks.
    public var isStale = false
    /// Only servers with a stored finding of that severity.
    public var severity: Severity?
    public var sort: Sort = .name
    public var isDescending = false
    /// The key behind which the page starts, as the page before gave it; nil for the first.
    public var after: PageKey?
    public var limit = 50

    public init() {}

    public enum Sort: String, Sendable, CaseIterable {
        case name, site, proxy
    }

    public enum ProxyFilter: Sendable, Equatable {
        case anyProxy
        case off
        case notTold
        /// The canonical name of a proxy server.
        case server(String)
        case users(ProxyUsers)
    }

    /// The last row of a page: the value sorted by, and the name that makes it unique.
    public struct PageKey: Sendable, Equatable {
        public let value: String
        public let name: String

        public init(value: String, name: String) {
            self.value = value
            self.name = name
        }
    }
}

/// One row of the list of servers.
public struct ServerListRow: Sendable, Equatable {
    public let name: HostName
    public let site: SiteCode
    /// Nil when not told.
    public let proxy: Proxy?
    /// Display order of the store: by folded name.
    public let roles: [RoleName]
    public let isPending: Bool
    /// Whether the last export of its site lacks the server.
    public let isStale: Bool
    /// How many of its roles its last export with roles lacks.
    public let staleRoles: Int
    public let errors: Int
    public let warnings: Int

    public init(
        name: HostName, site: SiteCode, proxy: Proxy?, roles: [RoleName], isPending: Bool, isStale: Bool,
        staleRoles: Int, errors: Int, warnings: Int
    ) {
        self.name = name
        self.site = site
        self.proxy = proxy
        self.roles = roles
        self.isPending = isPending
        self.isStale = isStale
        self.staleRoles = staleRoles
        self.errors = errors
        self.warnings = warnings
    }
}

public struct ServerListPage: Sendable, Equatable {
    public let rows: [ServerListRow]
    /// How many servers the filters let through, on all pages.
    public let total: Int
    /// Where the next page starts; nil on the last.
    public let next: ServerListQuery.PageKey?

    public init(rows: [ServerListRow], total: Int, next: ServerListQuery.PageKey?) {
        self.rows = rows
        self.total = total
        self.next = next
    }
}

/// The counts of the overview page.
public struct Overview: Sendable, Equatable {
    public var sites = 0
    public var servers = 0
    public var withProxy = 0
    public var withoutProxy = 0
    public var notTold = 0
    public var pending = 0
    /// Servers that are stale or have a stale role.
    public var stale = 0
    /// Servers with at least one stored finding of a severity: what the list shows for it.
    public var serversWithErrors = 0
    public var serversWithWarnings = 0
    public var serversWithNotices = 0
    public var sitesWithFindings = 0

    public init() {}
}

/// A proxy and how many servers use it.
public struct ProxyUse: Sendable, Equatable {
    public let server: ProxyServerName
    public let servers: Int

    public init(server: ProxyServerName, servers: Int) {
        self.server = server
        self.servers = servers
    }
}
