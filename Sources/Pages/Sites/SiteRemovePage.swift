import Domain
import Templating

/// Asks before a site without servers is taken out of the portal; of one that has servers, says what to do first.
public struct SiteRemovePage: Page {
    public static let template = "pages/site-remove"
    let site: Site
    let servers: Int
    let children: [SiteCode]
    let form: FormState
    let notice: Notice?

    public init(
        site: Site, revision: Int, servers: Int, children: [SiteCode], form: FormState? = nil, notice: Notice? = nil
    ) {
        self.site = site
        self.servers = servers
        self.children = children
        self.form = form ?? FormState(revision: revision)
        self.notice = notice
    }

    public var frame: PageFrame {
        let crumb = PageFrame.Crumb(title: "Site \(site.code)", link: Route.site(site.code.text).path)
        return PageFrame(
            title: "Remove site \(site.code)", section: .sites, crumbs: SitePage.crumbs + [crumb], form: form,
            notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.code] = .text(site.code.text)
        model[.name] = .text(site.name?.text ?? "")
        model[.hasRows] = .flag(servers > 0)
        model[.count] = .text(servers == 1 ? "1 server" : "\(servers) servers")
        model[.serversLink] = .text(ServerListAddress.filtered { $0.site = site.code.text })
        model[.children] = .list(children.map { [.title: .text($0.text), .link: .text(Route.site($0.text).path)] })
        model[.hasChildren] = .flag(!children.isEmpty)
        model[.action] = .text(Route.removeSite(site.code.text).path)
        model[.cancel] = .text(Route.site(site.code.text).path)
        model[.isDestructive] = true
        model[.saveLabel] = .text("Remove site \(site.code) from the portal")
    }
}

extension Notice {
    /// Somebody saved the site while another wanted to remove it.
    public static let siteChanged = Notice(
        isSuccess: false, title: "The site was changed since you opened this page",
        lines: ["It was not removed. Look at it again; to remove it all the same, send this page."])
}
