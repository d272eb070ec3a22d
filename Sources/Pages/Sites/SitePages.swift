import Domain
import Templating

/// A site with how many servers it has.
public struct SiteLine: Sendable {
    let site: Site
    let servers: Int
    let findings: [Finding]

    public init(site: Site, servers: Int, findings: [Finding]) {
        self.site = site
        self.servers = servers
        self.findings = findings
    }

    private func count(_ severity: Severity) -> TemplateValue {
        .optional(counted(findings.filter { $0.severity == severity }.count, severity.rawValue))
    }

    fileprivate var model: TemplateModel {
        [
            .code: .text(site.code.text), .link: .text(Route.site(site.code.text).path),
            .name: .text(site.name?.text ?? ""),
            .type: .text(FieldCatalogue.field(.siteType).words(for: site.value(.siteType))),
            .parent: .text(site.parent?.text ?? ""), .server: .text(site.siteServer?.text ?? ""),
            .version: .text(site.version?.text ?? ""), .count: .text(servers == 1 ? "1 server" : "\(servers) servers"),
            .serversLink: .text(ServerListAddress.filtered { $0.site = site.code.text }),
            .errors: count(.error), .warnings: count(.warning), .notices: count(.notice),
        ]
    }
}

/// The list of sites.
public struct SitesPage: Page {
    public static let template = "pages/sites"
    let lines: [SiteLine]
    let notice: Notice?

    public init(lines: [SiteLine], notice: Notice? = nil) {
        self.lines = lines
        self.notice = notice
    }

    public var frame: PageFrame {
        PageFrame(title: "Sites", section: .sites, crumbs: SitePage.crumbs.dropLast(), notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.lines] = .list(lines.map(\.model))
        model[.hasLines] = .flag(!lines.isEmpty)
        model[.addLink] = .text(Route.newSite.path)
    }
}

/// A site: its form, what is above and below it, and its servers.
public struct SitePage: Page {
    public static let template = "pages/site"
    let site: Site
    let form: FormState
    let servers: Int
    let children: [SiteCode]
    /// Those of the site, and of its component.
    let findings: [Finding]
    let component: ComponentRecord?
    let flows: FlowsOfSite
    let notice: Notice?
    /// The open drafts of wizards for servers of the site.
    let drafts: WizardDraftLines

    public init(
        site: Site, revision: Int, servers: Int, children: [SiteCode], findings: [Finding],
        component: ComponentRecord? = nil, flows: FlowsOfSite = FlowsOfSite(), form: FormState? = nil,
        notice: Notice? = nil, drafts: [WizardDraft] = []
    ) {
        self.drafts = WizardDraftLines(drafts: drafts)
        self.site = site
        self.servers = servers
        self.children = children
        self.findings = findings
        self.component = component
        self.flows = flows
        self.notice = notice
        var form = form ?? FormState(revision: revision)
        form.controls = Set(Self.fields.map(\.rawValue))
        let address = Route.siteClients(site.code.text).path
        form.elsewhere = { control in
            FieldKey(rawValue: control)?.group == ClientProxyPlan.groupName ? address + "#" + control.controlID : nil
        }
        self.form = form
    }

    /// The code is the site's name for ever, so it is not among the controls.
    static let fields = Site.formFields.map(\.key).filter { $0 != .siteCode }

    static let crumbs = [
        PageFrame.Crumb(title: "Administration", link: nil), PageFrame.Crumb(title: "Site Configuration", link: nil),
        PageFrame.Crumb(title: "Sites", link: Route.sites.path),
    ]

    public var frame: PageFrame {
        PageFrame(
            title: "Site \(site.code)", section: .sites, crumbs: Self.crumbs, form: form, notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.site] = .model(SiteLine(site: site, servers: servers, findings: findings).model)
        model[.parentLink] = .optional(site.parent.map { Route.site($0.text).path })
        model[.parent] = .text(site.parent?.text ?? "")
        model[.children] = .list(
            children.map { [.title: .text($0.text), .link: .text(Route.site($0.text).path)] })
        model[.hasChildren] = .flag(!children.isEmpty)
        model[.removeLink] = .text(Route.removeSite(site.code.text).path)
        model[.scriptLink] = .text(ScriptAddress(.site(site.code.text)).link)
        model[.action] = .text(Route.site(site.code.text).path)
        model[.cancel] = .text(Route.sites.path)
        model[.fields] = .list(
            Self.fields.map { words.controls.control($0, stored: site.value($0), in: form, words) })
        model[.findings] = words.findingList(findings)
        model[.hasFindings] = .flag(!findings.isEmpty)
        model[.clientsLink] = .text(Route.siteClients(site.code.text).path)
        model[.componentLink] = .text(Route.siteComponent(site.code.text, nil).path)
        drafts.fill(&model)
        model[.addServerLink] = .text(Route.newServer.path + "?site=" + site.code.text)
        model[.component] = component.map { .model($0.model) } ?? .nothing
        flows.fill(&model, site: site.code, words)
        model[.saveLabel] = .text("Save site \(site.code)")
    }
}

/// The form for a site that the portal does not have yet.
public struct NewSitePage: Page {
    public static let template = "pages/site-new"
    let form: FormState

    public init(form: FormState = FormState(revision: nil)) {
        var form = form
        form.controls = Set(Site.formFields.map(\.key.rawValue))
        self.form = form
    }

    public var frame: PageFrame {
        PageFrame(title: "Add a site", section: .sites, crumbs: SitePage.crumbs, form: form)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.action] = .text(Route.newSite.path)
        model[.cancel] = .text(Route.sites.path)
        model[.fields] = .list(
            Site.formFields.map { words.controls.control($0.key, stored: .nothing, in: form, words) })
        model[.saveLabel] = "Add site"
    }
}
