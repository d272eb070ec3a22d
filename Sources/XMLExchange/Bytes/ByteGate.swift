import Domain

/// The way of a file's bytes to the parser: decides the encoding, makes UTF-8 of them, scans and feeds them.
///
/// Works in blocks of one size whatever pieces come in, so that what is found never depends on how a file was cut up.
/// Hands the parser whole pieces of mark-up only.
final class ByteGate {
    private static let blockSize = 64 * 1024

    private let parser: SAXParser
    private let noteMark: () throws -> Void
    private var head: [UInt8] = []
    private var encoding: FileStart.Encoding?
    private var decoder: UTF16Decoder?
    /// Bytes kept back from the last block, then new ones.
    private var buffer: UnsafeMutableBufferPointer<UInt8>
    private var kept = 0
    /// Bytes of the document the parser has had.
    private var fed = 0
    private var count = 0
    private var hasBegun = false

    /// - Parameter noteMark: called when a UTF-16 mark wins over a declaration of UTF-8.
    init(parser: SAXParser, noteMark: @escaping () throws -> Void) {
        self.parser = parser
        self.noteMark = noteMark
        buffer = .allocate(capacity: 2 * Self.blockSize)
    }

    deinit {
        // The file may have held secrets beside what we read.
        buffer.initialize(repeating: 0)
        buffer.deallocate()
    }

    /// Takes the next bytes of the file. Throws `Refusal`, and what the parser's sink throws.
    func feed(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var rest = bytes[...]
        if encoding == nil {
            let missing = rest.prefix(FileStart.length - head.count)
            head += missing
            rest = rest.dropFirst(missing.count)
            guard head.count == FileStart.length else { return }
            try decideEncoding()
        }
        try take(UnsafeBufferPointer(rebasing: rest))
    }

    /// Ends the document.
    func finish() throws {
        if encoding == nil { try decideEncoding() }
        var trouble: Refusal?
        do throws(UTF16Decoder.Trouble) {
            try decoder?.finish()
        } catch { trouble = utf16Trouble(error) }
        try process(isLast: trouble == nil)
        if let trouble { throw placed(trouble) }
    }

    private func decideEncoding() throws {
        let encoding = try FileStart.encoding(head)
        self.encoding = encoding
        if case .utf16(let order, _) = encoding { decoder = UTF16Decoder(order) }
        let first = Array(head.dropFirst(encoding.markLength))
        try first.withUnsafeBufferPointer { try take($0) }
    }

    private func take(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let room = UnsafeMutableBufferPointer(rebasing: buffer[count..<kept + Self.blockSize])
            let moved = move(UnsafeBufferPointer(rebasing: rest), into: room)
            count += moved.written
            if let trouble = moved.trouble {
                try process(isLast: false)
                throw placed(utf16Trouble(trouble))
            }
            rest = rest.dropFirst(moved.read)
            if kept + Self.blockSize - count < 8 { try process(isLast: false) }
        }
    }

    private func move(
        _ source: UnsafeBufferPointer<UInt8>, into room: UnsafeMutableBufferPointer<UInt8>
    ) -> UTF16Decoder.Step {
        if decoder != nil { return decoder!.decode(source, into: room) }
        // Eight bytes are left free, as the decoder does, so that blocks are the same for every encoding.
        let length = min(source.count, room.count - 7)
        room.baseAddress?.update(from: source.baseAddress!, count: length)
        return UTF16Decoder.Step(read: length, written: length)
    }

    /// Scans what is new and feeds what is complete.
    private func process(isLast: Bool) throws {
        let whole = UnsafeBufferPointer(rebasing: buffer[..<count])
        if !hasBegun {
            hasBegun = true
            try begin(whole, isWhole: isLast)
        }
        var refusal: Refusal?
        do throws(Refusal) {
            try parser.scanning { (scan) throws(Refusal) in
                try scan.scan(UnsafeBufferPointer(rebasing: whole[kept...]))
            }
        } catch { refusal = error }
        // Behind a refusal nothing is parsed; before it, what the parser refuses comes first.
        let passed = refusal == nil ? whole : UnsafeBufferPointer(rebasing: whole[..<(parser.scan.offset - fed)])
        try feedParser(passed, isLast: isLast && refusal == nil)
        if let refusal { throw parser.hasEnded ? behindEnd(refusal) : refusal }
        if isLast { try parser.finish() }
    }

    /// What may follow the last element has its own refusal; anything else is refused for standing there.
    private func behindEnd(_ refusal: Refusal) -> Refusal {
        let mayFollow = refusal.code == .xmlProcessingInstruction || refusal.code == .xmlLimitText
        return mayFollow ? refusal : parser.trailing(at: refusal.position)
    }

    private func begin(_ document: UnsafeBufferPointer<UInt8>, isWhole: Bool) throws {
        try DocumentStart.check(document, isWhole: isWhole, hasNoByte: head.isEmpty)
        guard let encoding else { return }
        switch XMLDeclaration.read(document) {
        case .absent:
            if let refusal = FileStart.contradiction(nil, in: encoding) { throw refusal }
        case .malformed:
            throw Refusal(
                .xmlDeclaration, at: .start,
                "The XML declaration is malformed. It must read <?xml version=\"1.0\" encoding=\"UTF-8\"?>.")
        case .present(let declaration):
            if let refusal = FileStart.contradiction(declaration.encoding, in: encoding) { throw refusal }
            if case .utf16 = encoding, declaration.encoding?.uppercased() == "UTF-8" { try noteMark() }
        }
    }

    private func feedParser(_ whole: UnsafeBufferPointer<UInt8>, isLast: Bool) throws {
        let end = isLast ? whole.count : completeEnd(whole)
        try parser.feed(UnsafeBufferPointer(rebasing: whole[..<end]))
        fed += end
        kept = whole.count - end
        buffer.baseAddress?.update(from: buffer.baseAddress! + end, count: kept)
        count = kept
    }

    /// The end of what the parser may see: before mark-up that is not complete, and before the text behind the last one,
    /// unless that would keep back more than a block.
    private func completeEnd(_ whole: UnsafeBufferPointer<UInt8>) -> Int {
        let candidate = parser.scan.open.map { $0 - fed } ?? whole.lastIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
        // Only texts, comments and character data are longer than a block, and those may go in pieces.
        guard let candidate, candidate >= 0, whole.count - candidate <= Self.blockSize else {
            return characterEnd(whole)
        }
        return candidate
    }

    /// The end of the last whole character.
    private func characterEnd(_ whole: UnsafeBufferPointer<UInt8>) -> Int {
        var end = whole.count
        while end > 0, whole.count - end < 4, whole[end - 1] & 0xC0 == 0x80 { end -= 1 }
        return end > 0 && whole[end - 1] >= 0xC0 ? end - 1 : end
    }

    private func utf16Trouble(_ trouble: UTF16Decoder.Trouble) -> Refusal {
        switch trouble {
        case .loneSurrogate:
            Refusal(
                .xmlEncoding, at: nil,
                "The file is UTF-16 with half a character here (a lone surrogate). It is damaged: export it again.")
        case .oddLength:
            Refusal(
                .xmlEncoding, at: nil,
                "The file is UTF-16 but has an odd number of bytes: it was cut short or damaged. Export it again.")
        }
    }

    private func placed(_ refusal: Refusal) -> Refusal {
        Refusal(refusal.code, at: parser.scan.position, refusal.message)
    }
}
