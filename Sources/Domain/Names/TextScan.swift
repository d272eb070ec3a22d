/// What a text holds that a name must not, found in one pass over its bytes.
///
/// Names are checked a million times in an import, so this looks at UTF-8 bytes and never makes a `Character`.
struct TextScan {
    private(set) var hasControl = false
    private(set) var hasBidirectional = false
    private(set) var hasWhitespace = false
    private(set) var hasPath = false
    private(set) var hasNonASCII = false
    private(set) var byteCount = 0

    init(_ text: String) {
        var text = text
        text.withUTF8 { scan($0) }
    }

    private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
        byteCount = bytes.count
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F {
                hasControl = true
                if byte == 0x09 || byte == 0x0A || byte == 0x0D { hasWhitespace = true }
            } else if byte == 0x20 {
                hasWhitespace = true
            } else if byte == 0x2F || byte == 0x5C {
                hasPath = true
            } else if byte >= 0x80 {
                hasNonASCII = true
                inspect(lead: byte, bytes, index)
            }
        }
    }

    /// Finds the C1 controls, the spaces and the direction marks beyond ASCII.
    private mutating func inspect(lead: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) {
        guard index + 1 < bytes.count else { return }
        let second = bytes[index + 1]
        let third = index + 2 < bytes.count ? bytes[index + 2] : 0
        switch (lead, second, third) {
        case (0xC2, 0x80...0x9F, _): hasControl = true
        case (0xC2, 0xA0, _): hasWhitespace = true
        // U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069: they change the order in which text is read.
        case (0xD8, 0x9C, _), (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9):
            hasBidirectional = true
        // U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+3000, U+FEFF.
        case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
            (0xE3, 0x80, 0x80), (0xEF, 0xBB, 0xBF):
            hasWhitespace = true
        default: break
        }
    }
}

extension String {
    /// The text with A to Z in lower case and everything else as it is: how names compare (CONTRACTS 1).
    public var asciiFolded: String {
        guard utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) else { return self }
        return String(decoding: utf8.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The text without spaces and tabs at either end.
    var trimmingBlanks: Substring {
        let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        var rest = self[...]
        while let first = rest.first, isBlank(first) { rest.removeFirst() }
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    var isBlank: Bool { !utf8.contains { $0 != 0x20 && $0 != 0x09 } }

    /// How a finding quotes what was sent: short, and with nothing in it that a terminal or a log would obey.
    var quoted: String {
        let shown = unicodeScalars.prefix(60).map { scalar -> String in
            scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
                ? "U+" + String(scalar.value, radix: 16, uppercase: true) : String(scalar)
        }
        return "“" + shown.joined() + (unicodeScalars.count > 60 ? "…" : "") + "”"
    }
}

/// What a check made of a text: a value when nothing stands in its way, and every problem met.
public struct Checked<Value: Sendable>: Sendable {
    public let value: Value?
    public let problems: [Problem]

    static func value(_ value: Value) -> Checked { Checked(value: value, problems: []) }
    static func problems(_ problems: [Problem]) -> Checked { Checked(value: nil, problems: problems) }
}
