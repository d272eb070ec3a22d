/// A text by which a line of a log file tells of a connection.
///
/// Source: `content/reference/log-signatures.yaml`, where each names its own.
public struct LogSignature: Sendable, Equatable {
    /// `adr-download-failed`: the heading of its section in the manual.
    public let id: String
    /// The names of the log files that have it.
    public let logs: [String]
    /// Stands in the line word for word; the case of ASCII letters does not count.
    public let text: String
    /// What the line carries behind the text; nil when it carries nothing.
    public let capture: Capture?
    /// Whether the line says that all is well.
    public let isHealthy: Bool
    /// Whether other programs write it, too: then only the log file it stands in tells the traffic flow.
    public let isGeneric: Bool
    public let meaning: String
    /// The ids of the codes that it is known to carry.
    public let codes: [String]
    /// The traffic flow it concerns in the first of its log files; nil where that is none of a site system.
    public let flow: TrafficFlowID?
    /// What to look at next, in this order.
    public let checks: [String]
    /// The page of the manual that goes on from there, with its fragment.
    public let page: String?
    /// The ids of `content/reference/sources.yaml` that it rests on.
    public let sources: [String]
    /// A line, as it stands in a file.
    public let example: String

    /// What a line carries, and where.
    public struct Capture: Sendable, Equatable {
        public let kind: Kind
        /// A text between the signature and the value; empty when the value follows at once.
        public let after: String
        /// The text that ends the value; empty when the line, or a number's last digit, does.
        public let until: String

        public init(kind: Kind, after: String, until: String) {
            self.kind = kind
            self.after = after
            self.until = until
        }
    }

    /// What the value is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A decimal error or an HTTP status.
        case code
        case status
        case hresult
        case host
        case url
        case proxy

        /// Whether it is a number that the table of codes may know.
        public var isCode: Bool { self == .code || self == .status || self == .hresult }
    }

    public init(
        id: String, logs: [String], text: String, capture: Capture?, isHealthy: Bool, isGeneric: Bool = false,
        meaning: String, codes: [String], flow: TrafficFlowID?, checks: [String], page: String?, sources: [String],
        example: String
    ) {
        self.id = id
        self.logs = logs
        self.text = text
        self.capture = capture
        self.isHealthy = isHealthy
        self.isGeneric = isGeneric
        self.meaning = meaning
        self.codes = codes
        self.flow = flow
        self.checks = checks
        self.page = page
        self.sources = sources
        self.example = example
    }
}

extension LogSignature {
    /// The text as a heading shows it: without what only leads to the value that follows.
    public var title: String {
        let ends: (Character) -> Bool = { " =:'<(".contains($0) }
        return String(text.drop(while: ends).reversed().drop(while: ends).reversed())
    }
}

/// What is known of log files, to read them with.
public struct LogKnowledge: Sendable {
    public let codes: [ErrorCode]
    public let logs: [LogFile]
    public let signatures: [LogSignature]

    public init(codes: [ErrorCode], logs: [LogFile], signatures: [LogSignature]) {
        self.codes = codes
        self.logs = logs
        self.signatures = signatures
    }
}
