import Manual
import Templating

/// The manual's table of contents.
public struct ManualIndexPage: Page {
    public static let template = "pages/manual"
    let pages: [ManualPage]

    public init(pages: [ManualPage]) { self.pages = pages }

    public var frame: PageFrame { PageFrame(title: "Manual", section: .manual) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.groups] = .list(
            ManualPage.Section.allCases.compactMap { section in
                let lines = pages.filter { $0.section == section }
                if lines.isEmpty { return nil }
                return [
                    .title: .text(section.title),
                    .lines: .list(
                        lines.map { [.title: .text($0.title), .link: .text($0.path), .text: .text($0.description)] }),
                ]
            })
    }
}

/// A page of the manual.
public struct ManualArticlePage: Page {
    public static let template = "pages/manual-article"
    let page: ManualPage

    public init(_ page: ManualPage) { self.page = page }

    public var frame: PageFrame {
        PageFrame(
            title: "\(page.title) – Manual", section: .manual,
            crumbs: [
                PageFrame.Crumb(title: "Manual", link: Route.manual.path),
                PageFrame.Crumb(title: page.section.title, link: nil),
            ])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text(page.title)
        model[.text] = .text(page.description)
        model[.body] = .markup(page.body)
        model[.updated] = .optional(page.reviewed)
        model[.headings] = .list(page.headings.map { [.title: .text($0.title), .target: .text("#" + $0.id)] })
        model[.hasHeadings] = .flag(page.headings.count > 1)
    }
}
