import Domain

/// One thing a person asks to change in a form.
public enum Edit: Sendable {
    /// Fields `server.name` and `server.site`.
    case createServer(Draft)
    /// A tab of a server: fields of the one group. `revision` is the one the edit started from.
    case changeGeneral(HostName, Draft, revision: Int)
    case changeProxy(HostName, Draft, revision: Int)
    case changeRoles(HostName, RoleChanges, revision: Int)
    /// Gives all servers that use a proxy new values, or some of them.
    case replaceProxy(ProxyReplacement)
    /// Takes a server out of the portal with its roles; Configuration Manager is told nothing.
    case removeServer(HostName, revision: Int)
    /// Fields `site.…`.
    case createSite(Draft)
    case changeSite(SiteCode, Draft, revision: Int)
    case removeSite(SiteCode, revision: Int)
    /// Fields `softwareUpdatePointComponent.…`. `revision` is 0 where nobody had told the site's component.
    case changeComponent(SiteCode, Draft, revision: Int)
    /// Fields `softwareUpdatePoint.…` of several servers of a site: all of them, or none.
    case changeSoftwareUpdatePoints(SiteCode, [(server: HostName, draft: Draft, revision: Int)])
    /// Stores all that was answered in a wizard.
    case completeWizard(WizardCompletion)
    /// Empties a portal that holds the sample hierarchy.
    case removeSample
}

/// What the Roles tab sends.
public struct RoleChanges: Sendable {
    /// The role to add, as it was chosen; nil or blank for none.
    public var adding: Sent?
    public var removing: [RoleName]
    /// New details of roles that stay; a role that is absent keeps its own.
    public var details: [(role: RoleName, draft: Draft)]

    public init(adding: Sent? = nil, removing: [RoleName] = [], details: [(role: RoleName, draft: Draft)] = []) {
        self.adding = adding
        self.removing = removing
        self.details = details
    }
}

/// Who asks, why, and for which request.
public struct Request: Sendable {
    public let actor: Actor
    public let reason: String?
    public let id: String

    public init(actor: Actor, reason: String?, id: String) {
        self.actor = actor
        self.reason = reason
        self.id = id
    }
}
