import Domain

// What the portal has and the batch lacks: listed, and removed when that was asked for.
extension ImportComparison {
    func compareRoles(
        of items: StagedServerItems, _ record: inout ServerRecord, before: ServerRecord?, isComplete: Bool,
        _ surroundings: Surroundings
    ) throws {
        guard surroundings.sitesWithRoles.contains(record.site) else { return }
        let present = Set(items.roles.map(\.role))
        if isComplete { try listMissing(in: &record, besides: present) }
        guard isObservation else { return }
        record.see(roles: present, isComplete: isComplete && !staging.hasUntiedRecords, before: before)
    }

    private func listMissing(in record: inout ServerRecord, besides present: Set<RoleName>) throws {
        let missing = record.roles.filter { !present.contains($0.name) }
        for role in missing {
            try staging.list(
                PlannedChange(
                    entity: .role, key: "\(record.name): \(role.name)",
                    kind: removesMissing ? .removed : .notInFile,
                    fields: []))
        }
        if removesMissing { record.removeRoles(isAtSite: !isObservation) { !present.contains($0.name) } }
    }

    func tellMissingKept() throws {
        guard options.removeMissing, !removesMissing else { return }
        var judge = Judge(.fileImport)
        judge.find(
            .importMissingKept, nil, at: .form,
            "A record could not be tied to a server, so nothing was removed: what seems to be missing may be that record. "
                + "Mend the record, or export again, and import once more.")
        try tell(judge.findings)
    }

    func listMissing(at code: SiteCode, _ surroundings: Surroundings, _ counts: inout ImportCounts) throws {
        var missing: [ServerRecord] = []
        try stored.eachServer(site: code) { record in
            if try !staging.isStaged(server: record.name.folded) { missing.append(record) }
        }
        for record in missing {
            counts.notInFile += 1
            if removesMissing {
                counts.removed += 1
                surroundings.systems.settle(nil, before: record, at: .form)
                try staging.plan(PlannedServer(record: nil, stored: record, kind: .removed, fields: []))
            } else {
                try staging.list(PlannedChange(entity: .server, key: record.name.text, kind: .notInFile, fields: []))
            }
        }
    }
}
