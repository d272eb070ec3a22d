/// An HRESULT that the table of codes does not have, and whose origin is known all the same.
public struct UnlistedCode: Sendable, Equatable {
    public let hresult: UInt32
    public let carried: CarriedNumber
    /// The id of the code whose HTTP status has the same number as the Windows error; nil where there is none.
    public let likeStatus: String?

    /// Nil for an HRESULT of an origin that is not known.
    public init?(_ hresult: UInt32, likeStatus: String? = nil) {
        guard let carried = CarriedNumber(of: hresult) else { return nil }
        self.hresult = hresult
        self.carried = carried
        self.likeStatus = likeStatus
    }

    /// `0x80070005`
    public var text: String { ErrorCode.text(ofHRESULT: hresult) }

    public var title: String { "\(text): \(carried.title)" }

    /// What is known of it, and no more.
    ///
    /// Source of the statuses: Patch My PC, knowledge base on downloads of automatic deployment rules that fail.
    public var meaning: String {
        let unlisted = "The manual does not have this code."
        switch carried {
        case .windowsError(let number):
            let like =
                likeStatus == nil
                ? ""
                : " The downloader of software updates was seen to write HTTP statuses in this way (403, 404, 502): then it is HTTP \(number)."
            return "\(unlisted) That it begins with 0x8007 says that it carries the Windows error \(number).\(like)"
        case .httpStatus(let status):
            return "\(unlisted) That it begins with 0x8019 says that it carries the HTTP status \(status)."
        case .windowsUpdate:
            return "\(unlisted) That it begins with 0x8024 says that it is one of Windows Update."
        case .bits:
            return
                "\(unlisted) That it begins with 0x8020 says that it is one of the Background Intelligent Transfer Service."
        case .certificates:
            return "\(unlisted) That it begins with 0x800B says that it is one of certificates."
        }
    }

    /// What to look at next. The advice is ours.
    public static let checks = [
        "Look at the lines before it: which request or which file does it belong to?",
        "Look the code up in Microsoft’s lists. Many codes of these origins have nothing to do with a proxy.",
    ]
}
