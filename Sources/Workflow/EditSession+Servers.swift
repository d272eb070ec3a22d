import Domain

extension EditSession {
    func createServer(_ draft: Draft) throws -> Outcome {
        var judge = Judge(.edit, entity: .server, key: draft[.serverName]?.text)
        let name = HostName.check(draft[.serverName]?.text ?? "", label: FieldKey.serverName.label)
        let site = SiteCode.check(draft[.serverSite]?.text ?? "")
        judge.find(name.problems, .serverName)
        judge.find(site.problems, .serverSite)
        if let name = name.value { try judgeNewName(name, &judge) }
        guard let name = name.value, let site = site.value, !judge.refuses else {
            judge.findDoubts(in: draft)
            return .rejected(findings: judge.findings)
        }
        return try save(
            ServerRecord(name: name, site: site), before: nil, changed: [.serverName, .serverSite],
            earlier: judge.findings)
    }

    func judgeNewName(_ name: HostName, _ judge: inout Judge) throws {
        if try store.server(name) != nil {
            judge.find(
                .serverExists, .serverName, "The portal has a server \(name) already. Open it, or enter another name.")
        }
        for other in try store.serversLike(name) {
            judge.find(
                .serverSimilar, .serverName,
                "The portal also has \(other), which may be the same computer under another name. Remove one of them if it is."
            )
        }
    }

    /// Changes a server unless somebody was faster. `change` reads what was sent into the record, and returns the fields
    /// it changed.
    func changeServer(_ name: HostName, revision: Int, _ change: (ServerRecord, inout Judge) throws -> Edited?) throws
        -> Outcome
    {
        guard let stored = try store.server(name) else { return .missing }
        guard stored.revision == revision else { return .conflict(.server(stored)) }
        var judge = Judge(.edit, entity: .server, key: stored.name.text)
        guard let edited = try change(stored, &judge), !judge.refuses else {
            return .rejected(findings: judge.findings)
        }
        if edited.record == stored, edited.changed.isEmpty { return .saved(changeSet: nil, findings: judge.findings) }
        return try save(edited.record, before: stored, changed: edited.changed, earlier: judge.findings)
    }

    /// A record as an edit leaves it, and the fields the edit changed.
    struct Edited {
        var record: ServerRecord
        var changed: Set<FieldKey>
    }

    func general(_ stored: ServerRecord, _ draft: Draft, _ judge: inout Judge) throws -> Edited? {
        guard let general = General.check(draft, base: stored.general.intended, &judge) else {
            judge.findDoubts(in: draft, besides: stored.general.intended)
            return nil
        }
        var record = stored
        record.general.intended = general == stored.general.intended ? stored.general.intended : general
        let wasTold = stored.general.isTold
        let changed = General.difference(stored.general.intended, general)
        return Edited(record: record, changed: Set(wasTold ? changed : changed + [.generalInternetFQDN]))
    }

    func proxy(_ stored: ServerRecord, _ draft: Draft, _ judge: inout Judge) -> Edited? {
        guard let proxy = Proxy.check(draft, base: stored.proxy.intended, &judge) else {
            judge.findDoubts(in: draft, besides: stored.proxy.intended)
            if !judge.refuses {
                judge.find(
                    .formControlUnknown, .proxyUse, "The form did not say whether a proxy is used. Open the tab again.")
            }
            return nil
        }
        var record = stored
        record.proxy.intended = proxy == stored.proxy.intended ? stored.proxy.intended : proxy
        return Edited(
            record: record,
            changed: Set(Proxy.difference(stored.proxy.intended, proxy)).union(useChanged(stored, proxy)))
    }

    private func useChanged(_ stored: ServerRecord, _ proxy: Proxy) -> Set<FieldKey> {
        stored.proxy.intended.map { $0.value(.proxyUse) == proxy.value(.proxyUse) } ?? false ? [] : [.proxyUse]
    }

    func roles(_ stored: ServerRecord, _ changes: RoleChanges, _ judge: inout Judge) throws -> Edited? {
        var edited = Edited(record: stored, changed: [])
        drop(changes.removing, from: &edited)
        for (role, draft) in changes.details where !changes.removing.contains(role) {
            change(role, draft, of: &edited, &judge)
        }
        if let adding = changes.adding, !adding.text.isEmpty { add(adding, to: &edited, &judge) }
        return judge.refuses ? nil : edited
    }

