import Foundation
import Testing

@testable import Manual

/// The index that a copy of the manual carries, as `Public/js/search.js` reads it.
@Suite struct StaticSearchIndexTests {
    @Test func theIndexIsAScriptThatAssignsEveryPageWithItsPassages() throws {
        let manual = try ShippedSearch.manual.get()
        let index = StaticSearchIndex(pages: manual.pages, synonyms: manual.searchSynonyms) { path in
            String(path.dropFirst("/manual/".count)) + ".html"
        }
        let start = "window.proxydeskSearch = "
        #expect(index.script.hasPrefix(start) && index.script.hasSuffix(";\n"))
        let json = try JSONSerialization.jsonObject(with: Data(index.script.dropFirst(start.count).dropLast(2).utf8))
        let object = try #require(json as? [String: Any])
        let pages = try #require(object["pages"] as? [[Any]])
        #expect(pages.count == manual.pages.count)
        for (written, page) in zip(pages, manual.pages) {
            #expect(written[0] as? String == page.title)
            #expect(written[1] as? String == page.path.dropFirst("/manual/".count) + ".html")
            let passages = try #require(written[5] as? [[Any]])
            #expect(passages.map { $0[2] as? String } == page.passages.map(\.text))
        }
        let synonyms = try #require(object["synonyms"] as? [[Any]])
        #expect(synonyms.contains { $0.first as? String == "sup" })
        if let file = ProcessInfo.processInfo.environment["PROXYDESK_SEARCH_INDEX"] {
            try index.script.write(toFile: file, atomically: true, encoding: .utf8)
        }
    }
}
