import Domain
import Templating

/// What the tabs of a site's software update point component share.
public struct ComponentHead: Sendable {
    public let site: Site
    /// Its revision is 0 where nobody has told the component.
    public let record: ComponentRecord
    /// Those of the component.
    public let findings: [Finding]
    /// The software update points of the site, by name.
    public let points: [ServerRecord]
    /// The site at the top of the hierarchy, where this one stands below another.
    public let top: SiteCode?
    public let notice: Notice?

    public init(
        site: Site, record: ComponentRecord, findings: [Finding], points: [ServerRecord], top: SiteCode?,
        notice: Notice? = nil
    ) {
        self.site = site
        self.record = record
        self.findings = findings
        self.points = points
        self.top = top
        self.notice = notice
    }

    /// What a page with the two options says where one of them has no effect.
    static let secondaryNote =
        "At a secondary site the option for automatic deployment rules has no effect: their downloads run on the site server of the site that owns the rule."

    func frame(_ tab: ComponentPart?, form: FormState) -> PageFrame {
        let site = PageFrame.Crumb(title: "Site \(site.code)", link: Route.site(site.code.text).path)
        let path = ["Configure Site Components", "Software Update Point"].map { PageFrame.Crumb(title: $0, link: nil) }
        return PageFrame(
            title: "\(tab?.title ?? "General") – software update point component of \(self.site.code)", section: .sites,
            crumbs: SitePage.crumbs + [site] + path, form: form, notice: notice)
    }

    func fill(_ model: inout TemplateModel, tab: ComponentPart?, _ words: PageWords) {
        let code = site.code.text
        model[.siteCode] = .text(code)
        model[.siteLink] = .text(Route.site(code).path)
        model[.action] = .text(Route.siteComponent(code, tab).path)
        model[.cancel] = .text(Route.siteComponent(code, tab).path)
        model[.tabs] = .list(
            ([nil] + ComponentPart.allCases).map { part in
                [
                    .title: .text(part?.title ?? "General"), .link: .text(Route.siteComponent(code, part).path),
                    .isCurrent: .flag(part == tab),
                ]
            })
        model[.isChild] = .flag(site.isChild)
        model[.secondaryNote] = .optional(site.type == .secondary ? Self.secondaryNote : nil)
        model[.topLink] = .optional(top.map { Route.siteComponent($0.text, tab).path })
        model[.parent] = .text(top?.text ?? "")
        model[.findings] = words.findingList(findings)
        model[.hasFindings] = .flag(!findings.isEmpty)
        model[.isObserved] = .flag(record.seen != nil)
        model[.seen] = record.seen.map { .model($0.model) } ?? .nothing
    }
}
