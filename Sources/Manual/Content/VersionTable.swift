import Domain
import Yams

/// `content/reference/versions.yaml`: which build is which release, what changed in it for traffic flows, and the page made
/// of that. Held against `ProductRelease.known` and `TrafficFlowID.changes`.
struct VersionTable {
    private(set) var pages: [ComposedPage] = []

    private static let file = "reference/versions.yaml"

    init(from content: inout ContentFolder) {
        guard let text = content.text(Self.file) else { return }
        guard let root = try? Yams.compose(yaml: text), let nodes = root["releases"]?.sequence else {
            content.report(Self.file, 1, "The file must be YAML with the key “releases”.")
            return
        }
        var table = "| release | build | what changed |\n|---|---|---|\n"
        var met: [ProductRelease] = []
        for node in nodes {
            if let release = release(node, &content) {
                met.append(release)
                checkChanges(of: release, node, &content)
            }
            content.cite(
                node["sources"], in: Self.file, line: node.mark?.line ?? 1, by: node["release"]?.string ?? "A release")
            table += Self.row(node)
        }
        for release in ProductRelease.known where !met.contains(release) {
            content.report(
                Self.file, SplitText(text).lastLine,
                "Release \(release.name), build \(release.build), has no entry. ProductRelease.known names it.")
        }
        if met != ProductRelease.known.filter(met.contains) {
            content.report(Self.file, 1, "The releases must stand in the order of their builds, oldest first.")
        }
        guard let introduction = content.file("reference/versions.md") else { return }
        let page = introduction.followed(by: Markdown.blocks(of: table))
        pages = [PageComposer(file: page, path: "/manual/reference/versions", section: .reference).compose(&content)]
    }

    private func release(_ node: Node, _ content: inout ContentFolder) -> ProductRelease? {
        let (name, build) = (node["release"]?.string ?? "", node["build"]?.int)
        let release = ProductRelease.known.first { $0.name == name && $0.build == build }
        if release == nil {
            content.report(
                Self.file, node.mark?.line ?? 1,
                "Release “\(name)” with build \(build.map(String.init) ?? "none") is not among ProductRelease.known.")
        }
        return release
    }

    private func checkChanges(of release: ProductRelease, _ node: Node, _ content: inout ContentFolder) {
        let line = node["changes"]?.mark?.line ?? node.mark?.line ?? 1
        let told = Set((node["changes"]?.mapping?.keys).map { $0.compactMap(\.string) } ?? [])
        let coded = Set(TrafficFlowID.allCases.filter { $0.changes.contains(release) }.map(\.rawValue))
        for flow in told.subtracting(coded).sorted() {
            content.report(
                Self.file, line,
                "Release \(release.name) changes “\(flow)” here, and TrafficFlowID.changes has no such change.")
        }
        for flow in coded.subtracting(told).sorted() {
            content.report(
                Self.file, line,
                "Release \(release.name) does not say what changed for \(flow), which TrafficFlowID.changes names.")
        }
    }

    private static func row(_ node: Node) -> String {
        let changes = node["changes"]?.mapping?.map { pair in
            let title = TrafficFlowID(rawValue: pair.key.string ?? "")?.title ?? pair.key.string ?? ""
            return "\(title): \(pair.value.string ?? "")"
        }
        return
            "| \(node["release"]?.string ?? "") | \(node["build"]?.string ?? "") | \((changes ?? []).joined(separator: " ")) |\n"
    }
}

/// Holds `content/reference/roles.yaml` against the traffic flows that the domain resolves.
struct RoleFlowCheck {
    private static let file = "reference/roles.yaml"

    static func check(_ content: inout ContentFolder) {
        guard let text = content.text(file), let root = try? Yams.compose(yaml: text),
            let nodes = root["roles"]?.sequence
        else { return }
        var met: Set<String> = []
        for node in nodes {
            let id = node["id"]?.string ?? ""
            let flows = TrafficFlowID.allCases.filter { $0.roleID == id }
            met.formUnion(flows.map(\.rawValue))
            check(node, id: id, flows: flows, &content)
        }
        for flow in TrafficFlowID.allCases where !met.contains(flow.rawValue) {
            content.report(
                file, SplitText(text).lastLine, "No role lists the flow \(flow.rawValue); \(flow.roleID) must.")
        }
    }

    private static func check(_ node: Node, id: String, flows: [TrafficFlowID], _ content: inout ContentFolder) {
        let listed = node["flows"]?.array().compactMap(\.string) ?? []
        let line = node["flows"]?.mark?.line ?? node.mark?.line ?? 1
        let coded = flows.map(\.rawValue)
        for flow in Set(listed).symmetricDifference(coded).sorted() {
            content.report(
                file, line,
                coded.contains(flow)
                    ? "\(id) does not list the flow \(flow), which TrafficFlowID.roleID gives it."
                    : "\(id) lists the flow “\(flow)”, which TrafficFlowID does not give it.")
        }
        for flow in flows {
            if node["uses_site_system_proxy"]?.string != flow.proxyUse {
                content.report(
                    file, node["uses_site_system_proxy"]?.mark?.line ?? line,
                    "\(flow.rawValue) is resolved as if uses_site_system_proxy of \(id) were “\(flow.proxyUse)”.")
            }
            if node["role_name"]?.null == nil, node["role_name"]?.string != flow.role?.text {
                content.report(
                    file, node["role_name"]?.mark?.line ?? line,
                    "\(flow.rawValue) belongs to \(flow.role?.text ?? "no role name"), and \(id) is another.")
            }
        }
    }
}
