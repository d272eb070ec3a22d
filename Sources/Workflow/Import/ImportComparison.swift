import Domain

/// The second half of an import: what was staged against what is stored. It writes the plan into the staging file, and
/// with it the import is decided up to the last step.
struct ImportComparison {
    let staging: any ImportStaging
    let stored: any ConfigurationReading
    let options: ImportOptions
    let isObservation: Bool
    let time: Int64

    /// What the whole batch needs to know while single servers are merged.
    struct Surroundings {
        var sites: [SiteCode: Site]
        var softwareUpdatePoints: [SiteCode: Int]
        let coveredSites: Set<SiteCode>
        let sitesWithRoles: Set<SiteCode>
        let isStoreEmpty: Bool
        /// Single-label names, stored and staged: only they can be the short form of another.
        let shortNames: Set<String>
        let hasRemovals: Bool
        let hasRefusedRecords: Bool
        let hasLeftOutFindings: Bool
        let systems: SystemsAfterImport
    }

    /// Nothing is missing for certain while a record of the batch could be any server's.
    var removesMissing: Bool { options.removeMissing && !staging.hasUntiedRecords }

    /// - Returns: the counts of servers.
    func run() throws -> ImportCounts {
        try staging.clearPlan()
        try refuseBesideSample()
        var counts = ImportCounts()
        let covered = try staging.coveredSites(unnamed: options.site)
        let sites = try SiteComparison(
            staging: staging, stored: stored, options: options, covered: covered,
            componentSites: try staging.componentSites(unnamed: options.site), isObservation: isObservation
        ).run()
        try ComponentComparison(
            staging: staging, stored: stored, sites: sites,
            merge: ComponentMerge(options: options, isObservation: isObservation, time: time)
        ).run()
        let coveredSites = Set(covered.map(\.code))
        var removal = options
        removal.removeMissing = removesMissing
        let points = SoftwareUpdatePointCount(
            staging: staging, stored: stored, options: removal, coveredSites: coveredSites)
        let surroundings = Surroundings(
            sites: sites, softwareUpdatePoints: try points.bySite(), coveredSites: coveredSites,
            sitesWithRoles: try staging.sitesWithRoles(unnamed: options.site),
            isStoreEmpty: try stored.numberOfServers() == 0,
            shortNames: try stored.shortServerNames().union(staging.shortServerNames()),
            hasRemovals: try stored.hasRemovals(), hasRefusedRecords: try staging.hasRefusedRecords(),
            hasLeftOutFindings: try stored.hasLeftOutFindings(),
            systems: try SystemsAfterImport(stored: stored, sites: sites))
        var (keepingOptions, takingOptions) = (options, options)
        keepingOptions.takeOver = false
        takingOptions.takeOver = true
        let merge = ServerMerge(options: keepingOptions, isObservation: isObservation, time: time)
        let taking = ServerMerge(options: takingOptions, isObservation: isObservation, time: time)
        if isObservation { try planExports(surroundings) }
        try staging.eachServer { items in try compare(items, merge, taking: taking, surroundings, &counts) }
        for name in try staging.refusedNames() {
            counts.rejected += 1
            try staging.list(PlannedChange(entity: .server, key: name, kind: .rejected, fields: []))
            try seeRefused(HostName.check(name, label: "").value)
        }
        try tellMissingKept()
        for code in surroundings.coveredSites { try listMissing(at: code, surroundings, &counts) }
        try tell(surroundings.systems.findings())
        // Last, as any finding before may be the one that is not kept.
        try tellCut()
        try staging.finishPlan()
        return counts
    }

    /// What comes from a real site must not be mixed with the sample.
    private func refuseBesideSample() throws {
        guard !options.isSample, try stored.holdsSample() else { return }
        try staging.add(
            Finding(
                code: .importSample, severity: .error,
                message: "The portal holds the sample data. Remove it first, with the button at the top of every page.")
        )
    }

