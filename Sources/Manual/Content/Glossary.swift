/// `content/glossary.md`: the words of the field, a heading each, and the words that are not used for it.
struct Glossary: Sendable {
    private(set) var pages: [ComposedPage] = []
    /// The words that pages do not use, in lower case, each with the term that stands for it.
    private(set) var avoided: [[Substring]: String] = [:]

    static let path = "/manual/glossary"
    private static let mark = "Not: "

    init(from content: inout ContentFolder) {
        guard let file = content.file("glossary.md") else { return }
        for chapter in file.chapters {
            if chapter.blocks.isEmpty {
                content.report(file.name, chapter.heading.line, "\(chapter.heading.text) is not explained.")
            }
            for block in chapter.blocks where block.text.hasPrefix(Self.mark) {
                add(block, instead: chapter.heading.text, in: file, &content)
            }
        }
        pages = [PageComposer(file: file, path: Self.path, section: .reference).compose(&content)]
    }

    private mutating func add(
        _ block: MarkdownBlock, instead term: String, in file: ContentFile, _ content: inout ContentFolder
    ) {
        guard block.text.hasSuffix(".") else {
            content.report(
                file.name, block.line, "“Not: …” is a list of words with a comma between them and a full stop.")
            return
        }
        for word in block.text.dropFirst(Self.mark.count).dropLast().split(separator: ",") {
            let words = String(word).glossaryWords
            if words.isEmpty { continue }
            if avoided.updateValue(term, forKey: words) != nil {
                content.report(file.name, block.line, "“\(words.joined(separator: " "))” is avoided for two terms.")
            }
        }
    }

    /// The avoided words that a text holds, each with the term to use.
    func faults(in text: String) -> [(word: String, term: String)] {
        let words = text.glossaryWords
        let longest = avoided.keys.map(\.count).max() ?? 0
        let beginnings = Set(avoided.keys.compactMap(\.first))
        return words.indices.filter { beginnings.contains(words[$0]) }.flatMap { start in
            (1...max(1, longest)).compactMap { length in
                guard start + length <= words.count else { return nil }
                let phrase = Array(words[start..<(start + length)])
                return avoided[phrase].map { (phrase.joined(separator: " "), $0) }
            }
        }
    }
}

extension String {
    /// Its words in lower case: a hyphen belongs to its word, and a path is one, which is nobody's choice of words.
    fileprivate var glossaryWords: [Substring] {
        lowercased()[...].split { !($0.isLetter || $0.isNumber || "-_/.".contains($0)) }.map { word in
            let start = word.drop { $0 == "." || $0 == "/" }
            return start.last.map { $0 == "." || $0 == "/" } == true ? start.dropLast() : start
        }
    }
}
