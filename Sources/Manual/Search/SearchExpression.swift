/// A query as FTS5 reads it, and which of its phrases stands for which word.
struct SearchExpression {
    /// How a phrase came from its word.
    enum Kind {
        case typed, meant, prefix
    }

    struct Phrase {
        /// The place of the word in the query.
        let word: Int
        let kind: Kind
        /// Its words.
        let length: Int
    }

    /// Words hold letters and digits alone, and stand in quotes: nothing of a query is syntax here.
    let text: String
    /// In the order of the text, which is how FTS5 numbers them.
    let phrases: [Phrase]

    /// - Parameter isUnfinished: whether a word may be the beginning of others; one that stands in the manual is meant as it is.
    init(_ query: SearchQuery, isUnfinished: (String) -> Bool) {
        var (parts, phrases) = ([String](), [Phrase]())
        for (index, word) in query.words.enumerated() {
            let typed = "\"" + word.tokens.joined(separator: " ") + "\""
            parts.append(typed)
            phrases.append(Phrase(word: index, kind: .typed, length: word.tokens.count))
            for meaning in word.meanings {
                parts.append("\"" + meaning.joined(separator: " ") + "\"")
                phrases.append(Phrase(word: index, kind: .meant, length: meaning.count))
            }
            if word.offersPrefix, isUnfinished(word.tokens[word.tokens.count - 1]) {
                parts.append(typed + " *")
                phrases.append(Phrase(word: index, kind: .prefix, length: word.tokens.count))
            }
        }
        text = parts.joined(separator: " OR ")
        self.phrases = phrases
    }
}
