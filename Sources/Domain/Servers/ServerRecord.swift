/// One group of a server in both its states: what it is meant to be, and what the site's last export said.
public struct Held<Group: FieldGroup>: Sendable, Equatable {
    /// What forms, the wizard and our own XML write; nil when the portal was never told.
    public var intended: Group?
    /// What the last site export said; nil when none has said anything.
    public var observed: Group?

    public init(intended: Group? = nil, observed: Group? = nil) {
        self.intended = intended
        self.observed = observed
    }

    public var isTold: Bool { intended != nil }
}

/// A role of a server in both its states.
public struct HeldRole: Sendable, Equatable {
    public let name: RoleName
    public var intended: RoleDetails?
    public var observed: RoleDetails?
    /// Whether an export of the site had the role on this server. One that a newer export lacks is stale as well.
    public var isObserved: Bool

    public init(name: RoleName, intended: RoleDetails? = nil, observed: RoleDetails? = nil, isObserved: Bool) {
        self.name = name
        self.intended = intended
        self.observed = observed
        self.isObserved = isObserved
    }

    /// The fields that wait to be applied at the site.
    public var pending: [FieldKey] {
        // No export tells Connected Cache, so that it differs says nothing.
        let isTold = name != .distributionPoint
        let fields = isTold ? RoleDetails.difference(intended, observed) : []
        return fields.isEmpty && !isObserved ? [.roleName] : fields
    }
}

/// Everything the portal keeps of a site system server.
public struct ServerRecord: Sendable, Equatable {
    public var name: HostName
    public var site: SiteCode
    public var general: Held<General>
    public var proxy: Held<Proxy>
    public var roles: [HeldRole]
    /// Roles the site was last seen to have and that were taken out here: they wait to be removed there.
    public var droppedRoles: [HeldRole]
    /// The number of the change that last wrote it; 0 before there is one.
    public var revision: Int
    /// Nil when no export has shown it.
    public var seen: Sighting?
    public var sightings: Sightings

    public init(
        name: HostName, site: SiteCode, general: Held<General> = Held(), proxy: Held<Proxy> = Held(),
        roles: [HeldRole] = [], droppedRoles: [HeldRole] = [], revision: Int = 0, seen: Sighting? = nil,
        sightings: Sightings = Sightings()
    ) {
        self.name = name
        self.site = site
        self.general = general
        self.proxy = proxy
        self.roles = roles
        self.droppedRoles = droppedRoles
        self.revision = revision
        self.seen = seen
        self.sightings = sightings
    }

    /// The server as it is meant to be.
    public var intended: SiteSystemServer {
        SiteSystemServer(
            name: name, site: site, general: general.intended, proxy: proxy.intended,
            roles: roles.map { Role(name: $0.name, details: $0.intended) })
    }

    /// The fields in which the intention differs from what the site was last seen to have.
    public var pending: [FieldKey] {
        let general = General.difference(self.general.intended, self.general.observed)
        let proxy = Proxy.difference(self.proxy.intended, self.proxy.observed)
        var seen: Set<FieldKey> = []
        let dropped = droppedRoles.map { _ in FieldKey.roleName }
        return (general + proxy + roles.flatMap(\.pending) + dropped).filter { seen.insert($0).inserted }
    }
}
