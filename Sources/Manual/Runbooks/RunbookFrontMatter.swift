import Yams

/// The head of an organisation's document, as Microsoft's documents have it: every key may be absent, unknown ones are passed
/// over, and a head that cannot be read is a fault of its page alone.
struct RunbookFrontMatter {
    var title: String?
    var description: String?
    var appliesTo: String?
    var reviewed: String?
    var keywords: [String] = []
    private(set) var faults: [String] = []

    init(_ yaml: String?) {
        guard let yaml else { return }
        let mapping: Node.Mapping?
        do {
            mapping = try Yams.compose(yaml: yaml)?.mapping
        } catch {
            faults.append(
                "Line \(((error as? YamlError)?.line ?? 1) + 1): the front matter is not YAML. Write “key: value” lines between the two lines “---”."
            )
            return
        }
        guard let mapping else {
            faults.append("Line 2: the front matter is not a list of “key: value” lines.")
            return
        }
        title = Self.text(mapping, "title")
        description = Self.text(mapping, "description")
        appliesTo = Self.text(mapping, "applies_to")
        reviewed = (Self.text(mapping, "reviewed") ?? Self.text(mapping, "ms.date")).map(Self.day)
        keywords = Self.list(mapping, "keywords")
    }

    private static func list(_ mapping: Node.Mapping, _ key: String) -> [String] {
        mapping[Node(key)]?.sequence?.compactMap(\.string) ?? []
    }

    private static func text(_ mapping: Node.Mapping, _ key: String) -> String? {
        let text = mapping[Node(key)]?.string ?? list(mapping, key).joined(separator: ", ")
        return text.isEmpty ? nil : text
    }

    /// `06/19/2019` as `2019-06-19`.
    private static func day(_ text: String) -> String {
        guard let match = text.wholeMatch(of: /(\d{1,2})\/(\d{1,2})\/(\d{4})/) else { return text }
        let padded = { (part: Substring) in part.count < 2 ? "0" + part : String(part) }
        return "\(match.3)-\(padded(match.1))-\(padded(match.2))"
    }
}
