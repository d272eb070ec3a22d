/// The address of an automatic configuration script (PAC), in characters that a command line carries unharmed.
///
/// Source: Microsoft Learn, "bitsadmin util and setieproxy"; Microsoft, KB 4025058 of `file:` and `ftp:`.
public struct ScriptURL: Sendable, Equatable, CustomStringConvertible {
    public let text: String

    static let longest = 2_000
    public var description: String { text }
    private static let label = FieldKey.clientsPAC.label

    static func check(_ sent: String) -> Checked<ScriptURL> {
        let text = String(sent.trimmingBlanks)
        if text.isEmpty {
            return .problems([
                Problem(.clientsPACBlank, "Enter the address of the script, such as http://pac.contoso.com/proxy.pac.")
            ])
        }
        if let sentence = oddity(text) { return .problems([Problem(.clientsPACAddress, sentence)]) }
        return .value(ScriptURL(text: text))
    }

    private static func oddity(_ text: String) -> String? {
        if text.utf8.count > longest { return "\(label) must be \(longest) characters or fewer." }
        if let stranger = stranger(in: text) {
            return
                "\(label) contains \(String(stranger).quoted), which the commands cannot carry. Write it percent-encoded."
        }
        if isUnread(text) { return nil }
        let folded = text.asciiFolded
        guard let scheme = ["http://", "https://"].first(where: folded.hasPrefix) else {
            return "\(label) must begin with http:// or https://. This one is \(text.quoted)."
        }
        return oddity(authority: String(text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }), of: text)
    }

    private static func oddity(authority: String, of text: String) -> String? {
        if authority.contains("@") {
            return "\(label) holds a user name. The portal keeps no credentials: enter the address without it."
        }
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            let isAddress = IPv6Address(String(authority[...end])) != nil
            return isAddress && isPort(authority[authority.index(after: end)...]) ? nil : unread(text)
        }
        let host = authority.prefix { $0 != ":" }
        let isHost = HostName.check(String(host), label: label).value != nil
        return isHost && isPort(authority.dropFirst(host.count)) ? nil : unread(text)
    }

    private static func unread(_ text: String) -> String {
        "\(label) names no server, or an odd port, between http:// and the next slash. Correct \(text.quoted)."
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || (text.first == ":" && Int(text.dropFirst()).flatMap(Port.init) != nil)
    }

    /// Letters, digits and what addresses need; nothing that a command prompt or PowerShell reads within quotes.
    private static func stranger(in text: String) -> Unicode.Scalar? {
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if scalar == "%" {
                let digits = scalars.dropFirst(index + 1).prefix(2)
                if digits.count < 2 || !digits.allSatisfy({ $0.isASCII && $0.properties.isASCIIHexDigit }) {
                    return scalar
                }
            } else if !HostNameRules.isNameScalar(scalar) && !"/?&=:,;@~+[]".unicodeScalars.contains(scalar) {
                return scalar
            }
        }
        return nil
    }

    /// Whether Windows reads no script there.
    private static func isUnread(_ text: String) -> Bool {
        let folded = text.asciiFolded
        return folded.hasPrefix("file:") || folded.hasPrefix("ftp:")
    }

    /// What is doubtful about an address that can be stored.
    var doubts: [Problem] {
        guard Self.isUnread(text) else { return [] }
        return [
            Problem(
                .clientsPACFile,
                "Windows’ WinHTTP proxy service reads no script through file: or ftp:. Put the script on a web server, and enter its http address."
            )
        ]
    }
}
