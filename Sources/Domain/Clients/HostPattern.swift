/// A host, or a pattern of hosts with `*`, as the bypass list of a proxy and a script's rules name them; `<local>` stands for
/// all names without a dot.
///
/// Source: Microsoft Learn, "bitsadmin util and setieproxy"; the Windows documentation of `netsh winhttp`.
public struct HostPattern: Sendable, Equatable, CustomStringConvertible {
    /// As it was spelled: a script compares case.
    public let text: String

    public static let local = "<local>"
    public var description: String { text }

    static func check(_ text: String, label: String, takesLocal: Bool) -> Checked<HostPattern> {
        if takesLocal, text.asciiFolded == local { return .value(HostPattern(text: local)) }
        if let sentence = oddity(text, takesLocal: takesLocal) {
            return .problems([Problem(.clientsHostForm, "“\(label)”: \(sentence)")])
        }
        return .value(HostPattern(text: text))
    }

    private static func oddity(_ text: String, takesLocal: Bool) -> String? {
        if text.utf8.count > HostName.longest { return "\(text.quoted) is too long for a host. Correct it." }
        if text.contains("://") {
            return "enter the host alone, without what stands before and behind it in \(text.quoted)."
        }
        if text.contains("<") || text.contains(">") {
            return takesLocal
                ? "the one word in angle brackets is <local>, which means all names without a dot. Correct \(text.quoted)."
                : "\(text.quoted) means nothing in a script. Enter the hosts as the script spells them."
        }
        guard let stranger = text.unicodeScalars.first(where: { !isAllowed($0) }) else { return nil }
        return
            "\(text.quoted) contains \(String(stranger).quoted). Enter one host a line, such as *.corp.contoso.com: letters, digits, hyphens, dots and * only."
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        HostNameRules.isNameScalar(scalar) || scalar == "*" || scalar == ":" || scalar == "[" || scalar == "]"
    }

    /// Whether a host is meant, as a bypass list compares: without case.
    public func covers(_ host: HostName) -> Bool {
        if text == Self.local { return host.isShort }
        return Self.matches(Array(withoutPort.asciiFolded.utf8), Array(host.folded.utf8))
    }

    /// Whether a host is meant in exactly its spelling, as a script compares.
    public func coversExactly(_ host: HostName) -> Bool {
        text != Self.local && Self.matches(Array(withoutPort.utf8), Array(host.text.utf8))
    }

    /// Whether every host is meant: nothing but stars, with or without a port.
    public var isEverything: Bool { !withoutPort.isEmpty && withoutPort.utf8.allSatisfy { $0 == UInt8(ascii: "*") } }

    public var hasCapitals: Bool { text.asciiFolded != text }

    private var withoutPort: String {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 ? String(parts[0]) : text
    }

    /// Matches with `*` for any characters, in one pass that goes back to the last star.
    private static func matches(_ pattern: [UInt8], _ text: [UInt8]) -> Bool {
        var (at, place) = (0, 0)
        var star: (pattern: Int, text: Int)?
        while place < text.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, place)
                at += 1
            } else if at < pattern.count, pattern[at] == text[place] {
                (at, place) = (at + 1, place + 1)
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                (at, place) = (last.pattern + 1, last.text + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
