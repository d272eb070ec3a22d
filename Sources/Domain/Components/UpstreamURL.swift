/// The address of an upstream WSUS server, as a form asks for it: `https://wsus.contoso.com:8531`.
///
/// The product keeps it as a server, a port and SSL, and so does the portal. Source: Set-CMSoftwareUpdatePointComponent,
/// parameter `UpstreamSourceLocation`; ConfigMgrCBDsc for the three properties.
public struct UpstreamURL: Sendable, Equatable {
    public let server: DisplayText
    public let port: Port
    public let usesSSL: Bool

    /// Reads an address. Without a port it is 80 or 443, as in any URL.
    public static func check(_ text: String) -> Checked<UpstreamURL> {
        let text = String(text.trimmingBlanks)
        let folded = text.asciiFolded
        let usesSSL = folded.hasPrefix("https://")
        guard usesSSL || folded.hasPrefix("http://") else { return .problems([scheme(text)]) }
        var rest = text.dropFirst(usesSSL ? 8 : 7)
        if rest.hasSuffix("/") { rest.removeLast() }
        if rest.contains(where: { $0 == "/" || $0 == "?" || $0 == "#" || $0 == "\\" }) {
            return .problems([
                Problem(
                    .componentUpstreamPath,
                    "Upstream URL must end behind the port. Remove the path from \(text.quoted).")
            ])
        }
        if rest.contains("@") {
            return .problems([
                Problem(
                    .componentUpstreamUser,
                    "Upstream URL must not hold a user name or a password. Remove what stands before the @.")
            ])
        }
        return read(rest, of: text, usesSSL: usesSSL)
    }

    private static func scheme(_ text: String) -> Problem {
        guard let end = text.firstRange(of: "://") else {
            return Problem(
                .componentUpstreamScheme,
                "Upstream URL must begin with http:// or https://, such as https://wsus.contoso.com:8531. This one is \(text.quoted)."
            )
        }
        return Problem(
            .componentUpstreamScheme,
            "Upstream URL must begin with http:// or https://, not with \(String(text[..<end.upperBound]).quoted).")
    }

    private static func read(_ rest: Substring, of text: String, usesSSL: Bool) -> Checked<UpstreamURL> {
        let host: Substring
        let behind: Substring
        if rest.hasPrefix("[") {
            guard let end = rest.firstIndex(of: "]") else { return .problems([brackets(text)]) }
            host = rest[...end]
            behind = rest[rest.index(after: end)...]
        } else {
            if rest.count(where: { $0 == ":" }) > 1 { return .problems([brackets(text)]) }
            host = rest.prefix { $0 != ":" }
            behind = rest[host.endIndex...]
        }
        let name = checkHost(String(host), of: text)
        let port = checkPort(behind, of: text, usesSSL: usesSSL)
        guard let server = name.value, let number = port.value else {
            return .problems(name.problems + port.problems)
        }
        return .value(UpstreamURL(server: server, port: number, usesSSL: usesSSL))
    }

    private static func brackets(_ text: String) -> Problem {
        Problem(
            .componentUpstreamIPv6,
            "An IPv6 address in the upstream URL must be whole and stand in brackets, such as https://[2001:db8::1]:8531. This one is \(text.quoted)."
        )
    }

    private static func checkHost(_ host: String, of text: String) -> Checked<DisplayText> {
        if host.hasPrefix("[") {
            guard IPv6Address(host) != nil else { return .problems([brackets(text)]) }
            return DisplayText.check(String(host.dropFirst().dropLast()), label: FieldKey.supcUpstreamURL.label)
        }
        let checked = HostName.check(host, label: "The server in the upstream URL")
        guard let name = checked.value else { return .problems(checked.problems) }
        return DisplayText.check(name.text, label: FieldKey.supcUpstreamURL.label)
    }

    private static func checkPort(_ behind: Substring, of text: String, usesSSL: Bool) -> Checked<Port> {
        let standard = usesSSL ? 443 : 80
        let digits = behind.isEmpty ? String(standard) : String(behind.dropFirst())
        let isNumber = !digits.isEmpty && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        if behind.isEmpty || behind.first == ":", isNumber, let port = Int(digits).flatMap(Port.init) {
            return .value(port)
        }
        return .problems([
            Problem(
                .componentUpstreamPort,
                "The port in the upstream URL must be a number from 1 to 65535, behind a colon. Correct \(text.quoted)."
            )
        ])
    }
}

extension SoftwareUpdatePointComponent {
    /// The upstream server as an address; without a scheme where nobody told whether it is asked over SSL. Nil where no
    /// server is named.
    public var upstreamURL: String? {
        guard let upstreamServer else { return nil }
        let name = upstreamServer.text
        let host = name.utf8.contains(UInt8(ascii: ":")) && !name.hasPrefix("[") ? "[\(name)]" : name
        return (upstreamSSL.map { $0 ? "https://" : "http://" } ?? "") + host + (upstreamPort.map { ":\($0)" } ?? "")
    }

    /// What is doubtful about the name of the upstream server: an address or a blank in it, which the product's own
    /// property does not hold.
    var upstreamDoubts: [(field: FieldKey, problem: Problem)] {
        guard let upstreamServer else {
            guard synchronizationSource == .upstream else { return [] }
            return [
                (
                    .supcUpstreamServer,
                    Problem(
                        .componentUpstreamMissing,
                        "The site synchronizes from an upstream server, and none is named. Name it, or choose another source."
                    )
                )
            ]
        }
        let name = upstreamServer.text
        if IPv6Address(name) != nil || HostName.check(name, label: "").value != nil { return [] }
        return [
            (
                .supcUpstreamServer,
                Problem(
                    .componentUpstreamName,
                    "\(name.quoted) is no name of a server. Give the name alone: the port and SSL have fields of their own."
                )
            )
        ]
    }
}
