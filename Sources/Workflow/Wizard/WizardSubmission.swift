import Domain

/// How something that was sent to a wizard ended.
public enum WizardOutcome: Sendable {
    /// The draft holds it.
    case accepted(WizardView)
    /// Findings stand in the way; the draft keeps what was typed, and its answers are as they were.
    case rejected(WizardView, [Finding])
    /// It was sent from an older state of the draft.
    case conflict(WizardView)
    /// The step is not among this wizard's, or others before it have no answer.
    case notYet(WizardView)
    /// The draft was stored already.
    case completed(WizardDraft)
    /// The server that roles were to be added to is no longer there.
    case serverGone(WizardDraft)
    /// There is no such draft.
    case missing
}

/// The one way in which the drafts of wizards change. What a confirmed Summary stores goes through ``Submission``.
public struct WizardSubmission: Sendable {
    let store: any ConfigurationStore
    let clock: @Sendable () -> Int64
    let makeID: @Sendable () -> String

    /// - Parameters:
    ///   - clock: milliseconds since 1970, UTC.
    ///   - makeID: makes the random id of a draft.
    public init(
        store: any ConfigurationStore, clock: @escaping @Sendable () -> Int64, makeID: @escaping @Sendable () -> String
    ) {
        self.store = store
        self.clock = clock
        self.makeID = makeID
    }

    /// Begins to add roles to a server.
    ///
    /// - Returns: nil when there is no such server.
    /// - Throws: ``ProgramFailure``, as everything here.
    public func beginAddingRoles(to server: HostName) throws -> WizardDraft? {
        try write { session in
            try session.store.removeWizardDrafts(untouchedSince: session.time - WizardDraft.lifetime)
            return try session.beginAddingRoles(to: server, id: makeID())
        }
    }

    /// Begins to create a server of a name at a site: fields `server.name` and `server.site`.
    ///
    /// - Returns: the draft, or what stands in its way.
    public func beginCreating(_ fields: Draft) throws -> (draft: WizardDraft?, findings: [Finding]) {
        try write { session in
            try session.store.removeWizardDrafts(untouchedSince: session.time - WizardDraft.lifetime)
            return try session.beginCreating(fields, id: makeID())
        }
    }

    /// Takes in what was typed on a step.
    ///
    /// - Parameters:
    ///   - typed: control → text.
    ///   - state: the state of the draft that the page showed.
    public func answer(
        _ id: String, _ step: WizardStep, _ typed: [String: String], state: Int
    ) throws -> WizardOutcome {
        try write { try $0.answerWizard(id, step, typed, state: state) }
    }

    /// Drops the answers on what others changed since the draft began.
    public func takeStored(_ id: String, state: Int) throws -> WizardOutcome {
        try write { try $0.takeStored(id, state: state) }
    }

    /// Removes an open draft.
    ///
    /// - Returns: the draft as it was; nil when there is none. One that was stored stays.
    public func cancel(_ id: String) throws -> WizardDraft? {
        try write { session in
            guard let draft = try session.store.wizardDraft(id) else { return nil }
            if draft.isOpen { try session.store.removeWizardDraft(id) }
            return draft
        }
    }

    /// Removes the drafts that nobody has touched for 30 days.
    public func removeOld() throws {
        try write { try $0.store.removeWizardDrafts(untouchedSince: $0.time - WizardDraft.lifetime) }
    }

    /// Drafts belong to nobody's history, so nobody is named.
    private func write<Value: Sendable>(_ body: (EditSession) throws -> Value) throws -> Value {
        try store.write { writing in
            let request = Request(actor: .local, reason: nil, id: "")
            return try body(EditSession(store: writing, request: request, time: clock()))
        }
    }
}
