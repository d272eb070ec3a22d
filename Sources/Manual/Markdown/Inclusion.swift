/// Texts that several pages share: `[!INCLUDE[what it is](where it is)]`, as in Microsoft's documents.
///
/// On a line of its own it stands for the blocks of the other file, elsewhere for that file's words. Where the file is
/// missing, its label stands for it.
struct Inclusion {
    /// The text with every inclusion carried out.
    private(set) var text = ""
    /// The line of the including file for each line of the text, so that problems are found again.
    private(set) var lines: [Int] = []
    /// What was not carried out, in the order of the lines.
    private(set) var faults: [Fault] = []

    /// Why a label stands for a file.
    struct Fault: Equatable {
        enum Kind: Equatable { case missing, circle, tooMuch }
        let line: Int
        let kind: Kind

        var sentence: String {
            switch kind {
            case .missing: "The file that is included here is not there."
            case .circle: "The file that is included here includes itself. Take one of its inclusions out."
            case .tooMuch:
                "This page includes more than \(Inclusion.mostFiles) files or 4 MiB of them. Take inclusions out, or link to the files."
            }
        }
    }

    /// How deep inclusions may be nested, and how many files and bytes a page may include: a few files that include each other
    /// often would be a page that no memory holds.
    private static let deepest = 8
    private static let mostFiles = 200
    private static let mostBytes = 4 << 20

    private var files = 0
    private var bytes = 0
    /// The files that are being included, from the outermost on.
    private var open: [Substring] = []

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
                fence == nil ? expanded(line, at: firstLine + index, read) : String(line)
            let parts = expanded.split(separator: "\n", omittingEmptySubsequences: false)
            result += parts.map(String.init)
            lines += parts.map { _ in firstLine + index }
        }
        self.text = result.joined(separator: "\n")
    }

    private mutating func expanded(
        _ line: Substring, at number: Int, _ read: (String) -> String?
    ) -> String {
        var rest = line
        var result = ""
        while let match = rest.firstMatch(of: /\[!INCLUDE\s*\[([^\]]{0,1000})\]\(([^)]{0,1000})\)\]/.ignoresCase()) {
            let before = rest[..<match.range.lowerBound]
            if before.count(where: { $0 == "`" }) % 2 == 1 {
                result += rest[..<match.range.upperBound]
                rest = rest[match.range.upperBound...]
                continue
            }
            rest = rest[match.range.upperBound...]
            let isAlone = result.isEmpty && (before + rest).allSatisfy(\.isWhitespace)
            result += before
            guard let text = text(of: match.2, at: number, read) else {
                result += match.1
                continue
            }
            open.append(match.2)
            let inner = text.split(separator: "\n", omittingEmptySubsequences: false)
                .map { expanded($0, at: number, read) }
            open.removeLast()
            result += inner.joined(separator: isAlone ? "\n" : " ").trimmingLineEnds
        }
        return result + rest
    }

    /// The text of a file that may still be included; nil, and a fault, where there is none.
    private mutating func text(of path: Substring, at line: Int, _ read: (String) -> String?) -> String? {
        if open.contains(path) || open.count >= Self.deepest { return fail(.circle, line) }
        guard files < Self.mostFiles, bytes < Self.mostBytes else { return fail(.tooMuch, line) }
        guard let text = read(String(path)) else { return fail(.missing, line) }
        files += 1
        bytes += text.utf8.count
        return bytes <= Self.mostBytes ? text : fail(.tooMuch, line)
    }

    /// A page that is past its measure says so once.
    private mutating func fail(_ kind: Fault.Kind, _ line: Int) -> String? {
        let fault = Fault(line: line, kind: kind)
        let isTold = faults.contains { $0 == fault || (kind == .tooMuch && $0.kind == kind) }
        if !isTold { faults.append(fault) }
        return nil
    }
}

extension String {
    fileprivate var trimmingLineEnds: Substring {
        let start = drop(while: \.isWhitespace)
        return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
    }
}
