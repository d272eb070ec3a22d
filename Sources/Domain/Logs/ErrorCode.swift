/// A code with which a connection ends, as log files have it.
///
/// Source: `content/reference/error-codes.yaml`, where each code names its own.
public struct ErrorCode: Sendable, Equatable {
    /// `12007`, `0x8024401b`, `http-407`: the heading of its section in the manual.
    public let id: String
    /// What it means, in a few words.
    public let title: String
    /// The number as WinHTTP and WinINet count; nil for codes of others.
    public let decimal: UInt32?
    /// The same as COM writes it; nil for an HTTP status.
    public let hresult: UInt32?
    /// The HTTP status that it stands for; nil when it stands for none.
    public let status: Int?
    public let names: [Name]
    public let meaning: String
    /// What to look at next, in this order.
    public let checks: [String]
    /// The page of the manual that goes on from there, with its fragment.
    public let page: String?
    /// The ids of `content/reference/sources.yaml` that it rests on.
    public let sources: [String]

    /// What a programming interface calls a code.
    public struct Name: Sendable, Equatable {
        /// `WinHTTP`, `WinINet`, `WUA`, `BITS`, `HTTP` or `Windows`.
        public let interface: String
        public let text: String

        public init(interface: String, text: String) {
            self.interface = interface
            self.text = text
        }
    }

    public init(
        id: String, title: String, decimal: UInt32?, hresult: UInt32?, status: Int?, names: [Name], meaning: String,
        checks: [String], page: String?, sources: [String]
    ) {
        self.id = id
        self.title = title
        self.decimal = decimal
        self.hresult = hresult
        self.status = status
        self.names = names
        self.meaning = meaning
        self.checks = checks
        self.page = page
        self.sources = sources
    }

    /// What lies between a Windows error and the same as an HRESULT.
    ///
    /// Source: Windows documentation, HRESULT_FROM_WIN32.
    public static let windowsErrors: UInt32 = 0x8007_0000

    /// The id that the numbers of a code make: the decimal number before the HRESULT before the status.
    public static func id(decimal: UInt32?, hresult: UInt32?, status: Int?) -> String? {
        if let decimal { return String(decimal) }
        if let hresult { return "0x" + String(hresult, radix: 16).padded(to: 8) }
        return status.map { "http-\($0)" }
    }

    /// `0x80072EE7`; nil for an HTTP status.
    public var hresultText: String? {
        hresult.map(Self.text(ofHRESULT:))
    }
}

extension String {
    fileprivate func padded(to length: Int) -> String {
        String(repeating: "0", count: Swift.max(0, length - utf8.count)) + self
    }
}
