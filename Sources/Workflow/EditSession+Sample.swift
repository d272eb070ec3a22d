import Domain

extension EditSession {
    /// Empties a portal that holds the sample hierarchy, whatever was done to it meanwhile; the history stays.
    func removeSample() throws -> Outcome {
        guard try store.holdsSample() else { return .missing }
        var servers: [ServerRecord] = []
        try store.eachServer(site: nil) { servers.append($0) }
        let sites = try store.sites()
        try store.markSample(false)
        try store.removeWizardDrafts(untouchedSince: .max)
        guard !servers.isEmpty || !sites.isEmpty else { return .saved(changeSet: nil, findings: []) }
        let set = try openChangeSet()
        for server in servers { try store.remove(server) }
        for site in sites { try store.remove(site.site) }
        try store.refreshFindings(of: [], at: [])
        return .saved(changeSet: set, findings: [])
    }

    /// Takes out a site that has no servers; Configuration Manager is told nothing.
    func removeSite(_ code: SiteCode, revision: Int) throws -> Outcome {
        guard let stored = try store.site(code) else { return .missing }
        guard stored.revision == revision else { return .conflict(.site(stored)) }
        let servers = try store.numberOfServers(at: code)
        guard servers == 0 else {
            var judge = Judge(.edit, entity: .site, key: code.text)
            judge.find(
                .siteNotEmpty, nil,
                "Site \(code) has \(servers == 1 ? "a server" : "\(servers) servers"). Remove them from the portal first, or let an import move them to another site."
            )
            return .rejected(findings: judge.findings)
        }
        let set = try openChangeSet()
        try store.remove(stored.site)
        try store.refreshFindings(of: [], at: [])
        return .saved(changeSet: set, findings: [])
    }
}
