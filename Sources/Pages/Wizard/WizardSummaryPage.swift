import Domain
import Manual
import Templating

/// The Summary of a wizard: every answer with a way to change it, what the rules say, what others changed meanwhile, and
/// the one button that stores.
public struct WizardSummaryPage: Page {
    public static let template = "pages/wizard-summary"
    let head: WizardHead
    let form: FormState
    let findings: [Finding]
    let flows: FlowChanges?
    /// Who changed the server last; nil when nobody can tell, or there is none.
    let lastChange: ChangeSet?
    /// Nil unless a button of an older Summary was pressed.
    let overtaken: Overtaken?

    /// What changed after the Summary was opened whose button was pressed, so that nothing was stored.
    public enum Overtaken: Sendable {
        /// The answers, in another tab.
        case draft
        /// The server, or the component of its site.
        case stored
    }

    /// - Parameters:
    ///   - form: the reason as it was typed, and what stands in the way of storing.
    ///   - findings: what does not stand in the way, and should be known.
    ///   - flows: the traffic flows that storing changes; nil while something stands in the way.
    ///   - overtaken: why a button of an older Summary stored nothing.
    public init(
        view: WizardView, form: FormState, findings: [Finding], flows: FlowChanges?, lastChange: ChangeSet? = nil,
        overtaken: Overtaken? = nil
    ) {
        head = WizardHead(view: view, step: .summary)
        self.form = head.located(form, controls: [])
        self.findings = findings
        self.flows = flows
        self.lastChange = lastChange
        self.overtaken = overtaken
    }

    private var view: WizardView { head.view }
    private var draft: WizardDraft { view.draft }

    public var frame: PageFrame {
        var frame = head.frame(form: form)
        if overtaken != nil { frame.title = "Not stored: " + frame.title }
        return frame
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model)
        model[.action] = .text(head.link(.summary))
        model[.groups] = .list(view.plan.questions.map { group($0, words) })
        model[.findings] = words.findingList(findings)
        model[.hasFindings] = .flag(!findings.isEmpty)
        model[.flowChanges] = flows.map { .model(FlowChangesModel($0, words).model) } ?? .nothing
        model[.serverRevision] = .number(view.server?.revision ?? 0)
        model[.componentRevision] = .number(view.component?.revision ?? 0)
        model[.saveLabel] = .text(isConflicting ? "Keep my answers: \(act.lowerFirstLetter)" : act)
        model[.overtaken] = overtaken.map { .model(message($0)) } ?? .nothing
        fillConflict(&model)
    }

    /// The number of a draft's state does not tell which answers it had, so only the newest can be shown.
    private func message(_ overtaken: Overtaken) -> TemplateModel {
        let (title, text) =
            switch overtaken {
            case .draft:
                (
                    "The draft was changed since you opened this page; nothing was stored",
                    "The answers below are the newest of the draft. Look through them, then store."
                )
            case .stored:
                (
                    "What is stored was changed since you opened this page; nothing of yours was stored",
                    "Your answers and what is stored now stand below. Look at both, then choose."
                )
            }
        return [.title: .text(title), .text: .text(text), .isFocused: .flag(form.errors.isEmpty)]
    }

    private var act: String {
        let roles = counted(draft.roles.count, "role")
        return switch draft.kind {
        case .addRoles: "Store all of it: \(roles ?? "no role") on \(view.name)"
        case .createServer: "Store server \(view.name)" + (roles.map { " with \($0)" } ?? "")
        }
    }

    private func group(_ step: WizardStep, _ words: PageWords) -> TemplateModel {
        [
            .title: .text(step.title), .link: .text(head.link(step) + "?change"),
            .facts: .list(step == .roles ? roles(words) : facts(step)),
            .isStale: .flag(draft.refused[step] != nil),
        ]
    }

    private func roles(_ words: PageWords) -> [TemplateModel] {
        let names = draft.roles.map(words.manual.displayName)
        return [[.label: "Roles to add", .value: .text(names.isEmpty ? "None" : names.joined(separator: ", "))]]
    }

    private func facts(_ step: WizardStep) -> [TemplateModel] {
        let rows = answered(step).map { field, text -> TemplateModel in
            [.label: .text(field.label), .value: .text(FieldCatalogue.field(field).words(forText: text))]
        }
        return rows.isEmpty ? [[.label: "Nothing to set", .value: "Configuration Manager sets this itself"]] : rows
    }

    /// What counts of a step's answers: what stands under a box that is off, or under another choice, does not.
    private func answered(_ step: WizardStep) -> [(FieldKey, String)] {
        let fields = draft.fields(of: step)
        let says = { (field: FieldKey, text: String) in fields[field]?.text == text }
        return view.fields(of: step).compactMap { field in
            let counts =
                switch field {
                case .proxyServer, .proxyPort, .proxyUseCredentials: !says(.proxyUse, "false")
                case .proxyAccount: !says(.proxyUse, "false") && !says(.proxyUseCredentials, "false")
                case .supcUpstreamURL: says(.supcSynchronizationSource, "upstream")
                case _ where SoftwareUpdatePointComponent.recurrenceFields.contains(field):
                    !says(.supcSynchronizeOnSchedule, "false") && !(fields[field]?.text.isEmpty ?? true)
                case .supcFeatureUpdateWaitMonths: !says(.supcFeatureUpdateSupersedence, "immediately")
                case .supcNonFeatureUpdateWaitMonths: !says(.supcNonFeatureUpdateSupersedence, "immediately")
                default: true
                }
            return counts ? fields[field].map { (field, $0.text) } : nil
        }
    }

    // MARK: - What others changed meanwhile

    private var isConflicting: Bool {
        view.server?.revision ?? 0 != draft.serverRevision || view.component?.revision ?? 0 != draft.componentRevision
    }

    private func fillConflict(_ model: inout TemplateModel) {
        model[.isConflicting] = .flag(isConflicting)
        let rows = view.plan.questions.flatMap(rows)
        model[.hasRows] = .flag(!rows.isEmpty)
        model[.comparison] = .model(
            Comparison(
                caption: "What you answered and what is stored now", left: "You answered", right: "Stored now",
                rows: rows
            ).model(mark: ""))
        model[.lastChange] = lastChange.map { .model($0.model) } ?? .nothing
        model[.takeLabel] = "Take what is stored now, and answer those pages again"
    }

    /// The answers that are not what is stored now. What nobody has told cannot have been changed.
    private func rows(_ step: WizardStep) -> [Comparison.Row] {
        answered(step).compactMap { key, text in
            guard let stored = stored(key) else { return nil }
            let field = FieldCatalogue.field(key)
            let row = Comparison.Row(
                label: field.label, left: field.words(forText: text), right: field.words(for: stored))
            return row.differs ? row : nil
        }
    }

    private func stored(_ key: FieldKey) -> FieldValue? {
        switch key.group {
        case "general": return view.server?.general.intended?.value(key)
        case "proxy": return view.server?.proxy.intended?.value(key)
        case FieldKey.supcProducts.group:
            let value = view.component?.component.intended?.value(key)
            return value == .nothing ? nil : value
        default: return nil
        }
    }
}

extension String {
    fileprivate var lowerFirstLetter: String { prefix(1).lowercased() + dropFirst() }
}
