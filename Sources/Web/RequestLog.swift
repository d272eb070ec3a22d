import HTTPTypes
import Logging

/// One line for every request.
struct RequestLog: Sendable {
    let logger: Logger

    /// - Parameters:
    ///   - target: path and query as they were sent; the query is left out, because what people look for is theirs.
    ///   - bytes: nil when the length is not known before it is sent.
    func note(
        method: String, target: String, status: Int, taken: Duration, bytes: Int?, id: String
    ) {
        let path = target.prefix { $0 != "?" }
        let size = bytes.map(String.init) ?? "-"
        logger.info(
            "\(Self.harmless(method)) \(Self.harmless(String(path))) \(status) \(Self.milliseconds(taken)) ms \(size) bytes \(id)"
        )
    }

    /// The text with everything escaped that a terminal or a reader of lines would obey.
    static func harmless(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 >= 0x7F || $0 == UInt8(ascii: "\\") }) else { return text }
        return text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "\\"): "\\\\"
            case 0x20..<0x7F: String(UnicodeScalar(byte))
            default: "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }.joined()
    }

    private static func milliseconds(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let tenths = seconds * 10_000 + attoseconds / 100_000_000_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
