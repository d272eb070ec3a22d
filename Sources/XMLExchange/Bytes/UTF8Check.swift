/// Follows the bytes of UTF-8 text one by one and says which cannot stand where they stand (RFC 3629).
struct UTF8Check {
    /// How many bytes the character that was begun still needs.
    private(set) var needed = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// Takes the next byte; false when it is not UTF-8 here.
    mutating func accepts(_ byte: UInt8) -> Bool {
        needed > 0 ? acceptsContinuation(byte) : acceptsLead(byte)
    }

    private mutating func acceptsContinuation(_ byte: UInt8) -> Bool {
        guard byte >= lowest, byte <= highest else { return false }
        needed -= 1
        (lowest, highest) = (0x80, 0xBF)
        return true
    }

    private mutating func acceptsLead(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x80: break
        case 0xC2...0xDF: needed = 1
        case 0xE0: (needed, lowest) = (2, 0xA0)
        // U+D800 to U+DFFF, the surrogates, are no characters.
        case 0xED: (needed, highest) = (2, 0x9F)
        case 0xE1...0xEF: needed = 2
        case 0xF0: (needed, lowest) = (3, 0x90)
        case 0xF1...0xF3: needed = 3
        case 0xF4: (needed, highest) = (3, 0x8F)
        default: return false
        }
        return true
    }
}
