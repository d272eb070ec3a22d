import Domain
import Templating

/// The start of the wizard Create Site System Server: the name of the server and its site.
public struct NewServerPage: Page {
    public static let template = "pages/server-new"
    let form: FormState
    /// The sites the portal has, to choose among.
    let sites: [SiteCode]
    /// The site that is chosen already.
    let site: SiteCode?
    let drafts: WizardDraftLines

    /// - Parameter drafts: the open ones of new servers.
    public init(
        form: FormState = FormState(revision: nil), sites: [SiteCode], site: SiteCode? = nil, drafts: [WizardDraft]
    ) {
        var form = form
        form.controls = Set(SiteSystemServer.identityFields.map(\.key.rawValue))
        self.form = form
        self.sites = sites
        self.site = site
        self.drafts = WizardDraftLines(drafts: drafts)
    }

    public var frame: PageFrame {
        PageFrame(
            title: "Create Site System Server", section: .servers, crumbs: PageFrame.serverCrumbs(), form: form)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.action] = .text(Route.newServer.path)
        model[.cancel] = .text(Route.servers.path)
        let stored: FieldValue = site.map { .text($0.text) } ?? .nothing
        model[.fields] = .list([
            words.controls.control(.serverName, stored: .nothing, in: form, words),
            words.controls.siteChoice(among: sites, stored: stored, in: form, words),
        ])
        model[.hasSites] = .flag(!sites.isEmpty)
        model[.newSiteLink] = .text(Route.newSite.path)
        drafts.fill(&model)
    }
}
