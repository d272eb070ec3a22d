/// A page before the others are known: what it says, and what it leads to.
struct ComposedPage {
    let path: String
    let section: ManualPage.Section
    let file: String
    let frontMatter: FrontMatter
    /// What stands before the first second-level heading, then a part for each.
    let parts: [Part]
    let headings: [ManualPage.Heading]
    let passages: [ManualPage.Passage]
    let links: [MarkdownLink]
    /// Every id in the page, of all heading levels.
    let ids: Set<String>

    struct Part {
        /// The id of its heading; nil before the first one.
        let id: String?
        var html: String
        /// The ids of the headings below it.
        var innerIDs: Set<String> = []

        func holds(_ id: String) -> Bool { self.id == id || innerIDs.contains(id) }
    }

    /// The page's own text alone.
    var body: RenderedMarkdown { RenderedMarkdown(html: parts.map(\.html).joined()) }

    var reference: ManualPage.Reference { ManualPage.Reference(path: path, title: frontMatter.title) }

    /// Whether its sections, and not the page, are what others lead to: each explains a thing of its own.
    private var isKeyed: Bool { [.fields, .rules, .reference].contains(section) }

    /// The page as it is served.
    ///
    /// - Parameters:
    ///   - inbound: the pages that lead here, by the id they name; nil for the page as a whole.
    ///   - sources: what its ids of sources mean.
    ///   - edition: unlinks what is not served beside the manual.
    func page(inbound: [String?: [ManualPage.Reference]], sources: SourceTable, edition: ManualEdition) -> ManualPage {
        var usedOn = inbound[nil] ?? []
        let html = parts.map { part in
            let references = inbound.filter { id, _ in id.map(part.holds) ?? false }.flatMap(\.value)
            if isKeyed && part.id != nil { return part.html + Self.usedOn(references) }
            usedOn += references
            return part.html
        }
        return ManualPage(
            path: path, file: file, title: frontMatter.title, description: frontMatter.description,
            appliesTo: frontMatter.appliesTo,
            reviewed: frontMatter.reviewed, sources: frontMatter.sources.compactMap { sources[$0] },
            keywords: frontMatter.keywords, movedFrom: frontMatter.movedFrom,
            body: RenderedMarkdown(html: edition.kept(html.joined())), headings: headings,
            passages: passages, usedOn: Self.sorted(usedOn), section: section)
    }

    private static func usedOn(_ references: [ManualPage.Reference]) -> String {
        if references.isEmpty { return "" }
        let links = sorted(references).map { "<a href=\"\($0.path)\">\($0.title.escapedForHTML)</a>" }
        return "<p class=\"used-on\">Used on these pages: \(links.joined(separator: ", ")).</p>\n"
    }

    private static func sorted(_ references: [ManualPage.Reference]) -> [ManualPage.Reference] {
        Set(references).sorted { ($0.title, $0.path) < ($1.title, $1.path) }
    }
}

/// Which pages lead to which place, over the whole manual.
struct Backlinks {
    private var inbound: [String: [String?: [ManualPage.Reference]]] = [:]

    init(_ pages: [ComposedPage]) {
        for page in pages {
            for link in page.links {
                let halves = link.destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let (path, id) = (String(halves[0]), halves.count == 2 ? String(halves[1]) : nil)
                if path.isEmpty || path == page.path { continue }
                inbound[path, default: [:]][id, default: []].append(page.reference)
            }
        }
    }

    subscript(path: String) -> [String?: [ManualPage.Reference]] { inbound[path] ?? [:] }
}
