import Domain
import Yams

/// `content/reference/roles.yaml`: what is known of each site system role, and the page made of it.
struct RoleTable {
    private(set) var displayNames: [RoleName: String] = [:]
    private(set) var pages: [ComposedPage] = []

    private static let file = "reference/roles.yaml"
    static let path = "/manual/reference/roles"

    init(from content: inout ContentFolder) {
        guard let (root, lastLine) = content.yaml(Self.file) else { return }
        guard let nodes = root["roles"]?.sequence else {
            content.report(Self.file, 1, "The file needs the key “roles”.")
            return
        }
        var table = RoleEntry.tableHead
        var chapters = "\n"
        for node in nodes {
            let entry = RoleEntry(node)
            add(entry, at: node, &content)
            table += entry.tableRow
            chapters += entry.chapter(content.sources)
        }
        for name in RoleName.known where displayNames[name] == nil {
            content.report(Self.file, lastLine, "The role \(name) has no entry. KnownRole.all names it.")
        }
        guard let introduction = content.file("reference/roles.md") else { return }
        let page = introduction.followed(by: Markdown.blocks(of: table + chapters, firstLine: introduction.lastLine))
        pages = [PageComposer(file: page, path: Self.path, section: .reference).compose(&content)]
    }

    private mutating func add(_ entry: RoleEntry, at node: Node, _ content: inout ContentFolder) {
        let line = node.mark?.line ?? 1
        content.cite(node["sources"], in: Self.file, line: line, by: entry.id)
        for fault in entry.faults { content.report(Self.file, line, fault) }
        guard let text = entry.roleName else { return }
        let nameLine = node["role_name"]?.mark?.line ?? line
        guard let known = KnownRole.all.first(where: { $0.name.text == text }) else {
            content.report(Self.file, nameLine, "“\(text)” is not among KnownRole.all.")
            return
        }
        let name = known.name
        if displayNames.updateValue(entry.displayName, forKey: name) != nil {
            content.report(Self.file, nameLine, "The role \(text) has a second entry.")
        } else if entry.faults.isEmpty {
            for difference in entry.differences(from: known) { content.report(Self.file, line, difference) }
        }
    }
}
