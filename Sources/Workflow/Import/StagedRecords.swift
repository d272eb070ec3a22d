import Domain

/// A site as a file told it, checked by its own rules.
public struct StagedSite: Sendable {
    public let code: SiteCode
    public let place: Place
    public let fields: Draft
    public let isInferred: Bool

    public init(code: SiteCode, place: Place, fields: Draft, isInferred: Bool) {
        self.code = code
        self.place = place
        self.fields = fields
        self.isInferred = isInferred
    }
}

/// A group of a staged record: what was sent for it, or that its own rules refused it.
public enum StagedGroup: Sendable, Equatable {
    /// The record says nothing of the group.
    case untold
    /// Passed its own rules.
    case checked(Draft)
    /// Did not; its findings were told when it was read.
    case refused
}

/// A server item as a file told it, its name checked.
public struct StagedServer: Sendable {
    public let name: HostName
    /// Nil when the record names none: whoever imports is asked then.
    public let site: SiteCode?
    public let place: Place
    public let source: ServerDraft.Source
    public let general: StagedGroup
    public let proxy: StagedGroup

    public init(
        name: HostName, site: SiteCode?, place: Place, source: ServerDraft.Source, general: StagedGroup,
        proxy: StagedGroup
    ) {
        self.name = name
        self.site = site
        self.place = place
        self.source = source
        self.general = general
        self.proxy = proxy
    }
}

/// A role item as a file told it, its names checked.
public struct StagedRole: Sendable {
    public let server: HostName
    /// Nil when the record names none.
    public let site: SiteCode?
    public let role: RoleName
    public let place: Place
    public let details: StagedGroup

    public init(server: HostName, site: SiteCode?, role: RoleName, place: Place, details: StagedGroup) {
        self.server = server
        self.site = site
        self.role = role
        self.place = place
        self.details = details
    }
}

/// Everything a batch says of one server, whatever its name's case, in file order.
public struct StagedServerItems: Sendable {
    public let servers: [StagedServer]
    public let roles: [StagedRole]

    public init(servers: [StagedServer], roles: [StagedRole]) {
        self.servers = servers
        self.roles = roles
    }

    /// Where the first of them stands.
    public var place: Place { servers.first?.place ?? roles.first?.place ?? .form }
    public var name: HostName? { servers.first?.name ?? roles.first?.server }
}

/// What an import will write for one server.
public struct PlannedServer: Sendable {
    /// Nil when it is taken out.
    public let record: ServerRecord?
    public let stored: ServerRecord?
    public let kind: PlannedKind
    public let fields: [FieldKey]
    /// The findings that stand on what will be stored: the rules', and those on groups that were left out.
    public let standing: [Finding]
    public let leftOut: [Finding]

    public init(
        record: ServerRecord?, stored: ServerRecord?, kind: PlannedKind, fields: [FieldKey], standing: [Finding] = [],
        leftOut: [Finding] = []
    ) {
        self.record = record
        self.stored = stored
        self.kind = kind
        self.fields = fields
        self.standing = standing
        self.leftOut = leftOut
    }

    public var name: HostName? { record?.name ?? stored?.name }
}

/// What an import will write for a site.
public struct PlannedSite: Sendable {
    public let site: Site
    public let stored: SiteRecord?
    public let kind: PlannedKind
    public let fields: [FieldKey]

    public init(site: Site, stored: SiteRecord?, kind: PlannedKind, fields: [FieldKey]) {
        self.site = site
        self.stored = stored
        self.kind = kind
        self.fields = fields
    }
}
