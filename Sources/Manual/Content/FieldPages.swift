import Domain

/// `content/fields/`: the hint under each form label, and the manual's section on each field.
struct FieldPages {
    private(set) var pages: [ComposedPage] = []
    private(set) var hints: [FieldKey: String] = [:]

    /// A hint stands under a label: more than this is a paragraph of the manual.
    static let longestHint = 160

    static let folder = KeyedFolder(
        folder: "fields", noun: "field key",
        keys: FieldKey.allCases.map { ($0.group, $0.rawValue) })

    static func path(of key: FieldKey) -> String { "/manual/fields/\(key.group)" }

    static func link(of key: FieldKey) -> String { path(of: key) + "#" + key.rawValue.headingID }

    init(from content: inout ContentFolder) {
        for explained in Self.folder.read(from: &content) {
            for (key, chapter) in explained.chapters {
                FieldKey(rawValue: key).map { hints[$0] = hint(chapter, in: explained.file, &content) }
            }
            let composer = PageComposer(
                file: explained.file, path: "/manual/fields/\(explained.file.stem)", section: .fields,
                replacement: Self.labelled)
            pages.append(composer.compose(&content))
        }
    }

    private func hint(_ chapter: ContentFile.Chapter, in file: ContentFile, _ content: inout ContentFolder) -> String {
        let line = chapter.heading.line
        guard let first = chapter.blocks.first, first.kind == .paragraph else {
            content.report(file.name, line, "\(chapter.heading.text) has no hint: its first paragraph is missing.")
            return ""
        }
        if !first.isPlain { content.report(file.name, first.line, "A hint is plain text, without markup.") }
        if first.text.count > Self.longestHint {
            content.report(
                file.name, first.line,
                "A hint has \(Self.longestHint) characters or fewer. This one has \(first.text.count).")
        }
        return first.text
    }

    /// A reader looks for the form's words; the key stands behind them for those who read XML or JSON.
    private static func labelled(_ block: MarkdownBlock) -> PageComposer.Replacement? {
        guard block.kind == .heading(level: 2), let key = FieldKey(rawValue: block.text) else { return nil }
        let label = key.label.escapedForHTML
        return PageComposer.Replacement(html: "\(label) <code>\(key.rawValue)</code>", title: key.label)
    }
}
