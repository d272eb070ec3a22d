import Foundation

@testable import Manual

/// One of the documents in `Seeds/`, cut into its sentences.
///
/// The front matter is left out. Headings and items of lists stand on their own, whether they end like a sentence or
/// not; every other block ends at an empty line. Inside a block a sentence ends at a full stop or a colon before a word
/// with a capital letter. Markdown's marks are taken away: of a link its text stays, of an include its name, and a line
/// that only opens a note says nothing.
struct SeedDocument {
    let sentences: [String]

    init(named name: String) throws {
        let text = try String(contentsOfFile: SeedCoverage.folder + name, encoding: .utf8)
        sentences = Self.blocks(of: SplitText(text).body).flatMap(Self.sentences(of:))
    }

    private static func blocks(of body: String) -> [String] {
        var blocks: [[Substring]] = []
        var goesOn = false
        for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
            var words = line.split(separator: " ")
            if words.first == ">" { words.removeFirst() }
            guard let first = words.first, words != ["[!NOTE]"] else {
                goesOn = false
                continue
            }
            let isHeading = first.allSatisfy { $0 == "#" }
            if isHeading || first == "-" || first.wholeMatch(of: /\d+\./) != nil {
                words.removeFirst()
                goesOn = false
            }
            if goesOn { blocks[blocks.count - 1] += words } else { blocks.append(words) }
            goesOn = !isHeading
        }
        return blocks.map { $0.joined(separator: " ") }
    }

    private static func sentences(of block: String) -> [String] {
        var sentences: [String] = []
        for word in withoutMarks(block).split(separator: " ") {
            let isCapital = word.first?.isUppercase == true
            if let last = sentences.last, !(isCapital && (last.hasSuffix(".") || last.hasSuffix(":"))) {
                sentences[sentences.count - 1] = "\(last) \(word)"
            } else {
                sentences.append(String(word))
            }
        }
        return sentences
    }

    private static func withoutMarks(_ text: String) -> String {
        text.replacing(/\[!INCLUDE\[([^\]]*)\]\([^\)]*\)\]/) { $0.output.1 }
            .replacing(/\[([^\]]*)\]\([^\)]*\)/) { $0.output.1 }
            .replacing("*", with: "")
    }
}
