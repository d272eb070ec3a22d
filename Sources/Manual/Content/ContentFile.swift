/// A Markdown file of `content/`, taken apart.
struct ContentFile: Sendable {
    /// From the folder's name on: `content/fields/proxy.md`.
    let name: String
    let frontMatter: FrontMatter
    let blocks: [MarkdownBlock]
    let lastLine: Int

    /// The file's name without folder and ending: the last part of its page's address.
    var stem: String { String(name.split(separator: "/").last?.dropLast(3) ?? "") }

    /// The blocks under each second-level heading.
    var chapters: [Chapter] {
        var chapters: [Chapter] = []
        for block in blocks {
            if block.kind == .heading(level: 2) {
                chapters.append(Chapter(heading: block, blocks: []))
            } else if !chapters.isEmpty {
                chapters[chapters.count - 1].blocks.append(block)
            }
        }
        return chapters
    }

    /// The same file with blocks at its end that the program made.
    func followed(by more: [MarkdownBlock]) -> ContentFile {
        ContentFile(name: name, frontMatter: frontMatter, blocks: blocks + more, lastLine: lastLine)
    }

    struct Chapter: Sendable {
        let heading: MarkdownBlock
        var blocks: [MarkdownBlock]
    }
}
