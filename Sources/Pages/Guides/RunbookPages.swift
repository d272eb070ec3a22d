import Manual
import Templating

/// The organisation's own documents, and what in their folder is not shown.
public struct RunbookIndexPage: Page {
    public static let template = "pages/manual-runbooks"
    private let section: Runbooks.Section
    private let isCopy: Bool

    /// - Parameter isCopy: whether nobody reads the folder again.
    public init(_ section: Runbooks.Section, isCopy: Bool = false) {
        self.section = section
        self.isCopy = isCopy
    }

    public var frame: PageFrame {
        PageFrame(
            title: "\(ManualPage.Section.runbooks.title) – Manual", section: .manual,
            crumbs: [PageFrame.Crumb(title: "Manual", link: Route.manual.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text(ManualPage.Section.runbooks.title)
        model[.text] = .text(
            isCopy
                ? "Documents of your own, as their folder was when this copy was made."
                : "Documents of your own, from the folder that this server was started with. They are read again when they change."
        )
        model[.isEmpty] = .flag(section.pages.isEmpty)
        model[.lines] = .list(
            section.pages.map { runbook in
                [
                    .title: .text(runbook.page.title), .link: .text(runbook.page.path),
                    .text: .text(runbook.page.description), .hasFaults: .flag(!runbook.faults.isEmpty),
                ]
            })
        model[.faults] = .list(section.refused.map { [.text: .text($0)] })
        model[.hasFaults] = .flag(!section.refused.isEmpty)
    }
}

/// One of the organisation's own documents, with what is wrong with its file.
public struct RunbookArticlePage: Page {
    public static let template = "pages/manual-article"
    private let runbook: RunbookPage
    private let section: Runbooks.Section
    private let manual: Manual

    public init(_ runbook: RunbookPage, in section: Runbooks.Section, of manual: Manual) {
        self.runbook = runbook
        self.section = section
        self.manual = manual
    }

    public var frame: PageFrame {
        PageFrame(
            title: "\(runbook.page.title) – \(ManualPage.Section.runbooks.title)", section: .manual,
            crumbs: [
                PageFrame.Crumb(title: "Manual", link: Route.manual.path),
                PageFrame.Crumb(title: ManualPage.Section.runbooks.title, link: Runbooks.address),
            ], scripts: [.copy])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        runbook.page.fill(&model)
        model[.groups] = .list(
            ManualNavigation.groups(of: manual, current: nil)
                + [ManualNavigation.runbooks(section.pages, current: runbook.page)])
        model[.faults] = .list(runbook.faults.map { [.text: .text($0)] })
        model[.hasFaults] = .flag(!runbook.faults.isEmpty)
        model[.fileName] = .text(runbook.page.file)
    }
}