    private func compare(
        _ items: StagedServerItems, _ merge: ServerMerge, taking: ServerMerge, _ surroundings: Surroundings,
        _ counts: inout ImportCounts
    ) throws {
        guard let name = items.name else { return }
        var findings: [Finding] = []
        guard let site = try agreedSite(of: items, name: name, &findings) else {
            counts.rejected += 1
            try staging.list(PlannedChange(entity: .server, key: name.text, kind: .rejected, fields: []))
            try seeRefused(name)
            return try tell(findings)
        }
        let before = surroundings.isStoreEmpty ? nil : try stored.server(name)
        let isBack = try before == nil && tellNewName(name, at: items.place, surroundings, &findings)
        let merge = options.takesOver(name) ? taking : merge
        var result = merge.merge(items, name: before?.name ?? name, site: site, stored: before)
        try tell(findings + result.findings)
        let hasRefusedRecord = try surroundings.hasRefusedRecords && staging.hasRefusedRecord(of: name)
        if result.isRefused || ((result.hasRefusedGroup || hasRefusedRecord) && !options.leaveOutRefused) {
            counts.rejected += 1
            try seeRefused(name)
            return try staging.list(
                PlannedChange(entity: .server, key: name.text, kind: .rejected, fields: []))
        }
        var record = result.record
        try tellUntoldServer(of: items, record)
        try compareRoles(of: items, &record, before: before, isComplete: !hasRefusedRecord, surroundings)
        result.hasRefusedGroup = result.hasRefusedGroup || hasRefusedRecord
        if surroundings.hasLeftOutFindings {
            let speaksOfRoles = record.roles.isEmpty || surroundings.sitesWithRoles.contains(site)
            let isWhole = result.tellsServer && speaksOfRoles && !hasRefusedRecord
            // The empty name stands for the record itself, of which any group may have been left out.
            try staging.addTold(groups: result.toldGroups + (isWhole ? [""] : []), of: record.name)
        }
        try plan(record, before: before, result, surroundings, at: items.place, &counts)
        try mark(record, before: before, result, isBack: isBack)
    }

    /// Notes what a person wants to see of a record beside what it becomes.
    private func mark(
        _ record: ServerRecord, before: ServerRecord?, _ result: ServerMerge.Result, isBack: Bool
    ) throws {
        let isKept = result.findings.contains { $0.code == .importPendingKept }
        // Where the site's values are taken over, the record stays in the list, so that the choice can be taken back.
        let isTaken = options.takesOver(record.name) && before.map { !$0.pending.isEmpty } ?? false
        if isKept || isTaken { try staging.mark(record.name, as: .kept, document: record.document) }
        if let before, before.site != record.site {
            try staging.mark(record.name, as: .moved, document: record.document)
        }
        if isBack { try staging.mark(record.name, as: .broughtBack, document: record.document) }
        if result.hasRefusedGroup { try staging.mark(record.name, as: .leftOut, document: record.document) }
    }

    private func agreedSite(
        of items: StagedServerItems, name: HostName, _ findings: inout [Finding]
    ) throws -> SiteCode? {
        let all = items.servers.map { ($0.site, $0.place) } + items.roles.map { ($0.site, $0.place) }
        let sites = all.compactMap { site, place in (site ?? options.site).map { ($0, place) } }
        guard let first = sites.first else {
            var judge = Judge(.fileImport, entity: .server, key: name.text)
            judge.tellSiteMissing(at: items.place)
            findings += judge.findings
            try staging.mark(name, as: .withoutSite, document: nil)
            return nil
        }
        guard let other = sites.first(where: { $0.0 != first.0 }) else { return first.0 }
        let isOneFile = first.1.file == other.1.file
        let lines = [first.1, other.1].map { "line \($0.line ?? 0)" + (isOneFile ? "" : " of \($0.file ?? "")") }
        findings.append(
            Finding(
                code: .serverTwoSites, severity: .error, entity: .server, key: name.text, field: .serverSite,
                place: other.1,
                message:
                    "\(isOneFile ? "The file has" : "The files have") \(name) at site \(first.0) (\(lines[0])) and at site \(other.0) "
                    + "(\(lines[1])). A site system server serves one site: export both sites again, or remove one."
            ))
        return nil
    }

