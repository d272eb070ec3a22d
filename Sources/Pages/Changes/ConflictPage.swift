import Domain
import Templating

/// Two edits met: what was typed beside what is stored now, with a way on from each.
public struct ConflictPage: Page {
    public static let template = "pages/conflict"
    let name: String
    /// Where the form came from, and where it is sent again.
    let route: Route
    let section: PageFrame.Section
    let comparison: Comparison
    /// What "keep mine" sends: everything that was typed, and the revision that is current.
    let resent: [(name: String, value: String)]
    /// Nil where the form names several, each in a control of its own.
    let revision: Int?
    /// Who changed it meanwhile, and when; nil when that cannot be told.
    let lastChange: ChangeSet?
    let saveLabel: String
    /// Whether what was overtaken is a wizard's draft, of which nothing is stored yet.
    var isDraft = false

    /// A server's form that was overtaken.
    ///
    /// - Parameters:
    ///   - current: the server as it is stored now.
    ///   - typed: the pairs of the form as they were sent.
    public init(
        server current: ServerRecord, tab: Route.ServerTab, typed: [(name: String, value: String)],
        values: [String: String], lastChange: ChangeSet?
    ) {
        name = current.name.text
        route = .server(current.name.text, tab)
        section = .servers
        revision = current.revision
        // Keeping is saving, whichever button was pressed before.
        resent = typed.filter { $0.name != "revision" && $0.name != FormState.previewButton }
        self.lastChange = lastChange
        comparison = Comparison(
            caption: "What you typed and what is stored now", left: "You typed", right: "Stored now",
            rows: Self.rows(of: current, tab: tab, values: values))
        saveLabel =
            switch tab {
            case .general: "Keep mine: save general settings"
            case .proxy: "Keep mine: save proxy settings"
            case .roles, .remove, .connections, .compare, .history: "Keep mine: save roles"
            }
    }

    /// A site's form that was overtaken.
    public init(
        site current: Site, revision: Int, typed: [(name: String, value: String)], values: [String: String],
        lastChange: ChangeSet?
    ) {
        name = current.code.text
        route = .site(current.code.text)
        section = .sites
        self.revision = revision
        resent = typed.filter { $0.name != "revision" }
        self.lastChange = lastChange
        comparison = Comparison(
            caption: "What you typed and what is stored now", left: "You typed", right: "Stored now",
            rows: Self.rows(Site.formFields.filter { $0.key != .siteCode }, values: values) { current.value($0) })
        saveLabel = "Keep mine: save site"
    }

    /// The plan of a site's clients, overtaken by a change of the site.
    public init(
        clientsOf current: Site, revision: Int, typed: [(name: String, value: String)], values: [String: String],
        lastChange: ChangeSet?
    ) {
        name = current.code.text
        route = .siteClients(current.code.text)
        section = .sites
        self.revision = revision
        resent = typed.filter { $0.name != "revision" }
        self.lastChange = lastChange
        comparison = Comparison(
            caption: "What you typed and what is stored now", left: "You typed", right: "Stored now",
            rows: Self.rows(ClientProxyPlan.fields, values: values) { current.value($0) })
        saveLabel = "Keep mine: save the plan"
    }

    /// A form of a site's component that was overtaken.
    ///
    /// - Parameter values: what was typed, by control; a list of boxes as the lines it stands for.
    public init(
        component current: ComponentRecord, part: ComponentPart, typed: [(name: String, value: String)],
        values: [String: String], lastChange: ChangeSet?
    ) {
        name = "The software update point component of \(current.site)"
        route = .siteComponent(current.site.text, part)
        section = .sites
        revision = current.revision
        resent = typed.filter { $0.name != "revision" }
        self.lastChange = lastChange
        comparison = Comparison(
            caption: "What you typed and what is stored now", left: "You typed", right: "Stored now",
            rows: Self.rows(part.fields.map(FieldCatalogue.field), values: values) {
                current.component.intended?.value($0)
            })
        saveLabel = "Keep mine: save the component"
    }

