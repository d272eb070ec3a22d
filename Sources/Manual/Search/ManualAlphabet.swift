/// The manual's index: pages by their titles, and the headings that people look up, by letter.
public struct ManualAlphabet: Sendable {
    /// A letter with its entries; figures come first, under `0–9`.
    public struct Letter: Sendable {
        public let title: String
        public let entries: [Entry]

        /// The id of its heading.
        public var id: String { "letter-" + (title.count == 1 ? title.lowercased() : "figures") }
    }

    public struct Entry: Sendable, Equatable {
        public let title: String
        /// The page a heading stands on; nil of a page.
        public let page: String?
        public let link: String
    }

    public let letters: [Letter]

    /// Pages whose headings are names that people look up: every one of them is an entry.
    private static let listed: Set<String> = [
        "/manual/glossary", "/manual/reference/error-codes", "/manual/reference/log-files",
    ]

    public init(_ pages: [ManualPage]) {
        let entries = pages.flatMap(Self.entries(of:)).sorted {
            ($0.title.lowercased(), $0.page ?? "", $0.link) < ($1.title.lowercased(), $1.page ?? "", $1.link)
        }
        let groups = Dictionary(grouping: entries) { Self.letter(of: $0.title) }
        letters = groups.keys.sorted().map { Letter(title: $0, entries: groups[$0] ?? []) }
    }

    private static func entries(of page: ManualPage) -> [Entry] {
        let own = Entry(title: page.title, page: nil, link: page.path)
        guard page.section == .fields || page.section == .rules || listed.contains(page.path) else { return [own] }
        return [own] + page.headings.map { Entry(title: $0.title, page: page.title, link: page.path + "#" + $0.id) }
    }

    /// `A` to `Z`, or `0–9` for what begins with anything else.
    private static func letter(of title: String) -> String {
        let first = title.unicodeScalars.first { $0.isPartOfWord }
        guard let first, first.isASCII, first.properties.isAlphabetic else { return "0–9" }
        return String(Character(first)).uppercased()
    }
}
