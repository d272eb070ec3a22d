/// One row of the index: a heading with its text, or a page with what stands before its first heading.
struct IndexedPassage: Sendable {
    /// What is searched, in the order of the table's columns.
    enum Column: Int, CaseIterable {
        case title, heading, key, keywords, description, text

        /// What a hit here is worth beside one in the text.
        var weight: Float {
            switch self {
            case .title: 8
            case .heading: 6
            case .key: 5
            case .keywords: 4
            case .description: 2.5
            case .text: 1
            }
        }

        /// Whether a query that is this whole column means exactly this place.
        var isName: Bool { self == .title || self == .heading || self == .key }
    }

    /// A text with its words.
    struct Field: Sendable {
        var text = ""
        var tokens: [SearchToken] = []

        init() {}

        init(_ text: String) {
            self.text = text
            tokens = SearchToken.tokens(of: text)
        }

        var indexed: String { tokens.map(\.word).joined(separator: " ") }
    }

    /// The place of its page in the list of pages.
    let page: Int
    /// The heading's id; nil for the page itself.
    let id: String?
    let fields: [Field]

    subscript(column: Column) -> Field { fields[column.rawValue] }

    /// The rows of a page: the page itself first, then its headings.
    static func rows(of page: ManualPage, at index: Int) -> [IndexedPassage] {
        let first = page.passages.first { $0.id == nil }
        var rows = [
            IndexedPassage(
                page: index, id: nil,
                fields: fields([
                    .title: page.title, .keywords: page.keywords.joined(separator: " · "),
                    .description: page.description, .text: first?.text ?? "",
                ]))
        ]
        for passage in page.passages {
            guard let id = passage.id else { continue }
            rows.append(
                IndexedPassage(
                    page: index, id: id,
                    fields: fields([
                        .heading: passage.title, .key: key(of: id, besides: passage.title), .text: passage.text,
                    ])))
        }
        return rows
    }

    private static func fields(_ texts: [Column: String]) -> [Field] {
        Column.allCases.map { column in texts[column].map { Field($0) } ?? Field() }
    }

    /// An id tells the key of a field whose heading is its label: `proxy-port`. The id of any other heading repeats it.
    private static func key(of id: String, besides title: String) -> String {
        SearchToken.words(of: id) == SearchToken.words(of: title) ? "" : id
    }
}
