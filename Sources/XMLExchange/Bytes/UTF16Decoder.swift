/// Turns UTF-16 into UTF-8 as its bytes come, whatever the pieces they come in.
struct UTF16Decoder {
    enum ByteOrder { case littleEndian, bigEndian }

    enum Trouble: Error {
        /// Half of a surrogate pair without the other half.
        case loneSurrogate
        /// The file ends in the middle of a two-byte unit.
        case oddLength
    }

    let order: ByteOrder
    private var oddByte: UInt8?
    private var highSurrogate: UInt16?

    init(_ order: ByteOrder) { self.order = order }

    /// What one call of `decode` did, in bytes.
    struct Step {
        var read: Int
        var written: Int
        /// Why it stopped where it did; nil when the source or the room was used up.
        var trouble: Trouble?
    }

    /// Decodes as much of `source` as fits.
    ///
    /// - Parameter target: where the UTF-8 goes; at least 8 bytes.
    mutating func decode(
        _ source: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
    ) -> Step {
        var read = 0
        var written = 0
        while read < source.count, target.count - written >= 8 {
            if oddByte == nil, highSurrogate == nil {
                let count = decodeASCII(source, from: read, into: target, at: written)
                read += count * 2
                written += count
                if read >= source.count || target.count - written < 8 { break }
            }
            let byte = source[read]
            read += 1
            guard let first = oddByte else {
                oddByte = byte
                continue
            }
            oddByte = nil
            guard append(unit(first, byte), to: target, at: &written) else {
                return Step(read: read, written: written, trouble: .loneSurrogate)
            }
        }
        return Step(read: read, written: written)
    }

    /// Says whether the text may end here.
    func finish() throws(Trouble) {
        if oddByte != nil { throw .oddLength }
        if highSurrogate != nil { throw .loneSurrogate }
    }

    private func unit(_ first: UInt8, _ second: UInt8) -> UInt16 {
        order == .littleEndian
            ? UInt16(first) | UInt16(second) << 8 : UInt16(first) << 8 | UInt16(second)
    }

    /// Copies the run of ASCII units at `from`, four at a time, and returns how many there were.
    private func decodeASCII(
        _ source: UnsafeBufferPointer<UInt8>, from: Int, into target: UnsafeMutableBufferPointer<UInt8>, at: Int
    ) -> Int {
        let mask: UInt64 = order == .littleEndian ? 0xFF80_FF80_FF80_FF80 : 0x80FF_80FF_80FF_80FF
        let shift: UInt64 = order == .littleEndian ? 0 : 8
        let bytes = UnsafeRawBufferPointer(source)
        let room = min((source.count - from) / 8, (target.count - at - 8) / 4)
        var group = 0
        while group < room {
            let units = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: from + group * 8, as: UInt64.self))
            if units & mask != 0 { break }
            let text = units >> shift
            let start = at + group * 4
            target[start] = UInt8(truncatingIfNeeded: text)
            target[start + 1] = UInt8(truncatingIfNeeded: text >> 16)
            target[start + 2] = UInt8(truncatingIfNeeded: text >> 32)
            target[start + 3] = UInt8(truncatingIfNeeded: text >> 48)
            group += 1
        }
        return group * 4
    }

    /// Writes a unit's character once it is complete; false for half of a surrogate pair without the other.
    private mutating func append(
        _ unit: UInt16, to target: UnsafeMutableBufferPointer<UInt8>, at written: inout Int
    ) -> Bool {
        let scalar: UInt32
        switch (highSurrogate, unit) {
        case (nil, 0xD800...0xDBFF):
            highSurrogate = unit
            return true
        case (let high?, 0xDC00...0xDFFF):
            highSurrogate = nil
            scalar = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
        case (nil, 0xDC00...0xDFFF), (_?, _): return false
        default: scalar = UInt32(unit)
        }
        written = target.appendUTF8(scalar, at: written)
        return true
    }
}

extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes a character's UTF-8 and returns the index behind it. The scalar must not be a surrogate.
    fileprivate func appendUTF8(_ scalar: UInt32, at index: Int) -> Int {
        var end = index
        func put(_ byte: UInt32) {
            self[end] = UInt8(truncatingIfNeeded: byte)
            end += 1
        }
        switch scalar {
        case 0..<0x80: put(scalar)
        case 0x80..<0x800:
            put(0xC0 | scalar >> 6)
            put(0x80 | scalar & 0x3F)
        case 0x800..<0x10000:
            put(0xE0 | scalar >> 12)
            put(0x80 | scalar >> 6 & 0x3F)
            put(0x80 | scalar & 0x3F)
        default:
            put(0xF0 | scalar >> 18)
            put(0x80 | scalar >> 12 & 0x3F)
            put(0x80 | scalar >> 6 & 0x3F)
            put(0x80 | scalar & 0x3F)
        }
        return end
    }
}
