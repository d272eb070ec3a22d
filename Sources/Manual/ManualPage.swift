import Domain

/// A page of the documentation, rendered.
public struct ManualPage: Sendable {
    /// Its address: `/manual/rules/proxy`.
    public let path: String
    /// The file it is made from: `content/rules/proxy.md`.
    public let file: String
    public let title: String
    /// What the page is for, in a sentence for the index and for search results.
    public let description: String
    /// What it is true of, in words; nil where the page is about everything here.
    public let appliesTo: String?
    /// When its facts were last held against their sources, as `2026-11-21`.
    public let reviewed: String
    /// What its facts rest on. Sections may name sources of their own in the text.
    public let sources: [FactSource]
    /// Words that people look for and that the page does not use.
    public let keywords: [String]
    /// Addresses that the page had before, and that lead to it for ever.
    public let movedFrom: [String]
    public let body: RenderedMarkdown
    /// The second-level headings, for the table of contents.
    public let headings: [Heading]
    /// What it says, part by part, for the search.
    public let passages: [Passage]
    /// The pages that lead to this one as a whole; those that lead to a section stand below it in the body.
    public let usedOn: [Reference]
    public let section: Section

    /// A place in a page that links can name.
    public struct Heading: Sendable, Equatable {
        public let id: String
        public let title: String
    }

    /// The text from one heading to the next, without markup.
    public struct Passage: Sendable, Equatable {
        /// The id of its heading; nil before the first one.
        public let id: String?
        /// The heading's words; the page's title before the first one.
        public let title: String
        public let text: String
        /// The text without what is code, for the check of its words.
        var prose = ""
    }

    /// Another page, as a link to it needs it.
    public struct Reference: Sendable, Hashable {
        public let path: String
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
        /// An organisation's own documents; no files of `content/`.
        case runbooks
        case about

        /// What the index calls it.
        public var title: String {
            switch self {
            case .concepts: "Concepts"
            case .howTo: "How to"
            case .troubleshooting: "Troubleshooting"
            case .reference: "Reference"
            case .fields: "Fields"
            case .rules: "Findings explained"
            case .runbooks: "Your organisation"
            case .about: "About"
            }
        }
    }
}
