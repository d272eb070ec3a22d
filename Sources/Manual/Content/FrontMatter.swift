import Yams

/// What the head of a Markdown file says about it.
struct FrontMatter: Sendable {
    let title: String
    let description: String
    /// When its facts were last held against their sources.
    let reviewed: String
    /// What the page is true of, in words: `Configuration Manager current branch, from 2603 on`.
    let appliesTo: String?
    /// The ids of `content/reference/sources.yaml` that it rests on.
    let sources: [String]
    /// Words that people look for and that the page does not use.
    let keywords: [String]
    /// Addresses below `/manual/` that the page had before; they lead to it for ever.
    let movedFrom: [String]
    /// Where the page stands in its section; only documentation pages are ordered by it.
    let order: Int?

    /// The keys that every file has.
    static let needed = ["title", "reviewed", "description"]
    static let known = needed + ["applies_to", "sources", "keywords", "moved_from", "order"]
}

/// A text cut into its front matter and its body.
struct SplitText {
    /// The YAML between the two lines `---`; nil when there is none.
    let yaml: String?
    let body: String
    /// The line of the file on which the body begins.
    let bodyLine: Int
    let lastLine: Int

    init(_ text: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        lastLine = max(1, lines.count - (lines.last == "" ? 1 : 0))
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
            (yaml, body, bodyLine) = (nil, text, 1)
            return
        }
        yaml = lines[1..<end].joined(separator: "\n")
        body = lines[(end + 1)...].joined(separator: "\n")
        bodyLine = end + 2
    }
}

extension FrontMatter {
    /// Reads the YAML; the second line of a file is its first.
    static func read(_ yaml: String, report: (_ line: Int, _ message: String) -> Void) -> FrontMatter? {
        guard let mapping = try? Yams.compose(yaml: yaml)?.mapping else {
            report(2, "The front matter is not a list of “key: value” lines.")
            return nil
        }
        for (key, _) in mapping where !known.contains(key.string ?? "") {
            report(
                (key.mark?.line ?? 1) + 1,
                "The front matter has no key “\(key.string ?? "")”; it has \(known.joined(separator: ", ")).")
        }
        let missing = needed.filter { (mapping[Node($0)]?.string ?? "").isEmpty }
        for key in missing { report(1, "The front matter lacks “\(key)”.") }
        guard missing.isEmpty else { return nil }
        let text = { (key: String) in mapping[Node(key)]?.string ?? "" }
        if text("reviewed").wholeMatch(of: /\d{4}-\d{2}-\d{2}/) == nil || ReviewDay(text("reviewed")) == nil {
            report(1, "“reviewed” must be a day of the calendar, such as 2026-11-21.")
        }
        let list = { (key: String) in mapping[Node(key)]?.array().compactMap(\.string) ?? [] }
        return FrontMatter(
            title: text("title"), description: text("description"), reviewed: text("reviewed"),
            appliesTo: mapping["applies_to"]?.string, sources: list("sources"), keywords: list("keywords"),
            movedFrom: list("moved_from"), order: mapping["order"]?.int)
    }
}
