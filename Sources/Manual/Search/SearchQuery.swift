/// What somebody typed, taken apart.
struct SearchQuery: Sendable {
    /// What was typed, without control characters and what is too long; shown again in the box.
    let text: String
    var words: [Word]

    /// The longest query in Unicode scalars; what follows is dropped.
    static let longestText = 200
    /// The most words of a query; what follows is dropped.
    static let mostWords = 12

    /// What has to be found as a whole: a word, `proxy.port.range`, or words that a synonym names together.
    struct Word: Sendable {
        /// As it was typed.
        let shown: String
        let tokens: [String]
        /// Phrases that mean the same.
        var meanings: [[String]] = []

        /// A word of one or two letters begins too many others.
        var offersPrefix: Bool { (tokens.last?.utf8.count ?? 0) > 2 }
    }

    init(_ typed: String, _ synonyms: SearchSynonyms) {
        text = Self.cleaned(typed)
        let single = Self.words(of: text)
        let joined = Self.named(single, synonyms)
        let telling = joined.filter { $0.tokens.count > 1 || !Self.silent.contains($0.tokens[0]) }
        words = Array((telling.isEmpty ? joined : telling).prefix(Self.mostWords))
    }

    private static func cleaned(_ typed: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in typed.unicodeScalars.prefix(longestText) {
            let isDropped = scalar.properties.generalCategory == .control || scalar.turnsDirection
            text.append(isDropped ? " " : scalar)
        }
        return String(text).split(separator: " ").joined(separator: " ")
    }

    /// The parts of a word that runs into its number, as in `Error12007`; nil where no number follows letters.
    static func parts(of word: String) -> (letters: String, number: String)? {
        let letters = word.prefix { !("0"..."9").contains($0) }
        let number = word.dropFirst(letters.count)
        guard letters.count > 1, number.count > 3 else { return nil }
        return (String(letters), ErrorCodeForm.common(to: String(number)))
    }

    /// A word ends at a blank, and at most signs; a full stop, an underscore or a backslash between letters hold it together.
    private static func words(of text: String) -> [Word] {
        let bytes = Array(text.utf8)
        var groups: [[SearchToken]] = []
        for token in SearchToken.tokens(of: text) {
            let isNext = groups.last?.last.map { last in
                last.end == token.start
                    || last.end + 1 == token.start
                        && [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "\\")].contains(bytes[last.end])
            }
            if isNext == true { groups[groups.count - 1].append(token) } else { groups.append([token]) }
        }
        return groups.map { group in
            let shown = bytes[group[0].start..<group[group.count - 1].end]
            return Word(shown: String(decoding: shown, as: UTF8.self), tokens: group.map(\.word))
        }
    }

    /// The words with their synonyms; several that a synonym names together become one.
    private static func named(_ words: [Word], _ synonyms: SearchSynonyms) -> [Word] {
        var (named, index) = ([Word](), 0)
        while index < words.count {
            let lengths = stride(from: min(synonyms.longest, words.count - index), through: 1, by: -1)
            let found = lengths.lazy.compactMap { length -> (Int, [String], [[String]])? in
                let tokens = words[index..<(index + length)].flatMap(\.tokens)
                return synonyms.meanings(of: tokens).map { (length, tokens, $0) }
            }.first
            if let (length, tokens, meanings) = found {
                let shown = words[index..<(index + length)].map(\.shown).joined(separator: " ")
                named.append(Word(shown: shown, tokens: tokens, meanings: meanings))
                index += length
            } else {
                named.append(words[index])
                index += 1
            }
        }
        return named
    }

    /// Words that say nothing about what is looked for, beside others that do.
    static let silent: Set<String> = [
        "a", "about", "again", "always", "am", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
        "did", "didn", "do", "does", "doesn", "don", "for", "from", "get", "gets", "got", "has", "hasn", "have", "how",
        "i", "if", "in", "into", "is", "isn", "it", "its", "just", "keep", "keeps", "ll", "me", "my", "of", "on", "or",
        "our", "please", "re", "s", "say", "says", "should", "so", "still", "t", "that", "the", "their", "them",
        "there", "these", "they", "this", "to", "ve", "was", "we", "what", "when", "where", "which", "while", "who",
        "whose", "why", "will", "with", "would", "you", "your",
    ]
}

extension Unicode.Scalar {
    /// Marks that turn the direction of the text around them.
    fileprivate var turnsDirection: Bool {
        switch value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