    /// What the site has is remembered as taken out here, and waits to be removed there. A stale role is gone there.
    private func drop(_ names: [RoleName], from edited: inout Edited) {
        for role in edited.record.roles where names.contains(role.name) {
            edited.changed.insert(.roleName)
            guard role.isObserved, !edited.record.isStale(role) else {
                edited.record.sightings.earlierRoles[role.name.folded] = nil
                continue
            }
            edited.record.droppedRoles.append(
                HeldRole(name: role.name, observed: role.observed, isObserved: true))
        }
        edited.record.roles.removeAll { names.contains($0.name) }
        edited.record.droppedRoles.sort { $0.name.folded < $1.name.folded }
    }

    func change(_ role: RoleName, _ draft: Draft, of edited: inout Edited, _ judge: inout Judge) {
        guard let index = edited.record.roles.firstIndex(where: { $0.name == role }) else { return }
        let before = edited.record.roles[index].intended
        guard let details = RoleDetails.check(draft, of: role, base: before, &judge), details != before else { return }
        edited.record.roles[index].intended = details
        edited.changed.formUnion(RoleDetails.difference(before, details))
        if before == nil { edited.changed.insert(.roleName) }
    }

    private func add(_ sent: Sent, to edited: inout Edited, _ judge: inout Judge) {
        let checked = RoleName.check(sent.text)
        judge.find(checked.problems, .roleName)
        guard let name = checked.value else { return }
        if name == .siteSystem || edited.record.roles.contains(where: { $0.name == name }) {
            judge.find(
                .roleExists, .roleName,
                "The server has the role \(name) already. Choose another, or leave the list at “none”.")
            return
        }
        let dropped = edited.record.droppedRoles.first { $0.name == name }
        edited.record.droppedRoles.removeAll { $0.name == name }
        edited.record.roles.append(
            HeldRole(name: name, intended: dropped?.observed, observed: dropped?.observed, isObserved: dropped != nil))
        edited.record.roles.sort { $0.name.folded < $1.name.folded }
        edited.changed.insert(.roleName)
    }

    func removeServer(_ name: HostName, revision: Int) throws -> Outcome {
        guard let stored = try store.server(name) else { return .missing }
        guard stored.revision == revision else { return .conflict(.server(stored)) }
        let set = try openChangeSet()
        try store.remove(stored)
        try store.refreshFindings(of: [stored.name], at: [stored.site])
        return .saved(changeSet: set, findings: [])
    }

    /// What the rules find in a server as an edit leaves it.
    func findings(_ edited: Edited, before: ServerRecord?) throws -> [Finding] {
        let after = edited.record.intended
        return ServerRules.findings(
            changing: before?.intended, to: after, changed: edited.changed,
            in: try surroundings(of: after, instead: before),
            before: try before.map { try surroundings(of: $0.intended, instead: $0) }
                ?? ServerRules.Surroundings(site: nil, softwareUpdatePoints: 0))
    }

    private func save(
        _ record: ServerRecord, before: ServerRecord?, changed: Set<FieldKey>, earlier: [Finding]
    ) throws -> Outcome {
        let all = try earlier + findings(Edited(record: record, changed: changed), before: before)
        if all.contains(where: { $0.severity == .error }) { return .rejected(findings: all) }
        let set = try openChangeSet()
        try store.save(record, before: before)
        try store.refreshFindings(of: [record.name], at: [record.site])
        return .saved(changeSet: set, findings: all)
    }
}

extension Judge {
    /// Tells what is doubtful about the single values of a draft that was refused, so that one save shows every problem.
    mutating func findDoubts(in draft: Draft) {
        for doubt in draft.doubts { find(doubt.problem.code, doubt.field, at: doubt.place, doubt.problem.message) }
    }

    /// The same for a group that has values: those that stay as they are brought nothing about.
    mutating func findDoubts<Group: FieldGroup>(in draft: Draft, besides stored: Group?) {
        for doubt in draft.doubts where draft[doubt.field]?.text != stored?.value(doubt.field).text {
            find(doubt.problem.code, doubt.field, at: doubt.place, doubt.problem.message)
        }
    }
}
