/// A TCP port, 1 to 65535.
public struct Port: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let number: Int

    private init(number: Int) { self.number = number }

    /// Nil outside 1 to 65535.
    public init?(_ number: Int) {
        guard (1...65535).contains(number) else { return nil }
        self.number = number
    }

    /// What the Proxy tab starts with. Source: Microsoft Learn, "Proxy server support in Configuration Manager".
    public static let proxyDefault = Port(number: 80)
    /// What a software update point listens on unless it is told otherwise. Source: Microsoft Learn, "Install a software update point".
    public static let wsusHTTP = Port(number: 8530)
    public static let wsusHTTPS = Port(number: 8531)

    public static func < (left: Port, right: Port) -> Bool { left.number < right.number }
    public var description: String { String(number) }

    /// Which codes a port's findings carry: the proxy's port, the software update point's and those of a
    /// site's clients are explained apart.
    enum Family {
        case proxy, softwareUpdatePoint, clients

        func code(_ proxy: FindingCode, _ softwareUpdatePoint: FindingCode, _ clients: FindingCode) -> FindingCode {
            switch self {
            case .proxy: proxy
            case .softwareUpdatePoint: softwareUpdatePoint
            case .clients: clients
            }
        }
    }

    /// Reads a port as a person types it: blanks around it do not count, `080` is 80.
    static func check(_ text: String, label: @autoclosure () -> String, family: Family) -> Checked<Port> {
        if let plain = plain(text) { return .value(plain) }
        let label = label()
        let digits = text.trimmingBlanks
        if digits.isEmpty {
            return .problems([
                Problem(
                    family.code(.proxyPortBlank, .supPortBlank, .sitePortCharacters),
                    "\(label) is empty. Enter a number from 1 to 65535.")
            ])
        }
        if let oddity = oddity(String(digits), label: label, family: family) { return .problems([oddity]) }
        guard let number = Int(digits), (1...65535).contains(number) else {
            return .problems([
                Problem(
                    family.code(.proxyPortRange, .supPortRange, .sitePortRange),
                    "\(label) must be between 1 and 65535. This one is \(digits.prefix(20))\(digits.count > 20 ? "…" : "")."
                )
            ])
        }
        return .value(Port(number: number))
    }

    /// Digits alone, in range: nearly every port there is.
    private static func plain(_ text: String) -> Port? {
        guard text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        return Int(text).flatMap(Port.init)
    }

    private static func oddity(_ text: String, label: String, family: Family) -> Problem? {
        let isDigit: (Unicode.Scalar) -> Bool = { $0 >= "0" && $0 <= "9" }
        let scalars = text.unicodeScalars
        if scalars.allSatisfy(isDigit) { return nil }
        if text.hasPrefix("0x") || text.hasPrefix("0X") {
            return Problem(
                family.code(.proxyPortHexadecimal, .supPortHexadecimal, .sitePortHexadecimal),
                "\(label) must be a decimal number. Write \(text.quoted) without 0x.")
        }
        if let sign = scalars.first, sign == "+" || sign == "-" {
            return Problem(
                family.code(.proxyPortSign, .supPortSign, .sitePortSign),
                "\(label) must be digits alone. Remove the sign from \(text.quoted).")
        }
        if scalars.allSatisfy({ $0.properties.numericType == .decimal }) {
            return Problem(
                family.code(.proxyPortDigits, .supPortDigits, .sitePortDigits),
                "\(label) must be written with the digits 0 to 9. \(text.quoted) has digits of another kind: type it anew."
            )
        }
        if scalars.allSatisfy({ isDigit($0) || $0 == "." || $0 == "," }) {
            return Problem(
                family.code(.proxyPortFraction, .supPortFraction, .sitePortFraction),
                "\(label) must be a whole number. Write \(text.quoted) without a point or a comma.")
        }
        return Problem(
            family.code(.proxyPortCharacters, .supPortCharacters, .sitePortCharacters),
            "\(label) must be a number from 1 to 65535. This one is \(text.quoted).")
    }
}
