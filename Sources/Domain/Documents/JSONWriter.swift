/// Writes JSON into a byte buffer, keys in the order they are written.
///
/// History writes two documents for every server of an import, and an export one: Foundation's encoder takes some
/// twenty times as long for them, and orders keys by the alphabet.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(reserving capacity: Int = 512) { bytes.reserveCapacity(capacity) }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func object(_ members: (inout JSONWriter) -> Void) { nest("{", "}", members) }
    public mutating func array(_ items: (inout JSONWriter) -> Void) { nest("[", "]", items) }

    /// Writes a member's name; its value must follow.
    public mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func member(_ name: String, _ text: String?) {
        key(name)
        value(text)
    }

    public mutating func member(_ name: String, _ number: Int) {
        key(name)
        value(number)
    }

    public mutating func member(_ name: String, _ flag: Bool) {
        key(name)
        raw(flag ? "true" : "false")
    }

    public mutating func member(_ name: String, _ value: FieldValue) {
        key(name)
        switch value {
        case .nothing: raw("null")
        case .text(let text): self.value(text)
        case .number(let number): self.value(number)
        case .flag(let flag): raw(flag ? "true" : "false")
        case .list(let texts): array { writer in for text in texts { writer.value(text) } }
        }
    }

    public mutating func value(_ text: String?) {
        guard let text else { return raw("null") }
        separate()
        quote(text)
    }

    public mutating func value(_ number: Int) { raw(String(number)) }

    /// Writes a value that is JSON already.
    public mutating func raw(_ json: String) {
        separate()
        bytes.append(contentsOf: json.utf8)
    }

    private mutating func nest(_ open: Unicode.Scalar, _ close: Unicode.Scalar, _ content: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        content(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes.append(contentsOf: "\\u".utf8)
                bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
                bytes.append(contentsOf: digits.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
