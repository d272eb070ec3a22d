extension String {
    /// The text as one segment of a path: everything encoded but letters, digits and `-._~`.
    public var pathSegment: String {
        guard utf8.contains(where: { !$0.isUnreserved }) else { return self }
        return utf8.map { $0.isUnreserved ? String(UnicodeScalar($0)) : $0.percentEncoded }.joined()
    }

    /// The text of an encoded segment or query value; nil when it is not well-formed UTF-8, is empty, or holds a NUL.
    var decodedSegment: String? {
        guard let text = percentDecoded(plusIsSpace: false), !text.isEmpty, !text.utf8.contains(0) else { return nil }
        return text
    }

    /// The text behind percent signs; nil when a percent sign lacks its two digits or the bytes are not UTF-8.
    public func percentDecoded(plusIsSpace: Bool) -> String? {
        guard utf8.contains(UInt8(ascii: "%")) || (plusIsSpace && utf8.contains(UInt8(ascii: "+"))) else { return self }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(utf8.count)
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else { return nil }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isUnreserved: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    fileprivate var percentEncoded: String {
        let digits = String(self, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "%0" + digits : "%" + digits
    }

    fileprivate var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
