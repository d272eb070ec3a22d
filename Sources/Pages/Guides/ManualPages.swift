import Domain
import Manual
import Templating

/// The manual's table of contents.
public struct ManualIndexPage: Page {
    public static let template = "pages/manual"
    let manual: Manual

    public init(_ manual: Manual) { self.manual = manual }

    public var frame: PageFrame { PageFrame(title: "Manual", section: .manual, hasSearch: true) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.allLink] = .text(Route.wholeManual.path)
        model.fillSearchBox("", label: "Search the manual")
        model[.alphabetLink] = .text(Route.manualAlphabet.path)
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

    public init(_ page: ManualPage, of manual: Manual) {
        self.page = page
        self.manual = manual
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
        model[.title] = .text(page.title)
        model[.text] = .text(page.description)
        model[.body] = .markup(page.body)
        model[.appliesTo] = .optional(page.appliesTo)
        model[.reviewed] = .text(UTCTime.day(page.reviewed))
        model[.sources] = .list(page.sources.map { [.title: .text($0.title), .date: .text($0.date)] })
        model[.hasSources] = .flag(!page.sources.isEmpty)
        model[.usedOn] = .list(page.usedOn.map { [.title: .text($0.title), .link: .text($0.path)] })
        model[.isUsed] = .flag(!page.usedOn.isEmpty)
        model[.headings] = .list(page.headings.map { [.title: .text($0.title), .target: .text("#" + $0.id)] })
        model[.hasHeadings] = .flag(page.headings.count > 1)
        model[.groups] = ManualNavigation.model(of: manual, current: page)
        let (previous, next) = manual.neighbours(of: page)
        model[.previous] = ManualNavigation.link(previous)
        model[.next] = ManualNavigation.link(next)
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

    /// Every page; the section of the current one is open.
    static func model(of manual: Manual, current: ManualPage) -> TemplateValue {
        .list(
            sections(of: manual).map { section, pages in
                [
                    .title: .text(section.title), .isOpen: .flag(section == current.section),
                    .lines: .list(
                        pages.map {
                            [
                                .title: .text($0.title), .link: .text($0.path),
                                .isCurrent: .flag($0.path == current.path),
                            ]
                        }),
                ]
            })
    }

    static func link(_ page: ManualPage?) -> TemplateValue {
        page.map { .model([.title: .text($0.title), .link: .text($0.path)]) } ?? .nothing
    }
}
