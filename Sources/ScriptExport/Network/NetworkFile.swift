import Domain

/// What the files for proxies and firewalls are made of.
public struct NetworkDocument: Sendable {
    /// Whose requirements they are: `site PS1`.
    public let subject: String
    public let endpoints: EndpointRequirements
    public let ports: [PortNeed]

    public init(subject: String, endpoints: EndpointRequirements, ports: [PortNeed]) {
        self.subject = subject
        self.endpoints = endpoints
        self.ports = ports
    }
}

/// The lines of a file that a person reads, and a program too. Everything that comes from a site is behind a `#` on one line, or is
/// checked to be a name.
struct NetworkLines {
    private(set) var lines: [String] = []

    /// A line, or the lines of a text of our own.
    mutating func add(_ line: String = "") {
        lines += line.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    mutating func comment(_ text: String) { lines.append(text.isEmpty ? "#" : "# " + PowerShellText.comment(text)) }

    func text(lineEnd: String = "\n") -> String { lines.map { $0 + lineEnd }.joined() }
}

extension NetworkLines {
    /// What every file says first.
    mutating func head(_ document: NetworkDocument, _ purpose: String) {
        comment("\(purpose): \(document.subject)")
        comment(
            "Made by ProxyDesk from what it keeps and from the published requirements; the date of each source is beside it."
        )
    }

    mutating func need(_ need: EndpointRequirements.Need) {
        let endpoint = need.endpoint
        comment("\(endpoint.title) (\(need.reasons.map(\.words).joined(separator: "; ")))")
        for source in endpoint.sources { comment("  Source: \(source.title), \(source.date)") }
        comment("  Read for this: \(endpoint.date)")
        if let condition = endpoint.condition { comment("  Only where: \(condition)") }
        if endpoint.bypassesInspection { comment("  TLS inspection must leave these hosts alone") }
        if endpoint.bypassesAuthentication { comment("  Authentication at the proxy should leave these hosts alone") }
        if let proxy = endpoint.proxy { comment("  A proxy on the way: \(proxy)") }
        if let list = endpoint.list {
            comment("  More hosts are listed in \(list)")
        } else if !endpoint.isComplete {
            comment("  There are more hosts than are listed")
        }
        if endpoint.status != .current { comment("  State: \(endpoint.status.rawValue)") }
        if endpoint.certainty != nil { comment("  The documentation is not plain here") }
        for host in need.hosts where host.status != .current {
            comment("  State of \(host.pattern): \(host.status.rawValue)")
        }
    }
}

extension [PortSpan] {
    /// Numbers alone, in order.
    var numbers: [ClosedRange<Int>] {
        compactMap { if case .numbers(let range) = $0 { range } else { nil } }.sorted { $0.lowerBound < $1.lowerBound }
    }
}

extension EndpointHost {
    /// The ports over TCP that take this way.
    func spans(through way: WayOut) -> [PortSpan] {
        if case .proxy = way { return spansThroughProxy }
        return ports.filter { $0.transport == .tcp }.map(\.span)
    }

    /// Those that a proxy can carry.
    var spansThroughProxy: [PortSpan] { ports.filter { $0.transport == .tcp && $0.canBeProxied }.map(\.span) }
}
