/// Something in `content/` that does not fit the program, and where: a start stops with all of them.
public struct ContentProblem: Sendable, Equatable, CustomStringConvertible {
    /// From the folder's name on: `content/fields/proxy.md`.
    public let file: String
    /// The line of what is wrong, or the file's last one when something is missing.
    public let line: Int
    public let message: String

    /// `content/fields/proxy.md:12: …`, as compilers print it, so that editors find the place.
    public var description: String { "\(file):\(line): \(message)" }
}

/// Every problem of a content folder, by file and line.
public struct ContentProblems: Error, CustomStringConvertible {
    public let problems: [ContentProblem]

    init(_ problems: [ContentProblem]) {
        self.problems = problems.sorted { ($0.file, $0.line) < ($1.file, $1.line) }
    }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
