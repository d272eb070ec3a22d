import Domain

/// The search of a copy of the manual that is read from files: `Public/js/search.js` searches it in the browser.
///
/// `file://` lets a page load scripts and no data, so the index is a script that assigns one object. It is loaded before `search.js`:
///
/// ```
/// window.proxydeskSearch = {
///   "version": 1,
///   "silent": ["a", "about", …],
///   "synonyms": [["sup", ["software update point"]], …],
///   "sections": ["Concepts", …],
///   "pages": [[title, address, section, description, keywords, [[heading, id, text], …], weight], …]
/// };
/// ```
///
/// `address` is relative to the page that searches; `section` is a place in `sections`; `keywords` is one text; `weight` is a percentage. The first of a page's
/// passages may have the id `null`: what stands before the first heading. Texts are plain, for `textContent`.
///
/// The page that searches (`StaticSearchPage`) has a form whose box is `#q`, a status line `#search-count` and a list `#search-results`.
public struct StaticSearchIndex: Sendable {
    /// The script, in UTF-8.
    public let script: String

    /// - Parameter address: where the copy has a page, relative to the page that searches: of `/manual/rules/proxy`, such as
    ///   `rules/proxy.html`.
    public init(pages: [ManualPage], synonyms: SearchSynonyms, address: (_ path: String) -> String) {
        var writer = JSONWriter(reserving: 1 << 20)
        writer.object { writer in
            writer.member("version", 1)
            writer.key("silent")
            writer.array { writer in for word in SearchQuery.silent.sorted() { writer.value(word) } }
            writer.key("synonyms")
            writer.array { writer in for entry in synonyms.entries { Self.write(entry, &writer) } }
            writer.key("sections")
            writer.array { writer in for section in ManualPage.Section.allCases { writer.value(section.title) } }
            writer.key("pages")
            writer.array { writer in for page in pages { Self.write(page, address(page.path), &writer) } }
        }
        script = "window.proxydeskSearch = " + writer.text + ";\n"
    }

    private static func write(_ entry: SearchSynonyms.Entry, _ writer: inout JSONWriter) {
        writer.array { writer in
            writer.value(entry.typed.joined(separator: " "))
            writer.array { writer in for meant in entry.meant { writer.value(meant.joined(separator: " ")) } }
        }
    }

    private static func write(_ page: ManualPage, _ address: String, _ writer: inout JSONWriter) {
        writer.array { writer in
            writer.value(page.title)
            writer.value(address)
            writer.value(ManualPage.Section.allCases.firstIndex(of: page.section) ?? 0)
            writer.value(page.description)
            writer.value(page.keywords.joined(separator: " · "))
            writer.array { writer in
                for passage in page.passages {
                    writer.array { writer in
                        writer.value(passage.title)
                        writer.value(passage.id)
                        writer.value(passage.text)
                    }
                }
            }
            writer.value(Int((page.searchWeight * 100).rounded()))
        }
    }
}
