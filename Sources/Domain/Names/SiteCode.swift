/// The three characters that name a site: A to Z and 0 to 9.
///
/// Source: Microsoft Learn, "Prepare to install sites"; the reserved codes are names Windows or the product keep.
public struct SiteCode: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Three upper-case letters or digits.
    public let text: String

    private init(text: String) { self.text = text }

    public var description: String { text }
    public static func < (left: SiteCode, right: SiteCode) -> Bool { left.text < right.text }

    /// Codes the product or Windows use for something else.
    public static let reserved: Set<String> = ["AUX", "CON", "NUL", "PRN", "SMS", "ENV"]

    /// Reads a code; lower case becomes upper case.
    public static func check(_ text: String) -> Checked<SiteCode> {
        if text.isBlank {
            return .problems([Problem(.siteCodeBlank, "Site code is empty. Enter three characters such as PS1.")])
        }
        let upper = text.utf8.map { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 }
        let isCode = upper.count == 3 && upper.allSatisfy { ($0 >= 0x41 && $0 <= 0x5A) || ($0 >= 0x30 && $0 <= 0x39) }
        guard isCode else {
            return .problems([
                Problem(
                    .siteCodeMalformed,
                    "Site code must be three letters or digits, A to Z and 0 to 9. This one is \(text.quoted).")
            ])
        }
        return .value(SiteCode(text: String(decoding: upper, as: UTF8.self)))
    }

    /// What is doubtful about a code that can be stored.
    public var doubts: [Problem] {
        guard Self.reserved.contains(text) else { return [] }
        return [
            Problem(
                .siteCodeReserved,
                "Site code \(text) is reserved by Windows or the product. Choose a code other than AUX, CON, NUL, PRN, SMS and ENV."
            )
        ]
    }
}
