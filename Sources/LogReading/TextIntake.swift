/// Takes the bytes of a log file as they come and gives them on as UTF-8, or in the ANSI they are in: both have ASCII in
/// common, which is all that is looked for.
struct TextIntake {
    private enum State {
        /// Too little has come to tell.
        case beginning
        case bytes
        case utf16(isBigEndian: Bool)
    }

    private var state = State.beginning
    private var head: [UInt8] = []
    private var oddByte: UInt8?
    private var highSurrogate: UInt16?
    private(set) var encoding = LogEncoding.utf8

    /// How many bytes tell the encoding where no mark does.
    private static let telling = 256

    /// Gives on what can be told of the bytes so far.
    mutating func take(_ bytes: UnsafeRawBufferPointer, into buffer: inout [UInt8]) {
        switch state {
        case .beginning:
            head.append(contentsOf: bytes)
            if head.count >= Self.telling { begin(into: &buffer) }
        case .bytes: buffer.append(contentsOf: bytes)
        case .utf16(let isBigEndian): decode(bytes, isBigEndian, into: &buffer)
        }
    }

    mutating func finish(into buffer: inout [UInt8]) {
        if case .beginning = state { begin(into: &buffer) }
        if oddByte != nil || highSurrogate != nil { append(0xFFFD, to: &buffer) }
        oddByte = nil
        highSurrogate = nil
    }

    private mutating func begin(into buffer: inout [UInt8]) {
        var mark = 0
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            (state, mark) = (.bytes, 3)
        } else if head.starts(with: [0xFF, 0xFE]) {
            (state, mark) = (.utf16(isBigEndian: false), 2)
        } else if head.starts(with: [0xFE, 0xFF]) {
            (state, mark) = (.utf16(isBigEndian: true), 2)
        } else {
            state = Self.evident(head)
        }
        let rest = head.dropFirst(mark)
        head = []
        if case .utf16(let isBigEndian) = state { encoding = isBigEndian ? .utf16BigEndian : .utf16LittleEndian }
        rest.withUnsafeBytes { take($0, into: &buffer) }
    }

    /// UTF-16 without a mark: every other byte of what is mostly ASCII is zero.
    private static func evident(_ head: [UInt8]) -> State {
        let sample = head.prefix(telling)
        let even = sample.enumerated().count { $0.offset % 2 == 0 && $0.element == 0 }
        let odd = sample.enumerated().count { $0.offset % 2 == 1 && $0.element == 0 }
        let most = sample.count / 2 * 8 / 10
        guard sample.count >= 8 else { return .bytes }
        if odd >= most, even == 0 { return .utf16(isBigEndian: false) }
        if even >= most, odd == 0 { return .utf16(isBigEndian: true) }
        return .bytes
    }

    private mutating func decode(_ bytes: UnsafeRawBufferPointer, _ isBigEndian: Bool, into buffer: inout [UInt8]) {
        buffer.reserveCapacity(buffer.count + bytes.count)
        var index = 0
        if let first = oddByte, !bytes.isEmpty {
            oddByte = nil
            index = 1
            take(unit: Self.unit(first, bytes[0], isBigEndian), into: &buffer)
        }
        while index + 1 < bytes.count {
            take(unit: Self.unit(bytes[index], bytes[index + 1], isBigEndian), into: &buffer)
            index += 2
        }
        if index < bytes.count { oddByte = bytes[index] }
    }

    private static func unit(_ first: UInt8, _ second: UInt8, _ isBigEndian: Bool) -> UInt16 {
        isBigEndian ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first)
    }

    @inline(__always)
    private mutating func take(unit: UInt16, into buffer: inout [UInt8]) {
        if unit < 0x80, highSurrogate == nil {
            buffer.append(UInt8(unit))
        } else {
            takeRare(unit, into: &buffer)
        }
    }

    private mutating func takeRare(_ unit: UInt16, into buffer: inout [UInt8]) {
        if let high = highSurrogate {
            highSurrogate = nil
            if 0xDC00...0xDFFF ~= unit {
                append(0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00, to: &buffer)
                return
            }
            append(0xFFFD, to: &buffer)
        }
        switch unit {
        case 0xD800...0xDBFF: highSurrogate = unit
        case 0xDC00...0xDFFF: append(0xFFFD, to: &buffer)
        default: append(UInt32(unit), to: &buffer)
        }
    }

    private func append(_ scalar: UInt32, to buffer: inout [UInt8]) {
        guard let scalar = Unicode.Scalar(scalar) else { return }
        buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
}
