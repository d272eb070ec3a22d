/// What separates the parts of an upload.
///
/// Source: RFC 2046, section 5.1.1; RFC 7578, section 4.1.
public struct MultipartBoundary: Sendable, Equatable {
    /// The line end, two hyphens and the boundary: what ends a part.
    let delimiter: [UInt8]

    private static let longest = 70

    /// Reads the value of a `Content-Type` field; nil when it is no `multipart/form-data` with one usable boundary.
    public init?(contentType: String) {
        guard let parameters = HeaderParameters(contentType), parameters.value.lowercased() == "multipart/form-data",
            let boundary = parameters["boundary"], (1...Self.longest).contains(boundary.utf8.count),
            boundary.utf8.allSatisfy(Self.isAllowed), boundary.utf8.last != UInt8(ascii: " ")
        else { return nil }
        delimiter = Array("\r\n--\(boundary)".utf8)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}

/// A header field's value with its parameters: `form-data; name="file"; filename="site.xml"`.
struct HeaderParameters {
    let value: String
    private var parameters: [String: String] = [:]

    /// Nil when it is not of this form, or names a parameter twice.
    init?(_ text: String) {
        var rest = Substring(text)
        value = Self.trimmed(Self.take(&rest) { $0 != ";" })
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { break }
            let name = Self.trimmed(Self.take(&rest) { $0 != "=" && $0 != ";" }).lowercased()
            guard rest.first == "=", !name.isEmpty else { return nil }
            rest = rest.dropFirst()
            guard let value = Self.parameter(&rest), parameters.updateValue(value, forKey: name) == nil else {
                return nil
            }
        }
        if !rest.isEmpty { return nil }
    }

    subscript(name: String) -> String? { parameters[name] }

    /// Browsers end a quoted text at the next quotation mark and escape nothing with a backslash, which stands in paths.
    private static func parameter(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else { return trimmed(take(&rest) { $0 != ";" }) }
        rest = rest.dropFirst()
        let value = take(&rest) { $0 != "\"" }
        guard rest.first == "\"" else { return nil }
        rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
        return rest.isEmpty || rest.first == ";" ? value : nil
    }

    private static func take(_ rest: inout Substring, while isWanted: (Character) -> Bool) -> String {
        let taken = rest.prefix(while: isWanted)
        rest = rest[taken.endIndex...]
        return String(taken)
    }

    private static func trimmed(_ text: String) -> String {
        let start = text.drop { $0 == " " || $0 == "\t" }
        return String(start.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
