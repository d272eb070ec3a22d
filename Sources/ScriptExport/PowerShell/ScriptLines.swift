/// Writes the lines of a script: UTF-8 with a mark, and CRLF.
///
/// Windows PowerShell 5.1 reads a script without a mark in the computer's own code page. What is written goes on in pieces, so
/// that a script for a hundred thousand servers needs no more memory than one of them.
struct ScriptLines {
    private let write: ([UInt8]) throws -> Void
    private var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
    private static let piece = 1 << 14

    init(_ write: @escaping ([UInt8]) throws -> Void) { self.write = write }

    mutating func line(_ text: String = "") throws {
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: [0x0D, 0x0A])
        if bytes.count >= Self.piece { try flush() }
    }

    /// Lines that stand in the program as one text.
    mutating func lines(_ text: String) throws {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { try self.line(String(line)) }
    }

    /// What the next steps are about.
    mutating func heading(_ title: String) throws { try lines("\n    # ---- \(title) ----") }

    /// A comment, whatever the text holds.
    mutating func comment(_ text: String, indent: String = "") throws {
        try line(indent + "# " + PowerShellText.comment(text))
    }

    /// A call by way of a table of parameters, one a line.
    ///
    /// - Parameter more: lines that add to the table.
    mutating func call(
        _ cmdlet: String, _ parameters: PowerShellParameters, more: [String] = [], indent: String
    ) throws {
        try line("\(indent)$values = @{")
        for parameter in parameters { try line("\(indent)    \(parameter.name) = \(try parameter.value.rendered())") }
        try line("\(indent)}")
        for text in more { try line(indent + text) }
        try line("\(indent)\(cmdlet) @values")
    }

    mutating func flush() throws {
        if bytes.isEmpty { return }
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
