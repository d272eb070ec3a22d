/// A template as a tree.
struct ParsedTemplate {
    let file: String
    let nodes: [TemplateNode]
}

indirect enum TemplateNode {
    case lineStart([UInt8])
    case text([UInt8])
    case variable(name: String, isMarkup: Bool)
    case section(name: String, isInverted: Bool, body: [TemplateNode])
    /// A partial (without overrides) or a parent.
    case include(tag: TemplateTag, overrides: [String: TemplateBlock])
    /// A place for a block, with what stands there when nobody overrides it.
    case slot(tag: TemplateTag, fallback: TemplateBlock)
}

/// The body of a `{{$name}}…{{/name}}`.
struct TemplateBlock {
    let nodes: [TemplateNode]
    /// Whether the body begins with a line of its own; otherwise it continues the line of its opening tag.
    let startsLine: Bool
}

/// Builds the tree and checks that every section is closed by its own name.
struct TemplateParser {
    private let file: String
    private let tokens: [TemplateToken]
    private var position = 0
    /// How many leading blanks the lines of an override lose: its own indentation belongs to the file it is written in;
    /// where it is put, it takes on the indentation of the slot.
    private var blanksDropped = 0

    /// - Throws: `TemplateError` at the first fault.
    static func parse(_ source: String, file: String) throws(TemplateError) -> ParsedTemplate {
        let tokens = try TemplateLexer.tokens(of: source, file: file)
        var parser = TemplateParser(file: file, tokens: tokens)
        return ParsedTemplate(file: file, nodes: try parser.readNodes(until: nil))
    }

    private init(file: String, tokens: [TemplateToken]) {
        self.file = file
        self.tokens = tokens
    }

    /// Reads up to the tag that closes `opening`, or to the end of the file.
    private mutating func readNodes(until opening: TemplateTag?) throws(TemplateError) -> [TemplateNode] {
        var nodes: [TemplateNode] = []
        while let token = next() {
            switch token {
            case .lineStart(let blanks): nodes.append(.lineStart(Array(blanks.dropFirst(blanksDropped))))
            case .text(let text): nodes.append(.text(text))
            case .tag(let tag) where tag.kind == .close:
                try check(tag, closes: opening)
                return nodes
            case .tag(let tag):
                if let node = try readNode(tag) {
                    nodes.append(node)
                }
            }
        }
        if let opening {
            throw fault("“\(opening.name)” is opened here and never closed", at: opening)
        }
        return nodes
    }

    private mutating func readNode(_ tag: TemplateTag) throws(TemplateError) -> TemplateNode? {
        switch tag.kind {
        case .comment, .close: nil
        case .variable: .variable(name: tag.name, isMarkup: false)
        case .markup: .variable(name: tag.name, isMarkup: true)
        case .section: .section(name: tag.name, isInverted: false, body: try readNodes(until: tag))
        case .inverted: .section(name: tag.name, isInverted: true, body: try readNodes(until: tag))
        case .partial: .include(tag: dedented(tag), overrides: [:])
        case .parent: .include(tag: dedented(tag), overrides: try readOverrides(of: tag))
        case .block: .slot(tag: dedented(tag), fallback: try readBlock(tag, isOverride: false))
        }
    }

    /// Reads the blocks between `{{<parent}}` and `{{/parent}}`.
    private mutating func readOverrides(of parent: TemplateTag) throws(TemplateError) -> [String: TemplateBlock] {
        var overrides: [String: TemplateBlock] = [:]
        while let token = next() {
            guard case .tag(let tag) = token else {
                try checkIsBlank(token, in: parent)
                continue
            }
            switch tag.kind {
            case .comment: continue
            case .close:
                try check(tag, closes: parent)
                return overrides
            case .block where overrides[tag.name] == nil: overrides[tag.name] = try readBlock(tag, isOverride: true)
            case .block: throw fault("the block “\(tag.name)” is given twice", at: tag)
            default: throw fault("only blocks may stand directly inside “{{<\(parent.name)}}”", at: tag)
            }
        }
        throw fault("“\(parent.name)” is opened here and never closed", at: parent)
    }

    private mutating func readBlock(_ tag: TemplateTag, isOverride: Bool) throws(TemplateError) -> TemplateBlock {
        let outer = blanksDropped
        defer { blanksDropped = outer }
        if isOverride, tag.standsAlone, position < tokens.count {
            blanksDropped = leadingBlanks(of: tokens[position])
        }
        return TemplateBlock(nodes: try readNodes(until: tag), startsLine: tag.standsAlone)
    }

    private func leadingBlanks(of token: TemplateToken) -> Int {
        switch token {
        case .lineStart(let blanks): blanks.count
        case .tag(let tag): tag.indentation.count
        case .text: 0
        }
    }

    private func dedented(_ tag: TemplateTag) -> TemplateTag {
        var tag = tag
        tag.indentation = Array(tag.indentation.dropFirst(blanksDropped))
        return tag
    }

    private mutating func next() -> TemplateToken? {
        guard position < tokens.count else { return nil }
        defer { position += 1 }
        return tokens[position]
    }

    private func check(_ tag: TemplateTag, closes opening: TemplateTag?) throws(TemplateError) {
        guard let opening else {
            throw fault("“\(tag.name)” is closed here and was never opened", at: tag)
        }
        guard tag.name == opening.name else {
            throw fault("“\(tag.name)” is closed where “\(opening.name)” of line \(opening.line) is open", at: tag)
        }
    }

    /// Mustache drops text around the blocks of a parent without a word; here it is a fault, because somebody wrote it
    /// to be seen.
    private func checkIsBlank(_ token: TemplateToken, in parent: TemplateTag) throws(TemplateError) {
        guard case .text(let text) = token, String(decoding: text, as: UTF8.self).contains(where: { !$0.isWhitespace })
        else { return }
        throw fault("text directly inside “{{<\(parent.name)}}” would never be shown; put it into a block", at: parent)
    }

    private func fault(_ message: String, at tag: TemplateTag) -> TemplateError {
        TemplateError(file: file, line: tag.line, message: message)
    }
}
