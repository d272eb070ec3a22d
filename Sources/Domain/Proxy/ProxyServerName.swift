/// The name or address of a proxy server, without its port.
///
/// A host name, an IPv4 address, or an IPv6 address with or without brackets: the spelling is kept, names compare
/// without case, addresses by value. Source: New-CMSiteSystemServer takes "FQDN, short name, or IPv4/IPv6 address".
public struct ProxyServerName: Sendable, Hashable, CustomStringConvertible {
    /// As it was spelled, without the dot that may close a fully qualified name.
    public let text: String
    /// The form in which two of them compare, and the list of servers filters.
    public let canonical: String
    private let isIPv6: Bool

    private init(text: String, canonical: String, isIPv6: Bool) {
        self.text = text
        self.canonical = canonical
        self.isIPv6 = isIPv6
    }

    public static func == (left: ProxyServerName, right: ProxyServerName) -> Bool { left.canonical == right.canonical }
    public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }
    public var description: String { text }

    /// The name with a port behind it, an IPv6 address in brackets.
    public func with(port: Port) -> String {
        guard isIPv6 else { return "\(text):\(port)" }
        return text.hasPrefix("[") ? "\(text):\(port)" : "[\(text)]:\(port)"
    }

    static let label = FieldKey.proxyServer.label

    public static func check(_ text: String) -> Checked<ProxyServerName> {
        if let plain = plain(text) { return .value(plain) }
        if text.isBlank {
            return .problems([
                Problem(
                    .proxyServerBlank,
                    "Enter the proxy server name, such as proxy01.contoso.com, or turn the proxy off.")
            ])
        }
        if let oddity = oddity(text) { return .problems([oddity]) }
        if text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "[")) { return checkIPv6(text) }
        return checkHost(text)
    }

    /// A host name that is nothing else: no number alone, and not the address of a script.
    private static func plain(_ text: String) -> ProxyServerName? {
        var text = text
        guard HostNameRules.isPlain(&text), !text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let folded = text.asciiFolded
        if folded.hasSuffix(".pac") || folded.hasSuffix("wpad.dat") { return nil }
        return ProxyServerName(text: text, canonical: folded, isIPv6: false)
    }

    private static func checkHost(_ text: String) -> Checked<ProxyServerName> {
        let host = HostName.check(text, label: label)
        guard let name = host.value else { return .problems(host.problems) }
        if name.text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) {
            return .problems([
                Problem(
                    .proxyServerNumber,
                    "\(label) is the bare number \(name.text). Enter a name or an address; some export scripts read the "
                        + "wrong slot and write a number here.")
            ])
        }
        return .value(ProxyServerName(text: name.text, canonical: name.folded, isIPv6: false))
    }

    private static func checkIPv6(_ text: String) -> Checked<ProxyServerName> {
        guard let address = IPv6Address(text) else {
            return .problems([
                Problem(
                    .proxyServerIPv6, "\(label) looks like an IPv6 address but is not one: \(text.quoted). Correct it.")
            ])
        }
        return .value(ProxyServerName(text: text, canonical: address.canonical, isIPv6: true))
    }

    /// What people enter for a name although it is something else; the likeliest intention first.
    private static func oddity(_ text: String) -> Problem? {
        let folded = text.asciiFolded
        if folded.hasSuffix(".pac") || folded.hasSuffix("wpad.dat") {
            return Problem(
                .proxyServerPAC,
                "\(label) is the address of an automatic configuration script, which site systems cannot use. Enter the "
                    + "name of the proxy itself.")
        }
        if folded.contains("://") || folded.hasPrefix("http:") || folded.hasPrefix("https:") {
            return Problem(
                .proxyServerURL,
                "\(label) must not include http:// or anything after the name. Enter the name alone, and the port in the Port box."
            )
        }
        if folded.contains("%"), folded.contains(":") {
            return Problem(
                .proxyServerZone,
                "\(label) has a zone id (the part from %), which only means something on one computer. Enter the address without it."
            )
        }
        return portBehindName(text)
    }

    private static func portBehindName(_ text: String) -> Problem? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isBracketed = text.hasPrefix("[") && !text.hasSuffix("]") && text.contains("]:")
        guard (parts.count == 2 && !text.hasPrefix("[")) || isBracketed else { return nil }
        return Problem(
            .proxyServerPort, "\(label) must not include a port. Enter the port of \(text.quoted) in the Port box.")
    }

    /// What is doubtful about a name that can be stored; addresses have nothing to doubt, and a short name is usual.
    public var doubts: [Problem] {
        if isIPv6 || Self.isIPv4(text) { return [] }
        return HostNameRules.policy(of: text, label: Self.label).filter { $0.code != .nameSingleLabel }
    }

    private static func isIPv4(_ text: String) -> Bool {
        guard text.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || ($0 >= 0x30 && $0 <= 0x39) }) else { return false }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return false }
        return parts.allSatisfy { part in
            (1...3).contains(part.utf8.count) && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
                && (Int(part) ?? 256) < 256
        }
    }
}
