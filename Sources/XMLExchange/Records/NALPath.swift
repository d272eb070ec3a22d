/// The path of an item: `["Display=\\SRV\"]MSWNET:["SMS_SITE=PS1"]\\SRV\`.
///
/// Works on bytes: every item of a file has one, and string searches would be a tenth of an import.
struct NALPath {
    private let bytes: [UInt8]

    init(_ record: CapturedRecord) {
        let value = record[.nalPath]
        // Only a path with escapes needs decoding.
        bytes = value.bytes.contains(UInt8(ascii: "_")) ? Array((value.text ?? "").utf8) : value.bytes
    }

    /// The site it names; nil when it names none.
    var site: String? { quoted(after: "SMS_SITE=") }
    /// What the console shows.
    var display: String? { quoted(after: "Display=") }

    /// The server behind the last bracket.
    var host: String? {
        guard let bracket = bytes.lastIndex(of: UInt8(ascii: "]")) else { return nil }
        let rest = bytes[(bracket + 1)...]
        guard rest.starts(with: [0x5C, 0x5C]) else { return nil }
        return Self.text(rest.dropFirst(2).prefix { $0 != 0x5C })
    }

    /// The text between a mark and the next quote.
    private func quoted(after mark: StaticString) -> String? {
        let length = mark.utf8CodeUnitCount
        guard bytes.count >= length else { return nil }
        for start in 0...(bytes.count - length) where begins(at: start, mark) {
            return Self.text(bytes[(start + length)...].prefix { $0 != UInt8(ascii: "\"") })
        }
        return nil
    }

    private func begins(at start: Int, _ mark: StaticString) -> Bool {
        for index in 0..<mark.utf8CodeUnitCount where bytes[start + index] != mark.utf8Start[index] { return false }
        return true
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
