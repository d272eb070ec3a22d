import Glibc

/// Reads an upload of a form (`multipart/form-data`) as it arrives, in pieces of any size, and holds none of it.
///
/// Source: RFC 7578 and RFC 2046, section 5.1.1; names as WHATWG, "HTML", section 4.10.21.8 writes them. By hand, because
/// there is no library for it (content/decisions/own-multipart-reader.md).
public struct MultipartReader {
    /// What is told while the bytes pass through.
    public enum Event {
        case begin(MultipartPart)
        /// A piece of the part's content, valid only while it is told.
        case data(UnsafeRawBufferPointer)
        case end
    }

    private enum State {
        /// Reading the first boundary, which nothing may stand before.
        case opening
        /// Two bytes behind a boundary say whether another part follows.
        case behindBoundary([UInt8])
        case headers([UInt8])
        case content
        case done
    }

    /// More than any form of ours has, and than anybody chooses by hand.
    static let mostParts = 200
    static let longestHeaders = 8 << 10

    private let delimiter: [UInt8]
    private var state = State.opening
    /// How many bytes of the delimiter the bytes read last are.
    private var matched: Int
    private var parts = 0

    public init(_ boundary: MultipartBoundary) {
        delimiter = boundary.delimiter
        // The first boundary has no line end of its own before it.
        matched = 2
    }

    /// Reads more of the body.
    ///
    /// - Throws: ``MultipartFault``, or what `tell` throws.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer, _ tell: (Event) throws -> Void) throws {
        var position = 0
        while position < bytes.count {
            switch state {
            case .opening: try open(bytes, &position)
            case .behindBoundary(var pair):
                pair.append(bytes[position])
                position += 1
                try pass(pair)
            case .headers(let read): try readHeaders(read, bytes, &position, tell)
            case .content: try readContent(bytes, &position, tell)
            case .done: position = bytes.count
            }
        }
    }

    /// Ends the body.
    ///
    /// - Throws: ``MultipartFault/incomplete`` when the last boundary was not there.
    public func finish() throws {
        guard case .done = state else { throw MultipartFault.incomplete }
    }

    private mutating func open(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) throws {
        guard bytes[position] == delimiter[matched] else { throw MultipartFault.noBoundary }
        position += 1
        matched += 1
        if matched == delimiter.count { state = .behindBoundary([]) }
    }

    private mutating func pass(_ pair: [UInt8]) throws {
        guard pair.count == 2 else {
            state = .behindBoundary(pair)
            return
        }
        matched = 0
        switch pair {
        case Array("\r\n".utf8):
            parts += 1
            if parts > Self.mostParts { throw MultipartFault.tooManyParts }
            state = .headers([])
        case Array("--".utf8): state = .done
        default: throw MultipartFault.noBoundary
        }
    }

    private mutating func readHeaders(
        _ read: [UInt8], _ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ tell: (Event) throws -> Void
    ) throws {
        var read = read
        while position < bytes.count {
            read.append(bytes[position])
            position += 1
            if read.count > Self.longestHeaders { throw MultipartFault.headersTooLong }
            if read.last == UInt8(ascii: "\n"), read.suffix(4).elementsEqual("\r\n\r\n".utf8) {
                state = .content
                return try tell(.begin(MultipartPart(headers: read.dropLast(4))))
            }
        }
        state = .headers(read)
    }

    /// The delimiter's first byte stands nowhere else in it, so that a match which fails can only begin anew.
    private mutating func readContent(
        _ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ tell: (Event) throws -> Void
    ) throws {
        /// Where what was not told yet begins.
        let start = position
        /// How much of the match lies in the pieces before.
        var earlier = matched
        while position < bytes.count {
            if matched == 0 {
                guard let next = Self.lineEnd(bytes, from: position) else {
                    position = bytes.count
                    break
                }
                position = next + 1
                matched = 1
            } else if bytes[position] == delimiter[matched] {
                position += 1
                matched += 1
                if matched == delimiter.count {
                    let end = position - (matched - earlier)
                    if end > start { try tell(.data(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))) }
                    state = .behindBoundary([])
                    return try tell(.end)
                }
            } else {
                if earlier > 0 { try delimiter[..<earlier].withUnsafeBytes { try tell(.data($0)) } }
                earlier = 0
                matched = 0
            }
        }
        let end = bytes.count - (matched - earlier)
        if end > start { try tell(.data(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))) }
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, from position: Int) -> Int? {
        guard let base = bytes.baseAddress,
            let found = memchr(base + position, Int32(UInt8(ascii: "\r")), bytes.count - position)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
