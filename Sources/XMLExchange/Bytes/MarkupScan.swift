import Domain

/// Walks over the bytes of a document before the parser sees them.
///
/// Bounds what lies between `<` and `>` and in a text, because libxml2's own work grows with the square of the attributes
/// of an element; refuses what no file of ours has (document types, entities, processing instructions); checks UTF-8;
/// and notes where each element starts, because libxml2 only says where a start tag ends.
struct MarkupScan {
    /// Where every start tag that was passed begins, in order.
    private(set) var starts = PositionQueue()
    /// Where the mark-up began that is not complete yet, as an offset in the document; nil between pieces of mark-up.
    private(set) var open: Int?
    /// Bytes passed so far.
    private(set) var offset = 0

    private var state = State.text
    private var line = 1
    /// Offset of the first byte of the line, moved on by each byte that only continues a character.
    private var lineStart = 0
    private var textStart = 0
    private var openPosition = Position.start
    private var quote: UInt8 = 0
    /// The last bytes of a construct that ends with more than one byte, or the first of one that is being told apart.
    private var recent: UInt32 = 0
    private var opening: [UInt8] = []
    private var check = UTF8Check()
    private let classes = ByteClass.table

    fileprivate enum State {
        case text, less, tag, quoted, bang, comment, characterData, declaration, instruction
    }

    /// The position of the next byte.
    var position: Position { Position(line: line, column: offset - lineStart + 1) }

    /// Whether the document may end here: not inside mark-up, nor inside a character.
    var isBetweenMarkup: Bool { state == .text && check.needed == 0 }

    /// The place of the next start tag the parser reports.
    mutating func nextStart() -> Position { starts.next() }

    /// Passes over more bytes. What was passed before a refusal can still go to the parser, up to `open`.
    mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) throws(Refusal) {
        let table = classes
        let base = offset
        var index = 0
        try finishCharacter(bytes, &index, base)
        while index < bytes.count {
            if let mask = state.plainMask { index = Self.skip(bytes, from: index, until: mask, table) }
            offset = base + index
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if table[Int(byte)] & ByteClass.special != 0 { try passSpecial(byte) }
            index += 1
            try pass(byte)
            offset = base + index
            try finishCharacter(bytes, &index, base)
        }
        offset = base + bytes.count
        try checkLengths()
    }

    private static func skip(
        _ bytes: UnsafeBufferPointer<UInt8>, from: Int, until mask: UInt8, _ table: [UInt8]
    ) -> Int {
        table.withUnsafeBufferPointer { table in
            var index = from
            while index < bytes.count, table[Int(bytes[index])] & mask == 0 { index += 1 }
            return index
        }
    }

    /// Counts lines; refuses control characters and what is not UTF-8.
    private mutating func passSpecial(_ byte: UInt8) throws(Refusal) {
        switch byte {
        case 0x0A:
            line += 1
            lineStart = offset + 1
        case 0x09, 0x0D: break
        case 0..<0x20:
            throw Refusal(
                .xmlMalformed, at: position,
                "The file has a control character here (byte \(byte)), which XML does not allow. Export it again, or remove it."
            )
        default:
            if !check.accepts(byte) { throw notUTF8(at: position) }
        }
    }

    private mutating func finishCharacter(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ base: Int
    ) throws(Refusal) {
        while check.needed > 0, index < bytes.count {
            guard check.accepts(bytes[index]) else {
                throw notUTF8(at: Position(line: line, column: position.column - 1))
            }
            if state != .text { try pass(bytes[index]) }
            index += 1
            lineStart += 1
            offset = base + index
        }
    }

    private func notUTF8(at position: Position) -> Refusal {
        Refusal(
            .xmlEncoding, at: position,
            "The file is not valid UTF-8 here, though nothing in it names another encoding. Save it as UTF-8, or export it again."
        )
    }

    private func checkLengths() throws(Refusal) {
        switch state {
        case .text: try checkText()
        case .comment, .characterData: try checkLong()
        default: try checkTag()
        }
    }

    private func checkText() throws(Refusal) {
        guard offset - textStart > Limit.text else { return }
        throw Refusal(
            .xmlLimitText, at: position,
            "A text in the file is longer than 10 MB. No export of site systems has one: export again with the portal's script."
        )
    }

    private func checkLong() throws(Refusal) {
        guard let open, offset - open > (state == .comment ? Limit.comment : Limit.text) else { return }
        throw Refusal(
            .xmlLimitText, at: openPosition,
            state == .comment
                ? "A comment is longer than 1 MB. Remove it, or export the file again."
                : "A character data section is longer than 10 MB. Export the file again with the portal's script.")
    }

    private func checkTag() throws(Refusal) {
        guard let open, offset - open > Limit.tag else { return }
        throw Refusal(
            .xmlLimitTag, at: openPosition,
            "There are more than 64 KiB between this < and its >. No export has such an element: export the file again."
        )
    }
}

