import Domain

/// How many software update points the sites of a batch have once the import is in.
struct SoftwareUpdatePointCount {
    let staging: any ImportStaging
    let stored: any ConfigurationReading
    let options: ImportOptions
    let coveredSites: Set<SiteCode>

    func bySite() throws -> [SiteCode: Int] {
        var counts: [SiteCode: Int] = [:]
        let sitesWithRoles = try staging.sitesWithRoles(unnamed: options.site)
        for (site, keys) in try staging.softwareUpdatePoints(unnamed: options.site) {
            var all = keys
            for key in try stored.softwareUpdatePointServers(at: site) where !keys.contains(key) {
                if try stays(key, at: site, hasRoles: sitesWithRoles.contains(site)) { all.insert(key) }
            }
            counts[site] = all.count
        }
        return counts
    }

    /// Whether a stored software update point that the file does not have as one is still one of its site afterwards: it may
    /// move to another site, or be removed because the file lacks it.
    private func stays(_ key: String, at site: SiteCode, hasRoles: Bool) throws -> Bool {
        let removes = options.removeMissing && coveredSites.contains(site)
        guard let staged = try staging.site(ofServer: key, unnamed: options.site) else { return !removes }
        return staged == site && !(removes && hasRoles)
    }
}
