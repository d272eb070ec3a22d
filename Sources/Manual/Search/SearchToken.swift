/// A word of a text as the index holds it, and where it stands in that text.
struct SearchToken: Equatable {
    /// In lower case; a code in the one form all of its spellings have.
    let word: String
    /// Offsets into the text's UTF-8.
    let start: Int
    let end: Int

    /// The words of a text: its runs of letters and digits. `proxy.port.range` is three.
    static func tokens(of text: String) -> [SearchToken] {
        var tokens: [SearchToken] = []
        var (word, start, offset) = ("", 0, 0)
        for scalar in text.unicodeScalars {
            if scalar.isPartOfWord {
                if word.isEmpty { start = offset }
                scalar.appendLowercase(to: &word)
            } else if !word.isEmpty {
                tokens.append(SearchToken(word: ErrorCodeForm.common(to: word), start: start, end: offset))
                word = ""
            }
            offset += UTF8.width(scalar)
        }
        if !word.isEmpty {
            tokens.append(SearchToken(word: ErrorCodeForm.common(to: word), start: start, end: offset))
        }
        return tokens
    }

    /// The words alone.
    static func words(of text: String) -> [String] { tokens(of: text).map(\.word) }
}

extension Unicode.Scalar {
    var isPartOfWord: Bool {
        switch value {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case 0..<0x80: false
        default: properties.isAlphabetic || properties.numericType != nil
        }
    }

    fileprivate func appendLowercase(to word: inout String) {
        if value < 0x80 {
            word.unicodeScalars.append((0x41...0x5A).contains(value) ? Unicode.Scalar(UInt8(value + 32)) : self)
        } else {
            word += properties.lowercaseMapping
        }
    }
}
