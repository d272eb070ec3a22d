import Foundation
import TestSupport
import Testing

@testable import Manual

/// Any page and any query: nothing of either gets into a result as markup.
@Suite struct SearchSafetyTests {
    static let alphabet: [Unicode.Scalar] =
        Array("<>&\"'/=#*()[]{}:;^%\\-_. \n\tabx19Öß".unicodeScalars) + [
            "\u{0}", "\u{202E}", "\u{FFFC}", "\u{E000}", "\u{1F600}", "\u{301}", "\u{AD}", "代", "が", "\u{3099}",
            "⑴", "½", "ﬁ", "İ",
        ]
    static let words = [
        "<mark>", "</mark>", "<script>", "proxy", "&lt;", "port", "\" OR \"", "12007", "a", "<b>proxy</b>",
    ]

    @Test(arguments: 0..<60) func noMarkupOfAPageOrAQuerySurvives(seed: UInt64) throws {
        var chance = SeededGenerator(seed: seed)
        let pages = (0..<5).map { Self.page($0, &chance) }
        let search = try ManualSearch(pages: pages, synonyms: SearchSynonyms([]))
        for _ in 0..<8 {
            let query = Self.text(6, &chance)
            let results = try search.results(for: query)
            for page in results.pages {
                for html in [page.title.html, page.snippet.html, page.heading?.html ?? ""] { expectEscaped(html) }
            }
            for page in results.pages { expectQuoted(page, from: pages) }
        }
    }

    private func expectEscaped(_ text: String) {
        // A mark with an accent on it is another character to Swift, and the same to a browser.
        let html = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isASCII ? $0 : "x" }))
        let bare = html.replacingOccurrences(of: "<mark>", with: "").replacingOccurrences(of: "</mark>", with: "")
        #expect(!bare.contains { "<>\"'".contains($0) }, "\(html)")
        let entities = ["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
        let rest = entities.reduce(bare) { $0.replacingOccurrences(of: $1, with: "") }
        #expect(!rest.contains("&"), "\(html)")
        let marks = html.components(separatedBy: "<mark>").count
        #expect(marks == html.components(separatedBy: "</mark>").count)
    }

    /// A snippet is a part of the page's text, with nothing changed.
    private func expectQuoted(_ found: SearchResults.FoundPage, from pages: [ManualPage]) {
        guard let page = pages.first(where: { $0.path == found.path }) else {
            Issue.record("\(found.path) is no page")
            return
        }
        let snippet = Self.plain(found.snippet.html)
        let texts = page.passages.map(\.text) + [page.description]
        #expect(texts.contains { $0.utf8.elementsEqual(snippet.utf8) || Self.holds($0, snippet) }, "\(snippet)")
    }

    private static func holds(_ text: String, _ snippet: String) -> Bool {
        var part = Substring(snippet)
        if part.utf8.starts(with: "… ".utf8) { part = Substring(part.unicodeScalars.dropFirst(2)) }
        if part.utf8.reversed().starts(with: " …".utf8.reversed()) { part = Substring(part.unicodeScalars.dropLast(2)) }
        return part.isEmpty || text.range(of: part, options: .literal) != nil
    }

    private static func plain(_ html: String) -> String {
        [
            ("<mark>", ""), ("</mark>", ""), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
            ("&amp;", "&"),
        ]
        .reduce(html) { $0.replacingOccurrences(of: $1.0, with: $1.1, options: .literal) }
    }

    private static func text(_ parts: Int, _ chance: inout SeededGenerator) -> String {
        (0..<parts).map { _ in
            Bool.random(using: &chance)
                ? chance.text(of: alphabet, upTo: 8) : words.randomElement(using: &chance) ?? ""
        }.joined(separator: Bool.random(using: &chance) ? " " : "")
    }

    private static func page(_ number: Int, _ chance: inout SeededGenerator) -> ManualPage {
        let passages = [nil, "one", "two"].map { id in
            ManualPage.Passage(id: id, title: text(3, &chance), text: text(40, &chance))
        }
        return .made(
            path: "/manual/page-\(number)", title: text(3, &chance), description: text(5, &chance), passages: passages)
    }
}

extension ManualPage {
    /// A page of a test.
    static func made(
        path: String, title: String, description: String = "", keywords: [String] = [], passages: [Passage] = []
    ) -> ManualPage {
        ManualPage(
            path: path, file: "content/docs/page.md", title: title, description: description, appliesTo: nil,
            reviewed: "2026-11-21", sources: [],
            keywords: keywords, movedFrom: [], body: RenderedMarkdown(html: ""), headings: [], passages: passages,
            usedOn: [], section: .concepts)
    }
}
