/// When an export last showed something.
public struct Sighting: Sendable, Equatable {
    /// The change set of the import that brought the export.
    public let changeSet: Int
    /// Milliseconds since 1970, UTC.
    public let time: Int64

    public init(changeSet: Int, time: Int64) {
        self.changeSet = changeSet
        self.time = time
    }
}

/// When the last export of a site came. An export is an import of what a site has that covered the site.
public struct SiteExport: Sendable, Equatable {
    public let last: Sighting
    /// The last one with roles: one without says nothing of them. Nil when none had any.
    public let lastWithRoles: Sighting?

    public init(last: Sighting, lastWithRoles: Sighting?) {
        self.last = last
        self.lastWithRoles = lastWithRoles
    }
}

/// When the groups of a server were last seen, each by the number of the change set that brought the export.
///
/// A group's number is nil when it was never seen, or seen before the portal kept it for each group.
public struct Sightings: Sendable, Equatable {
    public var general: Int?
    public var proxy: Int?
    /// The last export with roles that had the server.
    public var roles: Int?
    /// By folded name, the observed roles that were not in that export, or of which that is not known.
    public var earlierRoles: [String: RoleSighting] = [:]
    /// Whether the last export of its site lacks the server, which an earlier one had. Kept by the store.
    public var isServerStale = false

    public init() {}

    /// The number that stands for the import under way, until its change set has one.
    public static let thisImport = 0
}

/// The last sighting of a role that the newest sighting of its server does not tell.
public struct RoleSighting: Sendable, Equatable {
    public let changeSet: Int
    /// Whether the last export of its server with roles lacks it; otherwise it may have been there unread.
    public let isStale: Bool

    public init(changeSet: Int, isStale: Bool) {
        self.changeSet = changeSet
        self.isStale = isStale
    }
}

extension ServerRecord {
    /// The change set that last brought an observed role; nil when that is not known, or it was never seen.
    public func lastSighting(of role: HeldRole) -> Int? {
        role.isObserved ? sightings.earlierRoles[role.name.folded]?.changeSet ?? sightings.roles : nil
    }

    /// Whether the last export of the server that had roles lacks this one, which an earlier one had.
    public func isStale(_ role: HeldRole) -> Bool {
        role.isObserved && sightings.earlierRoles[role.name.folded]?.isStale ?? false
    }

    /// The roles that are stale, of those that are meant to be on the server.
    public var staleRoles: [HeldRole] { roles.filter(isStale) }
}
