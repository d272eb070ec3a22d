/// The words of the index, for words that are not among them.
struct SearchVocabulary: Sendable {
    /// How often each stands in the index.
    private let counts: [String: Int]
    private let byLength: [Int: [String]]

    /// Shorter words have too many neighbours.
    private static let shortest = 4

    /// - Parameter synonyms: words that the manual has others for: a misspelling of one is meant as well.
    init(_ passages: [IndexedPassage], _ synonyms: SearchSynonyms) {
        var counts: [String: Int] = [:]
        for passage in passages {
            for field in passage.fields {
                for token in field.tokens { counts[token.word, default: 0] += 1 }
            }
        }
        self.counts = counts
        let typed = synonyms.entries.filter { $0.typed.count == 1 }.map { $0.typed[0] }
        byLength = Dictionary(grouping: Set(counts.keys).union(typed)) { $0.unicodeScalars.count }
    }

    func contains(_ word: String) -> Bool { counts[word] != nil }

    /// The most frequent word that one edit away stands: a letter more, less, another, or two exchanged. None for a word with a
    /// digit: the code or the version beside it is another.
    func neighbour(of word: String) -> String? {
        let letters = Array(word.unicodeScalars)
        guard letters.count >= Self.shortest, !letters.contains(where: { $0.properties.numericType != nil }) else {
            return nil
        }
        return (letters.count - 1...letters.count + 1).flatMap { byLength[$0] ?? [] }
            .filter { Self.areNeighbours(letters, Array($0.unicodeScalars)) }
            .max { (counts[$0, default: 0], $1) < (counts[$1, default: 0], $0) }
    }

    static func areNeighbours(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Bool {
        let (short, long) = one.count <= other.count ? (one, other) : (other, one)
        guard long.count - short.count <= 1 else { return false }
        let start = zip(short, long).prefix { $0 == $1 }.count
        let end = zip(short.reversed(), long.reversed()).prefix { $0 == $1 }.count
        if short.count < long.count { return start + end >= short.count }
        let middle = short.count - start - end
        if middle <= 1 { return middle == 1 }
        return middle == 2 && short[start] == long[start + 1] && short[start + 1] == long[start]
    }
}
