/// What the manual has to a query.
public struct SearchResults: Sendable {
    /// The query as it was understood: shortened, without control characters.
    public let query: String
    /// Words that are nowhere in the manual, with the word that was looked for instead; nil where there is none like it.
    public let missing: [Missing]
    /// How many pages were found; `pages` holds the best of them.
    public let total: Int
    /// Best first, each page once.
    public let pages: [FoundPage]

    /// A word that is nowhere in the manual.
    public struct Missing: Sendable, Equatable {
        public let word: String
        /// The word of the manual that was looked for instead.
        public let instead: String?
    }

    /// A page with its best place. The texts are escaped, and hold `<mark>` around what was found.
    public struct FoundPage: Sendable {
        /// The place's address: `/manual/rules/proxy#proxy-port-range`.
        public let link: String
        /// The page's address alone.
        public let path: String
        public let section: ManualPage.Section
        public let title: RenderedMarkdown
        /// The heading the link leads to; nil where it leads to the page's beginning.
        public let heading: RenderedMarkdown?
        /// The part of the text with most of the query.
        public let snippet: RenderedMarkdown
    }
}
