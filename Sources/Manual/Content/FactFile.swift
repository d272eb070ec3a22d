import Domain
import Yams

/// A YAML file of `content/reference/` whose entries cite `content/reference/sources.yaml` by id and name roles of `roles.yaml`.
struct FactFile {
    let name: String
    let root: Node
    let sources: SourceTable
    /// The roles in the order of their list, then clients and consoles.
    let parties: [NetworkParty]

    /// Nil, and a problem, when a file cannot be read or lacks one of the keys.
    init?(_ name: String, keys: [String], _ content: inout ContentFolder) {
        guard let root = content.yaml(name)?.root else { return nil }
        let missing = keys.filter { root[$0] == nil }
        for key in missing { content.report(name, 1, "The file needs the key “\(key)”.") }
        guard missing.isEmpty, let roles = content.yaml("reference/roles.yaml")?.root else { return nil }
        for key in keys { content.noteCitations(of: root[key]?.array() ?? []) }
        self.name = name
        self.root = root
        sources = content.sources
        parties =
            Self.roles(roles) + [
                NetworkParty(id: NetworkParty.clientID, title: "Client"),
                NetworkParty(id: NetworkParty.consoleID, title: "Computer with the console"),
            ]
    }

    private static func roles(_ root: Node) -> [NetworkParty] {
        (root["roles"]?.array() ?? []).compactMap { node in
            guard let id = node["id"]?.string, let title = node["display_name"]?.string else { return nil }
            let name = node["role_name"]?.string
            return NetworkParty(id: id, title: title, role: KnownRole.all.first { $0.name.text == name }?.name)
        }
    }
}

/// One entry of such a file: reads its keys, and gathers what is wrong with them.
struct FactEntry {
    let node: Node
    let file: FactFile
    /// Line and sentence of each fault.
    private(set) var faults: [(line: Int, message: String)] = []

    init(_ node: Node, in file: FactFile) {
        self.node = node
        self.file = file
    }

    var id: String { node["id"]?.string ?? "" }
    private var name: String { id.isEmpty ? "An entry" : id }

    mutating func fault(_ message: String, at place: Node? = nil) {
        faults.append((place?.mark?.line ?? node.mark?.line ?? 1, "\(name)\(message)"))
    }

    mutating func check(keys known: [String], of part: Node? = nil) {
        for (key, _) in (part ?? node).mapping ?? [:] where !known.contains(key.string ?? "") {
            fault(" has no key “\(key.string ?? "")”; it has \(known.joined(separator: ", ")).", at: key)
        }
    }

    /// A text that has to be there.
    mutating func text(_ key: String, of part: Node? = nil) -> String {
        let text = (part ?? node)[key]?.string ?? ""
        if text.isEmpty { fault(" lacks “\(key)”.", at: part) }
        return text
    }

    func optional(_ key: String, of part: Node? = nil) -> String? { (part ?? node)[key]?.string }

    func flag(_ key: String, of part: Node? = nil) -> Bool? { (part ?? node)[key]?.bool }

    /// Values of a closed list; what is not in it is a fault.
    mutating func list<Value>(_ key: String, of part: Node? = nil, noun: String, _ read: (String) -> Value?) -> [Value]
    {
        let nodes = (part ?? node)[key]?.array() ?? []
        return nodes.compactMap { value in
            let text = value.string ?? ""
            let known = read(text)
            if known == nil { fault(": “\(text)” is no \(noun).", at: value) }
            return known
        }
    }

    mutating func one<Value: RawRepresentable & CaseIterable>(
        _ key: String, of part: Node? = nil, default value: Value
    ) -> Value where Value.RawValue == String {
        guard let place = (part ?? node)[key] else { return value }
        if let known = Value(rawValue: place.string ?? "") { return known }
        let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
        fault(": “\(key)” must be one of \(all).", at: place)
        return value
    }

    mutating func sources() -> [FactSource] {
        let cited = list("sources", noun: "source of sources.yaml") { [file] in file.sources[$0] }
        if (node["sources"]?.array() ?? []).isEmpty { fault(" cites no source.") }
        return cited
    }

    mutating func date() -> String {
        let date = text("date")
        if date.wholeMatch(of: /\d{4}(-\d{2}){0,2}/) == nil {
            fault(": “date” must be a date such as 2026-06-08.", at: node["date"])
        }
        return date
    }

    mutating func spans(_ key: String, of part: Node? = nil) -> [PortSpan] {
        list(key, of: part, noun: "port from 1 to 65535 and no range of them") { PortSpan($0) }
    }
}

extension [FactSource] {
    /// As a sentence ends with them.
    var words: String { map { "\($0.title) (\($0.date))" }.joined(separator: "; ") }
}
