import Foundation

/// A page of the manual's reference as its file has it: for tests that hold its tables against the program.
public struct ReferencePage {
    /// A row of a table, without its heading.
    public struct Row {
        /// The heading that the table stands below; empty where there is none.
        public let section: String
        public let cells: [String]

        public func cell(_ index: Int) -> String { index < cells.count ? cells[index] : "" }
    }

    public private(set) var rows: [Row] = []
    /// All of the file.
    public let text: String

    /// - Parameter name: the file's, below `content/docs/reference`, without its ending.
    /// - Throws: what Foundation throws where the file cannot be read.
    public init(_ name: String) throws {
        text = try String(contentsOfFile: Checkout.path + "content/docs/reference/\(name).md", encoding: .utf8)
        var section = ""
        var isInTable = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
            guard line.hasPrefix("|") else {
                isInTable = false
                continue
            }
            let isRule = line.hasPrefix("|--")
            if isInTable, !isRule { rows.append(Row(section: section, cells: Self.cells(of: line))) }
            isInTable = isInTable || isRule
        }
    }

    private static func cells(of line: String) -> [String] {
        line.dropFirst().dropLast().components(separatedBy: " | ").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    /// The rows of a section.
    public func rows(in section: String) -> [Row] { rows.filter { $0.section == section } }

    /// What the second column says, by what the first one names.
    public func values(in section: String) -> [String: String] {
        Dictionary(rows(in: section).map { ($0.cell(0), $0.cell(1)) }) { first, _ in first }
    }

    /// What stands in a text as code.
    public static func code(in text: String) -> [String] {
        text.components(separatedBy: "`").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
    }
}
