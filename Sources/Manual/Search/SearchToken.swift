import Foundation

/// A word of a text as the index holds it, and where it stands in that text.
struct SearchToken: Equatable {
    /// In lower case; a code in the one form all of its spellings have.
    let word: String
    /// Offsets into the text's UTF-8.
    let start: Int
    let end: Int

    /// The words of a text: its runs of letters and digits. `proxy.port.range` is three. Scripts that put no blanks between words
    /// have a word for each sign, so that a part of a run is found.
    static func tokens(of text: String) -> [SearchToken] {
        var tokens: [SearchToken] = []
        var (word, start, offset) = ("", 0, 0)
        func finish() {
            if word.isEmpty { return }
            tokens.append(SearchToken(word: ErrorCodeForm.common(to: word), start: start, end: offset))
            word = ""
        }
        for scalar in text.unicodeScalars {
            let isAlone = scalar.isWordAlone
            if isAlone || !(scalar.isPartOfWord || (!word.isEmpty && scalar.belongsToWord)) { finish() }
            if word.isEmpty { start = offset }
            if isAlone || scalar.isPartOfWord { scalar.appendFolded(to: &word) }
            offset += UTF8.width(scalar)
            if isAlone { finish() }
        }
        finish()
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

    /// An accent that is written for itself, or a sign that nobody sees, such as a soft hyphen: neither ends a word.
    fileprivate var belongsToWord: Bool {
        if value < 0x80 { return false }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark, .format: return true
        default: return false
        }
    }

    /// Of Chinese and Japanese writing.
    fileprivate var isWordAlone: Bool {
        switch value {
        case 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F,
            0x20000...0x3FFFF:
            isPartOfWord
        default: false
        }
    }

    /// In lower case, without accents, and in the plain form of what is wide, raised or a ligature: as people type it.
    fileprivate func appendFolded(to word: inout String) {
        if value < 0x80 { return append(to: &word) }
        for scalar in String(self).decomposedStringWithCompatibilityMapping.unicodeScalars {
            scalar.append(to: &word)
        }
    }

    /// What is no letter and no digit of ASCII would be cut at by the index.
    private func append(to word: inout String) {
        switch value {
        case 0x41...0x5A: word.unicodeScalars.append(Unicode.Scalar(UInt8(value + 32)))
        case 0x30...0x39, 0x61...0x7A: word.unicodeScalars.append(self)
        case 0..<0x80, 0x0300...0x036F: return
        default: word += properties.lowercaseMapping
        }
    }
}
