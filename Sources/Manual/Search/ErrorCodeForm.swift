/// The spellings of one error code: `12007`, `0x2EE7`, `0x80072EE7`, `80072ee7`, `2147954407`, `-2147012889`.
///
/// Windows wraps an error number below 65536 in an HRESULT by adding 0x80070000 (FACILITY_WIN32). Logs print that in hexadecimal,
/// as an unsigned number, or as a signed one.
enum ErrorCodeForm {
    /// The form that all spellings of a code have in common; a word that is no code stays as it is.
    ///
    /// - Parameter word: in lower case, of letters and digits alone: the sign of a number is not part of it.
    static func common(to word: String) -> String {
        guard let number = number(word) else { return word }
        let low = number & 0xFFFF
        if number >> 16 == 0x8007, low >= smallestNumber { return String(low) }
        if number == low { return low >= smallestNumber ? String(low) : word }
        return "0x" + String(number, radix: 16)
    }

    /// Below it, a number in a text is mostly something else: a port, a step, an amount.
    private static let smallestNumber: UInt32 = 1000

    private static func number(_ word: String) -> UInt32? {
        guard word.utf8.first.map({ (0x30...0x39).contains($0) }) == true else { return nil }
        if word.hasPrefix("0x") { return UInt32(word.dropFirst(2), radix: 16) }
        switch word.utf8.count {
        case 8 where word.utf8.first == UInt8(ascii: "8"): return UInt32(word, radix: 16)
        case 10:
            guard let number = UInt64(word) else { return nil }
            if number > UInt64(UInt32.max) { return nil }
            // Without its sign, -2147012889 reads 2147012889: no HRESULT, and what it leaves to 2^32 is one.
            let isNegative = (0x7F00_0000..<0x8000_0000).contains(number)
            return isNegative ? UInt32((1 << 32) - number) : number > 0x8000_0000 ? UInt32(number) : nil
        default: return nil
        }
    }
}
