import Domain

extension EditSession {
    /// Changes the software update point component of a site: the fields that were sent, and no others.
    ///
    /// - Parameter revision: 0 when nobody had told the component yet.
    func changeComponent(_ code: SiteCode, _ draft: Draft, revision: Int) throws -> Outcome {
        var judge = Judge(.edit, entity: .component, key: code.text)
        guard let site = try store.site(code)?.site else {
            judge.find(
                .componentSiteUnknown, nil,
                "The portal has no site \(code). Add the site first, or open the component of another one.")
            return .rejected(findings: judge.findings)
        }
        let stored = try store.component(of: code)
        guard stored?.revision ?? 0 == revision else {
            return .conflict(.component(stored ?? ComponentRecord(site: code)))
        }
        if site.isChild { judge.refuseIgnored(in: draft, at: code) }
        let before = stored?.component.intended
        let component = SoftwareUpdatePointComponent.check(draft, base: before, &judge)
        if judge.refuses {
            judge.findDoubts(in: draft, besides: before)
            judge.findScheduleDoubts(in: draft, base: before)
            return .rejected(findings: judge.findings)
        }
        let untold = SoftwareUpdatePointComponent()
        if component ?? untold == before ?? untold { return .saved(changeSet: nil, findings: judge.findings) }
        var record = stored ?? ComponentRecord(site: code)
        record.component.intended = component
        return try save(record, before: stored, earlier: judge.findings)
    }

    private func save(_ record: ComponentRecord, before: ComponentRecord?, earlier: [Finding]) throws -> Outcome {
        let all = try earlier + findings(of: record, before: before)
        if all.contains(where: { $0.severity == .error }) { return .rejected(findings: all) }
        let set = try openChangeSet()
        try store.save(record, before: before)
        try store.refreshFindings(of: [], at: [record.site])
        return .saved(changeSet: set, findings: all)
    }

    /// The findings of which a field can have several, one about each name in its list.
    private static let aboutNames: Set<FindingCode> = [.componentClassificationUnknown, .componentLanguageUnknown]

    /// What the rules find at a component as an edit leaves it.
    ///
    /// - Parameter point: the folded name of a software update point that the edit adds.
    func findings(
        of record: ComponentRecord, before: ComponentRecord?, adding point: String? = nil
    ) throws -> [Finding] {
        let points = Set(try store.softwareUpdatePointServers(at: record.site))
        let stood = before.map { ComponentRules.findings(for: $0, points: points, on: .edit) } ?? []
        let changed = SoftwareUpdatePointComponent.difference(before?.component.intended, record.component.intended)
        return ComponentRules.findings(for: record, points: point.map { points.union([$0]) } ?? points, on: .edit)
            .broughtAbout(by: Set(changed), beyond: stood)
            // A list holds several names: one that was doubtful before is not brought about by another one.
            .map {
                Self.aboutNames.contains($0.code) && stood.contains($0.weighing(.error)) ? $0.weighing(.warning) : $0
            }
    }

    /// Changes the role's details on several software update points of a site at once: all of them, or none.
    ///
    /// A server that is gone, or has the role no more, was changed meanwhile as well.
    func changeSoftwareUpdatePoints(
        _ code: SiteCode, _ changes: [(server: HostName, draft: Draft, revision: Int)]
    ) throws -> Outcome {
        guard try store.site(code) != nil else { return .missing }
        let current = try changes.map { try point($0.server, at: code) }
        let isOvertaken = zip(changes, current).contains { $0.revision != $1?.revision }
        if isOvertaken { return .conflict(.softwareUpdatePoints(current.compactMap { $0 })) }
        var judge = Judge(.edit)
        var edits: [(stored: ServerRecord, edited: Edited)] = []
        for (change, stored) in zip(changes, current) {
            guard let stored else { continue }
            (judge.entity, judge.key) = (.server, stored.name.text)
            if judge.refuseUnoffered(change.draft, of: stored) { continue }
            var edited = Edited(record: stored, changed: [])
            self.change(.softwareUpdatePoint, change.draft, of: &edited, &judge)
            for finding in try findings(edited, before: stored) { judge.take(finding) }
            if edited.record != stored { edits.append((stored, edited)) }
        }
        if judge.refuses { return .rejected(findings: judge.findings) }
        if edits.isEmpty { return .saved(changeSet: nil, findings: judge.findings) }
        let set = try openChangeSet()
        for (stored, edited) in edits { try store.save(edited.record, before: stored) }
        try store.refreshFindings(of: edits.map(\.stored.name), at: [code])
        return .saved(changeSet: set, findings: judge.findings)
    }

    /// The server as it is stored, if it is a software update point of the site.
    private func point(_ name: HostName, at site: SiteCode) throws -> ServerRecord? {
        guard let record = try store.server(name), record.site == site,
            record.roles.contains(where: { $0.name == .softwareUpdatePoint })
        else { return nil }
        return record
    }
}

extension Judge {
    /// What is wrong with a schedule beside what cannot be read of it.
    mutating func findScheduleDoubts(in draft: Draft, base: SoftwareUpdatePointComponent?) {
        for doubt in SoftwareUpdatePointComponent.scheduleDoubts(in: draft, base: base) {
            find(doubt.problem.code, doubt.field, doubt.problem.message)
        }
    }

    /// Refuses options of a software update point whose details nobody told: the form has no boxes for it, and one option
    /// alone would make up its ports and all the rest.
    fileprivate mutating func refuseUnoffered(_ draft: Draft, of record: ServerRecord) -> Bool {
        let isTold = record.roles.contains { $0.name == .softwareUpdatePoint && $0.intended != nil }
        if isTold { return false }
        for entry in draft.entries {
            find(
                .formControlUnknown, entry.field, at: entry.sent.place,
                "Nobody has told the settings of the software update point on \(record.name), so this page has no “\(entry.field.label)” for it. Enter its settings on the Roles tab of the server first."
            )
        }
        return true
    }

    /// Refuses what has no effect at a site below another one: whoever sends it believes that it has.
    fileprivate mutating func refuseIgnored(in draft: Draft, at site: SiteCode) {
        for entry in draft.entries where !ComponentPart.fieldsOfChildSites.contains(entry.field) {
            find(
                .componentChildIgnored, entry.field, at: entry.sent.place,
                "“\(entry.field.label)” has no effect at \(site), which stands below another site. Set it at the top-level site."
            )
        }
    }
}
