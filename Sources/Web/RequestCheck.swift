import HTTPTypes
import Pages

/// What is asked of every request before anybody looks at its address (CONTRACTS 10).
struct RequestCheck: Sendable {
    /// Whether every name of a host is taken that is one: where nothing can be changed and nothing is secret.
    var takesAnyHost = false

    /// - Throws: ``Refusal``.
    func check(_ head: HTTPRequest) throws(Refusal) {
        try checkHost(head)
        if !takesAnyHost, head.method != .get && head.method != .head { try Self.checkOrigin(head) }
    }

    /// A name that is not this computer's own leads here when a stranger's page lets its own name point to 127.0.0.1.
    private func checkHost(_ head: HTTPRequest) throws(Refusal) {
        // What asks whether a server lives often names none.
        if takesAnyHost, head.authority == nil, head.headerFields[.host] == nil, Self.isProbe(head) { return }
        // The first Host field is taken out of the fields, so any that is left is a second one.
        guard let host = head.authority, head.headerFields[.host] == nil else {
            throw .badRequest("A request names the host it is for once. This one does not.")
        }
        if takesAnyHost {
            guard Self.isHost(host) else { throw .badRequest("The host this request names is no name and no address.") }
        } else {
            guard Self.isOwn(host) else { throw .wrongHost }
        }
    }

    private static func isProbe(_ head: HTTPRequest) -> Bool {
        [Route.healthLive.path, Route.healthReady.path].contains(head.path)
    }

    /// A name, an IPv4 address or an IPv6 address in brackets, and a port or none.
    private static func isHost(_ host: String) -> Bool {
        guard host.utf8.count <= 262 else { return false }
        if host.hasPrefix("[") {
            let halves = host.dropFirst().split(separator: "]", maxSplits: 1, omittingEmptySubsequences: false)
            return halves.count == 2 && !halves[0].isEmpty
                && halves[0].utf8.allSatisfy {
                    UnicodeScalar($0).properties.isASCIIHexDigit || $0 == 0x3A || $0 == 0x2E
                }
                && (halves[1].isEmpty || isPort(halves[1]))
        }
        let name = host.prefix { $0 != ":" }
        let isName = name.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        let rest = host.dropFirst(name.count)
        return !name.isEmpty && isName && (rest.isEmpty || isPort(rest))
    }

    /// A colon and a number.
    private static func isPort(_ text: Substring) -> Bool {
        let digits = text.utf8.dropFirst()
        return text.first == ":" && (1...5).contains(digits.count)
            && digits.allSatisfy { (0x30...0x39).contains($0) }
    }

    private static func isOwn(_ host: String) -> Bool {
        let folded = host.lowercased()
        guard let name = ["127.0.0.1", "[::1]", "localhost"].first(where: folded.hasPrefix) else { return false }
        let rest = folded.dropFirst(name.count)
        return rest.isEmpty || isPort(rest)
    }

    /// A form of another page must not change anything here, whatever the browser sends along with it.
    private static func checkOrigin(_ head: HTTPRequest) throws(Refusal) {
        if let origin = head.headerFields[.origin] {
            guard let host = head.authority, origin.lowercased() == "http://" + host.lowercased() else {
                throw .otherOrigin
            }
        }
        if let site = head.headerFields[.fetchSite], site != "same-origin", site != "none" { throw .otherOrigin }
    }
}
