import Domain

// HRESULTs that carry another number: those of a known code, and those that the table does not have.
extension LogPatterns {
    /// How the HRESULTs of known origins begin, in hexadecimal and in decimal digits.
    static let origins: [(text: String, spelling: Spelling)] = {
        var texts: [(String, Spelling)] = []
        // Several origins begin with the same decimal digits: these are looked for once.
        var unsigned: Set<Substring> = []
        var signed: Set<Substring> = []
        for first in ErrorCode.origins {
            texts.append((String(first >> 16, radix: 16), .hexadecimal))
            for end in [first, first | 0xFFFF] {
                unsigned.insert(String(end).prefix(4))
                signed.insert(String(Int32(bitPattern: end).magnitude).prefix(4))
            }
        }
        texts += unsigned.sorted().map { (String($0), .unsigned) }
        return texts + signed.sorted().map { (String($0), .signed) }
    }()

    /// What begins with one of them, as a number and where it stands; nil where it is none, or one that is looked for itself.
    func unlisted(
        beginning end: Int, _ spelling: Spelling, in bytes: UnsafeRawBufferPointer
    ) -> (hresult: UInt32, range: Range<Int>)? {
        let radix: UInt64 = spelling == .hexadecimal ? 16 : 10
        let start = end - 4
        let stop = start + (radix == 16 ? 8 : 10)
        guard stop <= bytes.count else { return nil }
        var number: UInt64 = 0
        for index in start..<stop {
            guard let digit = bytes[index].digit, digit < radix else { return nil }
            number = number * radix + digit
        }
        if stop < bytes.count, bytes[stop].isWord { return nil }
        if spelling == .signed { number = (1 << 32) &- number }
        guard let hresult = UInt32(exactly: number), code(ofHRESULT: hresult) == nil, CarriedNumber(of: hresult) != nil
        else { return nil }
        return (hresult, start..<stop)
    }

    /// What is to be said of an HRESULT that the table does not have.
    func unlisted(_ hresult: UInt32) -> UnlistedCode? {
        guard case .windowsError(let number) = CarriedNumber(of: hresult) else { return UnlistedCode(hresult) }
        let status = "http-\(number)"
        return UnlistedCode(hresult, likeStatus: codeByID[status] == nil ? nil : status)
    }

    /// What an HRESULT carries, where it is not the code’s own: `0x801901F7: HTTP status 503`.
    static func note(on hresult: UInt32, of code: ErrorCode) -> String? {
        guard code.hresult != hresult, let carried = CarriedNumber(of: hresult) else { return nil }
        return "\(ErrorCode.text(ofHRESULT: hresult)): \(carried.title)"
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    fileprivate var digit: UInt64? {
        switch self {
        case 0x30...0x39: UInt64(self - 0x30)
        case 0x41...0x46: UInt64(self - 0x41 + 10)
        case 0x61...0x66: UInt64(self - 0x61 + 10)
        default: nil
        }
    }
}
