import Glibc

/// How much of a multipart form is taken; how long contents may be is for who gets them.
struct MultipartLimits: Sendable {
    var parts = 256
    /// Bytes of all header lines of a part, and of whatever stands before the first part.
    var headerBytes = 8 * 1024
    var nameBytes = 100
    var fileNameBytes = 1024
}

/// What a multipart form holds, in its order.
enum MultipartEvent {
    case begin(PartHead)
    /// More of the part's content, never empty. Valid during the call only.
    case content(UnsafeRawBufferPointer)
    case end
}

/// Reads multipart/form-data as it arrives: keeps nothing of a content but how much of a boundary it ended with.
///
/// Source: RFC 7578; RFC 2046, section 5.1.1. What it tells does not depend on how the bytes were cut up, but for
/// where one `content` ends and the next begins.
struct MultipartParser {
    private enum State {
        /// Before the first part: as content, but nobody gets it.
        case preamble
        /// Behind a boundary, where its line ends, or two dashes say that it was the last.
        case boundaryLine
        case header
        case content
        case ended
        case refused(MultipartRefusal)
    }

    private let limits: MultipartLimits
    /// What ends a content. Holds one carriage return, at its beginning: what of it has matched can only begin anew there.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// How many bytes of the delimiter the content seems to have ended with.
    private var matched = MultipartParser.lineBreak
    /// How many of those were never there: the line break that belongs to the header, or lacks before the first part.
    private var assumed = MultipartParser.lineBreak
    private static let lineBreak = 2
    private var line: [UInt8] = []
    /// Bytes of the part's header lines, or before the first part.
    private var headerBytes = 0
    private var partCount = 0
    private var head: PartHeadReading

    init(boundary: MultipartBoundary, limits: MultipartLimits = MultipartLimits()) {
        self.limits = limits
        delimiter = Array("\r\n--".utf8) + boundary.bytes
        head = PartHeadReading(limits: limits)
    }

    /// Reads more of the body. Once it has thrown it is of no use.
    ///
    /// - Throws: `MultipartRefusal`, and what `tell` throws.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, _ tell: (MultipartEvent) throws -> Void) throws {
        do {
            var rest = bytes
            while !rest.isEmpty {
                let count = try step(rest, tell)
                rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            }
        } catch let refusal as MultipartRefusal {
            state = .refused(refusal)
            throw refusal
        }
    }

    /// Ends the body; throws unless the boundary that closes the form has come.
    func finish() throws(MultipartRefusal) {
        switch state {
        case .ended: return
        case .refused(let refusal): throw refusal
        default: throw .cutShort
        }
    }

    /// Takes some bytes and returns how many. Zero only after a change of state, so that it comes to an end.
    private mutating func step(_ bytes: UnsafeRawBufferPointer, _ tell: (MultipartEvent) throws -> Void) throws -> Int {
        switch state {
        case .preamble, .content: return try takeContent(bytes, tell)
        case .boundaryLine: return try takeBoundaryLine(bytes[0])
        case .header: return try takeHeader(bytes[0], tell)
        case .ended: return bytes.count
        case .refused(let refusal): throw refusal
        }
    }

    private mutating func takeContent(
        _ bytes: UnsafeRawBufferPointer, _ tell: (MultipartEvent) throws -> Void
    ) throws -> Int {
        if matched > 0 { return try takeMatch(bytes, tell) }
        let length = contentLength(bytes)
        try pass(UnsafeRawBufferPointer(rebasing: bytes[..<length]), tell)
        matched = min(bytes.count - length, delimiter.count)
        let end = length + matched
        if matched == delimiter.count { try endContent(tell) }
        return end
    }

    /// Where the delimiter begins, or what may become one with the next piece; else the bytes' end.
    private func contentLength(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let start = bytes.baseAddress else { return 0 }
        var index = 0
        while let found = memchr(start + index, Int32(UInt8(ascii: "\r")), bytes.count - index) {
            index = UnsafeRawPointer(found) - start
            let isLineEnd = index + 1 == bytes.count || bytes[index + 1] == UInt8(ascii: "\n")
            if isLineEnd, memcmp(found, delimiter, min(bytes.count - index, delimiter.count)) == 0 { return index }
            index += 1
        }
        return bytes.count
    }

    /// Goes on with a delimiter that an earlier piece ended in the middle of.
    private mutating func takeMatch(
        _ bytes: UnsafeRawBufferPointer, _ tell: (MultipartEvent) throws -> Void
    ) throws -> Int {
        var index = 0
        while index < bytes.count, matched < delimiter.count, bytes[index] == delimiter[matched] {
            index += 1
            matched += 1
        }
        if matched == delimiter.count {
            try endContent(tell)
        } else if index < bytes.count {
            let content = assumed..<matched
            matched = 0
            assumed = 0
            try delimiter.withUnsafeBytes { try pass(UnsafeRawBufferPointer(rebasing: $0[content]), tell) }
        }
        return index
    }

    private mutating func pass(
        _ bytes: UnsafeRawBufferPointer, _ tell: (MultipartEvent) throws -> Void
    ) throws {
        guard !bytes.isEmpty else { return }
        if case .content = state { return try tell(.content(bytes)) }
        headerBytes += bytes.count
        if headerBytes > limits.headerBytes { throw MultipartRefusal.noParts }
    }

    private mutating func endContent(_ tell: (MultipartEvent) throws -> Void) throws {
        if case .content = state { try tell(.end) }
        state = .boundaryLine
        matched = 0
        assumed = 0
        headerBytes = 0
        line.removeAll(keepingCapacity: true)
    }

    private mutating func takeBoundaryLine(_ byte: UInt8) throws(MultipartRefusal) -> Int {
        let dash = UInt8(ascii: "-")
        let carriageReturn = UInt8(ascii: "\r")
        switch (line.last, byte) {
        case (nil, dash) where headerBytes == 0, (nil, carriageReturn): line.append(byte)
        case (nil, let blank) where HeaderValue.isBlank(blank): try countHeaderByte()
        case (dash, dash): state = .ended
        case (carriageReturn, UInt8(ascii: "\n")): try beginHead()
        default: throw .boundaryLine
        }
        return 1
    }

    private mutating func beginHead() throws(MultipartRefusal) {
        partCount += 1
        if partCount > limits.parts { throw .tooManyParts }
        state = .header
        headerBytes = 0
        head = PartHeadReading(limits: limits)
        line.removeAll(keepingCapacity: true)
    }

    private mutating func takeHeader(_ byte: UInt8, _ tell: (MultipartEvent) throws -> Void) throws -> Int {
        try countHeaderByte()
        // Neither half of a line's end stands alone: who reads only one of them would see other lines than we do.
        guard (line.last == UInt8(ascii: "\r")) == (byte == UInt8(ascii: "\n")) else {
            throw MultipartRefusal.headerMalformed
        }
        line.append(byte)
        guard byte == UInt8(ascii: "\n") else { return 1 }
        let text = line.dropLast(2)
        if text.isEmpty {
            state = .content
            matched = Self.lineBreak
            assumed = Self.lineBreak
            try tell(.begin(try head.head()))
        } else {
            try head.take(text)
        }
        line.removeAll(keepingCapacity: true)
        return 1
    }

    private mutating func countHeaderByte() throws(MultipartRefusal) {
        headerBytes += 1
        if headerBytes > limits.headerBytes { throw .headerTooLong }
    }
}
