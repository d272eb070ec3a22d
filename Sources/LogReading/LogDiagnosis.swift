import Domain

/// What was found in a log file.
public struct LogDiagnosis: Sendable {
    /// As it was handed over; nil for pasted lines.
    public let fileName: String?
    public internal(set) var bytes: Int64 = 0
    public internal(set) var lines = 0
    public internal(set) var format = LogFormat.plain
    public internal(set) var encoding = LogEncoding.utf8
    /// Lines that were too long to be looked at as one.
    public internal(set) var cutLines = 0
    /// The lines that tell of a connection, those met most often first.
    public internal(set) var signatures: [SignatureFinding] = []
    /// The codes, those met most often first.
    public internal(set) var codes: [CodeFinding] = []
    /// HRESULTs that the table of codes does not have, those met most often first; no more than ``mostUnlisted`` of them.
    public internal(set) var unlisted: [UnlistedFinding] = []
    /// Names of computers in the lines with findings, in the order they came.
    public internal(set) var hosts: [String] = []
    /// Single words in those lines that may be names of computers: that is for whoever knows the computers to say.
    public internal(set) var shortNames: [String] = []
    /// Codes of sites in those lines, in capitals, where the text says that they are codes of sites.
    public internal(set) var sites: [String] = []
    /// The log file it is, by its name or by the component in its lines; nil when that is not known.
    public internal(set) var log: LogFile?

    /// How many of the HRESULTs that the table does not have are kept: those met first.
    public static let mostUnlisted = 50

    public var isEmpty: Bool { signatures.isEmpty && codes.isEmpty && unlisted.isEmpty }
}

/// A line that is known, and where it was met.
public struct SignatureFinding: Sendable {
    public let signature: LogSignature
    public let sightings: LogSightings
    /// What the lines carried: names, addresses, codes. Each once.
    public let values: [String]
    /// The traffic flows it concerns: the line’s own, or those of the log file where that is another than the line’s.
    public let flows: [TrafficFlowID]
}

/// A code, and where it was met.
public struct CodeFinding: Sendable {
    public let code: ErrorCode
    public let sightings: LogSightings
    /// HRESULTs of the lines that carry its number: `0x801901F7: HTTP status 503`. Each once.
    public let values: [String]
    /// The traffic flows of the log files whose lines held it.
    public let flows: [TrafficFlowID]
}

/// An HRESULT that the table of codes does not have, and where it was met.
public struct UnlistedFinding: Sendable {
    public let code: UnlistedCode
    public let sightings: LogSightings
    /// The traffic flows of the log files whose lines held it.
    public let flows: [TrafficFlowID]
}

/// How often something was met, when, and in which lines.
public struct LogSightings: Sendable {
    public internal(set) var count = 0
    public internal(set) var first: LogTime?
    public internal(set) var last: LogTime?
    /// The first few lines.
    public internal(set) var samples: [LogSample] = []
    /// Who wrote the first few lines.
    public internal(set) var components: [String] = []

    /// How many lines are kept of each finding.
    public static let mostSamples = 5
}

/// A line as it can be shown: in it is no character that a terminal or a browser would obey, markup excepted, which is for
/// the page to escape.
public struct LogSample: Sendable, Equatable {
    /// Counted from 1.
    public let line: Int
    public let text: String
    public let component: String?
    public let time: LogTime?
}

/// How the lines of a log file are built.
public enum LogFormat: String, Sendable, CaseIterable {
    /// `<![LOG[…]LOG]!><time=…>`
    case cmTrace = "cmtrace"
    /// `… $$<COMPONENT><date time><thread=…>`
    case legacy
    /// `<02/09/14 22:53:28> …`
    case setup
    /// Copied out of CMTrace: columns with tabs between them.
    case tabs
    case plain

    /// What a page calls it.
    public var title: String {
        switch self {
        case .cmTrace: "CMTrace, one record with time and component for each message"
        case .legacy: "the older form with $$< behind each message"
        case .setup: "the form of SUPSetup.log, with the time before each message"
        case .tabs: "lines copied out of CMTrace, with tabs between the columns"
        case .plain: "plain lines"
        }
    }
}

public enum LogEncoding: String, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    /// What Windows calls ANSI, as Western Europe has it.
    case windows1252 = "Windows-1252"
}
