/// A piece of a template, in source order.
enum TemplateToken {
    /// A line begins that is not taken up by a standalone tag; its leading blanks.
    case lineStart([UInt8])
    /// Text within a line, with the line break at its end.
    case text([UInt8])
    case tag(TemplateTag)
}

/// One `{{…}}`.
struct TemplateTag {
    enum Kind {
        case variable, markup, section, inverted, close, comment, partial, parent, block

        /// Variables print where they stand; all other tags vanish together with a line they have to themselves.
        var canStandAlone: Bool { self != .variable && self != .markup }
    }

    let kind: Kind
    let name: String
    let line: Int
    /// Whether the tag has its line to itself: then neither the blanks around it nor the line break are printed.
    var standsAlone = false
    /// The blanks before the tag when it is the first thing on its line.
    var indentation: [UInt8] = []
}

/// Cuts a template into tokens, line by line: the rule about standalone tags is a rule about lines.
struct TemplateLexer {
    private let source: [UInt8]
    private let file: String
    private var position = 0
    private var line = 1

    /// - Throws: `TemplateError` at a tag that is unclosed, badly named or not supported.
    static func tokens(of source: String, file: String) throws(TemplateError) -> [TemplateToken] {
        var lexer = TemplateLexer(source: Array(source.utf8), file: file)
        var tokens: [TemplateToken] = []
        while lexer.position < lexer.source.count {
            try lexer.readLine(into: &tokens)
        }
        return tokens
    }

    private init(source: [UInt8], file: String) {
        self.source = source
        self.file = file
    }

    private mutating func readLine(into tokens: inout [TemplateToken]) throws(TemplateError) {
        let indentation = readBlanks()
        var pieces: [TemplateToken] = []
        var endsLine = false
        while !endsLine, position < source.count {
            if starts(with: "{{") {
                pieces.append(.tag(try readTag(indentation: pieces.isEmpty ? indentation : [])))
            } else {
                pieces.append(.text(readText(endsLine: &endsLine)))
            }
        }
        if let tag = Self.standaloneTag(in: pieces) {
            tokens.append(.tag(tag))
        } else {
            tokens.append(.lineStart(indentation))
            tokens.append(contentsOf: pieces)
        }
    }

    /// The tag of a line that holds one tag able to stand alone and otherwise only blanks.
    private static func standaloneTag(in pieces: [TemplateToken]) -> TemplateTag? {
        guard case .tag(var tag)? = pieces.first, tag.kind.canStandAlone, pieces.count <= 2 else { return nil }
        if pieces.count == 2 {
            guard case .text(let rest) = pieces[1], rest.allSatisfy(\.isWhitespace) else { return nil }
        }
        tag.standsAlone = true
        return tag
    }

    private mutating func readBlanks() -> [UInt8] {
        let start = position
        while position < source.count, source[position] == UInt8(ascii: " ") || source[position] == UInt8(ascii: "\t") {
            position += 1
        }
        return Array(source[start..<position])
    }

    /// Reads up to the next tag or behind the next line break.
    private mutating func readText(endsLine: inout Bool) -> [UInt8] {
        let start = position
        while position < source.count, !endsLine, !starts(with: "{{") {
            endsLine = source[position] == UInt8(ascii: "\n")
            position += 1
        }
        line += endsLine ? 1 : 0
        return Array(source[start..<position])
    }

    private mutating func readTag(indentation: [UInt8]) throws(TemplateError) -> TemplateTag {
        let start = line
        position += 2
        let sigil = position < source.count ? source[position] : 0
        let kind = try kind(of: sigil)
        position += kind == .variable ? 0 : 1
        let content = try readContent(until: kind == .markup ? "}}}" : "}}")
        let name = kind == .comment ? "" : try checkedName(content, kind: kind, line: start)
        return TemplateTag(kind: kind, name: name, line: start, indentation: indentation)
    }

    private func kind(of sigil: UInt8) throws(TemplateError) -> TemplateTag.Kind {
        switch sigil {
        case UInt8(ascii: "{"): .markup
        case UInt8(ascii: "#"): .section
        case UInt8(ascii: "^"): .inverted
        case UInt8(ascii: "/"): .close
        case UInt8(ascii: "!"): .comment
        case UInt8(ascii: ">"): .partial
        case UInt8(ascii: "<"): .parent
        case UInt8(ascii: "$"): .block
        case UInt8(ascii: "="): throw fault("set delimiters are not supported")
        case UInt8(ascii: "&"): throw fault("“&” is not supported; trusted HTML is printed with “{{{name}}}”")
        case UInt8(ascii: "%"): throw fault("pragmas are not supported")
        default: .variable
        }
    }

    private mutating func readContent(until end: StaticString) throws(TemplateError) -> [UInt8] {
        let start = position
        let startLine = line
        while position < source.count, !starts(with: end) {
            line += source[position] == UInt8(ascii: "\n") ? 1 : 0
            position += 1
        }
        guard position < source.count else {
            throw TemplateError(file: file, line: startLine, message: "a tag is not closed with “\(end)”")
        }
        defer { position += end.utf8CodeUnitCount }
        return Array(source[start..<position])
    }

    private func checkedName(
        _ content: [UInt8], kind: TemplateTag.Kind, line: Int
    ) throws(TemplateError) -> String {
        let trimmed = content.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        let name = String(decoding: trimmed, as: UTF8.self)
        let refusal: String? =
            switch kind {
            case .partial, .parent: TemplateName.refusal(ofTemplate: name)
            case .block: TemplateName.refusal(ofBlock: name)
            default: TemplateName.refusal(ofValue: name)
            }
        if let refusal {
            throw TemplateError(file: file, line: line, message: refusal)
        }
        return name
    }

    private func starts(with expected: StaticString) -> Bool {
        let count = expected.utf8CodeUnitCount
        guard position + count <= source.count else { return false }
        return (0..<count).allSatisfy { source[position + $0] == expected.utf8Start[$0] }
    }

    private func fault(_ message: String) -> TemplateError {
        TemplateError(file: file, line: line, message: message)
    }
}

extension UInt8 {
    fileprivate var isWhitespace: Bool {
        self == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(self)
    }
}
