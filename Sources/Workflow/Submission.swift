import Domain

/// The one way in which a form changes what is stored.
///
/// Each edit goes the same way: what was sent becomes values or findings, the rules across groups and sites judge the
/// result, and one write transaction checks that nobody was faster, writes, and records the change.
public struct Submission: Sendable {
    let store: any ConfigurationStore
    let clock: @Sendable () -> Int64

    /// - Parameter clock: milliseconds since 1970, UTC.
    public init(store: any ConfigurationStore, clock: @escaping @Sendable () -> Int64) {
        self.store = store
        self.clock = clock
    }

    /// Carries an edit out, or says why not. Everything happens in one write transaction, so what was judged is what is
    /// written.
    ///
    /// - Throws: ``ProgramFailure``, above all ``ProgramFailure/busy``.
    public func submit(_ edit: Edit, for request: Request) throws -> Outcome {
        try store.write { try EditSession(store: $0, request: request, time: clock()).carryOut(edit) }
    }

    /// Does what ``submit(_:for:)`` does, and takes all of it back: a preview that comes from the save itself.
    ///
    /// - Returns: ``Outcome/rehearsed(findings:flows:)`` where `submit` would have saved; any other outcome as `submit` has it.
    /// - Throws: ``ProgramFailure``, above all ``ProgramFailure/busy``: a rehearsal takes the turn of a writer.
    public func rehearse(_ edit: Edit, for request: Request) throws -> Outcome {
        try rehearse(edit, for: request) { _, outcome in outcome }
    }

    /// The same, with a look at what came of it before it is taken back.
    ///
    /// - Parameter look: reads the configuration as the edit would leave it.
    /// - Throws: as ``rehearse(_:for:)``.
    public func rehearse<Value: Sendable>(
        _ edit: Edit, for request: Request, _ look: (any ConfigurationReading, Outcome) throws -> Value
    ) throws -> Value {
        try store.rehearse { writing in
            let outcome = try EditSession(store: writing, request: request, time: clock()).carryOut(edit)
            guard case .saved(_, let findings) = outcome else { return try look(writing, outcome) }
            return try look(writing, .rehearsed(findings: findings, flows: writing.flowChanges))
        }
    }
}

/// An edit under way, inside its write transaction.
struct EditSession {
    let store: any ConfigurationWriting
    let request: Request
    let time: Int64

    func carryOut(_ edit: Edit) throws -> Outcome {
        switch edit {
        case .createServer(let draft): try createServer(draft)
        case .changeGeneral(let name, let draft, let revision):
            try changeServer(name, revision: revision) { try general($0, draft, &$1) }
        case .changeProxy(let name, let draft, let revision):
            try changeServer(name, revision: revision) { proxy($0, draft, &$1) }
        case .changeRoles(let name, let changes, let revision):
            try changeServer(name, revision: revision) { try roles($0, changes, &$1) }
        case .replaceProxy(let replacement): try replaceProxy(replacement)
        case .removeServer(let name, let revision): try removeServer(name, revision: revision)
        case .createSite(let draft): try createSite(draft)
        case .changeSite(let code, let draft, let revision): try changeSite(code, draft, revision: revision)
        case .removeSite(let code, let revision): try removeSite(code, revision: revision)
        case .changeComponent(let code, let draft, let revision):
            try changeComponent(code, draft, revision: revision)
        case .changeSoftwareUpdatePoints(let code, let changes): try changeSoftwareUpdatePoints(code, changes)
        case .completeWizard(let completion): try completeWizard(completion)
        case .removeSample: try removeSample()
        }
    }

    func openChangeSet() throws -> Int {
        try store.openChangeSet(
            time: time, actor: request.actor, reason: request.reason, requestID: request.id, origin: .form)
    }

    func surroundings(of server: SiteSystemServer, instead stored: ServerRecord?) throws -> ServerRules.Surroundings {
        var points = try store.softwareUpdatePoints(at: server.site)
        let isPoint = server.roles.contains { $0.name == .softwareUpdatePoint }
        let wasPoint = stored.map { $0.site == server.site && $0.intended.hasSoftwareUpdatePoint } ?? false
        if isPoint && !wasPoint { points += 1 }
        if !isPoint && wasPoint { points -= 1 }
        return ServerRules.Surroundings(
            site: try store.site(server.site)?.site, softwareUpdatePoints: points,
            serviceConnectionPoints: try serviceConnectionPoints(with: server, instead: stored))
    }

    private func serviceConnectionPoints(
        with server: SiteSystemServer, instead stored: ServerRecord?
    ) throws -> Int {
        let isPoint = server.has(.serviceConnectionPoint)
        let wasPoint = stored?.intended.has(.serviceConnectionPoint) ?? false
        return try store.serviceConnectionPoints() + (isPoint ? 1 : 0) - (wasPoint ? 1 : 0)
    }
}

extension SiteSystemServer {
    var hasSoftwareUpdatePoint: Bool { has(.softwareUpdatePoint) }
    func has(_ role: RoleName) -> Bool { roles.contains { $0.name == role } }
}
