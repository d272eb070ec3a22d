import Domain
import Yams

/// A list of entries in a YAML file of `content/reference/`, and what its entries may cite.
struct EntryList {
    /// Relative to `content/`.
    let file: String
    let nodes: [Node]
    let sources: SourceTable
    let lastLine: Int

    /// Reads the list under `key`; nil, and a problem, when the file is not what it should be.
    init?(_ file: String, key: String, _ content: inout ContentFolder) {
        guard let (root, lastLine) = content.yaml(file) else { return nil }
        guard let list = root[key]?.sequence else {
            content.report(file, 1, "The file needs the key “\(key)” with a list of entries.")
            return nil
        }
        self.file = file
        nodes = Array(list)
        content.noteCitations(of: list)
        sources = content.sources
        self.lastLine = lastLine
    }
}

/// One entry, read key by key: what is wrong with it is gathered with its line.
struct EntryReading {
    private let node: Node
    private let list: EntryList
    private(set) var faults: [(line: Int, message: String)] = []

    /// - Parameter keys: those an entry may have.
    init(_ node: Node, in list: EntryList, keys: Set<String>) {
        self.node = node
        self.list = list
        guard let mapping = node.mapping else {
            fault(nil, "An entry is a list of keys and values.")
            return
        }
        var met: Set<String> = []
        for (key, _) in mapping {
            let name = key.string ?? ""
            if !keys.contains(name) { fault(key, "An entry has no key “\(name)”; it has \(keys.sorted().listed).") }
            if !met.insert(name).inserted { fault(key, "The key “\(name)” stands twice.") }
        }
    }

    /// The line on which the entry begins.
    var line: Int { node.mark?.line ?? 1 }

    subscript(key: String) -> Node? { node[key].flatMap { $0.null == nil ? $0 : nil } }

    mutating func fault(_ place: Node?, _ message: String) { faults.append((place?.mark?.line ?? line, message)) }

    mutating func fault(at key: String, _ message: String) { fault(node[key], message) }

    /// A text that every entry has.
    mutating func text(_ key: String) -> String {
        let text = self[key]?.scalar?.string ?? ""
        if text.isEmpty { fault(node[key], "\(name) lacks “\(key)”.") }
        return text
    }

    func optionalText(_ key: String) -> String? { self[key]?.scalar?.string }

    func texts(_ key: String) -> [String] { self[key]?.array().compactMap { $0.scalar?.string } ?? [] }

    /// What it rests on; at least one source, and only those that are listed.
    mutating func sources() -> [String] {
        let cited = texts("sources")
        if cited.isEmpty { fault(node["sources"], "\(name) cites no source.") }
        for source in cited where list.sources[source] == nil {
            fault(node["sources"], "\(name) cites \(source), which content/reference/sources.yaml does not list.")
        }
        return cited
    }

    /// The traffic flows by their ids; a fault for each that is none.
    mutating func flows(_ names: [String], at key: String) -> [TrafficFlowID] {
        names.compactMap { text in
            let flow = TrafficFlowID(rawValue: text)
            if flow == nil { fault(at: key, "\(name) names the traffic flow “\(text)”, and there is none.") }
            return flow
        }
    }

    /// What problems call the entry.
    var name: String { optionalText("id") ?? optionalText("name") ?? "An entry" }

    /// A number such as `0x80072EE7`; nil, and a fault, where it is none.
    mutating func hexadecimal(_ key: String) -> UInt32? {
        guard let text = optionalText(key) else { return nil }
        guard text.count == 10, text.hasPrefix("0x"), let value = UInt32(text.dropFirst(2), radix: 16) else {
            fault(at: key, "\(name): “\(key)” is 0x and eight hexadecimal digits. This is \(text).")
            return nil
        }
        return value
    }

    mutating func number(_ key: String) -> Int? {
        guard let node = self[key] else { return nil }
        if node.int == nil { fault(node, "\(name): “\(key)” is a number.") }
        return node.int
    }
}

extension Collection where Element == String {
    /// `a, b, c`.
    var listed: String { joined(separator: ", ") }
}

extension String {
    /// The text with everything escaped that Markdown would read in it.
    var escapedForMarkdown: String {
        let marks = "\\`*_[]<>|#&~!".unicodeScalars
        return unicodeScalars.reduce(into: "") { escaped, scalar in
            if marks.contains(scalar) { escaped.unicodeScalars.append("\\") }
            escaped.unicodeScalars.append(scalar)
        }
    }

    /// The text as code in Markdown.
    var markdownCode: String { contains("`") ? "`` \(self) ``" : "`\(self)`" }
}
