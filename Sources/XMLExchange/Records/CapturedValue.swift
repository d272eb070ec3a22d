import Domain

/// A value as it passes through, in a buffer that is used again for the next one.
struct CapturedValue {
    enum State { case absent, null, text }

    private(set) var state = State.absent
    private(set) var position = Position.start
    /// Whether there was more of it than the portal reads.
    private(set) var isCut = false
    private(set) var bytes: [UInt8] = []
    /// Whether PowerShell's own escapes stand in it.
    private let isEscaped: Bool

    init(isEscaped: Bool = true) { self.isEscaped = isEscaped }

    var isPresent: Bool { state != .absent }

    mutating func clear() {
        // Most values of a record are absent, and all are cleared for the next one.
        guard isPresent else { return }
        state = .absent
        isCut = false
        bytes.removeAll(keepingCapacity: true)
    }

    mutating func begin(at position: Position) {
        clear()
        state = .text
        self.position = position
    }

    mutating func setNull(at position: Position) {
        clear()
        state = .null
        self.position = position
    }

    mutating func append(_ more: UnsafeBufferPointer<UInt8>) {
        guard bytes.count + more.count <= Limit.value else {
            isCut = true
            return
        }
        bytes.append(contentsOf: more)
    }

    func saysTheSame(as other: CapturedValue) -> Bool { state == other.state && bytes == other.bytes }

    /// The text with its escapes decoded; nil when they are broken, or there is no text.
    var text: String? {
        guard state == .text else { return nil }
        return isEscaped
            ? bytes.withUnsafeBufferPointer { CLIXMLText.decode($0) } : String(decoding: bytes, as: UTF8.self)
    }

    /// Whether it is a text that cannot be decoded; asked of every value, so decoding is for those that have escapes.
    var isBroken: Bool { isEscaped && state == .text && bytes.contains(UInt8(ascii: "_")) && text == nil }

    /// The refusal of a value that the portal would read and that is too long.
    var overLimit: Refusal? {
        guard isCut else { return nil }
        return Refusal(
            .xmlLimitValue, at: position,
            "This value is longer than 64 KiB. Nothing the portal reads is: export the file again.")
    }
}
