import Manual
import Templating

/// Says in a copy of the manual where a page is today: files cannot lead on by themselves, as a server does.
public struct MovedPage: Page {
    public static let template = "pages/manual-moved"
    private let page: ManualPage
    private let old: String

    /// - Parameters:
    ///   - old: the address where the page stood.
    ///   - page: the page as it is today.
    public init(from old: String, to page: ManualPage) {
        self.old = old
        self.page = page
    }

    public var frame: PageFrame {
        PageFrame(
            title: "Moved from \(old): \(page.title) – Manual", section: .manual,
            crumbs: [PageFrame.Crumb(title: "Manual", link: Route.manual.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text("This page has moved")
        model[.text] = .text(
            "What stood here has another address now. Use this link, and put it in place of the old one:")
        model[.links] = .list([[.title: .text(page.title), .link: .text(page.path)]])
    }
}
