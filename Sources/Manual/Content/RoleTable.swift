import Domain
import Yams

/// `content/reference/roles.yaml`: what is known of each site system role.
struct RoleTable {
    private(set) var displayNames: [RoleName: String] = [:]

    private static let file = "reference/roles.yaml"
    private static let sites = ["cas", "primary", "secondary"]
    private static let installable = ["yes", "no", "top-level only", "not recommended", "unknown"]
    private static let proxyUses = ["yes", "no", "conditional", "not listed", "not applicable", "holds the setting"]
    private static let states = ["current", "deprecated", "unsupported", "removed", "legacy"]

    init(from content: inout ContentFolder) {
        guard let text = content.text(Self.file) else { return }
        let lastLine = SplitText(text).lastLine
        guard let (sources, roles) = Self.parts(of: text, &content) else { return }
        for role in roles { read(role, sources: sources, &content) }
        for name in RoleName.known where displayNames[name] == nil {
            content.report(Self.file, lastLine, "The role \(name) has no entry. RoleName.known names it.")
        }
    }

    private static func parts(of text: String, _ content: inout ContentFolder) -> (Set<String>, [Node])? {
        do {
            guard let root = try Yams.compose(yaml: text), let roles = root["roles"]?.sequence,
                let sources = root["sources"]?.mapping
            else {
                content.report(file, 1, "The file needs the keys “sources” and “roles”.")
                return nil
            }
            return (Set(sources.keys.compactMap(\.string)), Array(roles))
        } catch {
            content.report(file, line(of: error), "The file is not YAML.")
            return nil
        }
    }

    private static func line(of error: any Error) -> Int {
        switch error as? YamlError {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        default: 1
        }
    }

    private mutating func read(_ role: Node, sources: Set<String>, _ content: inout ContentFolder) {
        let line = role.mark?.line ?? 1
        let displayName = role["display_name"]?.string ?? ""
        for fault in Self.faults(of: role, sources: sources) { content.report(Self.file, line, fault) }
        guard let name = role["role_name"], name.null == nil, let text = name.string else { return }
        guard let known = RoleName.known.first(where: { $0.text == text }) else {
            content.report(Self.file, name.mark?.line ?? line, "“\(text)” is not among RoleName.known.")
            return
        }
        if displayNames.updateValue(displayName, forKey: known) != nil {
            content.report(Self.file, name.mark?.line ?? line, "The role \(text) has a second entry.")
        }
    }

    private static func faults(of role: Node, sources: Set<String>) -> [String] {
        let id = role["id"]?.string ?? "An entry"
        var faults = ["id", "role_name", "display_name"].filter { (role[$0]?.scalar?.string ?? "").isEmpty }
            .map { "\(id) lacks “\($0)”." }
        faults += fault(id, "status", role["status"], among: states)
        faults += fault(id, "uses_site_system_proxy", role["uses_site_system_proxy"], among: proxyUses)
        for site in sites { faults += fault(id, site, role["may_be_installed"]?[site], among: installable) }
        let cited = role["sources"]?.array().compactMap(\.string) ?? []
        if cited.isEmpty { faults.append("\(id) cites no source.") }
        return faults
            + cited.filter { !sources.contains($0) }.map { "\(id) cites \($0), which is not listed under “sources”." }
    }

    private static func fault(_ id: String, _ key: String, _ value: Node?, among known: [String]) -> [String] {
        guard !known.contains(value?.string ?? "") else { return [] }
        return ["\(id): “\(key)” must be one of \(known.joined(separator: ", "))."]
    }
}
