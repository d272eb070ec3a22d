import CCMarkGFM

/// Markdown to blocks of HTML, through cmark-gfm: the only place that speaks to the C library.
///
/// Raw HTML and links such as `javascript:` come out inert, because CMARK_OPT_UNSAFE is never set.
enum Markdown {
    private typealias Node = OpaquePointer

    private static let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8

    /// The extensions live in a global table that must be filled once, before any thread parses.
    private static let extensionsAreRegistered: Void = cmark_gfm_core_extensions_ensure_registered()

    /// The top-level blocks of a text whose first line is line `firstLine` of its file.
    static func blocks(of text: String, firstLine: Int = 1) -> [MarkdownBlock] {
        _ = extensionsAreRegistered
        let parser = cmark_parser_new(options)
        defer { cmark_parser_free(parser) }
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"))
        feed(text, to: parser)
        guard let root = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(root) }
        let extensions = cmark_parser_get_syntax_extensions(parser)
        return children(of: root).map { node in
            block(node, lineOffset: firstLine - 1) { render($0, extensions) }
        }
    }

    private static func feed(_ text: String, to parser: OpaquePointer?) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
    }

    private static func block(_ node: Node, lineOffset: Int, render: (Node) -> String) -> MarkdownBlock {
        let line = Int(cmark_node_get_start_line(node)) + lineOffset
        var links: [MarkdownLink] = []
        collectLinks(below: node, line: line, lineOffset: lineOffset, into: &links)
        let isHeading = cmark_node_get_type(node) == CMARK_NODE_HEADING
        return MarkdownBlock(
            kind: kind(of: node), line: line,
            html: isHeading ? children(of: node).map(render).joined() : render(node),
            text: plainText(of: node), isPlain: children(of: node).allSatisfy(isText), links: links)
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

    private static func children(of node: Node) -> [Node] {
        var children: [Node] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            children.append(child)
            next = cmark_node_next(child)
        }
        return children
    }

    private static func isText(_ node: Node) -> Bool {
        let type = cmark_node_get_type(node)
        return type == CMARK_NODE_TEXT || type == CMARK_NODE_SOFTBREAK
    }

    private static func plainText(of node: Node) -> String {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_TEXT, CMARK_NODE_CODE: cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: " "
        default: children(of: node).map(plainText).joined()
        }
    }

    /// Inline nodes do not always know their line; then the block around them does.
    private static func collectLinks(
        below node: Node, line: Int, lineOffset: Int, into links: inout [MarkdownLink]
    ) {
        let line = max(line, Int(cmark_node_get_start_line(node)) + lineOffset)
        let type = cmark_node_get_type(node)
        if type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE, let url = cmark_node_get_url(node) {
            links.append(MarkdownLink(destination: String(cString: url), line: line))
        }
        for child in children(of: node) {
            collectLinks(below: child, line: line, lineOffset: lineOffset, into: &links)
        }
    }
}
