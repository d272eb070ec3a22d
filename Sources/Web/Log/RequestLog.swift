import HTTPTypes
import Logging

/// One line for every request.
struct RequestLog: Sendable {
    let logger: Logger
    /// Where the lines go without the way through the logger; nil sends them through it.
    var lines: LineLog?

    /// - Parameters:
    ///   - target: path and query as they were sent; the query is left out, because what people look for is theirs.
    ///   - bytes: nil when the length is not known before it is sent.
    func note(
        method: String, target: String, status: Int, taken: Duration, bytes: Int?, id: String
    ) {
        let fill: (inout [UInt8]) -> Void = { line in
            line.appendHarmless(method)
            line.append(UInt8(ascii: " "))
            line.appendPath(target.prefix { $0 != "?" })
            line.append(UInt8(ascii: " "))
            line.appendDigits(of: status)
            line.append(UInt8(ascii: " "))
            line.appendMilliseconds(of: taken)
            line += " ms ".utf8
            if let bytes { line.appendDigits(of: bytes) } else { line.append(UInt8(ascii: "-")) }
            line += " bytes ".utf8
            line += id.utf8
        }
        if let lines {
            lines.line { line in
                line += "info proxydesk: ".utf8
                fill(&line)
            }
        } else {
            var line: [UInt8] = []
            fill(&line)
            logger.info("\(String(decoding: line, as: UTF8.self))")
        }
    }

    /// The text with everything escaped that a terminal or a reader of lines would obey.
    static func harmless(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.appendHarmless(text)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// - Parameter isEscaped: whether the text has been made harmless before, so that its backslashes mean something.
    mutating func appendHarmless(_ text: some StringProtocol, isEscaped: Bool = false) {
        let backslash = UInt8(ascii: "\\")
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != backslash }
        if isPlain {
            append(contentsOf: text.utf8)
            return
        }
        for byte in text.utf8 {
            switch byte {
            case backslash where !isEscaped: self += #"\\"#.utf8
            case 0x20..<0x7F: append(byte)
            default: self += ("\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
            }
        }
    }

    /// The path, cut off where it is longer than any page's, so that what follows it in the line stays.
    fileprivate mutating func appendPath(_ path: Substring) {
        let start = count
        appendHarmless(path)
        if count - start > 1024 { replaceSubrange((start + 1024)..., with: "...".utf8) }
    }

    fileprivate mutating func appendMilliseconds(of duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let tenths = Swift.max(Int(seconds) * 10_000 + Int(attoseconds / 100_000_000_000_000), 0)
        appendDigits(of: tenths / 10)
        append(UInt8(ascii: "."))
        appendDigits(of: tenths % 10)
    }
}
