import Domain

extension EditSession {
    func createSite(_ draft: Draft) throws -> Outcome {
        var judge = Judge(.edit, entity: .site, key: draft[.siteCode]?.text)
        let site = Site.check(draft, base: nil, &judge)
        if let site, try store.site(site.code) != nil {
            judge.find(
                .siteExists, .siteCode, "The portal has site \(site.code) already. Open it, or enter another code.")
        }
        guard let site, !judge.refuses else {
            if site == nil { judge.findDoubts(in: draft) }
            return .rejected(findings: judge.findings)
        }
        return try save(site, before: nil, earlier: judge.findings)
    }

    func changeSite(_ code: SiteCode, _ draft: Draft, revision: Int) throws -> Outcome {
        guard let stored = try store.site(code) else { return .missing }
        guard stored.revision == revision else { return .conflict(.site(stored)) }
        var judge = Judge(.edit, entity: .site, key: code.text)
        var sent = draft
        sent[.siteCode] = nil
        guard let site = Site.check(sent, base: stored.site, &judge), !judge.refuses else {
            judge.findDoubts(in: sent, besides: stored.site)
            return .rejected(findings: judge.findings)
        }
        if site == stored.site { return .saved(changeSet: nil, findings: judge.findings) }
        return try save(site, before: stored.site, earlier: judge.findings)
    }

    /// What stood before the edit, and is not touched by it, stays a warning.
    private func save(_ site: Site, before: Site?, earlier: [Finding]) throws -> Outcome {
        var sites = Dictionary(uniqueKeysWithValues: try store.sites().map { ($0.site.code, $0.site) })
        let stood = before.map { SiteRules.findings(for: $0, among: sites, on: .edit) } ?? []
        let changed = Set(Site.difference(before, site))
        sites[site.code] = site
        let findings = SiteRules.findings(for: site, among: sites, on: .edit).broughtAbout(by: changed, beyond: stood)
        let systems = site.clients == nil ? ClientSystems() : try store.clientSystems(at: site.code)
        let all = earlier + findings + ClientProxyRules.findings(for: site, systems: systems, on: .edit)
        if all.contains(where: { $0.severity == .error }) { return .rejected(findings: all) }
        let set = try openChangeSet()
        try store.save(site, before: before)
        try store.refreshFindings(of: [], at: [site.code])
        return .saved(changeSet: set, findings: all)
    }
}
