/// Makes a page of a content file: headings get their ids and a link to themselves.
struct PageComposer {
    let file: ContentFile
    let path: String
    let section: ManualPage.Section
    /// What stands in place of a block's own HTML, for headings and lines that the program phrases.
    var replacement: (MarkdownBlock) -> Replacement? = { _ in nil }

    struct Replacement {
        let html: String
        let title: String
        var links: [MarkdownLink] = []
    }

    /// The page; reports headings that cannot be linked to, and sources that nobody knows.
    func compose(_ content: inout ContentFolder) -> ComposedPage {
        var parts = [ComposedPage.Part(id: nil, html: "")]
        var passages = [PassageText(id: nil, title: file.frontMatter.title)]
        var headings: [ManualPage.Heading] = []
        var ids: Set<String> = []
        for block in file.blocks {
            guard case .heading(let level) = block.kind else {
                parts[parts.count - 1].html += AccessibleMarkup.named(
                    replacement(block)?.html ?? block.html, passages[passages.count - 1].title)
                passages[passages.count - 1].add(block)
                continue
            }
            let id = block.text.headingID
            checkHeading(block, level: level, isNew: ids.insert(id).inserted, &content)
            let shown = replacement(block) ?? Replacement(html: block.html, title: block.text)
            let heading = Self.heading(shown, level: level, id: id)
            passages.append(PassageText(id: id, title: shown.title, key: block.text))
            if level == 2 {
                headings.append(ManualPage.Heading(id: id, title: shown.title))
                parts.append(ComposedPage.Part(id: id, html: heading))
            } else {
                parts[parts.count - 1].html += heading
                parts[parts.count - 1].innerIDs.insert(id)
            }
        }
        content.cite(file.frontMatter.sources, in: file.name, line: 1, by: "The page")
        return ComposedPage(
            path: path, section: section, file: file.name, frontMatter: file.frontMatter, parts: parts,
            headings: headings, passages: passages.map(\.passage),
            links: file.blocks.flatMap { $0.links + (replacement($0)?.links ?? []) }, ids: ids)
    }

    private static func heading(_ shown: Replacement, level: Int, id: String) -> String {
        let label = "Link to this section: \(shown.title)".escapedForHTML
        return "<h\(level) id=\"\(id)\">\(shown.html) "
            + "<a class=\"permalink\" href=\"#\(id)\" aria-label=\"\(label)\">#</a></h\(level)>\n"
    }

    private func checkHeading(_ block: MarkdownBlock, level: Int, isNew: Bool, _ content: inout ContentFolder) {
        if level == 1 {
            content.report(file.name, block.line, "The title stands in the front matter: begin with “##”.")
        }
        if !block.links.isEmpty {
            content.report(file.name, block.line, "A heading has a link to itself and holds no other.")
        }
        if !isNew {
            content.report(file.name, block.line, "Two headings of this page have the id “\(block.text.headingID)”.")
        }
    }
}

/// A passage while its text is gathered.
private struct PassageText {
    let id: String?
    let title: String
    private var text: String
    private var prose = ""

    /// - Parameter key: the heading as it stands in the file, where the page phrases it in another way: people look for both.
    init(id: String?, title: String, key: String? = nil) {
        self.id = id
        self.title = title
        text = key == title ? "" : key ?? ""
    }

    mutating func add(_ block: MarkdownBlock) {
        text += (text.isEmpty ? "" : "\n") + block.text
        prose += "\n" + block.prose
    }

    var passage: ManualPage.Passage { ManualPage.Passage(id: id, title: title, text: text, prose: prose) }
}
