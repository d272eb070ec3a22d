/// A page as it will be served, with what the link check needs of it.
struct ComposedPage {
    let page: ManualPage
    let file: String
    let links: [MarkdownLink]
    /// Every id in the page, of all heading levels.
    let ids: Set<String>
}

/// Makes a page of a content file: headings get their ids and become links to themselves.
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

    /// The page; reports headings that cannot be linked to.
    func compose(_ content: inout ContentFolder) -> ComposedPage {
        var body = ""
        var headings: [ManualPage.Heading] = []
        var ids: Set<String> = []
        for block in file.blocks {
            guard case .heading(let level) = block.kind else {
                body += replacement(block)?.html ?? block.html
                continue
            }
            let id = block.text.headingID
            checkHeading(block, level: level, isNew: ids.insert(id).inserted, &content)
            let shown = replacement(block) ?? Replacement(html: block.html, title: block.text)
            body += "<h\(level) id=\"\(id)\"><a href=\"#\(id)\">\(shown.html)</a></h\(level)>\n"
            if level == 2 { headings.append(ManualPage.Heading(id: id, title: shown.title)) }
        }
        let page = ManualPage(
            path: path, title: file.frontMatter.title, description: file.frontMatter.description,
            reviewed: file.frontMatter.reviewed, body: RenderedMarkdown(html: body), headings: headings, section: section)
        let links = file.blocks.flatMap { $0.links + (replacement($0)?.links ?? []) }
        return ComposedPage(page: page, file: file.name, links: links, ids: ids)
    }

    private func checkHeading(_ block: MarkdownBlock, level: Int, isNew: Bool, _ content: inout ContentFolder) {
        if level == 1 {
            content.report(file.name, block.line, "The title stands in the front matter: begin with “##”.")
        }
        if !block.links.isEmpty {
            content.report(file.name, block.line, "A heading is a link to itself and holds no other.")
        }
        if !isNew {
            content.report(file.name, block.line, "Two headings of this page have the id “\(block.text.headingID)”.")
        }
    }
}
