import Domain
import Yams

/// `content/reference/sources.yaml`: where the facts of the manual come from, by the id that pages and tables cite.
struct SourceTable: Sendable {
    private var sources: [String: FactSource] = [:]
    private var lines: [String: Int] = [:]

    static let file = "reference/sources.yaml"

    static let empty = SourceTable()

    private init() {}

    init(from content: inout ContentFolder) {
        guard let text = content.text(Self.file) else { return }
        guard let root = try? Yams.compose(yaml: text), let nodes = root["sources"]?.mapping else {
            content.report(Self.file, 1, "The file must be YAML with the key “sources”.")
            return
        }
        for (key, node) in nodes {
            let (id, line) = (key.string ?? "", key.mark?.line ?? 1)
            let (title, date) = (node["title"]?.string ?? "", node["date"]?.string ?? "")
            if title.isEmpty || date.wholeMatch(of: /\d{4}(-\d{2}(-\d{2})?)?/) == nil {
                content.report(
                    Self.file, line, "\(id) needs a “title”, and a “date” such as 2026-06-08, 2026-01 or 2023.")
            }
            if sources.updateValue(FactSource(id: id, title: title, date: date), forKey: id) != nil {
                content.report(Self.file, line, "The source \(id) has a second entry.")
            }
            lines[id] = line
        }
    }

    subscript(id: String) -> FactSource? { sources[id] }

    /// All of them, by title.
    var all: [FactSource] { sources.values.sorted { ($0.title, $0.date) < ($1.title, $1.date) } }

    /// Reports what no page and no table cites: a source that was forgotten, or facts that were.
    func reportUncited(_ cited: Set<String>, _ content: inout ContentFolder) {
        for (id, line) in lines where !cited.contains(id) {
            content.report(Self.file, line, "Nothing cites the source \(id). Cite it, or take it out.")
        }
    }
}
