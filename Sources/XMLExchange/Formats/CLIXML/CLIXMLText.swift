/// PowerShell's own escapes in CLIXML: `_xHHHH_` is one UTF-16 code unit.
///
/// Source: MS-PSRP 2.2.5.3.2; PowerShell's `EncodeString`.
enum CLIXMLText {
    /// Decodes once, from left to right; nil when half of a surrogate pair is left alone.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        guard bytes.contains(UInt8(ascii: "_")) else { return String(decoding: bytes, as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            guard let unit = escape(bytes, at: index) else {
                decoded.append(bytes[index])
                index += 1
                continue
            }
            index += escapeLength
            guard let scalar = scalar(unit, bytes, &index) else { return nil }
            decoded.append(contentsOf: String(Character(scalar)).utf8)
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    private static let escapeLength = 7

    /// The unit of the escape that begins at `index`; nil when none does.
    private static func escape(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
        guard index + escapeLength <= bytes.count, bytes[index] == UInt8(ascii: "_"),
            bytes[index + 1] | 0x20 == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        var unit: UInt16 = 0
        for digit in bytes[index + 2..<index + 6] {
            guard let value = hexadecimal(digit) else { return nil }
            unit = unit << 4 | value
        }
        return unit
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt16? {
        switch byte {
        case 0x30...0x39: UInt16(byte - 0x30)
        case 0x41...0x46: UInt16(byte - 0x41 + 10)
        case 0x61...0x66: UInt16(byte - 0x61 + 10)
        default: nil
        }
    }

    /// The character of a unit, taking the escape of the second half of a pair along.
    private static func scalar(
        _ unit: UInt16, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int
    ) -> Unicode.Scalar? {
        guard (0xD800...0xDBFF).contains(unit) else { return Unicode.Scalar(unit) }
        guard let low = escape(bytes, at: index), (0xDC00...0xDFFF).contains(low) else { return nil }
        index += escapeLength
        return Unicode.Scalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00))
    }
}
