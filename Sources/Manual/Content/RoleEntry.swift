import Domain
import Yams

/// One role of `content/reference/roles.yaml`.
struct RoleEntry {
    let id: String
    /// As `RoleName` of a role item holds it; nil where no role item is known.
    let roleName: String?
    let displayName: String
    /// Where it may be installed, in the order of `sites`.
    let installable: [String]
    let proxyUse: String
    let status: String
    let note: String
    let instances: String
    let isAssigned: Bool
    /// The traffic flows it brings about.
    let flows: [String]
    let sources: [String]
    /// What is wrong with the entry, a sentence each.
    let faults: [String]

    static let sites = ["cas", "primary", "secondary"]
    static let answers = KnownRole.Answer.allCases.map(\.rawValue)
    static let proxyUses = ["yes", "no", "conditional", "not listed", "not applicable", "holds the setting"]
    static let states = KnownRole.Status.allCases.map(\.rawValue)
    static let counts = KnownRole.Instances.allCases.map(\.rawValue)

    init(_ node: Node) {
        let text = { (key: String) in node[key]?.scalar?.string ?? "" }
        let installable = Self.sites.map { node["may_be_installed"]?[$0]?.string ?? "" }
        id = text("id")
        roleName = node["role_name"]?.null == nil ? text("role_name") : nil
        displayName = text("display_name")
        proxyUse = text("uses_site_system_proxy")
        status = text("status")
        note = text("note")
        instances = text("instances")
        isAssigned = text("auto_assigned") == "true"
        flows = node["flows"]?.array().compactMap(\.string) ?? []
        sources = node["sources"]?.array().compactMap(\.string) ?? []
        self.installable = installable

        let name = text("id").isEmpty ? "An entry" : text("id")
        var faults = ["id", "role_name", "display_name"].filter { text($0).isEmpty }.map { "\(name) lacks “\($0)”." }
        faults += Self.fault(name, "status", text("status"), among: Self.states)
        faults += Self.fault(name, "uses_site_system_proxy", text("uses_site_system_proxy"), among: Self.proxyUses)
        if roleName != nil { faults += Self.fault(name, "instances", text("instances"), among: Self.counts) }
        for (site, answer) in zip(Self.sites, installable) {
            faults += Self.fault(name, site, answer, among: Self.answers)
        }
        self.faults = faults
    }

    /// In what the entry differs from the role the program knows under its name, a sentence each.
    func differences(from known: KnownRole) -> [String] {
        let places = zip(Self.sites, installable).map { ("may_be_installed, \($0)", $1) }
        let told =
            [("display_name", displayName), ("status", status), ("instances", instances)] + places
            + [("auto_assigned", String(isAssigned))]
        let types: [Site.SiteType] = [.centralAdministration, .primary, .secondary]
        let program =
            [known.displayName, known.status.rawValue, known.instances.rawValue]
            + types.map { known.answer(at: $0).rawValue } + [String(known.isAssigned)]
        return zip(told, program).filter { $0.0.1 != $0.1 }.map { entry, program in
            "\(id): “\(entry.0)” is \(entry.1) here, and \(program) in KnownRole.all."
        }
    }

    private static func fault(_ name: String, _ key: String, _ value: String, among known: [String]) -> [String] {
        known.contains(value) ? [] : ["\(name): “\(key)” must be one of \(known.joined(separator: ", "))."]
    }
}

// How the entry reads in the manual.
extension RoleEntry {
    static let tableHead = """
        | role | internal name | may stand at | proxy of its computer |
        |---|---|---|---|

        """

    private var title: String { status == "current" ? displayName : "\(displayName) (\(status))" }
    private var internalName: String { roleName.map { "`\($0)`" } ?? "none known" }

    /// A row of a Markdown table; leads to the section.
    var tableRow: String {
        "| [\(title)](#\(displayName.headingID)) | \(internalName) | \(places) | \(proxyUse) |\n"
    }

    /// The role's own part of the page, in Markdown.
    ///
    /// - Parameter sources: what its sources are called.
    func chapter(_ sources: SourceTable) -> String {
        var text = "## \(displayName)\n\n"
        if !note.isEmpty { text += note + "\n\n" }
        text += "- **Internal name:** \(internalName)\n- **Status:** \(status)\n- **May stand at:** \(places)\n"
        if !instances.isEmpty { text += "- **How many:** \(instances)\n" }
        text += "- **Proxy of its computer:** \(proxyUse)\n"
        let links = flows.compactMap(TrafficFlowID.init(rawValue:)).map { "[\($0.title)](\(FlowPages.link(of: $0)))" }
        if !links.isEmpty { text += "- **Traffic flows:** \(links.joined(separator: ", "))\n" }
        let titles = self.sources.compactMap { sources[$0] }.map { "\($0.title) (\($0.date))" }
        return text + "\nSources: \(titles.joined(separator: "; ")).\n\n"
    }

    private var places: String {
        let names = ["central administration", "primary", "secondary"]
        let places = zip(names, installable).compactMap { name, answer in
            switch answer {
            case "yes": name
            case "top-level only": "\(name) at the top"
            case "not recommended": "\(name) (not recommended)"
            default: nil
            }
        }
        return places.isEmpty ? "not documented" : places.joined(separator: ", ")
    }
}
