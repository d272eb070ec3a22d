/// Whom readers of the manual tell that something is wrong or missing in it: a mail address, or a page on the web.
public struct ManualContact: Sendable, Equatable {
    /// As it is shown.
    public let text: String
    /// Where it leads.
    public let link: String

    /// - Returns: nil for anything that is neither a mail address nor an address that begins with `https://`.
    public init?(_ text: String) {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !#""'<>\^`{|}"#.utf8.contains($0) }
        guard isPlain, text.utf8.count <= 254 else { return nil }
        if text.lowercased().hasPrefix("https://") {
            let rest = text.dropFirst("https://".count)
            let host = rest.prefix { !"/?#".contains($0) }
            // Without a name in front of the host: an address must not look as if it led to somebody else.
            guard Self.isHost(host.prefix { $0 != ":" }), Self.isPort(host.drop { $0 != ":" }) else { return nil }
            link = text
        } else {
            let halves = text.split(separator: "@", omittingEmptySubsequences: false)
            guard halves.count == 2, Self.isMailbox(halves[0]), Self.isHost(halves[1]) else { return nil }
            // What has a meaning in an address, as `?` begins a query, is written as its number there.
            link = "mailto:" + String(halves[0]).pathSegment + "@" + halves[1]
        }
        self.text = text
    }

    private static func isMailbox(_ text: Substring) -> Bool {
        let allowed = "!#$%&*+-/=?_~."
        return (1...64).contains(text.utf8.count) && !text.hasPrefix(".") && !text.hasSuffix(".")
            && !text.contains("..") && text.allSatisfy { $0.isLetter || $0.isNumber || allowed.contains($0) }
    }

    private static func isHost(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || UInt16(text.dropFirst()).map { String($0) == text.dropFirst() && $0 > 0 } == true
    }
}
