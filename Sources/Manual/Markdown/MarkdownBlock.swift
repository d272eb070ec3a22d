/// One block at the top level of a Markdown text: rendered, together with what the checks ask of it.
struct MarkdownBlock: Sendable {
    enum Kind: Sendable, Equatable {
        case heading(level: Int)
        case paragraph
        case other
    }

    let kind: Kind
    /// Where it begins, counted from 1 in its file.
    let line: Int
    /// Of a heading, what stands inside it; of anything else, the whole element.
    let html: String
    /// What a reader sees, without markup.
    let text: String
    /// The same without what is code: names and commands are not the writer's words.
    let prose: String
    /// Whether it is text alone: no emphasis, no code, no link.
    let isPlain: Bool
    let links: [MarkdownLink]
    /// Whether it was nested too deep to be shown as it is written: its words alone are left.
    var isFlattened = false

    /// What is told of a block that is not shown as it is written; nil of any other.
    var fault: String? {
        isFlattened
            ? "Quotations, lists or emphasis are nested too deep here, more than \(MarkdownTree.deepest) levels: their words alone are shown."
            : nil
    }

    /// The same without its links for the checks: of a table that names everything there is, and is no use of any of it.
    var unnoted: MarkdownBlock {
        MarkdownBlock(kind: kind, line: line, html: html, text: text, prose: prose, isPlain: isPlain, links: [])
    }
}

/// Where a Markdown text points to.
struct MarkdownLink: Sendable {
    let destination: String
    /// Where it stands, counted from 1 in its file.
    let line: Int
}
