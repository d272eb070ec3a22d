import Domain

// What happens to a draft before its Summary is confirmed.
extension EditSession {
    /// Takes the answers of one step in, when nothing in them, and nothing they bring about elsewhere, stands in the way.
    func answerWizard(_ id: String, _ step: WizardStep, _ typed: [String: String], state: Int) throws -> WizardOutcome {
        guard var draft = try store.wizardDraft(id) else { return .missing }
        guard draft.isOpen else { return .completed(draft) }
        guard let view = try WizardView(draft, in: store) else { return .serverGone(draft) }
        guard view.canOpen(step), step.isAnswered else { return .notYet(view) }
        guard draft.state == state else { return .conflict(view) }
        let trial = try trial(draft, typed, on: step)
        guard let changed = try WizardView(trial, in: store) else { return .serverGone(draft) }
        let refusing = try refusals(of: step, in: changed, before: view)
        guard refusing.isEmpty else {
            draft.keep(refused: typed, on: step, at: time)
            try store.save(draft)
            return .rejected(try WizardView(draft, in: store) ?? view, refusing)
        }
        try store.save(trial)
        return .accepted(changed)
    }

    /// The draft as it would be with the answers.
    private func trial(
        _ draft: WizardDraft, _ typed: [String: String], on step: WizardStep
    ) throws -> WizardDraft {
        var trial = draft
        trial.accept(typed, on: step, at: time)
        if step == .general, draft.kind == .createServer {
            let name = typed[FieldKey.serverName.rawValue] ?? ""
            trial.server = HostName.check(name, label: "").value?.text ?? name
            let site = SiteCode.check(typed[FieldKey.serverSite.rawValue] ?? "").value
            if site != draft.site {
                trial.site = site
                trial.componentRevision = try site.flatMap(store.component(of:))?.revision ?? 0
            }
        }
        return trial
    }

    /// The errors that refuse a step: those of its own fields, and those elsewhere that it brings about.
    private func refusals(of step: WizardStep, in view: WizardView, before: WizardView) throws -> [Finding] {
        let errors = try wizardErrors(view)
        let stood = errors.isEmpty ? [] : try wizardErrors(before)
        let refusing = errors.filter { error in
            error.field.map { view.step(asking: $0) == step } ?? true
                || !stood.contains { $0.code == error.code && $0.field == error.field }
        }
        guard step == .roles, view.draft.kind == .addRoles, view.draft.roles.isEmpty else { return refusing }
        var judge = Judge(.edit, entity: .server, key: view.name)
        judge.find(.wizardRoleNone, .roleName, "Choose at least one role, or cancel the wizard.")
        return refusing + judge.findings
    }

    private func wizardErrors(_ view: WizardView) throws -> [Finding] {
        var judge = Judge(.edit, entity: .server, key: view.name)
        let result = try wizardResult(view, &judge)
        let findings = try judge.findings + (result.map { try self.findings(of: $0, in: view) } ?? [])
        return findings.filter { $0.severity == .error }
    }

    /// Drops the answers on what others changed meanwhile, so that its pages show what is stored.
    func takeStored(_ id: String, state: Int) throws -> WizardOutcome {
        guard var draft = try store.wizardDraft(id) else { return .missing }
        guard draft.isOpen else { return .completed(draft) }
        guard let view = try WizardView(draft, in: store) else { return .serverGone(draft) }
        guard draft.state == state else { return .conflict(view) }
        if view.server?.revision ?? 0 != draft.serverRevision {
            draft.drop(.general)
            draft.drop(.proxy)
            draft.serverRevision = view.server?.revision ?? 0
        }
        if view.component?.revision ?? 0 != draft.componentRevision {
            for step in WizardStep.allCases where step.isOfComponent { draft.drop(step) }
            draft.componentRevision = view.component?.revision ?? 0
        }
        draft.state += 1
        draft.touched = time
        try store.save(draft)
        return .accepted(try WizardView(draft, in: store) ?? view)
    }

    /// Begins a draft that adds roles to a server; nil when there is no such server.
    func beginAddingRoles(to name: HostName, id: String) throws -> WizardDraft? {
        guard let server = try store.server(name) else { return nil }
        let draft = WizardDraft(
            id: id, kind: .addRoles, server: server.name.text, site: server.site, serverRevision: server.revision,
            componentRevision: try store.component(of: server.site)?.revision ?? 0, touched: time)
        try store.save(draft)
        return draft
    }

    /// Begins a draft of a new server, whose name and site are judged at once.
    func beginCreating(_ fields: Draft, id: String) throws -> (draft: WizardDraft?, findings: [Finding]) {
        let name = fields[.serverName]?.text ?? ""
        let checked = HostName.check(name, label: FieldKey.serverName.label).value
        let site = SiteCode.check(fields[.serverSite]?.text ?? "").value
        var draft = WizardDraft(
            id: id, kind: .createServer, server: checked?.text ?? name, site: site,
            answers: [
                .general: [
                    FieldKey.serverName.rawValue: name,
                    FieldKey.serverSite.rawValue: fields[.serverSite]?.text ?? "",
                ]
            ], componentRevision: try site.flatMap(store.component(of:))?.revision ?? 0, touched: time)
        guard let view = try WizardView(draft, in: store) else { return (nil, []) }
        let errors = try wizardErrors(view)
        guard errors.isEmpty else { return (nil, errors) }
        // Only name and site were asked for: the first page is still to be answered.
        draft.answers = [:]
        try store.save(draft)
        return (draft, [])
    }
}
