import Domain
import Manual
import Templating

/// Makes pages: the templates, the words of the manual, and what every page shares.
public struct PageRenderer: Sendable {
    private let templates: TemplateSet
    private let words: PageWords
    private let stylesheet: String
    private let icon: String
    /// The scripts that pages may ask for, with their addresses.
    private let scripts: [PageFrame.Script: String]
    /// The navigation with each of its sections marked, made once.
    private let navigation: [PageFrame.Section: TemplateValue]
    private let unmarkedNavigation: TemplateValue
    /// The components' examples, for `/style`.
    public let examples: ComponentExamples

    /// Reads and checks `Templates/`.
    ///
    /// - Parameter address: where a file of `Public/` is, with its fingerprint.
    /// - Throws: `TemplateErrors` with every fault of the templates, an error that names the example that is wrong, or what
    ///   `address` throws.
    public init(templateDirectory: String, manual: Manual, address: (_ file: String) throws -> String) throws {
        templates = try TemplateSet(directory: templateDirectory)
        examples = try ComponentExamples(directory: templateDirectory + "/components")
        words = PageWords(manual)
        stylesheet = try address("site.css")
        icon = try address("icon.svg")
        scripts = try Dictionary(
            uniqueKeysWithValues: PageFrame.Script.allCases.map { ($0, try address($0.rawValue)) })
        let sections = PageFrame.Section.allCases
        navigation = Dictionary(uniqueKeysWithValues: sections.map { ($0, Self.navigation(marking: $0)) })
        unmarkedNavigation = Self.navigation(marking: nil)
    }

    /// The page in UTF-8.
    ///
    /// - Parameter holdsSample: labels the page as showing the sample hierarchy.
    /// - Throws: `UnknownTemplate`, when a template's file is missing.
    public func render<P: Page>(_ page: P, holdsSample: Bool = false) throws -> [UInt8] {
        var model = TemplateModel()
        page.fill(&model, words)
        let frame = page.frame
        model[.documentTitle] = .text(frame.title)
        model[.removeSampleLink] = holdsSample ? .text(Route.removeSample.path) : .nothing
        model[.stylesheet] = .text(stylesheet)
        model[.icon] = .text(icon)
        model[.pageScripts] = .list(frame.scripts.map { [.link: .text(scripts[$0] ?? "")] })
        model[.navigation] = frame.section.flatMap { navigation[$0] } ?? unmarkedNavigation
        model[.home] = .text(Route.overview.path)
        model[.styleLink] = .text(Route.style.path)
        model[.manualLink] = .text(Route.manual.path)
        model[.searchLink] = frame.hasSearch ? .nothing : .text(Route.search.path)
        model[.crumbs] = .list(frame.crumbs.map(\.model))
        model[.hasCrumbs] = .flag(!frame.crumbs.isEmpty)
        frame.form?.fillSummary(&model, words)
        model[.notice] = frame.notice.map { .model($0.model(words)) } ?? .nothing
        var bytes: [UInt8] = []
        bytes.reserveCapacity(24_000)
        try templates.render(P.template, model, into: &bytes)
        return bytes
    }

    /// A component alone, as a test looks at it.
    func render(component name: String, _ model: TemplateModel) throws -> [UInt8] {
        try templates.render("components/" + name, model)
    }

    private static func navigation(marking marked: PageFrame.Section?) -> TemplateValue {
        .list(
            PageFrame.Section.allCases.map {
                [.title: .text($0.title), .link: .text($0.route.path), .isCurrent: .flag($0 == marked)]
            })
    }
}

extension PageFrame.Crumb {
    fileprivate var model: TemplateModel { [.title: .text(title), .link: .optional(link)] }
}

extension Notice {
    fileprivate func model(_ words: PageWords) -> TemplateModel {
        let link = changeSet.map { Route.changeSet($0).path }
        return [
            .isSuccess: .flag(isSuccess), .title: .text(title), .lines: .list(lines.map { [.text: .text($0)] }),
            .link: .optional(link),
            .flowChanges: flows.map { .model(FlowChangesModel($0, words, .past, all: link).model) } ?? .nothing,
        ]
    }
}
