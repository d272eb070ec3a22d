import Testing

/// What PowerShell reads a script as: enough of its lexical rules to see whether a name ever leaves the quotes it stands in.
///
/// Source: the PowerShell language specification, 2.2 and 2.3: characters that count as quotes and dashes, strings that are
/// verbatim and those that are not, here-strings, comments, variables and splats.
enum PowerShellToken: Equatable {
    case comment(String)
    /// A string in single quotes or a here-string of that kind, with doubled quotes read as one.
    case verbatim(String)
    /// A string in which `$` and backticks mean something, as it is written.
    case expandable(String)
    case variable(String)
    case splat(String)
    /// A bare word: a cmdlet, a parameter, a number, a key.
    case word(String)
    case sign(Character)
    case newLine

    /// - Throws: ``Unclosed`` when a string or a block comment never ends.
    static func read(_ text: String) throws -> [PowerShellToken] {
        var lexer = PowerShellLexer(text)
        return try lexer.all()
    }

    struct Unclosed: Error { let what: String }
}

private struct PowerShellLexer {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    private static let singleQuotes: Set<Unicode.Scalar> = ["'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"]
    private static let doubleQuotes: Set<Unicode.Scalar> = ["\"", "\u{201C}", "\u{201D}", "\u{201E}"]
    private static let dashes: Set<Unicode.Scalar> = ["-", "\u{2013}", "\u{2014}", "\u{2015}"]

    private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
        index + offset < scalars.count ? scalars[index + offset] : nil
    }

    mutating func all() throws -> [PowerShellToken] {
        var tokens: [PowerShellToken] = []
        while let scalar = peek() {
            if let token = try next(scalar, startsWord: startsWord(after: tokens.last)) { tokens.append(token) }
        }
        return tokens
    }

    /// A `#` inside a word is a part of it.
    private func startsWord(after token: PowerShellToken?) -> Bool {
        guard index > 0, case .word = token else { return true }
        return [" ", "\t", "\n"].contains(scalars[index - 1])
    }

    private mutating func next(_ scalar: Unicode.Scalar, startsWord: Bool) throws -> PowerShellToken? {
        switch scalar {
        case " ", "\t", "\r", "\u{FEFF}":
            index += 1
            return nil
        case "\n":
            index += 1
            return .newLine
        case "#" where startsWord: return lineComment()
        case "<" where peek(1) == "#": return try blockComment()
        case "@": return try at()
        case "$": return variable()
        case "`":
            index += 2
            return nil
        default: break
        }
        if Self.singleQuotes.contains(scalar) { return .verbatim(try quoted(Self.singleQuotes)) }
        if Self.doubleQuotes.contains(scalar) { return .expandable(try expandable()) }
        if Self.isWord(scalar) { return word() }
        index += 1
        return .sign(Character(scalar))
    }

    private mutating func lineComment() -> PowerShellToken {
        let start = index
        while let scalar = peek(), scalar != "\n", scalar != "\r" { index += 1 }
        return .comment(text(start, index))
    }

    private mutating func blockComment() throws -> PowerShellToken {
        let start = index
        while let scalar = peek() {
            if scalar == "#", peek(1) == ">" {
                index += 2
                return .comment(text(start, index))
            }
            index += 1
        }
        throw PowerShellToken.Unclosed(what: "comment")
    }

    private mutating func at() throws -> PowerShellToken {
        if let quote = peek(1), Self.singleQuotes.contains(quote) || Self.doubleQuotes.contains(quote) {
            return try hereString(isVerbatim: Self.singleQuotes.contains(quote))
        }
        index += 1
        guard let scalar = peek(), Self.isName(scalar) else { return .sign("@") }
        return .splat(name())
    }

    private mutating func hereString(isVerbatim: Bool) throws -> PowerShellToken {
        let quotes = isVerbatim ? Self.singleQuotes : Self.doubleQuotes
        let start = index + 2
        index += 2
        while let scalar = peek() {
            if scalar == "\n", let quote = peek(1), quotes.contains(quote), peek(2) == "@" {
                let body = text(start, index)
                index += 3
                return isVerbatim ? .verbatim(body) : .expandable(body)
            }
            index += 1
        }
        throw PowerShellToken.Unclosed(what: "here-string")
    }

    /// Two quotes of the kind in a row, whichever they are, stand for the first of them.
    private mutating func quoted(_ quotes: Set<Unicode.Scalar>) throws -> String {
        index += 1
        var body = String.UnicodeScalarView()
        while let scalar = peek() {
            index += 1
            if quotes.contains(scalar) {
                guard let second = peek(), quotes.contains(second) else { return String(body) }
                index += 1
            }
            body.append(scalar)
        }
        throw PowerShellToken.Unclosed(what: "string")
    }

    private mutating func expandable() throws -> String {
        index += 1
        let start = index
        while let scalar = peek() {
            if scalar == "`" {
                index += 2
                continue
            }
            if Self.doubleQuotes.contains(scalar) {
                if let second = peek(1), Self.doubleQuotes.contains(second) {
                    index += 2
                    continue
                }
                let body = text(start, index)
                index += 1
                return body
            }
            index += 1
        }
        throw PowerShellToken.Unclosed(what: "string")
    }

    private mutating func variable() -> PowerShellToken {
        index += 1
        guard let scalar = peek() else { return .sign("$") }
        if Self.isName(scalar) || scalar == "_" { return .variable(name()) }
        return .sign("$")
    }

    private mutating func name() -> String {
        let start = index
        while let scalar = peek(), Self.isName(scalar) || scalar == ":" { index += 1 }
        return text(start, index)
    }

    private mutating func word() -> PowerShellToken {
        let start = index
        while let scalar = peek(), Self.isWord(scalar) || scalar == "#" { index += 1 }
        return .word(text(start, index))
    }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        isName(scalar) || dashes.contains(scalar) || scalar == "." || scalar == "\\" || scalar == ":" || scalar == "*"
    }

    private func text(_ start: Int, _ end: Int) -> String {
        String(String.UnicodeScalarView(scalars[start..<min(end, scalars.count)]))
    }
}

@Suite("The reader of PowerShell that the tests use")
struct PowerShellTokenTests {
    @Test("strings end at the quotes that PowerShell sees, and comments at the line's end")
    func tokens() throws {
        #expect(try PowerShellToken.read("'a''b\u{2019}\u{2018}c'") == [.verbatim("a'b\u{2019}c")])
        #expect(try PowerShellToken.read("'a\u{2019} $x") == [.verbatim("a"), .variable("x")])
        #expect(try PowerShellToken.read("\"a`\"$b\"") == [.expandable("a`\"$b")])
        #expect(try PowerShellToken.read("@'\nit's\n'@ x#y") == [.verbatim("\nit's"), .word("x#y")])
        #expect(try PowerShellToken.read("# a 'b\nGo @v") == [.comment("# a 'b"), .newLine, .word("Go"), .splat("v")])
        #expect(try PowerShellToken.read("<# a\n#>$env:X") == [.comment("<# a\n#>"), .variable("env:X")])
        #expect(throws: PowerShellToken.Unclosed.self) { try PowerShellToken.read("'a''") }
    }
}
