import Domain
import Yams

/// `content/reference/ports.yaml`: which ports are used between which computers, and the page made of it.
struct PortTable {
    private(set) var requirements: [PortRequirement] = []
    /// Who takes part: roles, clients, consoles, and what else the file names.
    private(set) var parties: [NetworkParty] = []
    private(set) var pages: [ComposedPage] = []

    private static let file = "reference/ports.yaml"
    static let path = "/manual/reference/ports"

    init(from content: inout ContentFolder) {
        guard let file = FactFile(Self.file, keys: ["checked", "parties", "notes", "ports"], &content) else { return }
        let notes = Self.notes(file)
        parties = Self.parties(file, &content)
        var met: Set<String> = []
        for node in file.root["ports"]?.array() ?? [] {
            var entry = PortEntry(node, in: file, parties: parties, notes: Set(notes.map(\.key)))
            let requirement = entry.read()
            for fault in entry.entry.faults { content.report(Self.file, fault.line, fault.message) }
            guard let requirement else { continue }
            if !met.insert(requirement.id).inserted {
                content.report(Self.file, node.mark?.line ?? 1, "\(requirement.id) has a second entry.")
            }
            requirements.append(requirement)
        }
        guard let introduction = content.file("reference/ports.md") else { return }
        let text = PortPage.text(of: requirements, notes: notes)
        let page = introduction.followed(by: Markdown.blocks(of: text))
        let titles = PortPage.titles(of: requirements)
        let composer = PageComposer(file: page, path: Self.path, section: .reference) { block in
            guard case .heading = block.kind, let title = titles[block.text] else { return nil }
            return PageComposer.Replacement(html: title.escapedForHTML, title: title)
        }
        pages = [composer.compose(&content)]
    }

    private static func notes(_ file: FactFile) -> [(key: String, text: String)] {
        (file.root["notes"]?.mapping).map { pairs in
            pairs.map { (key: $0.key.string ?? "", text: $0.value.string ?? "") }
        } ?? []
    }

    /// A party of the file may be a client or a console, which there are already.
    private static func parties(_ file: FactFile, _ content: inout ContentFolder) -> [NetworkParty] {
        var all = file.parties
        for (key, node) in file.root["parties"]?.mapping ?? [:] {
            let id = key.string ?? ""
            guard let title = node["title"]?.string else {
                content.report(Self.file, key.mark?.line ?? 1, "\(id) lacks “title”.")
                continue
            }
            let party = NetworkParty(id: id, title: title, isOnInternet: node["internet"]?.bool ?? false)
            if let index = all.firstIndex(where: { $0.id == id }) {
                if all[index].role != nil {
                    content.report(Self.file, key.mark?.line ?? 1, "\(id) is a role of roles.yaml already.")
                }
                all[index] = party
            } else {
                all.append(party)
            }
        }
        return all
    }
}

/// One entry of the file.
struct PortEntry {
    private(set) var entry: FactEntry
    private let parties: [NetworkParty]
    private let notes: Set<String>

    init(_ node: Node, in file: FactFile, parties: [NetworkParty], notes: Set<String>) {
        entry = FactEntry(node, in: file)
        self.parties = parties
        self.notes = notes
    }

    /// Nil when nobody knows between whom it is.
    mutating func read() -> PortRequirement? {
        entry.check(keys: ["id", "source", "target", "target_title", "services", "condition", "sources"])
        let id = entry.text("id")
        let (source, target) = (party("source"), party("target"))
        let services = (entry.node["services"]?.array() ?? []).map { service($0) }
        if services.isEmpty { entry.fault(" lacks “services”.") }
        let sources = entry.sources()
        guard let source, let target else { return nil }
        return PortRequirement(
            id: id, source: source, target: target, targetTitle: entry.optional("target_title"), services: services,
            condition: entry.optional("condition"), sources: sources)
    }

    private mutating func party(_ key: String) -> NetworkParty? {
        let text = entry.text(key)
        let party = parties.first { $0.id == text }
        if party == nil {
            entry.fault(": “\(text)” is neither a role of roles.yaml nor under “parties”.", at: entry.node[key])
        }
        return party
    }

    private mutating func service(_ node: Node) -> PortService {
        entry.check(
            keys: [
                "service", "protocols", "ports", "changeable", "setting", "one_of", "both_ways", "condition", "set_in",
                "proxy", "protocol_stated", "notes",
            ], of: node)
        var service = PortService(
            entry.text("service", of: node),
            entry.list("protocols", of: node, noun: "protocol") { TransportProtocol(rawValue: $0) },
            entry.spans("ports", of: node))
        if service.transports.isEmpty { entry.fault(": a service has no protocol.", at: node) }
        if service.spans.isEmpty != (service.transports == [.icmp]) {
            entry.fault(": ICMP has no port, and everything else has one.", at: node)
        }
        service.change =
            switch entry.optional("changeable", of: node) {
            case "true": .changeable
            case "at-target": .atTarget
            default: .fixed
            }
        if node["setting"] != nil { service.setting = entry.one("setting", of: node, default: PortSetting.sql) }
        service.isOneOf = entry.flag("one_of", of: node) ?? false
        service.isBothWays = entry.flag("both_ways", of: node) ?? false
        service.condition = entry.optional("condition", of: node)
        service.setIn = entry.optional("set_in", of: node)
        service.proxy = entry.optional("proxy", of: node)
        service.isProtocolStated = entry.flag("protocol_stated", of: node) ?? true
        let known = notes
        service.notes = entry.list("notes", of: node, noun: "key of “notes”") { known.contains($0) ? $0 : nil }
        return service
    }
}