    /// The proxy options of a site's software update points that were overtaken.
    ///
    /// - Parameter current: those of the servers in the form that are software update points of the site still.
    public init(
        softwareUpdatePoints current: [ServerRecord], of site: SiteCode, typed: [(name: String, value: String)],
        values: [String: String], lastChange: ChangeSet?
    ) {
        name = "A software update point of \(site)"
        route = .siteComponent(site.text, nil)
        section = .sites
        revision = nil
        let options = ComponentGeneralPage.options
        let kept = Set(current.flatMap { server in options.map { ComponentGeneralPage.control($0, of: server.name) } })
        resent =
            typed.filter { kept.contains($0.name) || kept.contains(String($0.name.dropLast(".shown".count))) }
            + current.map { (ComponentGeneralPage.revisionControl(of: $0.name), String($0.revision)) }
            + typed.filter { $0.name == "reason" }
        self.lastChange = lastChange
        let rows = current.flatMap { server in
            options.compactMap { option -> Comparison.Row? in
                guard let typed = values[ComponentGeneralPage.control(option, of: server.name)] else { return nil }
                let details = server.softwareUpdatePointRole?.intended?.softwareUpdatePoint
                return Comparison.Row(
                    label: "\(server.name): \(option.label)",
                    left: FieldCatalogue.field(option).words(forText: typed),
                    right: SoftwareUpdatePoint.words(details, of: option))
            }
        }
        comparison = Comparison(
            caption: "What you typed and what is stored now", left: "You typed", right: "Stored now", rows: rows)
        saveLabel = "Keep mine: save the options"
    }

    public var frame: PageFrame {
        PageFrame(title: "\(name) was changed since you opened it", section: section)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.name] = .text(name)
        model[.action] = .text(route.path)
        model[.comparison] = .model(comparison.model(mark: "differs"))
        model[.hasRows] = .flag(!comparison.rows.isEmpty)
        model[.controls] = .list(resent.map { [.name: .text($0.name), .value: .text($0.value)] })
        model[.revision] = revision.map(TemplateValue.number) ?? .nothing
        model[.hasRevision] = .flag(revision != nil)
        model[.saveLabel] = .text(saveLabel)
        model[.isDraft] = .flag(isDraft)
        model[.lastChange] = lastChange.map { .model($0.model) } ?? .nothing
    }

    private static func rows(
        of server: ServerRecord, tab: Route.ServerTab, values: [String: String]
    ) -> [Comparison.Row] {
        switch tab {
        case .general: rows(General.fields, values: values) { server.general.intended?.value($0) }
        case .proxy: rows(Proxy.fields, values: values) { server.proxy.intended?.value($0) }
        case .roles: roleRows(of: server, values: values)
        case .remove, .connections, .compare, .history: []
        }
    }

    private static func roleRows(of server: ServerRecord, values: [String: String]) -> [Comparison.Row] {
        let presence = server.roles.map { role in
            let isRemoved = values[ServerRolesPage.removePrefix + role.name.text] == "true"
            return Comparison.Row(
                label: role.name.text, left: isRemoved ? "To be removed" : "On this server", right: "On this server")
        }
        let added = values[ServerRolesPage.addControl].flatMap { $0.isEmpty ? nil : $0 }
        let adding = added.map { [Comparison.Row(label: $0, left: "To be added", right: "Not on this server")] } ?? []
        let details = server.roles.flatMap { role in
            rows(RoleDetails.fields(of: role.name), values: values) { role.intended?.value($0) }
        }
        return presence + adding + details
    }

    /// Only what was sent can differ: a control that was absent keeps what is stored.
    private static func rows(
        _ fields: [Field], values: [String: String], stored: (FieldKey) -> FieldValue?
    ) -> [Comparison.Row] {
        fields.compactMap { field in
            guard let typed = values[field.key.rawValue] else { return nil }
            return Comparison.Row(
                label: field.label, left: field.words(forText: typed),
                right: stored(field.key).map(field.words(for:)) ?? "Not told")
        }
    }
}
