import Domain

extension Submission {
    /// Rehearses the replacement of a proxy, and tells what would become of each server.
    ///
    /// - Returns: an outcome that is `rehearsed` or `rejected`, and the preview as far as it came.
    /// - Throws: ``ProgramFailure``.
    public func preview(
        _ replacement: ProxyReplacement, for request: Request
    ) throws -> (outcome: Outcome, preview: ProxyReplacementPreview) {
        try store.rehearse { writing in
            var preview = ProxyReplacementPreview()
            let session = EditSession(store: writing, request: request, time: clock())
            let outcome = try session.replaceProxy(replacement.unseen, &preview)
            guard case .saved(_, let findings) = outcome else { return (outcome, preview) }
            return (.rehearsed(findings: findings, flows: writing.flowChanges), preview)
        }
    }
}

extension EditSession {
    /// How many servers are held in memory at once.
    private static let serversAtOnce = 500

    func replaceProxy(_ replacement: ProxyReplacement) throws -> Outcome {
        var preview = ProxyReplacementPreview()
        return try replaceProxy(replacement, &preview)
    }

    /// Gives every server of the selection the new values, each judged as a save of its Proxy tab: all of them, or none.
    func replaceProxy(_ replacement: ProxyReplacement, _ preview: inout ProxyReplacementPreview) throws -> Outcome {
        preview.newestChange = try store.newestChange()
        if let conflict = try conflict(with: replacement) { return .conflict(conflict) }
        let away = replacement.excluded.union(replacement.alsoExcluded)
        let met = try members(of: replacement.selection, among: away)
        preview.leftOut = met.count
        preview.strangers = away.subtracting(met).sorted { $0.folded < $1.folded }
        let wrong = wrongValues(of: replacement)
        if !wrong.isEmpty { return .rejected(findings: wrong) }
        try judge(replacement, &preview)
        let findings = preview.problems.map(\.first)
        if preview.servers == 0 { return .rejected(findings: [noServer(of: replacement, preview)]) }
        if preview.hasErrors { return .rejected(findings: findings) }
        guard preview.changed > 0 else { return .saved(changeSet: nil, findings: findings) }
        return .saved(changeSet: try write(replacement), findings: findings)
    }

    // MARK: - Before any server is looked at

    /// Errors of the new values themselves, once and not on every server.
    private func wrongValues(of replacement: ProxyReplacement) -> [Finding] {
        let users = replacement.selection.users
        let base = Proxy.on(ProxyConfiguration(users.proxy, as: users.identity ?? .system))
        var judge = Judge(.edit)
        let proxy = Proxy.check(replacement.draft, base: base, &judge)
        if proxy == nil { judge.findDoubts(in: replacement.draft, besides: base) }
        return judge.refuses ? judge.findings : []
    }

    private func noServer(of replacement: ProxyReplacement, _ preview: ProxyReplacementPreview) -> Finding {
        var judge = Judge(.edit)
        let proxy = replacement.selection.users.proxy
        let sentence =
            preview.leftOut > 0
            ? "Every server that would change is left out. Leave out fewer of them."
            : "No server that is meant to use \(proxy) matches. Choose other accounts or sites, or less of a name."
        judge.find(.proxyReplaceNone, nil, sentence)
        return judge.findings[0]
    }

    /// Which servers somebody changed after the preview that this save was decided on.
    private func conflict(with replacement: ProxyReplacement) throws -> Conflict? {
        guard let basis = replacement.basis else { return nil }
        let selection = replacement.selection
        let isMeant = { (name: HostName) in !replacement.excluded.contains(name) }
        let written = try store.servers(
            in: selection, writtenSince: basis.newestChange, after: nil, limit: Self.serversAtOnce
        ).map(\.name).filter(isMeant)
        let left =
            try store.numberOfServers(in: selection) - members(of: selection, among: replacement.excluded).count
        if written.isEmpty && left == basis.servers { return nil }
        let gone = try store.serversThatLeft(selection, since: basis.newestChange, limit: Self.serversAtOnce)
        let names = (written + gone.filter(isMeant)).map(\.text)
        return .servers(ChangedRecords(count: names.count, names: Array(names.prefix(20))))
    }

    private func members(of selection: ProxySelection, among names: Set<HostName>) throws -> Set<HostName> {
        try names.filter { try store.server($0).map(selection.includes) ?? false }
    }

    // MARK: - Server by server

    private func judge(_ replacement: ProxyReplacement, _ preview: inout ProxyReplacementPreview) throws {
        var surroundings: [SiteCode: ServerRules.Surroundings] = [:]
        try eachServer(of: replacement) { record in
            let around = try surroundings[record.site] ?? self.surroundings(of: record.intended, instead: record)
            surroundings[record.site] = around
            judge(record, replacement.draft, in: around, &preview)
        }
    }

    /// A proxy changes nothing about a server's surroundings: they are the same before and after.
    private func judge(
        _ record: ServerRecord, _ draft: Draft, in surroundings: ServerRules.Surroundings,
        _ preview: inout ProxyReplacementPreview
    ) {
        var judge = Judge(.edit, entity: .server, key: record.name.text)
        guard let edited = proxy(record, draft, &judge) else {
            return preview.add(judge.findings, on: record.name, standing: [])
        }
        if edited.record == record {
            preview.unchanged += 1
            return
        }
        let before = record.intended
        let found = ServerRules.findings(
            changing: before, to: edited.record.intended, changed: edited.changed, in: surroundings,
            before: surroundings)
        let stood = ServerRules.findings(for: before, in: surroundings, on: .stored)
        preview.add(judge.findings + found, on: record.name, standing: stood)
        preview.addChange(of: record, to: edited.record.proxy.intended)
    }

    private func write(_ replacement: ProxyReplacement) throws -> Int {
        let set = try openChangeSet()
        var names: [HostName] = []
        var sites: Set<SiteCode> = []
        try eachServer(of: replacement) { record in
            var judge = Judge(.edit)
            guard let edited = proxy(record, replacement.draft, &judge), edited.record != record else { return }
            try store.save(edited.record, before: record)
            names.append(record.name)
            sites.insert(record.site)
        }
        try store.refreshFindings(of: names, at: sites.sorted())
        return set
    }

    /// By folded name, some at a time: a cursor would stumble over rows that are written below it.
    private func eachServer(of replacement: ProxyReplacement, _ body: (ServerRecord) throws -> Void) throws {
        let away = replacement.excluded.union(replacement.alsoExcluded)
        var after: HostName?
        while true {
            let records = try store.servers(
                in: replacement.selection, writtenSince: nil, after: after, limit: Self.serversAtOnce)
            for record in records where !away.contains(record.name) { try body(record) }
            guard records.count == Self.serversAtOnce, let last = records.last else { return }
            after = last.name
        }
    }
}
