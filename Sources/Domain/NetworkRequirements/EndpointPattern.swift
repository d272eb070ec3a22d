/// A host of an internet endpoint as the list of it has it: a name, every name below a domain (`*.x`), a name with an asterisk
/// inside (`*-x.y`), each perhaps with parts that a site has of its own (`<cmg>.cloudapp.net`).
public struct EndpointPattern: Sendable, Hashable, CustomStringConvertible {
    public let text: String
    public let form: Form
    /// The parts nobody has filled in yet, in order.
    public let placeholders: [HostPlaceholder]

    public enum Form: Sendable, Hashable {
        case name
        /// Every name below ``EndpointPattern/domain``.
        case below
        /// An asterisk stands for a part of a label.
        case partial
    }

    public var description: String { text }
    /// Without the asterisk and dot of a pattern for every name below a domain.
    public var domain: String { form == .below ? String(text.dropFirst(2)) : text }
    /// Whether it can be written into a rule as it is.
    public var isComplete: Bool { placeholders.isEmpty }

    /// Reads a pattern; nil when it is none: letters in upper case, a placeholder nobody knows, an asterisk that is a whole name.
    public init?(_ text: String) {
        var plain = ""
        var placeholders: [HostPlaceholder] = []
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "<") {
            guard let close = rest.firstIndex(of: ">"), open < close,
                let known = HostPlaceholder(rawValue: String(rest[rest.index(after: open)..<close]))
            else { return nil }
            plain += rest[..<open] + "x"
            placeholders.append(known)
            rest = rest[rest.index(after: close)...]
        }
        plain += rest
        let form: Form = plain.hasPrefix("*.") ? .below : plain.contains("*") ? .partial : .name
        let labels = (form == .below ? plain.dropFirst(2) : Substring(plain)).split(
            separator: ".", omittingEmptySubsequences: false)
        // A single label is a name that the site fills in whole.
        guard labels.count > 1 || !placeholders.isEmpty,
            labels.allSatisfy({ Self.isLabel($0, mayHaveAsterisk: form == .partial) })
        else { return nil }
        self.text = text
        self.form = form
        self.placeholders = placeholders
    }

    private static func isLabel(_ label: Substring, mayHaveAsterisk: Bool) -> Bool {
        !label.isEmpty && label != "*" && label.first != "-" && label.last != "-"
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                case UInt8(ascii: "*"): mayHaveAsterisk
                default: false
                }
            }
    }

    /// The pattern with what is known of the site's own names put in; the rest stays as it is.
    public func filled(with answers: [HostPlaceholder: String]) -> EndpointPattern {
        var text = self.text
        for placeholder in placeholders {
            guard let answer = answers[placeholder] else { continue }
            text = text.replacing(all: "<\(placeholder.rawValue)>", with: answer)
        }
        return EndpointPattern(text) ?? self
    }

    /// Whether every host of the other is one of this one too. Names below a domain cover patterns below it.
    public func covers(_ other: EndpointPattern) -> Bool {
        if self == other { return true }
        guard form == .below, isComplete, other.isComplete else { return false }
        return other.domain.hasSuffix("." + domain)
    }
}

/// A part of a host's name that a site has of its own: asked for where it matters, never guessed.
public enum HostPlaceholder: String, Sendable, CaseIterable {
    case cmg, region, cdp, exchange
    case logicRegion = "logic-region"
    case childPoint = "child-sup"
    case parentPoint = "parent-sup"

    /// What a form calls it.
    public var label: String {
        switch self {
        case .cmg: "Name of the cloud management gateway"
        case .region: "Azure region of the gateway"
        case .cdp: "Name of the cloud distribution point"
        case .exchange: "Address of Exchange Online"
        case .logicRegion: "Azure region of the logic app"
        case .childPoint: "Software update point of the child site"
        case .parentPoint: "Software update point of the parent site"
        }
    }

    /// Whether it stands for a whole name, and not for one label of it.
    private var isWholeName: Bool { self == .exchange || self == .childPoint || self == .parentPoint }

    /// What may be typed there, in a sentence.
    public var form: String {
        isWholeName
            ? "\(label) is a whole name, such as mail.contoso.com."
            : "\(label) has letters, digits and hyphens, and 63 of them at most."
    }

    /// What was typed in lower case: one label, or a whole name where it stands for one. Nil for anything else.
    public func answer(_ text: String) -> String? {
        let typed = text.asciiFolded
        let labels = typed.split(separator: ".", omittingEmptySubsequences: false)
        guard typed.utf8.count <= 253, isWholeName == (labels.count > 1), labels.allSatisfy(Self.isLabel) else {
            return nil
        }
        return typed
    }

    private static func isLabel(_ label: Substring) -> Bool {
        guard let first = label.utf8.first, let last = label.utf8.last, label.utf8.count <= 63 else { return false }
        return first != UInt8(ascii: "-") && last != UInt8(ascii: "-")
            && label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }
}

extension String {
    /// FoundationEssentials is enough, and it has no such call for plain strings of the standard library.
    fileprivate func replacing(all part: String, with other: String) -> String {
        var result = ""
        var rest = Substring(self)
        while let range = rest.firstRange(of: part) {
            result += rest[..<range.lowerBound] + other
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
