import Domain

/// How the ports read in the manual: a section for each kind of computer that connects, a part of it for each target.
enum PortPage {
    /// The headings' words by their ids.
    static func titles(of requirements: [PortRequirement]) -> [String: String] {
        let sources = requirements.map { (heading(of: $0.source), $0.source.title) }
        let pairs = requirements.map { ($0.id, $0.title) }
        let own = [("notes", "What the notes say")]
        return Dictionary(sources + pairs + own) { first, _ in first }
    }

    private static func heading(of source: NetworkParty) -> String {
        "from-" + String(source.id.map { $0 == "_" ? "-" : $0 })
    }

    static func text(of requirements: [PortRequirement], notes: [(key: String, text: String)]) -> String {
        var text = ""
        var sources: [NetworkParty] = []
        for requirement in requirements where !sources.contains(requirement.source) {
            sources.append(requirement.source)
        }
        for source in sources {
            text += "\n## \(heading(of: source))\n\n"
            text += "[What a network must let through for it](/requirements?role=\(source.id))\n"
            for requirement in requirements where requirement.source == source { text += section(requirement, notes) }
        }
        return text
    }

    private static func section(_ requirement: PortRequirement, _ notes: [(key: String, text: String)]) -> String {
        var text = "\n### \(requirement.id)\n\n"
        if let condition = requirement.condition { text += "\(condition.upperFirst).\n\n" }
        text += "| service | protocol | port | to know |\n|---|---|---|---|\n"
        for service in requirement.services {
            text +=
                "| \(service.name) | \(service.transports.map(\.title).joined(separator: ", ")) | \(ports(service)) | \(words(service)) |\n"
        }
        let cited = notes.filter { note in requirement.services.contains { $0.notes.contains(note.key) } }
        for note in cited { text += "\n\(note.text)\n" }
        return text + "\nSource: \(requirement.sources.words).\n"
    }

    private static func ports(_ service: PortService) -> String {
        service.spans.map(\.description).joined(separator: service.isOneOf ? " or " : ", ")
    }

    private static func words(_ service: PortService) -> String {
        var words: [String] = []
        switch service.change {
        case .fixed: break
        case .changeable: words.append("default, can be changed" + (service.setting?.words.map { ": \($0)" } ?? ""))
        case .atTarget:
            words.append("default, as the target is set up" + (service.setting?.words.map { ": \($0)" } ?? ""))
        }
        if let setIn = service.setIn { words.append("set in \(setIn)") }
        if service.isBothWays { words.append("either side may begin") }
        if !service.isProtocolStated { words.append("the text gives the number without a protocol") }
        if let condition = service.condition { words.append(condition) }
        if let proxy = service.proxy { words.append(proxy) }
        return words.joined(separator: "; ")
    }
}

extension PortSetting {
    /// Where a person finds it; nil where the default says enough.
    var words: String? {
        switch self {
        case .clientHTTP, .clientHTTPS, .clientNotification, .wakeOnLAN: "the site’s client ports"
        case .wsusHTTP, .wsusHTTPS: "the ports of the software update point"
        case .upstreamHTTP, .upstreamHTTPS: "the ports of the WSUS server above"
        case .sql: "the port of the SQL Server"
        }
    }
}

extension String {
    fileprivate var upperFirst: String { (first.map { $0.uppercased() } ?? "") + dropFirst() }
}
