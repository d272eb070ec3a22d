import Domain

/// `content/flows/` and `content/flow-reasons/`: what each traffic flow is, and the rules that decide about it.
struct FlowPages {
    private(set) var pages: [ComposedPage] = []
    /// What each rule says, in the words of the manual's first paragraph about it.
    private(set) var sentences: [FlowReason: String] = [:]

    /// A sentence stands in a table or a list: more than this is a paragraph of the manual.
    static let longestSentence = 240

    private static let flows = KeyedFolder(
        folder: "flows", noun: "traffic flow", keys: TrafficFlowID.allCases.map { ("traffic-flows", $0.rawValue) })
    private static let reasons = KeyedFolder(
        folder: "flow-reasons", noun: "rule of a flow", keys: FlowReason.allCases.map { ($0.group, $0.rawValue) })

    static func path(of flow: TrafficFlowID) -> String { "/manual/reference/traffic-flows" }
    static func path(of reason: FlowReason) -> String { "/manual/flow-reasons/\(reason.group)" }

    static func link(of flow: TrafficFlowID) -> String { path(of: flow) + "#" + flow.rawValue.headingID }

    init(from content: inout ContentFolder) {
        for explained in Self.flows.read(from: &content) {
            let composer = PageComposer(
                file: explained.file, path: "/manual/reference/traffic-flows", section: .reference,
                replacement: Self.titled)
            pages.append(composer.compose(&content))
        }
        for explained in Self.reasons.read(from: &content) {
            for (key, chapter) in explained.chapters {
                FlowReason(rawValue: key).map { sentences[$0] = sentence(chapter, in: explained.file, &content) }
            }
            let composer = PageComposer(
                file: explained.file, path: "/manual/flow-reasons/\(explained.file.stem)", section: .rules,
                replacement: Self.coded)
            pages.append(composer.compose(&content))
        }
    }

    private func sentence(
        _ chapter: ContentFile.Chapter, in file: ContentFile, _ content: inout ContentFolder
    ) -> String {
        guard let first = chapter.blocks.first, first.kind == .paragraph else {
            content.report(
                file.name, chapter.heading.line,
                "\(chapter.heading.text) has no sentence: its first paragraph is missing.")
            return ""
        }
        if !first.isPlain {
            content.report(file.name, first.line, "The first paragraph of a rule is plain text, without markup.")
        }
        if first.text.count > Self.longestSentence {
            content.report(
                file.name, first.line,
                "The first paragraph of a rule has \(Self.longestSentence) characters or fewer. This one has \(first.text.count)."
            )
        }
        return first.text
    }

    /// A reader looks for the page's words; the id stands behind them for those who read JSON.
    private static func titled(_ block: MarkdownBlock) -> PageComposer.Replacement? {
        guard block.kind == .heading(level: 2), let flow = TrafficFlowID(rawValue: block.text) else { return nil }
        return PageComposer.Replacement(
            html: "\(flow.title.escapedForHTML) <code>\(flow.rawValue)</code>", title: flow.title)
    }

    private static func coded(_ block: MarkdownBlock) -> PageComposer.Replacement? {
        guard block.kind == .heading(level: 2) else { return nil }
        return PageComposer.Replacement(html: "<code>\(block.text.escapedForHTML)</code>", title: block.text)
    }
}
