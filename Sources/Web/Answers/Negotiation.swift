/// What a request says about the form of the answer it wants (RFC 9110, 12.5.3 and 13.1.2).
enum Negotiation {
    /// Whether an answer may be compressed with gzip, and whoever asks does not like it better as it is.
    static func takesGzip(_ acceptEncoding: String) -> Bool {
        var (gzip, identity, any): (Int?, Int?, Int?) = (nil, nil, nil)
        for part in acceptEncoding.utf8.split(separator: UInt8(ascii: ",")) {
            let pieces = part.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
            guard let first = pieces.first else { continue }
            // A weight that cannot be read is none: what is not understood is not taken for consent.
            let weight = weight(pieces.dropFirst())
            switch String(Substring(trimmed(first))).lowercased() {
            case "gzip", "x-gzip": gzip = weight
            case "identity": identity = weight
            case "*": any = weight
            default: continue
            }
        }
        let wanted = gzip ?? any ?? 0
        return wanted > 0 && wanted >= (identity ?? 0)
    }

    /// In thousandths; 1000 where none is given.
    private static func weight(_ parameters: ArraySlice<Substring.UTF8View>) -> Int {
        guard let last = parameters.last.map(trimmed) else { return 1000 }
        guard let name = last.first, name == UInt8(ascii: "q") || name == UInt8(ascii: "Q"),
            last.dropFirst().first == UInt8(ascii: "=")
        else { return parameters.count > 1 || !last.isEmpty ? 0 : 1000 }
        let digits = Array(last.dropFirst(2))
        guard let whole = digits.first, whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1"), digits.count <= 5,
            digits.count == 1 || digits[1] == UInt8(ascii: ".")
        else { return 0 }
        var thousandths = whole == UInt8(ascii: "1") ? 1000 : 0
        for (digit, value) in zip(digits.dropFirst(2), [100, 10, 1]) {
            guard (0x30...0x39).contains(digit) else { return 0 }
            thousandths += Int(digit - 0x30) * value
        }
        return min(thousandths, 1000)
    }

    /// Whether a list of marks names this one, or any (`*`). Marks compare weakly, as `If-None-Match` has it.
    static func names(_ ifNoneMatch: String, _ eTag: String) -> Bool {
        if ifNoneMatch == eTag { return true }
        let quote = UInt8(ascii: "\"")
        var rest = ifNoneMatch.utf8[...]
        while let start = rest.firstIndex(where: { $0 == quote || $0 == UInt8(ascii: "*") }) {
            if rest[start] != quote { return trimmed(ifNoneMatch.utf8[...]).elementsEqual("*".utf8) }
            guard let end = rest[rest.index(after: start)...].firstIndex(of: quote) else { return false }
            if rest[start...end].elementsEqual(eTag.utf8) { return true }
            rest = rest[rest.index(after: end)...]
        }
        return false
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        var text = text.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return text
    }
}
