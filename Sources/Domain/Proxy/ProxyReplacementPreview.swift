/// What replacing a proxy does to the servers that use it, told before anything is stored.
public struct ProxyReplacementPreview: Sendable, Equatable {
    /// Servers that would change.
    public var changed = 0
    /// Servers that have the new values already.
    public var unchanged = 0
    /// Servers that were left out by hand.
    public var leftOut = 0
    /// Names that were to be left out and are not among the servers.
    public var strangers: [HostName] = []
    /// The first servers that would change, by folded name.
    public private(set) var lines: [Line] = []
    /// What was found, the errors first; the same sentence about several servers stands once. Of many, the first.
    public var problems: [FindingGroup] { errors.groups + others.groups }
    /// Findings of other sentences than those in ``problems``.
    public var furtherProblems: Int { errors.further + others.further }
    /// The first servers that an error stands on, by folded name.
    public private(set) var refused: [HostName] = []
    public private(set) var numberOfRefused = 0
    /// Findings that stood before and are as they were.
    public var standing = 0
    /// The number of the newest change when this was made: what was written later, nobody has seen in it.
    public var newestChange = 0
    private var errors = Problems()
    private var others = Problems()

    /// How many servers, and how many findings of each weight, are told one by one.
    public static let linesShown = 100

    public init() {}

    /// A server that would change.
    public struct Line: Sendable, Equatable {
        public let name: HostName
        public let site: SiteCode
        public let before: ProxyConfiguration
        public let after: ProxyConfiguration
    }

    /// All servers the replacement is about.
    public var servers: Int { changed + unchanged }

    public var hasErrors: Bool { numberOfRefused > 0 }

    public mutating func addChange(of record: ServerRecord, to after: Proxy?) {
        changed += 1
        guard lines.count < Self.linesShown, let before = record.proxy.intended?.configuration,
            let after = after?.configuration
        else { return }
        lines.append(Line(name: record.name, site: record.site, before: before, after: after))
    }

    /// Adds what was found on a server, of which some may have stood before.
    public mutating func add(_ findings: [Finding], on server: HostName, standing stood: [Finding]) {
        for finding in findings {
            if finding.severity == .error {
                errors.add(finding)
            } else if stood.contains(where: { $0.isSame(as: finding) }) {
                standing += 1
            } else {
                others.add(finding)
            }
        }
        guard findings.contains(where: { $0.severity == .error }) else { return }
        numberOfRefused += 1
        if refused.count < Self.linesShown { refused.append(server) }
    }
}

/// Findings by their sentence: a replacement finds the same on a hundred thousand servers.
private struct Problems: Sendable, Equatable {
    private(set) var groups: [FindingGroup] = []
    private(set) var further = 0
    private var places: [String: Int] = [:]

    mutating func add(_ finding: Finding) {
        let key = finding.code.rawValue + "\n" + finding.message
        if let place = places[key] {
            groups[place] = FindingGroup(count: groups[place].count + 1, first: groups[place].first)
        } else if groups.count < ProxyReplacementPreview.linesShown {
            places[key] = groups.count
            groups.append(FindingGroup(count: 1, first: finding))
        } else {
            further += 1
        }
    }
}

extension Finding {
    fileprivate func isSame(as other: Finding) -> Bool {
        code == other.code && field == other.field && message == other.message
    }
}
