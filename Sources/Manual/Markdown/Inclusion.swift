/// Texts that several pages share: `[!INCLUDE[what it is](where it is)]`, as in Microsoft's documents.
///
/// On a line of its own it stands for the blocks of the other file, elsewhere for that file's words. Where the file is
/// missing, its label stands for it.
struct Inclusion {
    /// The text with every inclusion carried out.
    private(set) var text = ""
    /// The line of the including file for each line of the text, so that problems are found again.
    private(set) var lines: [Int] = []
    /// The lines that include a file which is not there.
    private(set) var missing: [Int] = []

    /// How deep inclusions may be nested: more is a circle.
    private static let deepest = 8

    /// - Parameter read: the text of the file that a directive names, without front matter; nil where there is none.
    init(_ text: String, firstLine: Int, read: (_ path: String) -> String?) {
        guard text.contains("[!") else {
            self.text = text
            let count = text.utf8.count { $0 == UInt8(ascii: "\n") } + 1
            lines = Array(firstLine..<(firstLine + count))
            return
        }
        var result: [String] = []
        // In code, a directive is an example.
        var fence: Substring?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let mark = line.drop(while: \.isWhitespace).prefix { $0 == "`" || $0 == "~" }
            if mark.count >= 3 { fence = fence == nil ? mark : mark.hasPrefix(fence ?? "") ? nil : fence }
            let expanded =
                fence == nil ? expanded(line, at: firstLine + index, depth: 0, read) : String(line)
            let parts = expanded.split(separator: "\n", omittingEmptySubsequences: false)
            result += parts.map(String.init)
            lines += parts.map { _ in firstLine + index }
        }
        self.text = result.joined(separator: "\n")
    }

    private mutating func expanded(
        _ line: Substring, at number: Int, depth: Int, _ read: (String) -> String?
    ) -> String {
        var rest = line
        var result = ""
        while let match = rest.firstMatch(of: /\[!INCLUDE\s*\[([^\]]*)\]\(([^)]*)\)\]/.ignoresCase()) {
            let before = rest[..<match.range.lowerBound]
            if before.count(where: { $0 == "`" }) % 2 == 1 {
                result += rest[..<match.range.upperBound]
                rest = rest[match.range.upperBound...]
                continue
            }
            rest = rest[match.range.upperBound...]
            let isAlone = result.isEmpty && (before + rest).allSatisfy(\.isWhitespace)
            result += before
            guard depth < Self.deepest, let text = read(String(match.2)) else {
                missing.append(number)
                result += match.1
                continue
            }
            let inner = text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { expanded($0, at: number, depth: depth + 1, read) }
            result += inner.joined(separator: isAlone ? "\n" : " ").trimmingLineEnds
        }
        return result + rest
    }
}

extension String {
    fileprivate var trimmingLineEnds: Substring {
        let start = drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }
}
