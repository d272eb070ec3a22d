import Domain

/// The components of a batch against those that are stored: the objects of one site make one component.
struct ComponentComparison {
    let staging: any ImportStaging
    let stored: any ConfigurationReading
    /// All sites as the import would leave them.
    let sites: [SiteCode: Site]
    let merge: ComponentMerge

    private var options: ImportOptions { merge.options }

    func run() throws {
        var items = try itemsBySite()
        if let (site, categories) = try categories() { items[site, default: []].append(categories) }
        for (site, items) in items.sorted(by: { $0.key < $1.key }) { try compare(items, of: site) }
    }

    private func itemsBySite() throws -> [SiteCode: [StagedComponent]] {
        var items: [SiteCode: [StagedComponent]] = [:]
        try staging.eachComponent { item in
            if let site = item.site ?? options.site { return items[site, default: []].append(item) }
            var judge = Judge(.fileImport)
            judge.tellSiteMissing(at: item.place)
            try tell(judge)
            try staging.markWithoutSite(item)
        }
        return items
    }

    /// The products and classifications as one more object of the top-level site's component; nil when there are none.
    private func categories() throws -> (SiteCode, StagedComponent)? {
        var names: [UpdateCategoryDraft.Kind: [String]] = [:]
        var first: Place?
        try staging.eachUpdateCategory { category in
            first = first ?? category.place
            names[category.kind, default: []] += category.name.map { [$0] } ?? []
        }
        guard let place = first else { return nil }
        guard let site = topLevelSite else {
            var judge = Judge(.fileImport)
            judge.find(
                .importCategoriesNoSite, nil, at: place,
                "The file has products and classifications, and it is not known which site is the top of the hierarchy, so they "
                    + "were passed over. Export Get-CMSite too, and import again.")
            try tell(judge)
            return nil
        }
        var draft = Draft()
        for (kind, names) in names { draft[kind.field] = Sent(names.joined(separator: "\n"), at: place) }
        return (site, StagedComponent(site: site, place: place, fields: .checked(draft)))
    }

    /// The site whose component holds the subscriptions of the hierarchy; nil when that cannot be told.
    private var topLevelSite: SiteCode? {
        let administration = sites.values.filter { $0.type == .centralAdministration }
        let primaries = sites.values.filter { $0.type == .primary && $0.parent == nil }
        for candidates in [administration, primaries, Array(sites.values)] where candidates.count == 1 {
            return candidates[0].code
        }
        return options.site
    }

    private func compare(_ items: [StagedComponent], of site: SiteCode) throws {
        var judge = Judge(.fileImport, entity: .component, key: site.text)
        let (draft, hasRefusedPart) = fold(items, &judge)
        let isLeftOut = draft.isEmpty || judge.refuses || (hasRefusedPart && !options.leaveOutRefused)
        guard !isLeftOut else {
            try tell(judge)
            return try staging.list(PlannedChange(entity: .component, key: site.text, kind: .rejected, fields: []))
        }
        let before = try stored.component(of: site)
        let record = merge.merge(draft, into: before ?? ComponentRecord(site: site), &judge)
        // A choice that was made stays in the list, so that it can be taken back.
        let isKept =
            judge.findings.contains { $0.code == .importPendingKept }
            || (options.takesOver(componentOf: site)
                && before.map { $0.component.intended != $0.component.observed } ?? false)
        try tellUntoldServer(draft[.supcDefaultServer], &judge)
        let isServerUntold = judge.findings.contains { $0.code == .importServerUntold }
        for finding in ComponentRules.findings(for: record, points: try points(at: site), on: .fileImport) {
            if isServerUntold, finding.code == .componentDefaultUnknown { continue }
            // What a file does not touch was told when it came; what is missing is missed where the choice is told that
            // asks for it.
            guard let field = finding.field,
                let sent = draft[field] ?? finding.code.asking(for: field).flatMap({ draft[$0] })
            else { continue }
            judge.find(finding.code, field, at: sent.place, finding.message)
        }
        try tell(judge)
        let kind: PlannedKind =
            before == nil ? .added : before?.component == record.component ? .unchanged : .changed
        let fields = SoftwareUpdatePointComponent.difference(before?.component.intended, record.component.intended)
        try staging.plan(
            PlannedComponent(record: record, stored: before, kind: kind, fields: fields, isKept: isKept))
    }

    /// The folded names of the site's software update points, in the batch or stored.
    private func points(at site: SiteCode) throws -> Set<String> {
        let staged = try staging.softwareUpdatePoints(unnamed: options.site)[site] ?? []
        return staged.union(try stored.softwareUpdatePointServers(at: site))
    }

    /// All fields the objects tell; what two of them tell must be the same.
    private func fold(_ items: [StagedComponent], _ judge: inout Judge) -> (fields: Draft, hasRefusedPart: Bool) {
        var folded = Draft()
        var hasRefusedPart = false
        for (position, item) in items.enumerated() {
            guard case .checked(let draft) = item.fields else {
                hasRefusedPart = true
                continue
            }
            let shared = draft.entries.map(\.field).filter { folded[$0] != nil }
            if !shared.isEmpty {
                let before = items[..<position].first { $0.tells(shared[0]) } ?? items[0]
                judge.tellTwice(
                    agree(folded, draft, in: shared), "the software update point component of site \(judge.key ?? "")",
                    at: item.place, before: before.place)
            }
            for entry in draft.entries where folded[entry.field] == nil { folded.append(entry.field, entry.sent) }
        }
        return (folded, hasRefusedPart)
    }

    private func agree(_ left: Draft, _ right: Draft, in fields: [FieldKey]) -> Bool {
        var quiet = Judge(.fileImport)
        let one = SoftwareUpdatePointComponent.check(left, base: nil, &quiet)
        let other = SoftwareUpdatePointComponent.check(right, base: nil, &quiet)
        return fields.allSatisfy { one?.value($0) == other?.value($0) }
    }

    private func tell(_ judge: Judge) throws {
        for finding in judge.findings { try staging.add(finding) }
    }
}

extension FindingCode {
    /// The field whose choice asks for another one that is missing.
    fileprivate func asking(for field: FieldKey) -> FieldKey? {
        switch self {
        case .componentUpstreamMissing: .supcSynchronizationSource
        case .componentScheduleIncomplete where field == .supcScheduleKind: .supcSynchronizeOnSchedule
        case .componentScheduleIncomplete, .componentScheduleRange: .supcScheduleKind
        case .componentSupersedenceWait:
            field == .supcFeatureUpdateWaitMonths ? .supcFeatureUpdateSupersedence : .supcNonFeatureUpdateSupersedence
        default: nil
        }
    }
}

extension StagedComponent {
    fileprivate func tells(_ field: FieldKey) -> Bool {
        if case .checked(let draft) = fields { draft[field] != nil } else { false }
    }
}
