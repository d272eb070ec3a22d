/// The name of a computer: a site system server, a site server, or the name clients on the internet use.
///
/// Holds letters, digits, hyphens, underscores and dots, 255 at most, with the spelling it was first given. Two names
/// that differ in case alone are the same name; `CM01` and `CM01.corp.contoso.com` are different ones.
public struct HostName: Sendable, Hashable, CustomStringConvertible {
    /// As it was spelled, without the dot that may close a fully qualified name.
    public let text: String
    /// The form in which names compare.
    public let folded: String

    private init(text: String) {
        self.text = text
        self.folded = text.asciiFolded
    }

    /// The longest name the domain name system can hold.
    public static let longest = 255

    public static func == (left: HostName, right: HostName) -> Bool { left.folded == right.folded }
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
    public var description: String { text }

    /// Reads a name; `label` is what the form calls the field, and opens each sentence.
    public static func check(_ text: String, label: @autoclosure () -> String) -> Checked<HostName> {
        var name = text
        if HostNameRules.isPlain(&name) { return .value(HostName(text: name)) }
        if name.utf8.last == UInt8(ascii: "."), name.utf8.count > 1 { name.removeLast() }
        let problems = HostNameRules.shape(of: name, label: label())
        return problems.isEmpty ? .value(HostName(text: name)) : .problems(problems)
    }

    /// What is doubtful about a name that can be stored: sites do have such names, so they are kept and told.
    public func doubts(label: @autoclosure () -> String) -> [Problem] {
        HostNameRules.policy(of: text, label: label())
    }

    /// Whether it is a single label: perhaps a fully qualified name's short form.
    public var isShort: Bool { !folded.utf8.contains(UInt8(ascii: ".")) }
    /// The folded text before the first dot.
    public var firstLabel: String { String(folded.prefix { $0 != "." }) }
}

/// The rules every host name obeys, for computers and proxies alike (CONTRACTS 1; RFC 1123, section 2.1).
enum HostNameRules {
    /// Whether a name breaks no rule, found in one pass over its bytes: nearly all names of an import are such, and only
    /// the others need to be told what is wrong with them.
    static func isPlain(_ name: inout String) -> Bool {
        name.withUTF8 { bytes in
            guard !bytes.isEmpty, bytes.count <= HostName.longest else { return false }
            var labelStart = 0
            for index in 0...bytes.count {
                let byte = index < bytes.count ? bytes[index] : UInt8(ascii: ".")
                switch byte {
                case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "_"): continue
                case UInt8(ascii: "-"): if index == labelStart { return false }
                case UInt8(ascii: "."):
                    let length = index - labelStart
                    guard (1...63).contains(length), bytes[index - 1] != UInt8(ascii: "-") else { return false }
                    labelStart = index + 1
                default: return false
                }
            }
            return true
        }
    }

    static func shape(of name: String, label: String) -> [Problem] {
        if name.isBlank {
            return [Problem(.nameBlank, "\(label) is empty. Enter a name such as cm01.corp.contoso.com.")]
        }
        let scan = TextScan(name)
        var problems = forbidden(scan, label: label)
        if scan.byteCount > HostName.longest {
            problems.append(
                Problem(
                    .nameLong,
                    "\(label) must be \(HostName.longest) characters or fewer. This one has \(name.count)."))
        }
        if problems.isEmpty { problems += alphabet(name, label: label) }
        if problems.isEmpty { problems += labels(name, label: label) }
        return problems
    }

    /// The characters no name may hold, each kind with a sentence of its own.
    static func forbidden(_ scan: TextScan, label: String) -> [Problem] {
        var problems: [Problem] = []
        if scan.hasControl {
            problems.append(
                Problem(
                    .nameControl, "\(label) contains a control character, which cannot be seen. Type the name anew."))
        }
        if scan.hasBidirectional {
            problems.append(
                Problem(
                    .nameBidirectional,
                    "\(label) contains a hidden mark that turns the reading direction. Type the name anew."))
        }
        if scan.hasWhitespace, !scan.hasControl {
            problems.append(
                Problem(.nameWhitespace, "\(label) contains a space, perhaps at its start or end. Remove it."))
        }
        if scan.hasPath {
            problems.append(
                Problem(
                    .namePath,
                    "\(label) contains a slash or a backslash. Enter the name alone, without a path or leading \\\\."))
        }
        if scan.hasNonASCII, !scan.hasControl, !scan.hasBidirectional, !scan.hasWhitespace {
            problems.append(
                Problem(
                    .nameNonASCII,
                    "\(label) contains letters outside A to Z. Enter its xn-- form, as the domain name system has it."))
        }
        return problems
    }

    private static func alphabet(_ name: String, label: String) -> [Problem] {
        let stranger = name.unicodeScalars.first { !isNameScalar($0) }
        guard let stranger else { return [] }
        return [
            Problem(
                .nameCharacters,
                "\(label) contains \(String(stranger).quoted). Use letters, digits, hyphens and dots only.")
        ]
    }

    static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".": true
        default: false
        }
    }

    private static func labels(_ name: String, label: String) -> [Problem] {
        for part in name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
            let isOdd =
                part.isEmpty || part.count > 63 || part.first == UInt8(ascii: "-") || part.last == UInt8(ascii: "-")
            guard isOdd else { continue }
            return [
                Problem(
                    .nameLabel,
                    "\(label) has an odd part between its dots: each must have 1 to 63 characters and must not begin or "
                        + "end with a hyphen. Correct \(name.quoted).")
            ]
        }
        return []
    }

    /// Whether nothing is doubtful about a name that can be stored, found in one pass over its bytes.
    private static func isBeyondDoubt(_ name: String) -> Bool {
        var labels = 1
        var isDigits = true
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                if isDigits { return false }
                labels += 1
                isDigits = true
            case UInt8(ascii: "_"): return false
            case 0x30...0x39: continue
            default: isDigits = false
            }
        }
        return labels > 1 && !isDigits
    }

    static func policy(of name: String, label: @autoclosure () -> String) -> [Problem] {
        if isBeyondDoubt(name) { return [] }
        let label = label()
        var problems: [Problem] = []
        let parts = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        if name.utf8.contains(UInt8(ascii: "_")) {
            problems.append(
                Problem(
                    .nameUnderscore,
                    "\(label) contains an underscore, which host names must not have. Check \(name.quoted) for a slip.")
            )
        }
        if parts.contains(where: { $0.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }) {
            problems.append(
                Problem(
                    .nameDigits,
                    "\(label) has a part of digits alone. Check \(name.quoted): a port or an address may have slipped in."
                ))
        }
        if parts.count == 1 {
            problems.append(
                Problem(
                    .nameSingleLabel,
                    "\(label) is a short name. Enter the fully qualified name, such as \(name).corp.contoso.com."))
        }
        return problems
    }
}
