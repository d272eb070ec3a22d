/// A header's value of the kind `text; name=value; name="value"`.
struct HeaderValue {
    /// What stands before the first semicolon, in lower case.
    let text: String
    private var parameters: [(name: String, value: [UInt8])] = []

    /// Nil when it is malformed or has a parameter twice.
    ///
    /// - Parameter unescapes: whether a backslash in quotes stands for the next character (RFC 9110, 5.6.4), as in a
    ///   request's own headers. Browsers write file names with plain backslashes, and a quote as `%22`.
    init?(_ bytes: ArraySlice<UInt8>, unescapes: Bool) {
        let end = bytes.firstIndex(of: UInt8(ascii: ";")) ?? bytes.endIndex
        text = String(decoding: bytes[..<end], as: UTF8.self).trimmed.lowercased()
        var rest = bytes[end...]
        while true {
            rest = rest.drop(while: Self.isBlank)
            guard let first = rest.popFirst() else { return }
            guard first == UInt8(ascii: ";") else { return nil }
            rest = rest.drop(while: Self.isBlank)
            if rest.isEmpty || rest.first == UInt8(ascii: ";") { continue }
            guard let parameter = Self.parameter(&rest, unescapes), self.parameter(parameter.name) == nil
            else { return nil }
            parameters.append(parameter)
        }
    }

    func parameter(_ name: String) -> [UInt8]? { parameters.first { $0.name == name }?.value }

    private static func parameter(
        _ rest: inout ArraySlice<UInt8>, _ unescapes: Bool
    ) -> (name: String, value: [UInt8])? {
        let name = token(&rest)
        guard !name.isEmpty, rest.popFirst() == UInt8(ascii: "=") else { return nil }
        let isQuoted = rest.first == UInt8(ascii: "\"")
        guard let value = isQuoted ? quoted(&rest, unescapes) : token(&rest), isQuoted || !value.isEmpty
        else { return nil }
        return (String(decoding: name, as: UTF8.self).lowercased(), value)
    }

    private static func quoted(_ rest: inout ArraySlice<UInt8>, _ unescapes: Bool) -> [UInt8]? {
        rest.removeFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\") where unescapes:
                guard let escaped = rest.popFirst() else { return nil }
                value.append(escaped)
            default: value.append(byte)
            }
        }
        return nil
    }

    private static func token(_ rest: inout ArraySlice<UInt8>) -> [UInt8] {
        let token = rest.prefix(while: isToken)
        rest = rest[token.endIndex...]
        return Array(token)
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    /// RFC 9110, section 5.6.2.
    static func isToken(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension String {
    fileprivate var trimmed: String {
        let blanks = utf8.drop { HeaderValue.isBlank($0) }
        let end = blanks.lastIndex { !HeaderValue.isBlank($0) }.map { blanks.index(after: $0) }
        return String(self[blanks.startIndex..<(end ?? blanks.startIndex)])
    }
}
