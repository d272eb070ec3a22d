import Domain
import Templating

/// What the pages of one wizard share: what it is about, the way from step to step, and the way out.
struct WizardHead: Sendable {
    let view: WizardView
    let step: WizardStep

    private var draft: WizardDraft { view.draft }

    /// `Step 2 of 9`.
    var position: String {
        let number = view.plan.steps.firstIndex(of: step).map { $0 + 1 } ?? 0
        return "Step \(number) of \(view.plan.steps.count)"
    }

    func frame(form: FormState? = nil) -> PageFrame {
        PageFrame(
            title: "\(step.title), \(position.lowerFirst) – \(draft.kind.title): \(view.name)", section: .servers,
            crumbs: view.server.map { PageFrame.serverCrumbs($0.name.text) } ?? PageFrame.serverCrumbs(), form: form)
    }

    func fill(_ model: inout TemplateModel) {
        model[.title] = .text(step.title)
        model[.position] = .text(position)
        model[.wizardKind] = .text(draft.kind.title)
        model[.serverName] = .text(view.name)
        model[.serverLink] = .optional(view.server.map { Route.server($0.name.text, .general).path })
        let code = view.site?.code.text ?? draft.site?.text
        model[.siteCode] = .text(code ?? "")
        model[.siteLink] = .optional(view.site.map { Route.site($0.code.text).path })
        model[.backLink] = .optional(view.plan.step(before: step).map(link))
        model[.cancel] = .text(Route.cancelWizard(draft.id).path)
        model[.steps] = .list(view.plan.steps.map(line))
    }

    func link(_ step: WizardStep) -> String { Route.wizard(draft.id, step).path }

    private func line(_ other: WizardStep) -> TemplateModel {
        let isOpen = draft.isOpen && other != .completion && view.canOpen(other)
        return [
            .title: .text(other.title), .isCurrent: .flag(other == step),
            .link: other != step && isOpen ? .text(link(other)) : .nothing,
            .isDone: .flag(other != step && (!draft.isOpen || draft.answers[other] != nil)),
        ]
    }

    /// Where a control stands that this page does not have: on another step, or on a tab of the stored server.
    func elsewhere(_ control: String) -> String? {
        guard let key = FieldKey(rawValue: control) else { return nil }
        if let other = view.step(asking: key) {
            return other == step ? nil : link(other) + "#" + control.controlID
        }
        guard let server = view.server else { return nil }
        return ServerHead(record: server, findings: []).elsewhere(control)
    }

    func located(_ form: FormState, controls: [String]) -> FormState {
        var form = form
        form.controls = Set(controls)
        form.elsewhere = elsewhere
        return form
    }
}

extension String {
    fileprivate var lowerFirst: String { prefix(1).lowercased() + dropFirst() }
}
