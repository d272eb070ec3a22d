/// One record of a file, as a reader met it and before any rule has seen it: every format ends here.
public enum RecordDraft: Sendable {
    case site(SiteDraft)
    case server(ServerDraft)
    case role(RoleDraft)
    case cloudDistributionPoint(CloudDistributionPointDraft)
    case component(ComponentDraft)
    case updateCategory(UpdateCategoryDraft)

    /// Where the record starts.
    public var place: Place {
        switch self {
        case .site(let draft): draft.place
        case .server(let draft): draft.place
        case .role(let draft): draft.place
        case .cloudDistributionPoint(let draft): draft.place
        case .component(let draft): draft.place
        case .updateCategory(let draft): draft.place
        }
    }
}

/// What a file says of a site.
public struct SiteDraft: Sendable {
    public let place: Place
    /// The fields `site.…` that the file tells.
    public let fields: Draft
    /// Whether it only follows from another item: the `Type` of an `SMS Site Server` item tells its site's type and site
    /// server, which counts where no site object does.
    public let isInferred: Bool

    public init(place: Place, fields: Draft, isInferred: Bool = false) {
        self.place = place
        self.fields = fields
        self.isInferred = isInferred
    }
}

/// What a file says of a site system server itself: the item `SMS Site System`, or our own XML's element.
public struct ServerDraft: Sendable {
    public let place: Place
    public let name: Sent
    /// Nil when the record names no site: the command line's `--site` says it then.
    public let site: Sent?
    public let source: Source
    /// The fields `general.…` and `proxy.…` that the file tells; nil when it says nothing of the group.
    public let general: Draft?
    public let proxy: Draft?

    /// Which kind of item it was read from: `SMS Site System` beats `SMS Site Server` (CONTRACTS 2).
    public enum Source: Int, Sendable, Comparable {
        case siteServer = 1
        case siteSystem = 2

        public static func < (left: Source, right: Source) -> Bool { left.rawValue < right.rawValue }
    }

    public init(place: Place, name: Sent, site: Sent?, source: Source, general: Draft?, proxy: Draft?) {
        self.place = place
        self.name = name
        self.site = site
        self.source = source
        self.general = general
        self.proxy = proxy
    }
}

/// What a file says of a role on a server.
public struct RoleDraft: Sendable {
    public let place: Place
    public let server: Sent
    public let site: Sent?
    public let role: Sent
    /// The fields of the role's details that the file tells; empty when it says nothing of them.
    public let details: Draft

    public init(place: Place, server: Sent, site: Sent?, role: Sent, details: Draft) {
        self.place = place
        self.server = server
        self.site = site
        self.role = role
        self.details = details
    }
}

/// A distribution point in Microsoft Azure: it belongs to a site, and is no server.
public struct CloudDistributionPointDraft: Sendable {
    public let place: Place
    public let site: Sent?
    public let name: Sent

    public init(place: Place, site: Sent?, name: Sent) {
        self.place = place
        self.site = site
        self.name = name
    }
}
