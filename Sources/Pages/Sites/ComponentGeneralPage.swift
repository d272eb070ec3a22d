import Domain
import Manual
import Templating

/// The General tab of the component: the two proxy options of each software update point of the site, in one form.
///
/// The options belong to the role on each server, so its controls name the server: the field's key with the server's name
/// between group and field, and a revision for each server.
public struct ComponentGeneralPage: Page {
    public static let template = "pages/site-component"
    /// The options the form offers for each software update point.
    public static let options: [FieldKey] = [.supUseProxyForSynchronization, .supUseProxyForADR]
    /// A form takes 200 controls, and each software update point has five; no site is known to have as many.
    public static let most = 30

    let head: ComponentHead
    let form: FormState
    let history: [HistoryLine]

    public init(head: ComponentHead, history: [HistoryLine], form: FormState? = nil) {
        self.head = head
        self.history = history
        var form = form ?? FormState(revision: nil)
        form.problems = form.problems.map { problem in
            guard let field = problem.finding.field, Self.options.contains(field), let key = problem.finding.key,
                let point = head.points.first(where: { $0.name.folded == key.asciiFolded })
            else { return problem }
            return FormProblem(problem.finding, control: Self.control(field, of: point.name))
        }
        let offered = head.points.prefix(Self.most).filter(\.offersProxyOptions)
        form.controls = Set(offered.flatMap { point in Self.options.map { Self.control($0, of: point.name) } })
        self.form = form
    }

    /// What the control of an option on a server is called.
    public static func control(_ option: FieldKey, of server: HostName) -> String {
        "\(option.group).\(server.text).\(option.name)"
    }

    /// What the hidden control is called that names the version of a server's record.
    public static func revisionControl(of server: HostName) -> String { "softwareUpdatePoint.\(server.text).revision" }

    /// The server whose version a control names; nil for all other controls.
    public static func server(ofRevisionControl name: String) -> HostName? {
        guard name.hasPrefix("softwareUpdatePoint."), name.hasSuffix(".revision") else { return nil }
        return HostName.check(
            String(name.dropFirst("softwareUpdatePoint.".count).dropLast(".revision".count)), label: ""
        ).value
    }

    public var frame: PageFrame { head.frame(nil, form: form) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: nil, words)
        let shown = head.points.prefix(Self.most)
        model[.points] = .list(shown.map { point($0, words) })
        model[.hasPoints] = .flag(!shown.isEmpty)
        model[.omitted] = head.points.count > Self.most ? .number(head.points.count - Self.most) : .nothing
        model[.hasFields] = .flag(shown.contains(where: \.offersProxyOptions))
        model[.serversLink] = .text(ServerListAddress.filtered { $0.site = head.site.code.text })
        model[.newServerLink] = .text(Route.newServer.path)
        model[.defaultServer] = .optional(head.record.component.intended?.defaultServer?.text)
        model[.sourceLink] = .text(Route.siteComponent(head.site.code.text, .source).path)
        model[.lines] = .list(history.map { $0.model(words) })
        model[.hasLines] = .flag(!history.isEmpty)
        model[.hasPages] = false
        model[.changesLink] = .text(Route.changes.path)
        model[.saveLabel] = "Save proxy options"
    }

    private func point(_ record: ServerRecord, _ words: PageWords) -> TemplateModel {
        let name = record.name.text
        let role = record.softwareUpdatePointRole
        let details = role?.intended?.softwareUpdatePoint
        let isUnavailable = record.proxy.intended == .off
        let fields = Self.options.compactMap { key -> TemplateModel? in
            guard let details, record.offers(key) else { return nil }
            return words.controls.control(
                key, named: Self.control(key, of: record.name), stored: details.value(key), in: form, words)
        }
        let isPending = record.seen != nil && role.map { !Set($0.pending).isDisjoint(with: Self.options) } ?? false
        return [
            .name: .text(name), .rolesLink: .text(Route.server(name, .roles).path),
            .proxyLink: .text(Route.server(name, .proxy).path), .proxy: .text(record.proxy.intended.words),
            .isDefault: .flag(head.record.component.intended?.defaultServer == record.name),
            .isUntold: .flag(details == nil), .isUnavailable: .flag(details != nil && isUnavailable),
            .isProxyUntold: .flag(details != nil && !record.proxy.isTold),
            .isPending: .flag(isPending), .fields: .list(fields), .hasFields: .flag(!fields.isEmpty),
            .revisionControl: .text(Self.revisionControl(of: record.name)), .revision: .number(record.revision),
        ]
    }
}

extension ServerRecord {
    var softwareUpdatePointRole: HeldRole? { roles.first { $0.name == .softwareUpdatePoint } }

    /// Whether the form has a control for an option: it is available where the computer has a proxy, and one that is on
    /// without any can be turned off.
    fileprivate func offers(_ option: FieldKey) -> Bool {
        guard let details = softwareUpdatePointRole?.intended?.softwareUpdatePoint else { return false }
        return proxy.intended != .off || details.value(option) == .flag(true)
    }

    fileprivate var offersProxyOptions: Bool { ComponentGeneralPage.options.contains(where: offers) }
}
