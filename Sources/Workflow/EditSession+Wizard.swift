import Domain

/// The Summary of a wizard as it was confirmed: which state of the draft it showed, and of what is stored.
public struct WizardCompletion: Sendable, Equatable {
    public let id: String
    /// The draft's state.
    public let state: Int
    /// 0 for a new server.
    public let serverRevision: Int
    /// 0 where nobody had told the component.
    public let componentRevision: Int

    public init(id: String, state: Int, serverRevision: Int, componentRevision: Int) {
        self.id = id
        self.state = state
        self.serverRevision = serverRevision
        self.componentRevision = componentRevision
    }
}

// A wizard stores nothing before its Summary is confirmed; then all of it goes the way of every edit.
extension EditSession {
    /// Stores what was answered as one change set. A draft that was stored already gives the same set again.
    func completeWizard(_ completion: WizardCompletion) throws -> Outcome {
        guard var draft = try store.wizardDraft(completion.id) else { return .missing }
        if let set = draft.changeSet { return .saved(changeSet: set, findings: []) }
        guard let view = try WizardView(draft, in: store) else { return .missing }
        let isCurrent =
            draft.state == completion.state && view.server?.revision ?? 0 == completion.serverRevision
            && view.component?.revision ?? 0 == completion.componentRevision
        guard isCurrent, view.next == .summary else { return .conflict(.wizard(draft)) }
        var judge = Judge(.edit, entity: .server, key: view.name)
        let result = try wizardResult(view, &judge)
        let findings = try judge.findings + (result.map { try self.findings(of: $0, in: view) } ?? [])
        guard let result, !findings.contains(where: { $0.severity == .error }) else {
            return .rejected(findings: findings)
        }
        draft.changeSet = try write(result, in: view)
        draft.touched = time
        try store.save(draft)
        return .saved(changeSet: draft.changeSet, findings: findings)
    }

    private func write(_ result: WizardResult, in view: WizardView) throws -> Int {
        let set = try openChangeSet()
        try store.save(result.server.record, before: view.server)
        if let component = result.component { try store.save(component, before: view.component) }
        try store.refreshFindings(of: [result.server.record.name], at: [result.server.record.site])
        return set
    }

    /// What the answers come to.
    struct WizardResult {
        var server: Edited
        /// Nil when the component stays as it is.
        var component: ComponentRecord?
    }

    /// Reads answers into the records they would make, the steps in the wizard's order.
    ///
    /// - Returns: nil when something of them cannot be read; `judge` has then found why.
    func wizardResult(_ view: WizardView, _ judge: inout Judge) throws -> WizardResult? {
        guard var edited = try start(view, &judge) else { return nil }
        let answers = view.draft.answers
        let fields = { (step: WizardStep) in
            WizardDraft.fields(in: view.plan.steps.contains(step) ? answers[step] : nil)
        }
        if answers[.general] != nil {
            take(try general(edited.record, fields(.general), &judge), into: &edited)
        }
        if answers[.proxy] != nil { take(proxy(edited.record, fields(.proxy), &judge), into: &edited) }
        for role in view.draft.roles where isOffered(role, in: view, &judge) {
            take(try roles(edited.record, RoleChanges(adding: Sent(role.text)), &judge), into: &edited)
        }
        var point = fields(.softwareUpdatePoint)
        for entry in fields(.proxyAndAccounts).entries { point[entry.field] = entry.sent }
        let details = [
            (role: RoleName.softwareUpdatePoint, draft: point),
            (role: .serviceConnectionPoint, draft: fields(.serviceConnectionPoint)),
        ].filter { !$0.draft.isEmpty }
        take(try roles(edited.record, RoleChanges(details: details), &judge), into: &edited)
        let component = wizardComponent(view, &judge)
        return judge.refuses ? nil : WizardResult(server: edited, component: component)
    }

    private func take(_ next: Edited?, into edited: inout Edited) {
        guard let next else { return }
        edited = Edited(record: next.record, changed: edited.changed.union(next.changed))
    }

    /// The record the answers change: the stored one, or a new one of the name and site on the first page.
    private func start(_ view: WizardView, _ judge: inout Judge) throws -> Edited? {
        if let server = view.server { return Edited(record: server, changed: []) }
        let general = view.draft.fields(of: .general)
        let name = HostName.check(general[.serverName]?.text ?? "", label: FieldKey.serverName.label)
        let site = SiteCode.check(general[.serverSite]?.text ?? "")
        judge.find(name.problems, .serverName)
        judge.find(site.problems, .serverSite)
        if let name = name.value { try judgeNewName(name, &judge) }
        guard let name = name.value, let site = site.value else { return nil }
        return Edited(record: ServerRecord(name: name, site: site), changed: [.serverName, .serverSite])
    }

    /// What was offered when it was chosen may have been taken since.
    private func isOffered(_ role: RoleName, in view: WizardView, _ judge: inout Judge) -> Bool {
        guard let offer = view.offers.first(where: { $0.role.name == role }), let refusal = offer.refusal else {
            return true
        }
        judge.find(
            .wizardRoleUnavailable, .roleName,
            "\(offer.role.displayName) cannot be added to \(view.name). \(refusal) Continue without it on System Role Selection."
        )
        return false
    }

    private func wizardComponent(_ view: WizardView, _ judge: inout Judge) -> ComponentRecord? {
        guard let site = view.site?.code else { return nil }
        let draft = view.componentDraft
        if draft.isEmpty { return nil }
        var record = view.component ?? ComponentRecord(site: site)
        var findings = Judge(.edit, entity: .component, key: site.text)
        let component = SoftwareUpdatePointComponent.check(draft, base: record.component.intended, &findings)
        if findings.refuses { findings.findScheduleDoubts(in: draft, base: record.component.intended) }
        for finding in findings.findings { judge.take(finding) }
        guard let component, component != record.component.intended else { return nil }
        record.component.intended = component
        return record
    }

    /// What the rules find in a result, across groups and sites.
    func findings(of result: WizardResult, in view: WizardView) throws -> [Finding] {
        let server = result.server.record
        let isPoint = server.roles.contains { $0.name == .softwareUpdatePoint }
        let component = try result.component.map {
            try findings(of: $0, before: view.component, adding: isPoint ? server.name.folded : nil)
        }
        return try findings(result.server, before: view.server).inWords(of: view) + (component ?? [])
    }
}
