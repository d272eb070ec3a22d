import CCMarkGFM

/// What is changed in a parsed Markdown text before it is rendered: links, pictures, admonitions.
enum MarkdownTree {
    typealias Node = OpaquePointer

    static func children(of node: Node) -> [Node] {
        var children: [Node] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            children.append(child)
            next = cmark_node_next(child)
        }
        return children
    }

    /// What a reader sees of a node, without markup. Cells and items are kept apart.
    static func plainText(of node: Node, withCode: Bool = true) -> String {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_CODE where !withCode, CMARK_NODE_CODE_BLOCK where !withCode:
            return ""
        case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK:
            return cmark_node_get_literal(node).map { String(cString: $0) } ?? ""
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: return " "
        default:
            let parts = children(of: node)
            let isText = parts.first.map { cmark_node_get_type($0).rawValue & 0xC000 == 0xC000 } ?? false
            return parts.map { plainText(of: $0, withCode: withCode) }.joined(separator: isText ? "" : "\n")
        }
    }

    /// How deep quotations, lists and emphasis may be nested: everything else here goes down the tree by calling itself, and a
    /// file may nest a hundred thousand of them.
    static let deepest = 60

    /// Puts the words of each block that is nested deeper in its place.
    ///
    /// - Returns: these blocks, each with the line on which it begins.
    static func flattenDeepBlocks(of root: Node) -> [Node: Int] {
        var flattened: [Node: Int] = [:]
        for block in children(of: root) where isDeep(block) {
            guard let paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH), let text = cmark_node_new(CMARK_NODE_TEXT)
            else { continue }
            var words: [String] = []
            _ = walk(block) { node, _ in
                if let literal = cmark_node_get_literal(node) { words.append(String(cString: literal)) }
                return true
            }
            cmark_node_set_literal(text, words.joined(separator: " "))
            cmark_node_append_child(paragraph, text)
            flattened[paragraph] = Int(cmark_node_get_start_line(block))
            cmark_node_replace(block, paragraph)
            cmark_node_free(block)
        }
        return flattened
    }

    private static func isDeep(_ block: Node) -> Bool { !walk(block) { _, depth in depth <= deepest } }

    /// Visits a node and everything below it without calling itself, until `visit` has enough; whether it never had.
    private static func walk(_ root: Node, _ visit: (_ node: Node, _ depth: Int) -> Bool) -> Bool {
        var (node, depth) = (root, 0)
        while visit(node, depth) {
            if let child = cmark_node_first_child(node) {
                (node, depth) = (child, depth + 1)
                continue
            }
            while node != root, cmark_node_next(node) == nil, let parent = cmark_node_parent(node) {
                (node, depth) = (parent, depth - 1)
            }
            guard node != root, let next = cmark_node_next(node) else { return true }
            node = next
        }
        return false
    }

    /// Where a node begins in its text; one that was made here begins where its first child does.
    static func line(of node: Node) -> Int {
        let line = Int(cmark_node_get_start_line(node))
        if line > 0 { return line }
        return cmark_node_first_child(node).map(Self.line) ?? 0
    }

    /// Replaces the address of every link.
    static func resolveLinks(below node: Node, _ resolve: (String) -> String) {
        if cmark_node_get_type(node) == CMARK_NODE_LINK, let url = cmark_node_get_url(node) {
            let old = String(cString: url)
            let new = resolve(old)
            if new != old { cmark_node_set_url(node, new) }
        }
        for child in children(of: node) { resolveLinks(below: child, resolve) }
    }

    /// Puts a picture's description in its place: the manual has no pictures, and loads none from elsewhere.
    static func tellOfPictures(below node: Node) {
        for child in children(of: node) {
            guard cmark_node_get_type(child) == CMARK_NODE_IMAGE else {
                tellOfPictures(below: child)
                continue
            }
            guard let text = cmark_node_new(CMARK_NODE_TEXT) else { continue }
            cmark_node_set_literal(text, "(picture: \(plainText(of: child)))")
            cmark_node_replace(child, text)
            cmark_node_free(child)
        }
    }

    /// Turns quotations that begin with `[!NOTE]` or one of its like into notes.
    static func markAdmonitions(below node: Node) {
        for child in children(of: node) {
            markAdmonitions(below: child)
            guard cmark_node_get_type(child) == CMARK_NODE_BLOCK_QUOTE, let kind = admonition(child) else { continue }
            guard let box = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK) else { continue }
            cmark_node_set_on_enter(
                box,
                "<div class=\"admonition \(kind.rawValue)\" role=\"note\">"
                    + "<p class=\"admonition-title\">\(kind.title)</p>\n")
            cmark_node_set_on_exit(box, "</div>\n")
            cmark_node_insert_before(child, box)
            for part in children(of: child) {
                cmark_node_unlink(part)
                cmark_node_append_child(box, part)
            }
            cmark_node_unlink(child)
            cmark_node_free(child)
        }
    }

    /// The notation that Microsoft's and GitHub's documents share.
    private enum Admonition: String, CaseIterable {
        case note, tip, important, caution, warning

        var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    /// What a quotation is marked as; the mark is taken out of it.
    private static func admonition(_ quotation: Node) -> Admonition? {
        guard let paragraph = cmark_node_first_child(quotation),
            cmark_node_get_type(paragraph) == CMARK_NODE_PARAGRAPH
        else { return nil }
        let inlines = children(of: paragraph)
        let breaks = [CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK]
        let end = inlines.firstIndex { breaks.contains(cmark_node_get_type($0)) } ?? inlines.endIndex
        let mark = inlines[..<end].map { plainText(of: $0) }.joined()
        guard let kind = Admonition.allCases.first(where: { "[!\($0.rawValue.uppercased())]" == mark.uppercased() })
        else { return nil }
        for inline in inlines[...min(end, inlines.count - 1)] {
            cmark_node_unlink(inline)
            cmark_node_free(inline)
        }
        if cmark_node_first_child(paragraph) == nil {
            cmark_node_unlink(paragraph)
            cmark_node_free(paragraph)
        }
        return kind
    }
}
