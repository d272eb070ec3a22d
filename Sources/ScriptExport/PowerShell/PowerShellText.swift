/// A text that no script may carry.
public enum ScriptRefusal: Error, Equatable, CustomStringConvertible {
    /// - Parameter shown: the text with the character written as its number.
    case controlCharacter(shown: String)

    public var description: String {
        switch self {
        case .controlCharacter(let shown):
            "“\(shown)” contains a control character, which a script must not carry. Correct it in the portal; nothing was written."
        }
    }
}

/// How texts of the portal stand in a PowerShell script: as one literal, or inside a comment, and never as code.
public enum PowerShellText {
    /// The text in single quotes, in which PowerShell reads nothing but quotes.
    ///
    /// PowerShell takes U+2018, U+2019, U+201A and U+201B for single quotes too, so all five are doubled.
    ///
    /// Source: PowerShell's language specification, 2.3.5.2 (single-quote characters).
    ///
    /// - Throws: ``ScriptRefusal/controlCharacter(shown:)``: a line break would still be inside the literal, but whoever reads
    ///   the script would not see that.
    public static func literal(_ text: String) throws -> String {
        if let stranger = text.unicodeScalars.first(where: isUnfit) {
            throw ScriptRefusal.controlCharacter(shown: shown(text, instead: isUnfit) + " (U+\(hexadecimal(stranger)))")
        }
        var literal = "'"
        for scalar in text.unicodeScalars {
            if isSingleQuote(scalar) { literal.unicodeScalars.append(scalar) }
            literal.unicodeScalars.append(scalar)
        }
        return literal + "'"
    }

    /// The text as it can stand behind a `#`: on one line, with everything that cannot be seen as its number.
    public static func comment(_ text: String) -> String {
        // Only a block comment ends at `#>`, and the scripts have none: parted all the same, should one be pasted into one.
        var parted = ""
        for character in shown(text, instead: isHidden) {
            if character == ">", parted.hasSuffix("#") { parted.append(" ") }
            parted.append(character)
        }
        return parted
    }

    /// Whether PowerShell reads it as a quote that opens or closes a literal of this kind.
    static func isSingleQuote(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || (0x2018...0x201B).contains(scalar.value)
    }

    private static func isUnfit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        default: false
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        isUnfit(scalar) || scalar.properties.generalCategory == .format
    }

    private static func shown(_ text: String, instead isReplaced: (Unicode.Scalar) -> Bool) -> String {
        text.unicodeScalars.map { isReplaced($0) ? "U+" + hexadecimal($0) : String($0) }.joined()
    }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// A value as a parameter of a cmdlet takes it, or as a script compares it.
enum PowerShellValue {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([String])
    case null
    /// An account of the site, as the object that cmdlets want.
    case account(AccountReference)
    /// A schedule made by New-CMSchedule with these arguments: as an object, or as the token the site stores for it.
    case schedule(arguments: String)
    case scheduleToken(arguments: String)
    /// What a script compares where a schedule says no start.
    case scheduleWithoutStart(arguments: String)
    /// Classifications, by the names of the portal; the site may have them in another language.
    case classifications([String])

    struct AccountReference {
        let site: String
        let name: String
    }

    /// - Throws: ``ScriptRefusal``.
    func rendered() throws -> String {
        switch self {
        case .text(let text): try PowerShellText.literal(text)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "$true" : "$false"
        case .list(let texts): "@(" + (try texts.map(PowerShellText.literal)).joined(separator: ", ") + ")"
        case .null: "$null"
        case .schedule(let arguments): "New-CMSchedule \(arguments)"
        case .classifications(let names): "Get-SiteName \(try PowerShellValue.list(names).rendered())"
        case .scheduleWithoutStart(let arguments):
            "(Get-ScheduleWithoutStart \(try PowerShellValue.scheduleToken(arguments: arguments).rendered()))"
        // It makes a text and writes nothing, so it runs under -WhatIf too.
        case .scheduleToken(let arguments): "(New-CMSchedule -ScheduleString -WhatIf:$false \(arguments))"
        case .account(let account):
            "Get-ExistingAccount \(try PowerShellText.literal(account.site)) \(try PowerShellText.literal(account.name))"
        }
    }
}

/// The parameters of one call, in order.
typealias PowerShellParameters = [(name: String, value: PowerShellValue)]
