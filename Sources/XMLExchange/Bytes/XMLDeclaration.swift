/// The line `<?xml version="1.0" encoding="…"?>`, read by us because libxml2's answer to a wrong encoding depends on its
/// version and on the interface.
struct XMLDeclaration: Equatable {
    /// As it was spelled; nil when the declaration names none.
    let encoding: String?

    enum Reading: Equatable {
        case absent
        case malformed
        case present(XMLDeclaration)
    }

    /// The longest declaration that is looked at, in bytes.
    static let longest = 1_024

    /// Reads the declaration at the very start of a document in UTF-8.
    static func read(_ document: UnsafeBufferPointer<UInt8>) -> Reading {
        let head = Array(document.prefix(longest))
        guard head.starts(with: "<?xml".utf8), head.count > 5, isBlank(head[5]) else { return .absent }
        guard let end = head.indices.dropLast().first(where: { head[$0] == 0x3F && head[$0 + 1] == 0x3E }) else {
            return .malformed
        }
        var cursor = Cursor(bytes: Array(head[5..<end]))
        guard let pairs = cursor.pairs() else { return .malformed }
        return interpret(pairs)
    }

    private static func interpret(_ pairs: [(name: String, value: String)]) -> Reading {
        var rest = pairs[...]
        guard let version = rest.popFirst(), version.name == "version", version.value == "1.0" else {
            return .malformed
        }
        var encoding: String?
        if let next = rest.first, next.name == "encoding" {
            encoding = next.value
            rest = rest.dropFirst()
        }
        if let next = rest.first, next.name == "standalone", next.value == "yes" || next.value == "no" {
            rest = rest.dropFirst()
        }
        return rest.isEmpty ? .present(XMLDeclaration(encoding: encoding)) : .malformed
    }

    fileprivate static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

/// Walks over `name="value"` pairs, each after a blank.
private struct Cursor {
    let bytes: [UInt8]
    var index = 0

    /// Nil when something else stands there.
    mutating func pairs() -> [(name: String, value: String)]? {
        var pairs: [(name: String, value: String)] = []
        while true {
            let blanks = take { XMLDeclaration.isBlank($0) }
            if index == bytes.count { return pairs }
            guard !blanks.isEmpty, let pair = pair() else { return nil }
            pairs.append(pair)
        }
    }

    private mutating func pair() -> (name: String, value: String)? {
        let name = take { $0 >= 0x61 && $0 <= 0x7A }
        _ = take { XMLDeclaration.isBlank($0) }
        guard !name.isEmpty, next() == UInt8(ascii: "=") else { return nil }
        _ = take { XMLDeclaration.isBlank($0) }
        guard let quote = next(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return nil }
        let value = take { $0 != quote && $0 > 0x20 && $0 < 0x7F }
        guard next() == quote else { return nil }
        return (name, value)
    }

    private mutating func next() -> UInt8? {
        guard index < bytes.count else { return nil }
        defer { index += 1 }
        return bytes[index]
    }

    private mutating func take(while belongs: (UInt8) -> Bool) -> String {
        let start = index
        while index < bytes.count, belongs(bytes[index]) { index += 1 }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }
}
