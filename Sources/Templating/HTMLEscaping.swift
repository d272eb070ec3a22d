extension [UInt8] {
    /// Appends a value as it is printed in a page; models and lists print nothing.
    mutating func appendEscaped(_ value: TemplateValue, trusted: Bool) {
        switch value {
        case .text(let text): appendEscaped(text)
        case .number(let number): append(utf8Of: String(number))
        case .flag(let flag): append(utf8Of: flag ? "true" : "false")
        case .markup(let markup) where trusted: append(utf8Of: markup.html)
        case .markup(let markup): appendEscaped(markup.html)
        case .model, .list, .nothing: return
        }
    }

    /// Appends text with `& < > " '` as entities.
    private mutating func appendEscaped(_ text: String) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        if isDone == nil {
            Array(text.utf8).withUnsafeBufferPointer { appendEscaped($0) }
        }
    }

    /// Copies the runs between the characters that need an entity; most text is one run.
    private mutating func appendEscaped(_ bytes: UnsafeBufferPointer<UInt8>) {
        var runStart = 0
        for index in bytes.indices {
            guard let entity = Self.entity(for: bytes[index]) else { continue }
            append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<index]))
            entity.withUTF8Buffer { append(contentsOf: $0) }
            runStart = index + 1
        }
        append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart...]))
    }

    @inline(__always)
    private static func entity(for byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }

    private mutating func append(utf8Of text: String) {
        append(contentsOf: text.utf8)
    }
}
