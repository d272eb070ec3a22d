import Domain

// What a file of rules for firewalls does not have, said in the file itself.
extension NetworkLines {
    /// How many connections of a way out are named.
    private static let mostNamed = 200

    mutating func leftOut(of document: NetworkDocument) {
        for line in document.notByName { comment("Not in this file: \(line)") }
        for group in document.endpoints.groups {
            guard let reason = group.way.leftOut else { continue }
            comment("Left out, because \(reason): \(group.way.title)")
            for connection in group.connections.prefix(Self.mostNamed) {
                comment("  \(connection.who.words): \(connection.reason.words)")
            }
            let more = group.connections.count - Self.mostNamed
            if more > 0 { comment("  and \(more) more") }
        }
        for line in document.withoutPort { comment("Left out, because the port is not told: \(line)") }
    }
}

extension WayOut {
    /// Why no rule between computers has it; nil where one does, or where hosts on the internet are listed instead.
    fileprivate var leftOut: String? {
        switch self {
        case .proxy, .direct, .notAsked: nil
        case .elsewhere: "the Proxy tab does not decide whether it goes through a proxy"
        case .unknown: "it is unknown whether it goes through a proxy"
        case .notEstablished: "the documentation does not say whether it goes through a proxy"
        case .ownSettings: "the settings of each computer decide whether it goes through a proxy"
        }
    }
}

extension NetworkDocument {
    /// Computers that stand here under one name for all of them, each once.
    fileprivate var notByName: [String] {
        var lines: [String] = []
        for group in endpoints.groups {
            for connection in group.connections {
                guard case .computers = connection.who else { continue }
                lines.append("the computers of \(connection.who.words), \(connection.reason.words), one by one")
            }
        }
        for need in ports {
            let isPaired = min(need.sources.count, need.targets.count) <= Self.mostOfBoth
            for side in [need.source, need.target] {
                guard case .computers(let holders) = side else { continue }
                let more = isPaired ? holders.total - holders.names.count : holders.total
                if more > 0 { lines.append("\(more) \(need.kind(of: side))" + (isPaired ? "" : ", one by one")) }
            }
        }
        var met: Set<String> = []
        return lines.filter { met.insert($0).inserted }
    }

    /// Services on a website whose port nobody told.
    fileprivate var withoutPort: [String] {
        ports.flatMap { need in
            need.services.flatMap { service in
                service.ports.filter { $0.span == .asConfigured }.map { number in
                    let words = number.basis.words.map { " (\($0))" } ?? ""
                    return "\(service.service.name), \(need.source.words) to \(need.target.words)\(words)"
                }
            }
        }
    }
}
