import HTTPTypes

/// What is asked of every request before anybody looks at its address (CONTRACTS 10).
enum RequestCheck {
    /// - Throws: ``Refusal``.
    static func check(_ head: HTTPRequest) throws(Refusal) {
        try checkHost(head)
        if head.method != .get && head.method != .head { try checkOrigin(head) }
    }

    /// A name that is not this computer's own leads here when a stranger's page lets its own name point to 127.0.0.1.
    private static func checkHost(_ head: HTTPRequest) throws(Refusal) {
        // The first Host field is taken out of the fields, so any that is left is a second one.
        guard let host = head.authority, head.headerFields[.host] == nil else {
            throw .badRequest("A request names the host it is for once. This one does not.")
        }
        guard isOwn(host) else { throw .wrongHost }
    }

    private static func isOwn(_ host: String) -> Bool {
        let folded = host.lowercased()
        guard let name = ["127.0.0.1", "[::1]", "localhost"].first(where: folded.hasPrefix) else { return false }
        let rest = folded.dropFirst(name.count)
        if rest.isEmpty { return true }
        let port = rest.dropFirst()
        return rest.first == ":" && (1...5).contains(port.utf8.count)
            && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
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
