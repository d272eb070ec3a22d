import CCMarkGFM

/// Markdown to blocks of HTML, through cmark-gfm: the only place that speaks to the C library.
///
/// Raw HTML and links such as `javascript:` come out inert, because CMARK_OPT_UNSAFE is never set.
enum Markdown {
    private typealias Node = OpaquePointer

    private static let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8

    /// The extensions live in a global table that must be filled once, before any thread parses.
    private static let extensionsAreRegistered: Void = cmark_gfm_core_extensions_ensure_registered()

    /// The syntax beyond CommonMark that is read. No task lists: a check box nobody can tick only looks like a form.
    private static let extensions = ["table", "strikethrough"]

    /// The top-level blocks of a text.
    ///
    /// - Parameters:
    ///   - firstLine: the line of its file on which the text begins.
    ///   - lines: the line of its file for each line of the text, where they do not simply follow one another.
    ///   - resolve: the address that a link stands for, so that links between files become links between pages.
    static func blocks(
        of text: String, firstLine: Int = 1, lines: [Int] = [], resolve: (String) -> String = { $0 }
    ) -> [MarkdownBlock] {
        _ = extensionsAreRegistered
        let parser = cmark_parser_new(options)
        defer { cmark_parser_free(parser) }
        for name in extensions { cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name)) }
        feed(text, to: parser)
        guard let root = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(root) }
        let flattened = MarkdownTree.flattenDeepBlocks(of: root)
        MarkdownTree.resolveLinks(below: root, resolve)
        MarkdownTree.tellOfPictures(below: root)
        MarkdownTree.markAdmonitions(below: root)
        let extensions = cmark_parser_get_syntax_extensions(parser)
        return MarkdownTree.children(of: root).map { node in
            let line = flattened[node] ?? MarkdownTree.line(of: node)
            var block = block(
                node, from: line, { lines.isEmpty ? $0 + firstLine - 1 : lines[max(0, min($0, lines.count) - 1)] }
            ) { render($0, extensions) }
            block.isFlattened = flattened[node] != nil
            return block
        }
    }

    private static func feed(_ text: String, to parser: OpaquePointer?) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
    }

    /// - Parameter lineInFile: the line of the file for a line of the text.
    private static func block(
        _ node: Node, from line: Int, _ lineInFile: (Int) -> Int, render: (Node) -> String
    ) -> MarkdownBlock {
        var links: [MarkdownLink] = []
        collectLinks(below: node, line: line, lineInFile, into: &links)
        let isHeading = cmark_node_get_type(node) == CMARK_NODE_HEADING
        return MarkdownBlock(
            kind: kind(of: node), line: lineInFile(line),
            html: isHeading ? MarkdownTree.children(of: node).map(render).joined() : render(node),
            text: MarkdownTree.plainText(of: node), prose: MarkdownTree.plainText(of: node, withCode: false),
            isPlain: MarkdownTree.children(of: node).allSatisfy(isText),
            links: links)
    }

    private static func kind(of node: Node) -> MarkdownBlock.Kind {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HEADING: .heading(level: Int(cmark_node_get_heading_level(node)))
        case CMARK_NODE_PARAGRAPH: .paragraph
        default: .other
        }
    }

    private static func render(_ node: Node, _ extensions: UnsafeMutablePointer<cmark_llist>?) -> String {
        guard let html = cmark_render_html(node, options, extensions) else { return "" }
        defer { cmark_get_default_mem_allocator().pointee.free(html) }
        return AccessibleMarkup.improved(String(cString: html))
    }

    private static func isText(_ node: Node) -> Bool {
        let type = cmark_node_get_type(node)
        return type == CMARK_NODE_TEXT || type == CMARK_NODE_SOFTBREAK
    }

    /// Inline nodes do not always know their line; then the block around them does.
    private static func collectLinks(
        below node: Node, line: Int, _ lineInFile: (Int) -> Int, into links: inout [MarkdownLink]
    ) {
        let line = max(line, Int(cmark_node_get_start_line(node)))
        let type = cmark_node_get_type(node)
        if type == CMARK_NODE_LINK, let url = cmark_node_get_url(node) {
            links.append(MarkdownLink(destination: String(cString: url), line: lineInFile(line)))
        }
        for child in MarkdownTree.children(of: node) {
            collectLinks(below: child, line: line, lineInFile, into: &links)
        }
    }
}
