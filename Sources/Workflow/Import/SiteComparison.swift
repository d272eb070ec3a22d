import Domain

/// The sites of a batch against those that are stored: new ones, changed ones, and the signs of another hierarchy.
struct SiteComparison {
    let staging: any ImportStaging
    let stored: any ConfigurationReading
    let options: ImportOptions
    let covered: [(code: SiteCode, place: Place)]
    /// The sites of the components in the batch.
    let componentSites: [(code: SiteCode, place: Place)]
    let isObservation: Bool

    /// Plans the sites, tells what is to be told, and returns all sites as they would be.
    func run() throws -> [SiteCode: Site] {
        let records = try stored.sites()
        var sites = Dictionary(uniqueKeysWithValues: records.map { ($0.site.code, $0.site) })
        let before = sites
        let told = try mergeTold(into: &sites, before: before)
        try addFirstMet(to: &sites)
        for (code, site) in sites.sorted(by: { $0.key < $1.key }) {
            let record = records.first { $0.site.code == code }
            let points = try staging.cloudDistributionPoints(of: code)
            let complete = try addCloudDistributionPoints(points, to: site)
            sites[code] = complete
            try plan(complete, record)
        }
        try judge(sites, told: told, before: before)
        return sites
    }

    /// Merges what site objects say; what only follows from a role item counts where nothing else is known.
    private func mergeTold(
        into sites: inout [SiteCode: Site], before: [SiteCode: Site]
    ) throws -> [SiteCode: Place] {
        var told: [SiteCode: Place] = [:]
        var inferred: [StagedSite] = []
        var all: [StagedSite] = []
        try staging.eachSite { site in if site.isInferred { inferred.append(site) } else { all.append(site) } }
        for staged in all {
            told[staged.code] = told[staged.code] ?? staged.place
            try merge(staged, into: &sites, before: before[staged.code])
        }
        for staged in inferred where told[staged.code] == nil && sites[staged.code]?.type == nil {
            try merge(staged, into: &sites, before: nil)
        }
        return told
    }

    private func merge(_ staged: StagedSite, into sites: inout [SiteCode: Site], before: Site?) throws {
        var judge = Judge(.fileImport, entity: .site, key: staged.code.text)
        if let stored = before?.siteServer, let sent = staged.fields[.siteServer],
            let new = HostName.check(sent.text, label: FieldKey.siteServer.label).value, new != stored
        {
            tellOtherHierarchy(
                "Site \(staged.code) has the site server \(stored) here, and \(new) in the file.", .siteServer,
                sent.place, &judge)
        }
        // Its own findings were told when it was read.
        var quiet = Judge(.fileImport)
        if let site = Site.check(staged.fields, base: sites[staged.code], &quiet) { sites[staged.code] = site }
        for finding in judge.findings { try staging.add(finding) }
    }

    private func tellOtherHierarchy(_ fact: String, _ field: FieldKey, _ place: Place, _ judge: inout Judge) {
        guard !options.otherHierarchy else { return }
        judge.find(
            .siteOtherHierarchy, field, at: place,
            fact
                + " A data folder holds one hierarchy: import this file into another folder with --data. If the site was moved, "
                + "accept it in the preview, or with --other-hierarchy.")
    }

    /// Sites of servers, components and cloud distribution points that nobody has told: they come to be with their code alone.
    private func addFirstMet(to sites: inout [SiteCode: Site]) throws {
        for (code, place) in try covered + componentSites + staging.cloudSites() where sites[code] == nil {
            sites[code] = Site(firstMet: code)
            var judge = Judge(.fileImport, entity: .site, key: code.text)
            judge.find(
                .siteFirstMet, .siteCode, at: place,
                "Site \(code) was first met here, so only its code is known. Export Get-CMSite too, or fill in the site's page."
            )
            for finding in judge.findings { try staging.add(finding) }
        }
    }

    private func addCloudDistributionPoints(_ names: [String], to site: Site) throws -> Site {
        let known = Set(site.cloudDistributionPoints.map(\.text.asciiFolded))
        let new = names.filter { !known.contains($0.asciiFolded) }
        guard !new.isEmpty else { return site }
        var draft = Draft()
        draft[.siteCode] = Sent(site.code.text)
        draft[.siteCloudDistributionPoints] = Sent(
            (site.cloudDistributionPoints.map(\.text) + new).joined(separator: "\n"))
        var judge = Judge(.fileImport, entity: .site, key: site.code.text)
        let complete = Site.check(draft, base: site, &judge) ?? site
        for finding in judge.findings { try staging.add(finding) }
        return complete
    }

    private func plan(_ site: Site, _ record: SiteRecord?) throws {
        guard record?.site != site else { return }
        try staging.plan(
            PlannedSite(
                site: site, stored: record, kind: record == nil ? .added : .changed,
                fields: Site.difference(record?.site, site).filter { $0 != .siteCode }))
    }

    private func judge(_ sites: [SiteCode: Site], told: [SiteCode: Place], before: [SiteCode: Site]) throws {
        try judgeTopLevel(sites, told: told)
        let coveredCodes = Set(covered.map(\.code))
        for (code, place) in told.sorted(by: { $0.key < $1.key }) {
            guard let site = sites[code] else { continue }
            for finding in SiteRules.findings(for: site, among: sites, on: .fileImport)
            where finding.field.map(Self.betweenFields.contains) ?? false {
                try staging.add(
                    Finding(
                        code: finding.code, severity: finding.severity, entity: .site, key: code.text,
                        field: finding.field,
                        place: place, message: finding.message))
            }
            if isObservation, !coveredCodes.contains(code) { try tellUncovered(code, at: place) }
        }
    }

    private func tellUncovered(_ code: SiteCode, at place: Place) throws {
        var judge = Judge(.fileImport, entity: .site, key: code.text)
        judge.find(
            .importSiteUncovered, nil, at: place,
            "The file names site \(code) but has none of its site systems. Export them too, with Get-CMSiteRole -SiteCode \(code)."
        )
        for finding in judge.findings { try staging.add(finding) }
    }

    /// Whether somebody said that a site has no parent: a site of which only the type is inferred may have one.
    private func isParentTold(_ site: Site, _ told: [SiteCode: Place]) -> Bool {
        told[site.code] != nil || site.name != nil || site.version != nil
    }

    /// The fields with rules that look beyond one value; what is doubtful about a single one was told when it was read.
    private static let betweenFields = Set([.siteParent] + ClientPorts.fields.map(\.key))

    private func judgeTopLevel(_ sites: [SiteCode: Site], told: [SiteCode: Place]) throws {
        let tops = sites.values.filter { site in
            site.type == .centralAdministration
                || (site.type == .primary && site.parent == nil && isParentTold(site, told))
        }.sorted { $0.code < $1.code }
        guard tops.count > 1, let place = tops.compactMap({ told[$0.code] }).last else { return }
        let name = tops.last { told[$0.code] != nil }?.code ?? tops[0].code
        var judge = Judge(.fileImport, entity: .site, key: name.text)
        let codes = tops.map(\.code.text).joined(separator: " and ")
        tellOtherHierarchy("With this file there would be two top-level sites: \(codes).", .siteParent, place, &judge)
        for finding in judge.findings { try staging.add(finding) }
    }
}
