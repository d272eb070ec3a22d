/// A page of the documentation, rendered.
public struct ManualPage: Sendable {
    /// Its address: `/manual/rules/proxy`.
    public let path: String
    public let title: String
    /// What the page is for, in a sentence for the index and for search results.
    public let description: String
    /// When its facts were last checked, as `2026-11-21`.
    public let reviewed: String?
    public let body: RenderedMarkdown
    /// The second-level headings, for the table of contents.
    public let headings: [Heading]
    public let section: Section

    /// A place in a page that links can name.
    public struct Heading: Sendable, Equatable {
        public let id: String
        public let title: String
    }

    /// The parts of the manual, in reading order.
    public enum Section: String, Sendable, CaseIterable {
        case concepts
        case howTo = "how-to"
        case troubleshooting
        case reference
        case fields
        case rules

        /// What the index calls it.
        public var title: String {
            switch self {
            case .concepts: "Concepts"
            case .howTo: "How to"
            case .troubleshooting: "Troubleshooting"
            case .reference: "Reference"
            case .fields: "Fields"
            case .rules: "Findings explained"
            }
        }
    }
}
