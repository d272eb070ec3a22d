/// The name of a Windows account, as Configuration Manager writes it: `DOMAIN\user`.
///
/// The portal names accounts and never holds their passwords. Sites may also hold `user@domain` or a name without a
/// domain: those are kept, with a finding.
public struct AccountName: Sendable, Hashable, CustomStringConvertible {
    /// As it was spelled.
    public let text: String

    private init(text: String) { self.text = text }

    public static func == (left: AccountName, right: AccountName) -> Bool {
        left.text.asciiFolded == right.text.asciiFolded
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(text.asciiFolded) }
    public var description: String { text }

    /// The longest user part Active Directory takes for a user principal or account name here.
    public static let longestUser = 104
    private static let forbiddenInUser = Set("\"/\\[]:;|=,+*?<>@".unicodeScalars)
    private static let forbiddenInDomain = Set("\"/\\[]:;|=,+*?<>@".unicodeScalars)

    /// Reads an account; `label` is what the form calls the field.
    public static func check(_ text: String, label: @autoclosure () -> String) -> Checked<AccountName> {
        var text = text
        if isPlain(&text) { return .value(AccountName(text: text)) }
        let problems = shape(text, label: label())
        return problems.isEmpty ? .value(AccountName(text: text)) : .problems(problems)
    }

    /// Whether it is `DOMAIN\\user` in plain ASCII letters, digits and hyphens, as nearly all accounts are: then no rule
    /// needs to be asked.
    private static func isPlain(_ text: inout String) -> Bool {
        text.withUTF8 { bytes in
            var backslash: Int?
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case 0x61...0x7A, 0x41...0x5A, 0x30...0x39, UInt8(ascii: "-"), UInt8(ascii: "_"): continue
                case UInt8(ascii: "\\") where backslash == nil: backslash = index
                default: return false
                }
            }
            guard let backslash else { return false }
            return (1...15).contains(backslash) && (1...longestUser).contains(bytes.count - backslash - 1)
        }
    }

    private static func shape(_ text: String, label: String) -> [Problem] {
        if text.isBlank { return [Problem(.accountBlank, "\(label) is empty. Enter the account as DOMAIN\\user.")] }
        let hidden = hiddenCharacters(text, label: label)
        if !hidden.isEmpty { return hidden }
        let parts = text.split(separator: "\\", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: return upn(text, label: label) ?? user(text, label: label)
        case 2: return domain(parts[0], label: label) + user(parts[1], label: label)
        default:
            return [
                Problem(
                    .accountBackslashes,
                    "\(label) has \(parts.count - 1) backslashes. Enter the account as DOMAIN\\user, with one.")
            ]
        }
    }

    private static func hiddenCharacters(_ text: String, label: String) -> [Problem] {
        let scan = TextScan(text)
        var problems: [Problem] = []
        if scan.hasControl {
            problems.append(
                Problem(.accountControl, "\(label) contains a control character, which cannot be seen. Type it anew."))
        }
        if scan.hasBidirectional {
            problems.append(
                Problem(
                    .accountBidirectional,
                    "\(label) contains a hidden mark that turns the reading direction. Type it anew."))
        }
        return problems
    }

    /// For `user@domain`: its problems, none when it is well made; nil for any other text.
    private static func upn(_ text: String, label: String) -> [Problem]? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        return domain(parts[1], label: label) + user(parts[0], label: label)
    }

    private static func domain(_ domain: String, label: String) -> [Problem] {
        let isNetBIOS = !domain.contains(".")
        let isOdd =
            domain.isBlank || domain.unicodeScalars.contains { forbiddenInDomain.contains($0) }
            || domain.utf8.count > (isNetBIOS ? 15 : HostName.longest) || domain.hasPrefix(".") || domain.hasSuffix(".")
        guard isOdd else { return [] }
        return [
            Problem(
                .accountDomain,
                "\(label) must name a domain: a NetBIOS name of 15 characters or fewer, or a domain name such as "
                    + "corp.contoso.com. This one is \(domain.quoted).")
        ]
    }

    private static func user(_ user: String, label: String) -> [Problem] {
        if user.isBlank || user.count > longestUser {
            return [
                Problem(
                    .accountUser,
                    "\(label) must have a user name of 1 to \(longestUser) characters. This one has \(user.count).")
            ]
        }
        guard let stranger = user.unicodeScalars.first(where: { forbiddenInUser.contains($0) }) else { return [] }
        return [
            Problem(
                .accountCharacters,
                "\(label) has \(String(stranger).quoted) in the user name, which Windows does not allow. Correct it.")
        ]
    }

    /// What is doubtful about a name that can be stored.
    public func doubts(label: String) -> [Problem] {
        if text.contains("\\") { return [] }
        if text.contains("@") {
            return [
                Problem(.accountUPN, "Enter the account as DOMAIN\\user, not user@domain. \(label) is \(text.quoted).")
            ]
        }
        return [
            Problem(
                .accountNoDomain,
                "\(label) names no domain. Enter the account as DOMAIN\\user, not \(text.quoted) alone.")
        ]
    }
}