    /// Worth a word about a server the portal does not have: another name for one it has, or one it once had.
    ///
    /// - Returns: whether the import brings back what was removed.
    private func tellNewName(
        _ name: HostName, at place: Place, _ surroundings: Surroundings, _ findings: inout [Finding]
    ) throws -> Bool {
        var judge = Judge(.fileImport, entity: .server, key: name.text)
        if name.isShort || surroundings.shortNames.contains(name.firstLabel) {
            for other in Set(try stored.serversLike(name) + staging.serversLike(name)).sorted(by: {
                $0.folded < $1.folded
            }) {
                judge.find(
                    .serverSimilar, .serverName, at: place,
                    "There is also \(other), which may be the same computer under another name. Remove one of them if it is."
                )
            }
        }
        let removal = surroundings.hasRemovals ? try stored.lastRemoval(of: name) : nil
        if let removal {
            judge.find(
                .serverBroughtBack, .serverName, at: place,
                "\(name) was removed from the portal in change set \(removal.number), and this import brings it back.")
        }
        findings += judge.findings
        return removal != nil
    }

    private func planExports(_ surroundings: Surroundings) throws {
        for site in surroundings.coveredSites {
            try staging.planExport(
                of: site, last: stored.lastExport(of: site), hasRoles: surroundings.sitesWithRoles.contains(site))
        }
    }

    /// What the file has and the rules refuse is not missing from the file, so it does not become stale.
    private func seeRefused(_ name: HostName?) throws {
        guard isObservation, let name, let before = try stored.server(name) else { return }
        var record = before
        record.see(at: time)
        try staging.plan(PlannedServer(record: record, stored: before, kind: .rejected, fields: []))
    }

    /// The roles the server has here against those of the batch, where it speaks of the roles of the site.
    private func plan(
        _ record: ServerRecord, before: ServerRecord?, _ result: ServerMerge.Result, _ surroundings: Surroundings,
        at place: Place, _ counts: inout ImportCounts
    ) throws {
        let standing = ServerRules.findings(
            for: record.intended,
            in: ServerRules.Surroundings(
                site: surroundings.sites[record.site],
                softwareUpdatePoints: surroundings.softwareUpdatePoints[record.site] ?? 0),
            on: .stored)
        // Doubts about single values were told where the values stand; what is left speaks of several together.
        for finding in standing where finding.code.isAcrossGroups {
            try staging.add(
                Finding(
                    code: finding.code, severity: finding.severity, entity: finding.entity, key: finding.key,
                    field: finding.field, place: place, message: finding.message))
        }
        surroundings.systems.settle(record, before: before, at: place)
        let kind: PlannedKind =
            before == nil ? .added : isUnchanged(record, before) ? .unchanged : .changed
        switch kind {
        case .added: counts.added += 1
        case .changed: counts.changed += 1
        default: counts.unchanged += 1
        }
        let leftOut = result.hasRefusedGroup ? try staging.errors(of: record.name.folded) : []
        // What is told of a group now stands for what was told of it before.
        let groups = Set(leftOut.compactMap { $0.field?.group })
        if surroundings.hasLeftOutFindings { try staging.addTold(groups: groups.sorted(), of: record.name) }
        try staging.plan(
            PlannedServer(
                record: record, stored: before, kind: kind, fields: ServerRecord.difference(before, record),
                standing: standing, leftOut: leftOut))
    }

    private func isUnchanged(_ record: ServerRecord, _ before: ServerRecord?) -> Bool {
        guard let before else { return false }
        return record.site == before.site && record.general == before.general && record.proxy == before.proxy
            && record.roles == before.roles && record.droppedRoles == before.droppedRoles
    }

    private func tellCut() throws {
        guard staging.hasCutFindings else { return }
        try staging.add(
            Finding(
                code: .importFindingsCut, severity: .notice,
                message:
                    "There are more findings than are kept. Mend those that are shown, and import again to see the rest."
            ))
    }

    func tell(_ findings: [Finding]) throws {
        for finding in findings { try staging.add(finding) }
    }
}

extension FindingCode {
    /// Whether the rule looks at more than one value, so that no single place in a file breaks it.
    fileprivate var isAcrossGroups: Bool {
        switch self {
        case .supProxyUnavailable, .supADRSecondary, .supSecondaryOne, .supSecondaryInternet, .supADRWithoutSync,
            .scpOffline, .dpCacheCredentials:
            true
        default: false
        }
    }
}
