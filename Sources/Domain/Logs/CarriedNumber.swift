/// What an HRESULT carries in its lower half, as far as its upper half tells.
///
/// Source: Microsoft Learn, MS-ERREF, 2.1 HRESULT (facilities 7, 11, 25, 32 and 36); Windows documentation, BITS return values, for
/// 0x80190000 and an HTTP status.
public enum CarriedNumber: Sendable, Hashable {
    /// A Windows error, among which those of WinHTTP and WinINet begin at 12000: `0x80070005` carries 5.
    case windowsError(Int)
    /// An HTTP status: `0x80190197` carries 407.
    case httpStatus(Int)
    /// A code of Windows Update, which has a list of its own.
    case windowsUpdate
    /// A code of the Background Intelligent Transfer Service, which has a list of its own.
    case bits
    /// A code of certificates and of trust in them, which have a list of their own.
    case certificates

    /// Nil for an HRESULT of another origin, or of none that failed.
    public init?(of hresult: UInt32) {
        let number = Int(hresult & 0xFFFF)
        switch hresult & 0xFFFF_0000 {
        case ErrorCode.windowsErrors: self = .windowsError(number)
        case ErrorCode.httpStatuses: self = .httpStatus(number)
        case ErrorCode.windowsUpdate: self = .windowsUpdate
        case ErrorCode.bits: self = .bits
        case ErrorCode.certificates: self = .certificates
        default: return nil
        }
    }

    /// `Windows error 5`
    public var title: String {
        switch self {
        case .windowsError(let number): "Windows error \(number)"
        case .httpStatus(let status): "HTTP status \(status)"
        case .windowsUpdate: "a code of Windows Update"
        case .bits: "a code of BITS"
        case .certificates: "a code of certificates"
        }
    }
}

extension ErrorCode {
    /// What lies between an HTTP status and the same as an HRESULT.
    ///
    /// Source: Windows documentation, BITS return values.
    public static let httpStatuses: UInt32 = 0x8019_0000
    /// Where the codes of Windows Update begin.
    public static let windowsUpdate: UInt32 = 0x8024_0000
    /// Where the codes of the Background Intelligent Transfer Service begin.
    public static let bits: UInt32 = 0x8020_0000
    /// Where the codes of certificates begin.
    public static let certificates: UInt32 = 0x800B_0000
    /// Where the HRESULTs of each origin begin that ``CarriedNumber`` knows.
    public static let origins = [windowsErrors, certificates, httpStatuses, bits, windowsUpdate]

    /// The HRESULT that carries the number of this code; nil where it has no number that one carries.
    public var carrier: UInt32? {
        if let hresult { return hresult }
        if let decimal { return Self.windowsErrors + decimal }
        return status.flatMap { UInt32(exactly: $0) }.map { Self.httpStatuses + $0 }
    }

    /// `0x80072EE7`.
    public static func text(ofHRESULT hresult: UInt32) -> String {
        let digits = String(hresult, radix: 16, uppercase: true)
        return "0x" + String(repeating: "0", count: Swift.max(0, 8 - digits.utf8.count)) + digits
    }
}
