import Domain
import Templating

/// How the clients of a site reach the internet: the plan's form, its findings, and the commands it comes to.
public struct SiteClientsPage: Page {
    public static let template = "pages/site-clients"
    let site: Site
    let form: FormState
    /// Those of the plan.
    let findings: [Finding]
    let systems: ClientSystems
    /// Those that count at the site, its primary site's where it is a secondary one.
    let ports: ClientPorts
    let notice: Notice?

    public init(
        site: Site, revision: Int, findings: [Finding], systems: ClientSystems, ports: ClientPorts,
        form: FormState? = nil, notice: Notice? = nil
    ) {
        self.site = site
        self.findings = findings.filter { $0.field?.group == ClientProxyPlan.groupName }
        self.systems = systems
        self.ports = ports
        self.notice = notice
        var form = form ?? FormState(revision: revision)
        form.controls = Set(ClientProxyPlan.fields.map(\.key.rawValue))
        let address = Route.site(site.code.text).path
        form.elsewhere = { control in
            FieldKey(rawValue: control)?.group == "site" ? address + "#" + control.controlID : nil
        }
        self.form = form
    }

    public var frame: PageFrame {
        let crumb = PageFrame.Crumb(title: "Site \(site.code)", link: Route.site(site.code.text).path)
        return PageFrame(
            title: "Clients of site \(site.code)", section: .sites, crumbs: SitePage.crumbs + [crumb], form: form,
            notice: notice)
    }

    /// The form in the order of its parts.
    private static let groups: [(legend: String, fields: [FieldKey])] = [
        (
            "WinHTTP: scans for updates, and Windows’ services",
            [.clientsWinHTTP, .clientsWinHTTPServer, .clientsWinHTTPPort, .clientsWinHTTPBypass]
        ),
        (
            "WinINET of Local System: BITS and Delivery Optimization",
            [
                .clientsSystem, .clientsPAC, .clientsPACDirectHosts, .clientsSystemServer, .clientsSystemPort,
                .clientsSystemBypass,
            ]
        ),
        ("Client setting", [.clientsUserProxyForScans]),
    ]

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.siteCode] = .text(site.code.text)
        model[.siteLink] = .text(Route.site(site.code.text).path)
        model[.action] = .text(Route.siteClients(site.code.text).path)
        model[.cancel] = .text(Route.site(site.code.text).path)
        model[.manualLink] = .text(Route.manualPage("concepts/clients-and-their-proxies").path)
        model[.isUntold] = .flag(site.clients == nil)
        model[.groups] = .list(
            Self.groups.map { group in
                [
                    .legend: .text(group.legend),
                    .useField: group.fields.first.map { .model(control($0, words)) } ?? .nothing,
                    .fields: .list(group.fields.dropFirst().map { control($0, words) }),
                    .hasFields: .flag(group.fields.count > 1),
                ]
            })
        model[.findings] = words.findingList(findings)
        model[.hasFindings] = .flag(!findings.isEmpty)
        model[.facts] = .list(facts)
        let steps = site.clients?.steps ?? []
        model[.hasSteps] = .flag(!steps.isEmpty)
        model[.steps] = .list(
            steps.enumerated().map { index, step in
                [
                    .title: .text(step.title), .note: .text(step.note), .command: .optional(step.command),
                    .id: .text("step-\(index + 1)"), .batch: .optional(step.batch),
                ]
            })
        model[.saveLabel] = "Save the plan"
    }

    private func control(_ key: FieldKey, _ words: PageWords) -> TemplateModel {
        words.controls.control(key, stored: site.value(key), in: form, words)
    }

    private var facts: [TemplateModel] {
        let points = systems.softwareUpdatePoints.map { point in
            let scheme = point.requireSSL.map { $0 ? " (HTTPS)" : " (HTTP)" } ?? ""
            return point.name.text + scheme
        }
        let rows: [(label: String, value: String)] = [
            ("Management points", Self.list(systems.managementPoints.map(\.text))),
            ("Software update points", Self.list(points)),
            ("With Connected Cache", Self.list(systems.caches.map(\.text))),
            ("Ports for HTTP and HTTPS", "\(Self.port(ports.http, 80)), \(Self.port(ports.https, 443))"),
            ("Port for client notification", Self.port(ports.notification, ClientPorts.defaultNotification)),
        ]
        return rows.map { [.label: .text($0.label), .value: .text($0.value)] }
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(20).joined(separator: ", ")
        return names.isEmpty ? "None here" : names.count > 20 ? shown + " and \(names.count - 20) more" : shown
    }

    private static func port(_ told: Int?, _ standard: Int) -> String {
        told.map(String.init) ?? "\(standard) unless changed"
    }
}
