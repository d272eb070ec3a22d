import Domain
import Yams

/// The page made of the entries of a list: its introduction, a table of all, and a section for each.
struct EntryPage {
    let page: ComposedPage
    /// The same with the links of the entries, to be checked as standing in the file of the entries.
    let linked: ComposedPage

    /// Nil, and a problem, where there is no introduction.
    ///
    /// - Parameters:
    ///   - introduction: a file such as `reference/error-codes.md`.
    ///   - entries: the file of the entries.
    ///   - text: the table and the sections, in Markdown; a section's heading is the id of its entry.
    ///   - titles: what the headings show in place of the ids.
    ///   - links: where the entries lead to.
    init?(
        _ introduction: String, of entries: String, at path: String, text: String,
        titles: [(id: String, title: String)],
        links: [MarkdownLink], _ content: inout ContentFolder
    ) {
        guard let introduction = content.file(introduction) else { return nil }
        let titles = Dictionary(titles.map { ($0.id, $0.title) }) { first, _ in first }
        let composer = PageComposer(
            file: introduction.followed(by: Markdown.blocks(of: text)), path: path, section: .reference,
            replacement: { block in
                guard block.kind == .heading(level: 2), let title = titles[block.text] else { return nil }
                return PageComposer.Replacement(html: title.escapedForHTML, title: title)
            })
        let composed = composer.compose(&content)
        page = composed.with(links: introduction.blocks.flatMap(\.links), of: composed.file)
        linked = composed.with(links: links, of: entries)
    }
}

extension ComposedPage {
    /// The same page with other links, as of another file.
    fileprivate func with(links: [MarkdownLink], of file: String) -> ComposedPage {
        ComposedPage(
            path: path, section: section, file: file, frontMatter: frontMatter, parts: parts, headings: headings,
            passages: passages, links: links, ids: ids)
    }
}

extension EntryReading {
    /// The link that stands under a key.
    func link(_ destination: String, at key: String) -> MarkdownLink {
        MarkdownLink(destination: destination, line: self[key]?.mark?.line ?? line)
    }
}

extension EntryList {
    /// The last line of a section: where it comes from.
    func sourceLine(_ ids: [String]) -> String {
        let titles = ids.map { (sources[$0].map { "\($0.title) (\($0.date))" } ?? $0).escapedForMarkdown }
        return "\n\(ids.count == 1 ? "Source" : "Sources"): \(titles.joined(separator: "; ")).\n"
    }
}
