import Domain
import Templating

/// What the tabs of one server share: its name, its site, its tabs and its findings.
public struct ServerHead: Sendable {
    public let record: ServerRecord
    public let findings: [Finding]
    public let notice: Notice?
    /// The open drafts of wizards that are about this server.
    let drafts: WizardDraftLines

    public init(record: ServerRecord, findings: [Finding], notice: Notice? = nil, drafts: [WizardDraft] = []) {
        self.record = record
        self.findings = findings
        self.notice = notice
        self.drafts = WizardDraftLines(drafts: drafts)
    }

    public var name: String { record.name.text }

    func frame(_ tab: Route.ServerTab, form: FormState? = nil) -> PageFrame {
        PageFrame(
            title: "\(tab.title) – \(name)", section: .servers, crumbs: PageFrame.serverCrumbs(name), form: form,
            notice: notice)
    }

    func fill(_ model: inout TemplateModel, tab: Route.ServerTab, _ words: PageWords) {
        model[.serverName] = .text(name)
        model[.siteCode] = .text(record.site.text)
        model[.siteLink] = .text(Route.site(record.site.text).path)
        model[.action] = .text(Route.server(name, tab).path)
        model[.cancel] = .text(Route.server(name, tab).path)
        model[.scriptLink] = .text(ScriptAddress(.server(name), includesNeverObserved: record.seen == nil).link)
        model[.removeLink] = .text(Route.server(name, .remove).path)
        model[.tabs] = .list(
            [Route.ServerTab.general, .proxy, .roles, .connections, .compare, .history].map {
                [.title: .text($0.title), .link: .text(Route.server(name, $0).path), .isCurrent: .flag($0 == tab)]
            })
        fillSighting(&model)
        drafts.fill(&model)
        model[.findings] = words.findingList(findings)
        model[.hasFindings] = .flag(!findings.isEmpty)
    }

    private func fillSighting(_ model: inout TemplateModel) {
        model[.seen] = .nothing
        model[.isStale] = .flag(record.sightings.isServerStale)
        model[.compareLink] = .text(Route.server(name, .compare).path)
        guard let seen = record.seen else { return }
        model[.seen] = .model(seen.model)
    }

    /// The one place besides this page where a control of a server's form can stand: a saved proxy may contradict an
    /// option on the Roles tab.
    func elsewhere(_ control: String) -> String? {
        guard let key = FieldKey(rawValue: control) else { return nil }
        let tab: Route.ServerTab? =
            switch key.group {
            case "general": .general
            case "proxy": .proxy
            case "softwareUpdatePoint", "serviceConnectionPoint", "distributionPoint": .roles
            default: nil
            }
        return tab.map { Route.server(name, $0).path + "#" + control.controlID }
    }

    /// A form's state, knowing which controls its page has.
    func located(_ form: FormState, controls: [FieldKey]) -> FormState {
        var form = form
        form.controls = Set(controls.map(\.rawValue))
        form.elsewhere = elsewhere
        return form
    }
}

extension Route.ServerTab {
    var title: String {
        switch self {
        case .general: "General"
        case .proxy: "Proxy"
        case .roles: "Roles"
        case .connections: "Connections"
        case .compare: "Compare"
        case .history: "History"
        case .remove: "Remove"
        }
    }
}
