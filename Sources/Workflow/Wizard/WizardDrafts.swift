import Domain

/// Where the drafts of wizards are read.
public protocol WizardDraftReading {
    func wizardDraft(_ id: String) throws -> WizardDraft?
    /// The open drafts of a list, the one touched last first.
    func openWizardDrafts(_ list: WizardDraftList) throws -> [WizardDraft]
}

/// Which open drafts a page lists.
public enum WizardDraftList: Sendable, Equatable {
    /// Those that add roles to a server, or are to create one of that name.
    case ofServer(HostName)
    case atSite(SiteCode)
    /// Those of new servers.
    case newServers
}

/// Where the drafts of wizards are kept.
public protocol WizardDraftWriting: WizardDraftReading {
    /// Stores the draft, over what was stored under its id.
    func save(_ draft: WizardDraft) throws
    func removeWizardDraft(_ id: String) throws
    /// Removes every draft that nobody has touched since a time, completed ones too.
    ///
    /// - Parameter time: milliseconds since 1970, UTC.
    func removeWizardDrafts(untouchedSince time: Int64) throws
}

extension WizardView {
    /// Reads what a draft is about; nil when the server it adds roles to is no longer there.
    public init?(_ draft: WizardDraft, in reading: any ConfigurationReading) throws {
        let name = HostName.check(draft.server, label: "").value
        let server = draft.kind == .addRoles ? try name.flatMap(reading.server) : nil
        if draft.kind == .addRoles, server == nil { return nil }
        let code = server?.site ?? draft.site
        let site = try code.flatMap(reading.site)?.site
        var place = RoleOffer.Place(site: site, held: server?.roles.map(\.name) ?? [])
        for role in KnownRole.all {
            switch role.instances {
            case .onePerHierarchy:
                place.inHierarchy[role.name] = try reading.server(holding: role.name, at: nil, besides: name)
            case .oneAtSecondary:
                place.atSite[role.name] = try code.flatMap {
                    try reading.server(holding: role.name, at: $0, besides: name)
                }
            default: break
            }
        }
        self.init(
            draft: draft, server: server, site: site, component: try code.flatMap(reading.component(of:)),
            isFirstPoint: place.atSite[.softwareUpdatePoint] == nil, place: place,
            sites: draft.kind == .createServer ? try reading.sites().map(\.site.code) : [])
    }
}
