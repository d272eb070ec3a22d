import Manual
import Templating

/// What the manual has to a query; without one, the form alone.
public struct SearchPage: Page {
    public static let template = "pages/search"
    /// The words over the box.
    static let label = "Words, a code, a log file or a name"
    let results: SearchResults

    public init(_ results: SearchResults) { self.results = results }

    public var frame: PageFrame {
        PageFrame(
            title: results.query.isEmpty ? "Search the manual" : "Search: \(results.query)", section: .manual,
            crumbs: [PageFrame.Crumb(title: "Manual", link: Route.manual.path)], hasSearch: true)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model.fillSearchBox(results.query, label: Self.label)
        model[.total] = .optional(results.query.isEmpty ? nil : count)
        model[.replaced] = .list(
            results.missing.map { [.word: .text($0.word), .instead: .optional($0.instead)] })
        model[.hasRows] = .flag(!results.pages.isEmpty)
        model[.rows] = .list(results.pages.map(\.model))
        let isHopeless = results.pages.isEmpty && !results.query.isEmpty
        model[.alternatives] = isHopeless ? .list(Self.places(words.manual)) : .nothing
        model[.hasAlternatives] = .flag(isHopeless)
    }

    private var count: String {
        let shown = results.pages.count
        if results.total > shown { return "The best \(shown) of \(results.total) pages" }
        return shown == 1 ? "1 page" : shown == 0 ? "No page" : "\(shown) pages"
    }

    /// Where else to look.
    private static func places(_ manual: Manual) -> [TemplateModel] {
        var places = [("The manual’s index from A to Z", Route.manualAlphabet.path)]
        for (path, title) in [
            ("/manual/glossary", "The glossary: what the words mean"),
            ("/manual/troubleshooting/by-symptom", "Troubleshooting by symptom"),
        ] where manual.page(at: path) != nil {
            places.append((title, path))
        }
        places.append(("All pages of the manual", Route.manual.path))
        return places.map { [.title: .text($0), .link: .text($1)] }
    }
}

extension SearchResults.FoundPage {
    fileprivate var model: TemplateModel {
        [
            .link: .text(link), .section: .text(section.title), .title: .markup(title),
            .heading: heading.map { .markup($0) } ?? .nothing, .text: .markup(snippet),
        ]
    }
}

extension TemplateModel {
    /// The large search box of `components/search-box`.
    mutating func fillSearchBox(_ query: String, label: String) {
        self[.searchBox] = .model([.action: .text(Route.search.path), .query: .text(query), .label: .text(label)])
    }
}
