import Domain
import Manual
import Templating

/// The manual's table of contents.
public struct ManualIndexPage: Page {
    public static let template = "pages/manual"
    let manual: Manual
    private let hasRunbooks: Bool

    /// - Parameter hasRunbooks: whether there is a section of the organisation's own documents.
    public init(_ manual: Manual, hasRunbooks: Bool = false) {
        self.manual = manual
        self.hasRunbooks = hasRunbooks
    }

    public var frame: PageFrame { PageFrame(title: "Manual", section: .manual, hasSearch: true) }

    /// Where to begin when something fails, by what one has of it.
    private static let beginnings: [(path: String, title: String, text: String)] = [
        ("/manual/troubleshooting/by-symptom", "By symptom", "You know what does not work."),
        ("/manual/reference/error-codes", "By error code", "You have a number, such as 12007 or 0x80072EE7."),
        ("/manual/reference/log-signatures", "By line of a log file", "You have what the log says."),
        (
            "/manual/troubleshooting/first-five-minutes", "The first five minutes",
            "You have nothing yet: four questions to ask."
        ),
    ]

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.allLink] = .text(Route.wholeManual.path)
        model.fillSearchBox("", label: "Search the manual")
        model[.runbooksLink] = hasRunbooks ? .text(Runbooks.address) : .nothing
        model[.alphabetLink] = .text(Route.manualAlphabet.path)
        let beginnings = Self.beginnings.filter { manual.page(at: $0.path) != nil }
        model[.alternatives] = .list(
            beginnings.map { [.title: .text($0.title), .link: .text($0.path), .text: .text($0.text)] })
        model[.hasAlternatives] = .flag(!beginnings.isEmpty)
        model[.groups] = .list(
            ManualNavigation.sections(of: manual).map { section, pages in
                [
                    .title: .text(section.title), .id: .text(section.rawValue),
                    .lines: .list(
                        pages.map { [.title: .text($0.title), .link: .text($0.path), .text: .text($0.description)] }),
                ]
            })
    }
}

/// A page of the manual, between those before and after it.
public struct ManualArticlePage: Page {
    public static let template = "pages/manual-article"
    let page: ManualPage
    let manual: Manual
    private let hasRunbooks: Bool

    /// - Parameter hasRunbooks: whether there is a section of the organisation's own documents.
    public init(_ page: ManualPage, of manual: Manual, hasRunbooks: Bool = false) {
        self.page = page
        self.manual = manual
        self.hasRunbooks = hasRunbooks
    }

    public var frame: PageFrame {
        PageFrame(
            title: "\(page.title) – Manual", section: .manual,
            crumbs: [
                PageFrame.Crumb(title: "Manual", link: Route.manual.path),
                PageFrame.Crumb(title: page.section.title, link: Route.manual.path + "#" + page.section.rawValue),
            ], scripts: [.copy])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        page.fill(&model)
        model[.sources] = .list(page.sources.map { [.title: .text($0.title), .date: .text($0.date)] })
        model[.hasSources] = .flag(!page.sources.isEmpty)
        model[.usedOn] = .list(page.usedOn.map { [.title: .text($0.title), .link: .text($0.path)] })
        model[.isUsed] = .flag(!page.usedOn.isEmpty)
        model[.groups] = .list(
            ManualNavigation.groups(of: manual, current: page)
                + (hasRunbooks ? [ManualNavigation.runbooks([], current: nil)] : []))
        let (previous, next) = manual.neighbours(of: page)
        model[.previous] = ManualNavigation.link(previous)
        model[.next] = ManualNavigation.link(next)
    }
}

extension ManualPage {
    /// What every page of the manual shows of itself.
    func fill(_ model: inout TemplateModel) {
        model[.title] = .text(title)
        model[.text] = .text(description)
        model[.body] = .markup(body)
        model[.appliesTo] = .optional(appliesTo)
        model[.reviewed] = .optional(reviewed.isEmpty ? nil : UTCTime.day(reviewed))
        model[.headings] = .list(headings.map { [.title: .text($0.title), .target: .text("#" + $0.id)] })
        model[.hasHeadings] = .flag(headings.count > 1)
    }
}

/// The way through the manual beside each of its pages.
enum ManualNavigation {
    /// The sections that have pages, in reading order.
    static func sections(of manual: Manual) -> [(ManualPage.Section, [ManualPage])] {
        ManualPage.Section.allCases.compactMap { section in
            let pages = manual.pages.filter { $0.section == section }
            return pages.isEmpty ? nil : (section, pages)
        }
    }

    /// Every page of `content/`; the section of the current one is open.
    static func groups(of manual: Manual, current: ManualPage?) -> [TemplateModel] {
        sections(of: manual).map { section, pages in
            group(section, pages.map { ($0.title, $0.path) }, current: current)
        }
    }

    /// The organisation's own documents: on their own pages all of them, elsewhere the way to them.
    static func runbooks(_ pages: [RunbookPage], current: ManualPage?) -> TemplateModel {
        let lines = [("All documents", Runbooks.address)] + pages.map { ($0.page.title, $0.page.path) }
        return group(.runbooks, lines, current: current)
    }

    private static func group(
        _ section: ManualPage.Section, _ lines: [(title: String, path: String)], current: ManualPage?
    ) -> TemplateModel {
        [
            .title: .text(section.title), .isOpen: .flag(section == current?.section),
            .lines: .list(
                lines.map {
                    [.title: .text($0.title), .link: .text($0.path), .isCurrent: .flag($0.path == current?.path)]
                }),
        ]
    }

    static func link(_ page: ManualPage?) -> TemplateValue {
        page.map { .model([.title: .text($0.title), .link: .text($0.path)]) } ?? .nothing
    }
}
