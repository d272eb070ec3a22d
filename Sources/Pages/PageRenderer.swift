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
    private let edition: ManualEdition
    private let contact: TemplateValue
    /// The navigation with each of its sections marked, made once.
    private let navigation: [PageFrame.Section: TemplateValue]
    private let unmarkedNavigation: TemplateValue
    /// The components' examples, for `/style`.
    public let examples: ComponentExamples

    /// Reads and checks `Templates/`.
    ///
    /// - Parameters:
    ///   - edition: what there is to lead to beside the manual.
    ///   - contact: whom readers of the manual tell what is wrong in it.
    ///   - address: where a file of `Public/` is, with its fingerprint.
    /// - Throws: `TemplateErrors` with every fault of the templates, an error that names the example that is wrong, or what
    ///   `address` throws.
    public init(
        templateDirectory: String, manual: Manual, edition: ManualEdition = .portal, contact: ManualContact? = nil,
        address: (_ file: String) throws -> String
    ) throws {
        templates = try TemplateSet(directory: templateDirectory)
        examples = try ComponentExamples(directory: templateDirectory + "/components")
        words = PageWords(manual)
        stylesheet = try address("site.css")
        icon = try address("icon.svg")
        scripts = try Dictionary(
            uniqueKeysWithValues: PageFrame.Script.allCases.map { ($0, try address($0.rawValue)) })
        self.edition = edition
        self.contact = contact.map { .model([.text: .text($0.text), .link: .text($0.link)]) } ?? .nothing
        let entries = NavigationEntry.entries(of: edition, manual)
        navigation = Dictionary(
            uniqueKeysWithValues: PageFrame.Section.allCases.map { ($0, Self.navigation(entries, marking: $0)) })
        unmarkedNavigation = Self.navigation(entries, marking: nil)
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
        let isPortal = edition == .portal
        model[.isPortal] = .flag(isPortal)
        model[.home] = .text(isPortal ? Route.overview.path : Route.manual.path)
        model[.styleLink] = isPortal ? .text(Route.style.path) : .nothing
        if frame.section == .manual {
            model[.contact] = contact
            model[.programVersion] = .text(ProgramVersion.text)
        }
        // A key of its own: `manualLink` is the page of the manual that a page leads to.
        model[.manualIndexLink] = .text(Route.manual.path)
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

    private static func navigation(
        _ entries: [NavigationEntry], marking marked: PageFrame.Section?
    ) -> TemplateValue {
        .list(
            entries.map {
                [
                    .title: .text($0.title), .link: .text($0.link),
                    .isCurrent: .flag($0.section != nil && $0.section == marked),
                ]
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
