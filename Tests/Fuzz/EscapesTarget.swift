import Domain

@testable import XMLExchange

/// Decodes the input as text of CLIXML, and compares with a decoder that is as plain as the rule it follows.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzEscapes(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeBufferPointer(start: bytes, count: count)
    let decoded = CLIXMLText.decode(input)
    // The reader passes on UTF-8 only.
    guard let text = String(validating: input, as: UTF8.self) else { return 0 }
    hold(decoded == PlainEscapes.decode(text), "it is another text")
    let encoded = Array(PlainEscapes.encode(text).utf8)
    hold(encoded.withUnsafeBufferPointer { CLIXMLText.decode($0) } == text, "what was written is not read")
    return 0
}

/// The escapes of PowerShell's serializer, unit by unit. Source: MS-PSRP 2.2.5.3.2.
private enum PlainEscapes {
    static func decode(_ text: String) -> String? {
        var rest = Array(text.utf16)[...]
        var units: [(unit: UInt16, isEscaped: Bool)] = []
        while let unit = rest.first {
            if let escaped = unitOfEscape(rest) {
                units.append((escaped, true))
                rest = rest.dropFirst(7)
            } else {
                units.append((unit, false))
                rest = rest.dropFirst()
            }
        }
        return join(units)
    }

    /// Nil when an escaped half of a pair is not followed by the other half as an escape.
    private static func join(_ units: [(unit: UInt16, isEscaped: Bool)]) -> String? {
        for (index, unit) in units.enumerated() where unit.isEscaped && UTF16.isSurrogate(unit.unit) {
            let isLead = UTF16.isLeadSurrogate(unit.unit)
            let other = isLead ? index + 1 : index - 1
            guard units.indices.contains(other), units[other].isEscaped, UTF16.isSurrogate(units[other].unit),
                UTF16.isLeadSurrogate(units[other].unit) != isLead
            else { return nil }
        }
        return String(decoding: units.map { $0.unit }, as: UTF16.self)
    }

    private static func unitOfEscape(_ units: ArraySlice<UInt16>) -> UInt16? {
        let text = String(decoding: units.prefix(7), as: UTF16.self).utf8
        guard text.count == 7, text.first == UInt8(ascii: "_"), text.last == UInt8(ascii: "_"),
            text.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x")
        else { return nil }
        let digits = text.dropFirst(2).dropLast()
        guard digits.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    /// Every unit that is no letter as an escape, and an underline too.
    static func encode(_ text: String) -> String {
        text.utf16.map { unit in
            if unit < 0x80, Unicode.Scalar(UInt8(unit)).properties.isAlphabetic {
                return String(UnicodeScalar(UInt8(unit)))
            }
            let digits = String(unit, radix: 16)
            return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
        }.joined()
    }
}
