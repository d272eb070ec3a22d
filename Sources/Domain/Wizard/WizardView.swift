/// A draft with what it is about, as one state of the portal has it: what a wizard's pages show.
public struct WizardView: Sendable, Equatable {
    public let draft: WizardDraft
    /// The server as it is stored; nil for a new one.
    public let server: ServerRecord?
    /// Nil when the portal does not have the server's site.
    public let site: Site?
    /// The component of the site; nil when nobody has told it.
    public let component: ComponentRecord?
    public let plan: WizardPlan
    public let offers: [RoleOffer]
    /// All sites, for the choice of a new server's.
    public let sites: [SiteCode]

    /// - Parameter isFirstPoint: whether no other server of the site is a software update point.
    public init(
        draft: WizardDraft, server: ServerRecord?, site: Site?, component: ComponentRecord?, isFirstPoint: Bool,
        place: RoleOffer.Place, sites: [SiteCode]
    ) {
        self.draft = draft
        self.server = server
        self.site = site
        self.component = component
        self.sites = sites
        plan = WizardPlan(site: site, roles: draft.roles, isFirstPoint: isFirstPoint)
        offers = RoleOffer.all(at: place)
    }

    /// The name a person knows the server by.
    public var name: String { server?.name.text ?? draft.server }

    /// The first step without an answer; the Summary when all are answered.
    public var next: WizardStep { plan.firstUnanswered(in: draft) ?? .summary }

    /// Whether a step can be opened: every step before it has an answer.
    public func canOpen(_ step: WizardStep) -> Bool {
        guard let index = plan.steps.firstIndex(of: step), let next = plan.steps.firstIndex(of: next) else {
            return false
        }
        return index <= next
    }

    /// The proxy of the server as the answers make it; nil as long as nobody has told it.
    public var proxy: Proxy? {
        var judge = Judge(.edit)
        return Proxy.check(draft.fields(of: .proxy), base: server?.proxy.intended, &judge) ?? server?.proxy.intended
    }

    /// The fields a step asks for.
    public func fields(of step: WizardStep) -> [FieldKey] {
        switch step {
        case .general: (draft.kind == .createServer ? [.serverName, .serverSite] : []) + General.fields.map(\.key)
        case .proxy: Proxy.fields.map(\.key)
        case .softwareUpdatePoint:
            [.supHTTPPort, .supHTTPSPort, .supRequireSSL, .supClientConnections, .supAllowCMGTraffic]
        case .proxyAndAccounts: [.supUseProxyForSynchronization, .supUseProxyForADR, .supWSUSAccount]
        case .serviceConnectionPoint: ServiceConnectionPoint.fields.map(\.key)
        case .roles, .summary, .completion: []
        default: componentFields(of: step)
        }
    }

    /// The step of this wizard that asks for a field; nil when none does.
    public func step(asking field: FieldKey) -> WizardStep? {
        switch field {
        case .roleName: .roles
        // What is kept in three fields is asked in one.
        case .supcUpstreamServer, .supcUpstreamPort, .supcUpstreamSSL: step(asking: .supcUpstreamURL)
        default: plan.questions.first { fields(of: $0).contains(field) }
        }
    }

    /// The console starts with port 80 too, so that a person who turns the proxy on sees what would be stored.
    private func storedProxy(_ field: FieldKey) -> FieldValue {
        let known = server?.proxy.intended?.value(field) ?? .nothing
        return known == .nothing && field == .proxyPort ? .number(Port.proxyDefault.number) : known
    }

    /// What a field holds before anybody answers: the stored value, or what the product starts with.
    public func stored(_ field: FieldKey) -> FieldValue {
        switch field.group {
        case "server": field == .serverName ? .text(draft.server) : draft.site.map { .text($0.text) } ?? .nothing
        case "general": server?.general.intended?.value(field) ?? .nothing
        case "proxy": storedProxy(field)
        case "softwareUpdatePoint": SoftwareUpdatePoint.initial?.value(field) ?? .nothing
        case "serviceConnectionPoint": .text(ServiceConnectionPoint.Mode.online.rawValue)
        default: storedComponent(field)
        }
    }
}

extension SoftwareUpdatePoint {
    /// What the console's wizard starts with.
    fileprivate static let initial: SoftwareUpdatePoint? = {
        var judge = Judge(.edit)
        return check(Draft([.supRequireSSL: "false"]), base: nil, &judge)
    }()
}
