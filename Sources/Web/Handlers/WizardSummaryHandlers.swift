import Domain
import HTTPTypes
import Pages
import Workflow

// The end of a wizard: the Summary, judged as it would be stored, and what came of it.
extension Portal {
    func wizardSummary(_ view: WizardView, _ visit: Visit) async throws -> Answer {
        let judgement = try await judge(view, visit)
        return try page(summary(view, judgement, FormState(revision: nil)))
    }

    /// Stores the answers and takes that back again, so that the Summary is judged exactly as it would be stored.
    private func judge(_ view: WizardView, _ visit: Visit) async throws -> SummaryJudgement {
        let completion = WizardCompletion(
            id: view.draft.id, state: view.draft.state, serverRevision: view.server?.revision ?? 0,
            componentRevision: view.component?.revision ?? 0)
        let request = Workflow.Request(actor: .local, reason: nil, id: visit.id)
        let submission = submission
        let stood = try store.read { try SummaryJudgement.stored(about: view, $0) }
        return try await Blocking.submit(within: settings.submissionWait) {
            try submission.rehearse(.completeWizard(completion), for: request) { reading, outcome in
                try SummaryJudgement(of: outcome, view, beyond: stood, reading)
            }
        }
    }

    /// The Summary as it is now, for somebody who pressed a button of an older one.
    private func overtaken(_ view: WizardView, _ form: FormReading, _ visit: Visit) async throws -> Answer {
        let overtaken: WizardSummaryPage.Overtaken = view.draft.state == form.revision ? .stored : .draft
        let page = try await summary(view, judge(view, visit), form.state(revision: nil), overtaken)
        return try self.page(page).with(.conflict)
    }

    private func summary(
        _ view: WizardView, _ judgement: SummaryJudgement, _ form: FormState,
        _ overtaken: WizardSummaryPage.Overtaken? = nil
    ) -> WizardSummaryPage {
        var state = form
        state.revision = view.draft.state
        state.problems += judgement.findings.filter { $0.severity == .error }.map { FormProblem($0) }
        return WizardSummaryPage(
            view: view, form: state, findings: judgement.findings.filter { $0.severity != .error },
            flows: judgement.flows, lastChange: judgement.lastChange, overtaken: overtaken)
    }

    func confirmWizard(_ id: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        let view = try wizardView(id)
        // A second press finds the draft stored already, and shows what came of the first.
        guard view.draft.isOpen else { return .seeOther(Route.wizard(id, .completion).path) }
        guard view.next == .summary else { return .seeOther(Route.wizard(id, view.next).path) }
        let form = FormReading(body, .wizardSummary)
        if form.problems.isEmpty, form.typed["take"] == "true" { return try await takeStored(view, form, visit) }
        let completion = WizardCompletion(
            id: id, state: form.revision ?? 0, serverRevision: form.hidden(FormReading.Form.storedServer),
            componentRevision: form.hidden(FormReading.Form.storedComponent))
        switch try await submit(.completeWizard(completion), form, visit) {
        case .saved: return .seeOther(Route.wizard(id, .completion).path)
        case .rejected(let found):
            var judgement = try await judge(view, visit)
            // What the form itself lacks stands beside what the rules find.
            if judgement.findings.isEmpty { judgement.findings = found }
            return try refused(summary(view, judgement, form.state(revision: nil)))
        case .conflict:
            let current = try wizardView(id)
            guard current.draft.isOpen else { return .seeOther(Route.wizard(id, .completion).path) }
            return try await overtaken(current, form, visit)
        case .missing: throw Refusal.noWizard
        case .forbidden: throw Refusal.forbidden
        case .rehearsed: throw Refusal.unexpected
        }
    }

    private func takeStored(_ view: WizardView, _ form: FormReading, _ visit: Visit) async throws -> Answer {
        let wizards = wizards
        let (id, state) = (view.draft.id, form.revision ?? 0)
        switch try await changing(form, visit, { try wizards.takeStored(id, state: state) }) {
        case .accepted(let view), .notYet(let view): return .seeOther(Route.wizard(id, view.next).path)
        case .conflict(let current): return try await overtaken(current, form, visit)
        case .completed: return .seeOther(Route.wizard(id, .completion).path)
        case .serverGone(let draft): throw gone(draft)
        default: throw Refusal.noWizard
        }
    }

    func wizardCompletion(_ id: String) throws -> Answer {
        let found = try store.read { reading -> (WizardDraft, WizardView?, ChangeSet, [Change])? in
            guard let draft = try reading.wizardDraft(id) else { throw Refusal.noWizard }
            guard let number = draft.changeSet, let set = try reading.changeSet(number) else { return nil }
            return (
                draft, try WizardView(draft, in: reading), set,
                try reading.changes(ofSet: number, after: nil, limit: 10)
            )
        }
        // The Summary leads on to whatever is still to be answered.
        guard let (draft, view, set, changes) = found else { return .seeOther(Route.wizard(id, .summary).path) }
        return try page(WizardCompletionPage(draft: draft, view: view, set: set, changes: changes))
    }
}

/// What the Summary knows beyond the answers, read from the state they would lead to.
struct SummaryJudgement: Sendable {
    /// What stands in the way, and what should be known.
    var findings: [Finding] = []
    /// The server as the Summary would store it; nil when something stands in the way.
    var after: ServerRecord?
    /// The traffic flows that storing would change; nil when something stands in the way.
    var flows: FlowChanges?
    /// Who changed the stored server since the draft began; nil when nobody did.
    var lastChange: ChangeSet?

    /// What is stored about the server, its site and the component of the site.
    static func stored(about view: WizardView, _ reading: any ConfigurationReading) throws -> [Finding] {
        let ofServer = try reading.findings(.server, key: view.name)
        guard let site = view.site?.code.text else { return ofServer }
        return try ofServer + reading.findings(.site, key: site) + reading.findings(.component, key: site)
    }

    /// - Parameters:
    ///   - stood: what is stored about all of it without these answers.
    ///   - reading: the configuration as storing would leave it.
    init(
        of outcome: Outcome, _ view: WizardView, beyond stood: [Finding], _ reading: any ConfigurationReading
    ) throws {
        switch outcome {
        case .rehearsed(let found, let changes):
            // What storing alone brings to light, such as a flow that goes straight to the internet, stands beside what
            // the rules of an edit say.
            findings = try Self.stored(about: view, reading).reduce(into: found) { all, finding in
                let isKnown = (stood + all).contains { $0.code == finding.code && $0.message == finding.message }
                if !isKnown { all.append(finding) }
            }
            flows = changes
            after = try HostName.check(view.name, label: "").value.flatMap(reading.server)
        case .rejected(let found): findings = found
        default: break
        }
        guard let server = view.server, server.revision != view.draft.serverRevision else { return }
        let history = try reading.history(.server, key: server.name.text, before: nil, limit: 10)
        lastChange = history.first { $0.change.number == server.revision }?.set
    }
}
