/// Turns a tree into a program, with partials and layouts copied in, so that rendering never looks up a template.
struct TemplateCompiler {
    /// Where the nodes being compiled stand.
    private struct Surroundings {
        var file: String
        /// The templates being included, outermost first: meeting one of them again would never end.
        var including: [String]
        /// What each line is indented by, on top of its own blanks.
        var indentation: [UInt8] = []
        var overrides: [String: Override] = [:]
    }

    /// A block together with the place it is written in, which decides what it may include.
    private struct Override {
        let block: TemplateBlock
        let file: String
        let including: [String]
    }

    /// Deeper nesting than this is a template that expands without end.
    private static let deepest = 100

    private let templates: [String: ParsedTemplate]
    private var assembler = TemplateAssembler()
    private var depth = 0
    /// Set when a copied-in template or block continues a line already begun: its first line is not indented again.
    private var continuesLine = false

    /// - Throws: `TemplateError` at a partial that is missing or includes itself.
    static func compile(
        _ name: String, among templates: [String: ParsedTemplate]
    ) throws(TemplateError) -> TemplateProgram {
        var compiler = TemplateCompiler(templates: templates)
        if let template = templates[name] {
            try compiler.add(template.nodes, in: Surroundings(file: template.file, including: [name]))
        }
        return compiler.assembler.program
    }

    private init(templates: [String: ParsedTemplate]) {
        self.templates = templates
    }

    private mutating func add(_ nodes: [TemplateNode], in place: Surroundings) throws(TemplateError) {
        for node in nodes {
            switch node {
            case .lineStart(let blanks): startLine(blanks, in: place)
            case .text(let text): add(text)
            case .variable(let name, let isMarkup): assembler.addVariable(name, isMarkup: isMarkup)
            case .section(let name, let isInverted, let body):
                let section = assembler.openSection(name, isInverted: isInverted)
                try add(body, in: place)
                assembler.closeSection(section)
            case .include(let tag, let overrides): try include(tag, overrides: overrides, in: place)
            case .slot(let tag, let fallback): try fill(tag, fallback: fallback, in: place)
            }
        }
    }

    private mutating func startLine(_ blanks: [UInt8], in place: Surroundings) {
        add(continuesLine ? [] : place.indentation)
        add(blanks)
        continuesLine = false
    }

    private mutating func add(_ text: [UInt8]) {
        assembler.addLiteral(text)
    }

    private mutating func include(
        _ tag: TemplateTag, overrides: [String: TemplateBlock], in place: Surroundings
    ) throws(TemplateError) {
        guard let template = templates[tag.name] else {
            throw fault("there is no template “\(tag.name)”", at: tag, in: place)
        }
        guard !place.including.contains(tag.name) else {
            let path = (place.including + [tag.name]).joined(separator: " → ")
            throw fault("“\(tag.name)” includes itself: \(path)", at: tag, in: place)
        }
        var inner = place
        inner.file = template.file
        inner.including.append(tag.name)
        inner.indentation += tag.standsAlone ? tag.indentation : []
        for (name, block) in overrides where inner.overrides[name] == nil {
            inner.overrides[name] = Override(block: block, file: place.file, including: place.including)
        }
        continuesLine = !tag.standsAlone
        try descend(template.nodes, in: inner, from: tag, of: place)
    }

    /// Puts a block in its slot: the override of the outermost file that has one, else the slot's own body.
    private mutating func fill(
        _ tag: TemplateTag, fallback: TemplateBlock, in place: Surroundings
    ) throws(TemplateError) {
        var inner = place
        // A block may hold a slot of its own name; if the override stayed, it would fill itself.
        guard let override = inner.overrides.removeValue(forKey: tag.name) else {
            return try descend(fallback.nodes, in: inner, from: tag, of: place)
        }
        inner.file = override.file
        inner.including = override.including
        inner.indentation += tag.indentation
        if tag.standsAlone, !override.block.startsLine {
            startLine(tag.indentation, in: place)
        }
        continuesLine = !tag.standsAlone && override.block.startsLine
        try descend(override.block.nodes, in: inner, from: tag, of: place)
    }

    private mutating func descend(
        _ nodes: [TemplateNode], in inner: Surroundings, from tag: TemplateTag, of place: Surroundings
    ) throws(TemplateError) {
        depth += 1
        guard depth <= Self.deepest else {
            throw fault("“\(tag.name)” is nested more than \(Self.deepest) deep", at: tag, in: place)
        }
        try add(nodes, in: inner)
        depth -= 1
        continuesLine = false
    }

    private func fault(_ message: String, at tag: TemplateTag, in place: Surroundings) -> TemplateError {
        TemplateError(file: place.file, line: tag.line, message: message)
    }
}
