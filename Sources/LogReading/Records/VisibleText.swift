/// Turns bytes of a log file into text that can be printed anywhere: nothing in it is obeyed by a terminal.
enum VisibleText {
    /// - Parameters:
    ///   - isUTF8: set to false when the bytes are not UTF-8; they are then read as Windows-1252.
    static func text(_ bytes: UnsafeRawBufferPointer, isUTF8: inout Bool) -> String {
        let decoded: String
        if let text = String(validating: bytes, as: UTF8.self) {
            decoded = text
        } else {
            isUTF8 = false
            decoded = String(String.UnicodeScalarView(bytes.map(windows1252)))
        }
        guard decoded.unicodeScalars.contains(where: \.isHidden) else { return decoded }
        return decoded.unicodeScalars.reduce(into: "") { $0 += $1.isHidden ? sign(for: $1) : String($1) }
    }

    /// What stands for a character that would not be seen, or be obeyed.
    private static func sign(for scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x09: return " "
        case 0x0A: return " ↵ "
        case 0x0D: return ""
        case 0x00...0x1F: return Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? ""
        case 0x7F: return "␡"
        default: return "‹U+" + String(scalar.value, radix: 16, uppercase: true) + "›"
        }
    }

    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
        guard 0x80...0x9F ~= byte else { return Unicode.Scalar(byte) }
        return upperControls[Int(byte - 0x80)]
    }

    /// Source: Unicode, "cp1252 to Unicode table"; the five bytes it leaves out stand for a replacement character.
    private static let upperControls = Array("€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ".unicodeScalars)
}

extension Unicode.Scalar {
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }
}
