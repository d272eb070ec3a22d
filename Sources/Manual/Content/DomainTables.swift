import Domain

/// Reference tables that the program itself knows: all fields, all findings, and what flows come to. Only their introductions
/// stand in `content/reference/`.
struct DomainTables {
    private(set) var pages: [ComposedPage] = []

    /// - Parameter explanations: what each finding means, in a sentence.
    init(from content: inout ContentFolder, explanations: [FindingCode: String]) {
        let tables = [
            ("fields", Self.fields), ("findings", Self.findings(explanations)),
            ("flow-identities", FlowExamples.table),
        ]
        for (name, table) in tables {
            guard let introduction = content.file("reference/\(name).md") else { continue }
            let page = introduction.followed(
                by: Markdown.blocks(of: table, firstLine: introduction.lastLine).map(\.unnoted))
            pages.append(
                PageComposer(file: page, path: "/manual/reference/\(name)", section: .reference).compose(&content))
        }
    }

    private static var fields: String {
        var text = ""
        for group in FieldKey.allCases.map(\.group).uniqued {
            let fields = FieldCatalogue.all.filter { $0.key.group == group }
            text += "## \(group)\n\n| field | key | what it takes | longest |\n|---|---|---|---|\n"
            for field in fields {
                text += "| [\(field.label)](\(FieldPages.link(of: field.key))) | `\(field.key.rawValue)` "
                text += "| \(field.control.words) | \(field.control.isTyped ? String(field.longest) : "") |\n"
            }
            text += "\n"
        }
        return text
    }

    private static func findings(_ explanations: [FindingCode: String]) -> String {
        var text = ""
        for group in FindingCode.allCases.map(\.group).uniqued {
            text += "## \(group)\n\n| code | kind | what it means |\n|---|---|---|\n"
            for code in FindingCode.allCases where code.group == group {
                text += "| [\(code.rawValue)](\(RulePages.link(of: code))) "
                text += "| [\(code.kind.rawValue)](/manual/concepts/what-a-finding-weighs#\(code.kind.rawValue)) "
                text += "| \((explanations[code] ?? "").escapedForMarkdown) |\n"
            }
            text += "\n"
        }
        return text
    }
}

extension FieldControl {
    fileprivate var words: String {
        switch self {
        case .text: "a text"
        case .lines: "texts, one a line"
        case .number: "a number"
        case .checkBox: "on or off"
        case .choice(let choices): "one of: " + choices.map { $0.label.escapedForMarkdown }.joined(separator: "; ")
        }
    }

    fileprivate var isTyped: Bool {
        switch self {
        case .text, .lines, .number: true
        case .checkBox, .choice: false
        }
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, in the order in which they first come.
    fileprivate var uniqued: [Element] {
        var met: Set<Element> = []
        return filter { met.insert($0).inserted }
    }
}
