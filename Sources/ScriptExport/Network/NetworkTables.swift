import Domain

/// What has to be reached on the internet as a table for spreadsheets, RFC 4180: a row for each computer, reason, host and port.
public struct EndpointCSV {
    private let write: ([UInt8]) throws -> Void
    private let facts: NetworkFacts
    private let choice: EndpointRequirements.Choice

    static let columns = [
        "computer", "account", "reason", "way", "proxy", "feature", "host", "protocol", "port", "cloud", "only where",
        "TLS inspection", "proxy sign-in", "proxy on the way", "state", "note", "date", "sources",
    ]

    /// Writes the header, behind the mark that tells a spreadsheet it is UTF-8.
    public init(
        _ facts: NetworkFacts, _ choice: EndpointRequirements.Choice, _ write: @escaping ([UInt8]) throws -> Void
    ) throws {
        self.write = write
        self.facts = facts
        self.choice = choice
        try write([0xEF, 0xBB, 0xBF] + ConfigurationCSV.row(Self.columns))
    }

    public func connection(_ connection: InternetConnection) throws {
        var bytes: [UInt8] = []
        for group in EndpointRequirements([connection], facts, choice).groups {
            for need in group.needs {
                for host in need.hosts { bytes += rows(connection, need.endpoint, host) }
                if need.hosts.isEmpty { bytes += row(connection, need.endpoint, nil, need.endpoint.ports.first) }
            }
        }
        if !bytes.isEmpty { try write(bytes) }
    }

    private func rows(_ connection: InternetConnection, _ endpoint: Endpoint, _ host: EndpointHost) -> [UInt8] {
        host.ports.flatMap { row(connection, endpoint, host, $0) }
    }

    private func row(
        _ connection: InternetConnection, _ endpoint: Endpoint, _ host: EndpointHost?, _ port: EndpointPort?
    ) -> [UInt8] {
        var proxy = ""
        if case .proxy(let address) = connection.way { proxy = address.text }
        return ConfigurationCSV.row([
            connection.who.words, connection.identity?.text ?? "", connection.reason.words, connection.way.title, proxy,
            endpoint.title, host?.pattern.text ?? endpoint.list ?? "not listed", port?.transport.title ?? "",
            port?.span.description ?? "", host?.cloud?.title ?? "", endpoint.condition ?? "",
            endpoint.bypassesInspection ? "must leave it alone" : "",
            endpoint.bypassesAuthentication ? "should leave it alone" : "", endpoint.proxy ?? "",
            Self.state(endpoint, host), Self.note(host, port), endpoint.date,
            endpoint.sources.map { "\($0.title) (\($0.date))" }.joined(separator: "; "),
        ])
    }
}

extension EndpointCSV {
    private static func note(_ host: EndpointHost?, _ port: EndpointPort?) -> String {
        let barred = port.flatMap { $0.canBeProxied ? nil : "cannot go through a proxy" }
        return [host?.note, barred].compactMap { $0 }.joined(separator: "; ")
    }

    /// What keeps a fact from being plain; blank where nothing does.
    private static func state(_ endpoint: Endpoint, _ host: EndpointHost?) -> String {
        var states: [FactStatus] = []
        for status in [endpoint.status, host?.status ?? .current] where status != .current && !states.contains(status) {
            states.append(status)
        }
        let unclear = endpoint.certainty == nil ? [] : ["the documentation is not plain"]
        return (states.map(\.rawValue) + unclear).joined(separator: "; ")
    }
}

/// The ports between computers as a table for spreadsheets, RFC 4180: a row for each pair, service and protocol.
public struct PortCSV {
    private let write: ([UInt8]) throws -> Void

    static let columns = [
        "from", "to", "service", "protocol", "port", "to know", "either side may begin", "remark", "sources",
    ]

    /// Writes the header, behind the mark that tells a spreadsheet it is UTF-8.
    public init(_ write: @escaping ([UInt8]) throws -> Void) throws {
        self.write = write
        try write([0xEF, 0xBB, 0xBF] + ConfigurationCSV.row(Self.columns))
    }

    /// How many computers each of two sides may have for every pair of them to be written.
    private static let mostOfBoth = NetworkDocument.mostOfBoth

    /// Computers that are named have rows of their own, unless there are many on both sides: then the pairs would be without
    /// number.
    public func need(_ need: PortNeed) throws {
        let (sources, targets) = (need.sources, need.targets)
        if min(sources.count, targets.count) > Self.mostOfBoth {
            return try pair(need, need.source.words, (need.target.words, nil))
        }
        for source in sources {
            for target in targets where !source.end.isAlone(with: target.end) {
                try pair(need, source.end.words, (target.end.words, target.name))
            }
        }
    }

    private func pair(_ need: PortNeed, _ source: String, _ target: (words: String, name: HostName?)) throws {
        var bytes: [UInt8] = []
        let sources = need.requirement.sources.map { "\($0.title) (\($0.date))" }.joined(separator: "; ")
        for service in need.services {
            let numbers = target.name.map { service.ports(to: $0) } ?? service.ports
            let isChoice = service.service.isOneOf && numbers.allSatisfy { $0.basis == .byDefault }
            let ports = numbers.map(\.words).joined(separator: isChoice ? " or " : ", ")
            let notes = numbers.compactMap { number in
                number.basis.words.map { number.isNotTold ? $0 : "\(number.span): \($0)" }
            }
            for transport in service.service.transports {
                bytes += ConfigurationCSV.row([
                    source, target.words, service.service.name, transport.title, ports,
                    notes.joined(separator: "; "), service.service.isBothWays ? "yes" : "",
                    service.service.condition ?? need.requirement.condition ?? "", sources,
                ])
            }
        }
        try write(bytes)
    }
}