// What each byte does to the state.
extension MarkupScan {
    private mutating func pass(_ byte: UInt8) throws(Refusal) {
        switch state {
        case .text:
            if byte == UInt8(ascii: "<") { try begin() }
        case .less: try tellApart(byte)
        case .tag: try passTag(byte)
        case .quoted:
            if byte == quote { state = .tag }
        case .bang: try passBang(byte)
        case .comment: try passUntil(byte, 0x2D2D3E, of: 0xFF_FFFF)
        case .characterData: try passUntil(byte, 0x5D5D3E, of: 0xFF_FFFF)
        case .declaration: try passUntil(byte, 0x3F3E, of: 0xFFFF)
        case .instruction: try passInstruction(byte)
        }
    }

    private mutating func begin() throws(Refusal) {
        try checkText()
        open = offset
        openPosition = position
        state = .less
    }

    private mutating func close() {
        state = .text
        open = nil
        textStart = offset + 1
    }

    private mutating func tellApart(_ byte: UInt8) throws(Refusal) {
        switch byte {
        case UInt8(ascii: "!"): enter(.bang)
        case UInt8(ascii: "?"): enter(.instruction)
        case UInt8(ascii: "/"): state = .tag
        default:
            state = .tag
            starts.append(openPosition)
            try passTag(byte)
        }
    }

    private mutating func passTag(_ byte: UInt8) throws(Refusal) {
        switch byte {
        case UInt8(ascii: ">"):
            try checkTag()
            close()
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            quote = byte
            state = .quoted
        default: break
        }
    }

    private mutating func passUntil(_ byte: UInt8, _ end: UInt32, of mask: UInt32) throws(Refusal) {
        recent = recent << 8 | UInt32(byte)
        if recent & mask == end {
            try checkLong()
            close()
        }
    }

    /// Behind `<!`: a comment, character data, or something to refuse.
    private mutating func passBang(_ byte: UInt8) throws(Refusal) {
        opening.append(byte)
        if opening == [0x2D, 0x2D] {
            enter(.comment)
        } else if opening == Array("[CDATA[".utf8) {
            enter(.characterData)
        } else if opening == Array("DOCTYPE".utf8) {
            throw Refusal(
                .xmlDoctype, at: openPosition,
                "The file has a DOCTYPE, which can make a reader fetch other files. No export has one: remove it, or export again."
            )
        } else if !Self.bangs.contains(where: { $0.starts(with: opening) }) {
            throw Refusal(
                .xmlMalformed, at: openPosition,
                "<! begins nothing that XML knows here. Export the file again, or mend this place.")
        } else if opening.count >= 6 && opening.first != UInt8(ascii: "[") && opening.first != UInt8(ascii: "D") {
            throw Refusal(
                .xmlEntity, at: openPosition,
                "The file declares entities or elements of its own, which the portal does not read. Remove the declaration, or export again."
            )
        }
    }

    private static let bangs = ["--", "[CDATA[", "DOCTYPE", "ENTITY", "ELEMENT", "ATTLIST", "NOTATION"].map {
        Array($0.utf8)
    }

    private mutating func enter(_ next: State) {
        state = next
        recent = 0
        opening.removeAll(keepingCapacity: true)
    }

    /// Behind `<?`: the declaration at the very start, which was read before; anything else is refused.
    private mutating func passInstruction(_ byte: UInt8) throws(Refusal) {
        opening.append(byte)
        guard opening.count == 4 || byte == UInt8(ascii: ">") else { return }
        let isDeclaration = opening.starts(with: "xml".utf8) && opening.count == 4 && opening[3] <= 0x20
        if isDeclaration, open == 0 { return enter(.declaration) }
        if isDeclaration {
            throw Refusal(
                .xmlDeclaration, at: openPosition,
                "The XML declaration must be the very first thing in the file. Remove what stands before it.")
        }
        throw Refusal(
            .xmlProcessingInstruction, at: openPosition,
            "The file has a processing instruction (<?…?>), which could call a program. No export has one: remove it.")
    }
}

extension MarkupScan.State {
    /// The bytes that end a run of plain ones; nil where every byte counts.
    fileprivate var plainMask: UInt8? {
        switch self {
        case .text: ByteClass.special | ByteClass.less
        case .tag: ByteClass.special | ByteClass.greater | ByteClass.quote
        case .quoted: ByteClass.special | ByteClass.quote
        default: nil
        }
    }
}

/// Which bytes stop the scan in which state.
private enum ByteClass {
    static let less: UInt8 = 1
    static let greater: UInt8 = 2
    static let quote: UInt8 = 4
    /// Line ends and other control characters, and all that is not ASCII.
    static let special: UInt8 = 8

    static let table: [UInt8] = (0...255).map { byte in
        switch UInt8(byte) {
        case UInt8(ascii: "<"): less
        case UInt8(ascii: ">"): greater
        case UInt8(ascii: "\""), UInt8(ascii: "'"): quote
        case 0..<0x20, 0x80...: special
        default: 0
        }
    }
}
