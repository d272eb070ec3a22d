/// A fault in a template file, found when the templates are compiled.
public struct TemplateError: Error, Hashable, CustomStringConvertible {
    /// The file, as the person who has to mend it would name it.
    public let file: String
    /// The line, counted from one.
    public let line: Int
    /// What is wrong there.
    public let message: String

    /// Such as `Templates/pages/proxy.mustache:12: …`.
    public var description: String {
        "\(file):\(line): \(message)"
    }
}

/// Every fault of a set of templates, ordered by file and line, so that one start shows all there is to mend.
public struct TemplateErrors: Error, CustomStringConvertible {
    /// The faults; never empty.
    public let errors: [TemplateError]

    init(_ errors: Set<TemplateError>) {
        self.errors = errors.sorted { ($0.file, $0.line, $0.message) < ($1.file, $1.line, $1.message) }
    }

    /// One fault per line.
    public var description: String {
        errors.map(\.description).joined(separator: "\n")
    }
}

/// A page asked for a template that is not in the set.
public struct UnknownTemplate: Error, CustomStringConvertible {
    /// The name that was asked for.
    public let name: String

    /// Says which template is missing.
    public var description: String {
        "There is no template named “\(name)”."
    }
}
