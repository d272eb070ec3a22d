import Yams

/// `content/reference/synonyms.yaml`: what people type, and what the manual says instead.
public struct SearchSynonyms: Sendable {
    /// What is typed, and the phrases it stands for, both as words of the index.
    struct Entry: Sendable {
        let typed: [String]
        let meant: [[String]]
    }

    let entries: [Entry]
    private let meanings: [[String]: [[String]]]
    /// The words of the longest thing to be typed.
    let longest: Int

    private static let file = "reference/synonyms.yaml"

    /// Reads the file, and reports what is missing, empty or there twice.
    init(from content: inout ContentFolder) {
        self.init(Self.read(&content))
    }

    /// - Parameter entries: of two for the same words, the first counts.
    init(_ entries: [Entry]) {
        self.entries = entries
        meanings = Dictionary(entries.map { ($0.typed, $0.meant) }) { first, _ in first }
        longest = entries.map(\.typed.count).max() ?? 0
    }

    /// The phrases that the words stand for, beside themselves.
    func meanings(of words: [String]) -> [[String]]? { meanings[words] }

    private static func read(_ content: inout ContentFolder) -> [Entry] {
        guard let text = content.text(file) else { return [] }
        guard let nodes = (try? Yams.compose(yaml: text))?["synonyms"]?.sequence else {
            content.report(file, 1, "The file must be YAML with the key “synonyms”.")
            return []
        }
        var met: Set<[String]> = []
        return nodes.flatMap { node in
            let line = node.mark?.line ?? 1
            let phrases = { (key: String) in
                (node[key]?.array().compactMap(\.string) ?? []).map(SearchToken.words(of:)).filter { !$0.isEmpty }
            }
            let (typed, meant) = (phrases("typed"), phrases("meant"))
            if typed.isEmpty || meant.isEmpty {
                content.report(file, line, "An entry needs “typed” and “meant”, each a list of words.")
            }
            for words in typed where !met.insert(words).inserted {
                content.report(file, line, "“\(words.joined(separator: " "))” stands here twice.")
            }
            return typed.map { Entry(typed: $0, meant: meant) }
        }
    }
}
