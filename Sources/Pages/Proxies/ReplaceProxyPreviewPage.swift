import Domain
import Manual
import Templating

/// The second step of replacing a proxy: what becomes of every server, before anything is stored.
public struct ReplaceProxyPreviewPage: Page {
    public static let template = "pages/proxy-preview"
    let proxy: ProxyAddress
    let preview: ProxyReplacementPreview
    /// The traffic flows that the save changes; nil while something stands in its way.
    let flows: FlowChanges?
    /// Which servers, as it was chosen: a label and a value each.
    let choices: [(label: String, value: String)]
    /// What the page sends again: everything that was chosen.
    let carried: [(name: String, value: String)]
    let leftOut: [HostName]
    let form: FormState
    let notice: Notice?

    public init(
        proxy: ProxyAddress, preview: ProxyReplacementPreview, flows: FlowChanges?,
        choices: [(label: String, value: String)],
        carried: [(name: String, value: String)], leftOut: [HostName], form: FormState, notice: Notice? = nil
    ) {
        self.proxy = proxy
        self.preview = preview
        self.flows = flows
        self.choices = choices
        self.carried = carried
        self.leftOut = leftOut
        self.notice = notice
        var form = form
        form.revision = nil
        form.controls = Set(
            (preview.refused + preview.lines.map(\.name)).map { ReplaceProxyControl.leaveOutPrefix + $0.text })
        self.form = form
    }

    public var frame: PageFrame {
        PageFrame(
            title: "Preview: replace \(proxy)", section: .proxies,
            crumbs: ProxyPage.crumbs + [PageFrame.Crumb(title: proxy.text, link: Route.proxy(proxy.text).path)],
            form: form, notice: notice)
    }

    private var isAccepted: Bool { preview.changed > 0 && !preview.hasErrors }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.name] = .text(proxy.text)
        model[.action] = .text(Route.replaceProxy.path)
        model[.cancel] = .text(Route.proxies.path)
        model[.tiles] = .list([
            [.count: .number(preview.changed), .label: "would change"],
            [.count: .number(preview.unchanged), .label: "are so already, and stay as they are"],
            [.count: .number(preview.leftOut), .label: "are left out by hand"],
        ])
        model[.facts] = .list(choices.map { [.label: .text($0.label), .value: .text($0.value)] })
        fillProblems(&model, words)
        fillServers(&model, words)
        model[.flowChanges] = flows.map { .model(FlowChangesModel($0, words).model) } ?? .nothing
        model[.controls] = .list(carried.map { [.name: .text($0.name), .value: .text($0.value)] })
        model[.isAccepted] = .flag(isAccepted)
        model[.refusal] = .text(refusal)
        model[.saveLabel] = .text("Save: change \(counted(preview.changed, "server") ?? "nothing")")
    }

    private var refusal: String {
        if preview.hasErrors {
            let servers = preview.numberOfRefused == 1 ? "the server" : "the servers"
            return "Errors stand in the way. Change the values, or leave out \(servers) with an error."
        }
        return preview.unchanged > 0
            ? "Every server has these values already. Change the values."
            : "No server is left to change. Change which servers are meant."
    }

    private func fillProblems(_ model: inout TemplateModel, _ words: PageWords) {
        model[.findings] = .list(
            preview.problems.map { group in
                let finding = group.first
                return [
                    .severity: .text(finding.severity.rawValue), .word: .text(finding.severity.word),
                    .message: .text(finding.message), .help: .text(words.manual.link(for: finding.code)),
                    .code: .text(finding.code.rawValue), .count: .optional(place(of: group)),
                ]
            })
        model[.hasFindings] = .flag(!preview.problems.isEmpty)
        model[.furtherProblems] = .optional(counted(preview.furtherProblems, "finding"))
        model[.standing] = .optional(counted(preview.standing, "finding"))
        model[.problemsLink] = .text(
            ServerListAddress.filtered {
                $0.proxy = .users(ProxyUsers(of: proxy))
                $0.severity = .warning
            })
    }

    private func place(of group: FindingGroup) -> String? {
        guard let first = group.first.key else { return nil }
        return group.count == 1 ? "On \(first)." : "On \(group.count) servers, \(first) the first."
    }

    private func fillServers(_ model: inout TemplateModel, _ words: PageWords) {
        var ids: Set<String> = []
        let refused = Set(preview.refused)
        model[.refused] = .list(preview.refused.map { box(of: $0, &ids) })
        model[.hasErrors] = .flag(!preview.refused.isEmpty)
        model[.rows] = .list(
            preview.lines.map { line in
                var model = refused.contains(line.name) ? TemplateModel() : box(of: line.name, &ids)
                model[.name] = .text(line.name.text)
                model[.link] = .text(Route.server(line.name.text, .proxy).path)
                model[.site] = .text(line.site.text)
                model[.before] = .text(line.before.address)
                model[.after] = .text(line.after.address)
                model[.left] = .text(ConnectionIdentity(line.before.account).words)
                model[.right] = .text(ConnectionIdentity(line.after.account).words)
                model[.isRefused] = .flag(refused.contains(line.name))
                return model
            })
        model[.hasRows] = .flag(!preview.lines.isEmpty)
        model[.further] = .optional(counted(preview.changed - preview.lines.count, "server"))
        model[.serversLink] = .text(
            ServerListAddress.filtered { $0.proxy = .users(ProxyUsers(of: proxy)) })
        model[.leftOut] = .text(leftOut.map(\.text).joined(separator: ", "))
        model[.hasChoices] = .flag(!leftOut.isEmpty)
    }

    /// A box that leaves a server out. Two names can make one id, as `a.b` and `a-b` do.
    private func box(of name: HostName, _ ids: inout Set<String>) -> TemplateModel {
        let control = ReplaceProxyControl.leaveOutPrefix + name.text
        var id = control.controlID
        while !ids.insert(id).inserted { id += "-again" }
        return [
            .id: .text(id), .control: .text(control), .title: .text(name.text),
            .isChecked: .flag(form.typed[control] == "true"),
        ]
    }
}
