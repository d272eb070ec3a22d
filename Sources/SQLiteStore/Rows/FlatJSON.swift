/// Reads the JSON this store writes for a role's details: one object of scalars, without blanks.
///
/// Every page of a server reads it. Foundation's decoder took a fifth of such a page; whatever it would accept beyond
/// the store's own writing is refused here.
struct FlatJSON {
    private var rest: Substring.UTF8View

    /// The members as texts: `true`, `8530`, a string's own text, and an empty one for null. Nil when it is not the
    /// store's writing.
    static func members(of json: String) -> [String: String]? {
        var reader = FlatJSON(rest: json[...].utf8)
        return reader.object()
    }

    private mutating func object() -> [String: String]? {
        guard take("{") else { return nil }
        if take("}") { return rest.isEmpty ? [:] : nil }
        var members: [String: String] = [:]
        repeat {
            guard let key = string(), take(":"), let value = scalar() else { return nil }
            members[key] = value
        } while take(",")
        return take("}") && rest.isEmpty ? members : nil
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    private mutating func scalar() -> String? {
        if rest.first == UInt8(ascii: "\"") { return string() }
        let word = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "}") }
        rest.removeFirst(word.count)
        let text = String(Substring(word))
        return text == "null" ? "" : text
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        var bytes: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: bytes, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let escaped = escape() else { return nil }
                bytes.append(escaped)
            default: bytes.append(byte)
            }
        }
        return nil
    }

    /// The writer escapes quotes, backslashes and control characters, the last as four digits.
    private mutating func escape() -> UInt8? {
        guard let byte = rest.popFirst() else { return nil }
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return byte }
        let digits = rest.prefix(4)
        guard byte == UInt8(ascii: "u"), digits.count == 4 else { return nil }
        rest.removeFirst(4)
        return UInt8(Substring(digits), radix: 16)
    }
}
