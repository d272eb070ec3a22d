import Domain
import Yams

/// `content/reference/classifications.yaml`: the classifications of software updates, and the page made of them.
struct ClassificationTable {
    private(set) var pages: [ComposedPage] = []

    private static let file = "reference/classifications.yaml"

    init(from content: inout ContentFolder) {
        guard let text = content.text(Self.file) else { return }
        guard let root = try? Yams.compose(yaml: text), let nodes = root["classifications"]?.sequence else {
            content.report(Self.file, 1, "The file must be YAML with the key “classifications”.")
            return
        }
        var table = "| classification | identifier |\n|---|---|\n"
        var names: [String] = []
        for node in nodes {
            let (name, id) = (node["name"]?.string ?? "", node["id"].flatMap { $0.null == nil ? $0.string : nil })
            check(node, name: name, id: id, &content)
            names.append(name)
            table += "| \(name) | \(id.map { "`\($0)`" } ?? "none known") |\n"
        }
        for entry in UpdateClassification.known where !names.contains(entry.name) {
            content.report(
                Self.file, SplitText(text).lastLine,
                "The classification \(entry.name) has no entry. UpdateClassification.known names it.")
        }
        guard let introduction = content.file("reference/classifications.md") else { return }
        let page = introduction.followed(by: Markdown.blocks(of: table))
        pages = [
            PageComposer(file: page, path: "/manual/reference/classifications", section: .reference).compose(&content)
        ]
    }

    private func check(_ node: Node, name: String, id: String?, _ content: inout ContentFolder) {
        let line = node.mark?.line ?? 1
        if !UpdateClassification.known.contains(where: { $0.name == name && $0.id == id }) {
            content.report(
                Self.file, line, "“\(name)” is not among UpdateClassification.known with that identifier.")
        }
        content.cite(node["sources"], in: Self.file, line: line, by: name)
    }
}
