/// The 128 bits of an IPv6 address, read from any spelling RFC 4291 allows, brackets included.
struct IPv6Address: Equatable {
    private let groups: [UInt16]

    init?(_ text: String) {
        var body = text[...]
        if body.hasPrefix("[") || body.hasSuffix("]") {
            guard body.hasPrefix("["), body.hasSuffix("]") else { return nil }
            body = body.dropFirst().dropLast()
        }
        guard let groups = Self.groups(of: body) else { return nil }
        self.groups = groups
    }

    /// Eight groups of lower-case hexadecimal digits, without leading zeros: equal for equal addresses.
    var canonical: String { groups.map { String($0, radix: 16) }.joined(separator: ":") }

    private static func groups(of body: Substring) -> [UInt16]? {
        let halves = splitAtDoubleColon(body)
        guard halves.count <= 2 else { return nil }
        guard let head = pieces(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? head : nil }
        guard let tail = pieces(halves[1]), head.count + tail.count < 8 else { return nil }
        return head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func splitAtDoubleColon(_ body: Substring) -> [Substring] {
        var parts: [Substring] = []
        var start = body.startIndex
        var index = body.startIndex
        while index < body.endIndex {
            let next = body.index(after: index)
            if body[index] == ":", next < body.endIndex, body[next] == ":" {
                parts.append(body[start..<index])
                start = body.index(after: next)
                index = start
            } else {
                index = next
            }
        }
        return parts + [body[start...]]
    }

    /// The groups of one side of `::`; an IPv4 address may stand for the last two.
    private static func pieces(_ side: Substring) -> [UInt16]? {
        if side.isEmpty { return [] }
        var groups: [UInt16] = []
        let parts = side.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains(".") {
                guard let embedded = embeddedIPv4(part) else { return nil }
                groups += embedded
            } else {
                guard (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16), part.first != "+" else {
                    return nil
                }
                groups.append(group)
            }
        }
        return groups
    }

    private static func embeddedIPv4(_ part: Substring) -> [UInt16]? {
        let bytes = part.split(separator: ".", omittingEmptySubsequences: false).map { piece -> UInt16? in
            piece.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? UInt8(piece).map(UInt16.init) : nil
        }
        guard bytes.count == 4, let a = bytes[0], let b = bytes[1], let c = bytes[2], let d = bytes[3] else {
            return nil
        }
        return [a << 8 | b, c << 8 | d]
    }
}
