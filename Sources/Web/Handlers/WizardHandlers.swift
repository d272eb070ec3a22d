import Domain
import HTTPTypes
import Pages
import Workflow

// The wizards: what begins one, its steps, and what removes its draft. The Summary has a file of its own.
extension Portal {
    func newServer(_ visit: Visit) throws -> Answer {
        try page(try newServerPage(site: visit.query.first { $0.name == "site" }?.value))
    }

    private func newServerPage(site: String? = nil, form: FormState = FormState(revision: nil)) throws -> NewServerPage
    {
        let (sites, drafts) = try store.read { reading in
            (try reading.sites().map(\.site.code), try reading.openWizardDrafts(.newServers))
        }
        let chosen = site.flatMap { SiteCode.check($0).value }
        return NewServerPage(form: form, sites: sites, site: chosen, drafts: drafts)
    }

    /// Begins Create Site System Server.
    func beginCreatingServer(_ body: FormBody, _ visit: Visit) async throws -> Answer {
        let fields = SiteSystemServer.identityFields
        let form = FormReading(body, FormReading.Form(fields: fields, hasRevision: false))
        guard form.problems.isEmpty else {
            return try refused(newServerPage(form: form.state(revision: nil)))
        }
        let wizards = wizards
        let draft = form.draft(fields)
        let begun = try await changing(form, visit) { try wizards.beginCreating(draft) }
        if let draft = begun.draft { return .seeOther(Route.wizard(draft.id, .general).path) }
        return try refused(newServerPage(form: form.state(revision: nil, begun.findings)))
    }

    /// Begins Add Site System Roles on the server the form names.
    func beginWizard(_ body: FormBody, _ visit: Visit) async throws -> Answer {
        let form = FormReading(body, .wizardStart)
        guard form.problems.isEmpty, form.typed["kind"] == WizardKind.addRoles.rawValue else {
            throw Refusal.badRequest(
                "The form does not say which wizard to begin. Begin it on the Roles tab of a server.")
        }
        let text = form.typed["server"] ?? ""
        guard let name = HostName.check(text, label: "").value else { throw Refusal.noServer(text) }
        let wizards = wizards
        guard let draft = try await changing(form, visit, { try wizards.beginAddingRoles(to: name) }) else {
            throw try missing(name)
        }
        return .seeOther(Route.wizard(draft.id, .general).path)
    }

    // MARK: - Steps

    /// A draft as it stands, with what it is about.
    ///
    /// - Throws: ``Refusal/noWizard``, and why a server is gone.
    func wizardView(_ id: String) throws -> WizardView {
        let found = try store.read { reading in
            try reading.wizardDraft(id).map { ($0, try WizardView($0, in: reading)) }
        }
        guard let (draft, view) = found else { throw Refusal.noWizard }
        guard let view else { throw gone(draft) }
        return view
    }

    /// Why the wizard cannot go on: its server was taken out.
    func gone(_ draft: WizardDraft) -> Refusal { .wizardWithoutServer(draft.server, draft: draft.id) }

    func wizardStep(_ id: String, _ step: WizardStep, _ visit: Visit) async throws -> Answer {
        if step == .completion { return try wizardCompletion(id) }
        let view = try wizardView(id)
        guard view.draft.isOpen else { return .seeOther(Route.wizard(id, .completion).path) }
        guard view.canOpen(step) else { return .seeOther(Route.wizard(id, view.next).path) }
        if step == .summary { return try await wizardSummary(view, visit) }
        return try page(WizardStepPage(view: view, step: step, returnsToSummary: visit.asks("change")))
    }

    func answerWizard(_ id: String, _ step: WizardStep, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        if step == .summary { return try await confirmWizard(id, body, visit) }
        guard step.isAnswered else { throw Refusal.wrongMethod(allowed: "GET, HEAD") }
        let view = try wizardView(id)
        guard view.draft.isOpen else { return .seeOther(Route.wizard(id, .completion).path) }
        guard view.canOpen(step) else { return .seeOther(Route.wizard(id, view.next).path) }
        let form = FormReading.wizard(body, step, of: view)
        let returns = visit.asks("change")
        guard form.problems.isEmpty else {
            return try refused(
                WizardStepPage(
                    view: view, step: step, form: form.state(revision: form.revision), returnsToSummary: returns))
        }
        let wizards = wizards
        let (answers, state) = (form.answers, form.revision ?? 0)
        switch try await changing(form, visit, { try wizards.answer(id, step, answers, state: state) }) {
        case .accepted(let view): return .seeOther(Route.wizard(id, view.step(after: step, returns)).path)
        case .rejected(let view, let findings):
            return try refused(
                WizardStepPage(
                    view: view, step: step, form: form.state(revision: view.draft.state, findings),
                    returnsToSummary: returns))
        case .conflict(let view):
            let conflict = ConflictPage(wizard: view, step: step, typed: form.sent, values: form.typed)
            return try page(conflict).with(.conflict)
        case .notYet(let view): return .seeOther(Route.wizard(id, view.next).path)
        case .completed: return .seeOther(Route.wizard(id, .completion).path)
        case .serverGone(let draft): throw gone(draft)
        case .missing: throw Refusal.noWizard
        }
    }

    // MARK: - Cancelling

    func wizardCancellation(_ id: String) throws -> Answer {
        guard let draft = try store.read({ try $0.wizardDraft(id) }) else { throw Refusal.noWizard }
        guard draft.isOpen else { return .seeOther(Route.wizard(id, .completion).path) }
        return try page(WizardCancelPage(draft: draft))
    }

    func cancelWizard(_ id: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        let form = FormReading(body, FormReading.Form(fields: [], hasRevision: false))
        let wizards = wizards
        guard let draft = try await changing(form, visit, { try wizards.cancel(id) }) else { throw Refusal.noWizard }
        guard draft.isOpen else { return .seeOther(Route.wizard(id, .completion).path) }
        let server = try draft.kind == .addRoles ? storedServer(of: draft) : nil
        return .seeOther((server.map { .server($0.name.text, .roles) } ?? Route.servers).path)
    }

    /// Nil when the server of a draft was taken out.
    private func storedServer(of draft: WizardDraft) throws -> ServerRecord? {
        guard let name = HostName.check(draft.server, label: "").value else { return nil }
        return try store.read { try $0.server(name) }
    }

    /// Changes a draft in the turn of all that is written; what was typed is kept for whoever has to wait.
    func changing<Value: Sendable>(
        _ form: FormReading, _ visit: Visit, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        do {
            return try await Blocking.submit(within: settings.submissionWait, work)
        } catch ProgramFailure.busy {
            throw Refusal.busy(ErrorPage.Resend(action: visit.route.path, controls: form.sent))
        } catch ProgramFailure.storage(let cause) {
            throw Refusal.notStored(ErrorPage.Resend(action: visit.route.path, controls: form.sent), cause: cause)
        }
    }
}

extension WizardView {
    /// Where an accepted step leads: to the next page, or back to the Summary if it was opened from there and nothing new
    /// has to be answered.
    fileprivate func step(after step: WizardStep, _ returnsToSummary: Bool) -> WizardStep {
        returnsToSummary ? next : plan.step(after: step) ?? next
    }
}
