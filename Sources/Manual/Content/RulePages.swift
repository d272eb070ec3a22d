import Domain

/// `content/rules/`: what each finding means, why, and how to mend it.
struct RulePages {
    private(set) var pages: [ComposedPage] = []
    /// What each finding means: the first paragraph after its kind.
    private(set) var explanations: [FindingCode: String] = [:]

    static let folder = KeyedFolder(
        folder: "rules", noun: "finding code",
        keys: FindingCode.allCases.map { ($0.group, $0.rawValue) })

    static func path(of code: FindingCode) -> String { "/manual/rules/\(code.group)" }

    static func link(of code: FindingCode) -> String { path(of: code) + "#" + code.rawValue.headingID }

    init(from content: inout ContentFolder) {
        for explained in Self.folder.read(from: &content) {
            for (key, chapter) in explained.chapters {
                guard let code = FindingCode(rawValue: key) else { continue }
                checkKind(of: code, chapter, in: explained.file, &content)
                explanations[code] = chapter.blocks.dropFirst().first { $0.kind == .paragraph }?.text
            }
            let composer = PageComposer(
                file: explained.file, path: "/manual/rules/\(explained.file.stem)", section: .rules,
                replacement: Self.phrased)
            pages.append(composer.compose(&content))
        }
    }

    private func checkKind(
        of code: FindingCode, _ chapter: ContentFile.Chapter, in file: ContentFile, _ content: inout ContentFolder
    ) {
        let wanted = "Kind: \(code.kind.rawValue)"
        let first = chapter.blocks.first
        if first?.text != wanted {
            content.report(
                file.name, first?.line ?? chapter.heading.line,
                "\(code.rawValue) must begin with “\(wanted)”, as in FindingCode.kind.")
        }
        if chapter.blocks.count < 2 {
            content.report(file.name, chapter.heading.line, "\(code.rawValue) is not explained.")
        }
    }

    private static func phrased(_ block: MarkdownBlock) -> PageComposer.Replacement? {
        if block.kind == .heading(level: 2) {
            return PageComposer.Replacement(html: "<code>\(block.text.escapedForHTML)</code>", title: block.text)
        }
        guard block.text.hasPrefix("Kind: "), let kind = FindingKind(rawValue: String(block.text.dropFirst(6))) else {
            return nil
        }
        let link = "/manual/concepts/what-a-finding-weighs#\(kind.rawValue)"
        return PageComposer.Replacement(
            html: "<p>Kind: <a href=\"\(link)\">\(kind.rawValue)</a></p>\n", title: "",
            links: [MarkdownLink(destination: link, line: block.line)])
    }
}
