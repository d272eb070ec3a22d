import Domain
import Workflow

// What an import saw, beside what it changes.
extension SQLiteStaging {
    func sitesWithRoles(unnamed: SiteCode?) throws -> Set<SiteCode> {
        let sql = "SELECT DISTINCT ifnull(site, ?1) FROM staged_role WHERE ifnull(site, ?1) IS NOT NULL"
        return Set(
            try connection.statement(sql).bind(1, unnamed?.text).map { SiteCode.check($0.text(0) ?? "").value }
                .compactMap { $0 })
    }

    func planExport(of site: SiteCode, last: SiteExport?, hasRoles: Bool) throws {
        try connection.statement(
            "INSERT OR REPLACE INTO planned_export (site, base_set, has_roles) VALUES (?1, ?2, ?3)"
        )
        .bind(1, site.text).bind(2, last?.last.changeSet).bind(3, hasRoles).run()
    }

    /// A server that stays as it is, and was seen again by a batch that says what a site has: unchanged, or refused.
    func planSeenAgain(_ planned: PlannedServer) throws {
        guard let record = planned.record else { return }
        let statement = try connection.statement(
            """
            INSERT OR IGNORE INTO seen_again (key, name, base_revision, time, general, proxy, roles, kind)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        let now = Sightings.thisImport
        let isSeenNow = record.seen?.changeSet == now
        statement.bind(1, record.name.folded).bind(2, record.name.text).bind(3, planned.stored?.revision ?? 0)
        statement.bind(4, isSeenNow ? record.seen.map { Int($0.time) } : nil)
        statement.bind(5, record.sightings.general == now).bind(6, record.sightings.proxy == now)
        try statement.bind(7, record.sightings.roles == now).bind(8, planned.kind.rawValue).run()
        for role in record.roles + record.droppedRoles {
            let earlier = record.sightings.earlierRoles[role.name.folded]
            guard earlier != planned.stored?.sightings.earlierRoles[role.name.folded] else { continue }
            try connection.statement(
                "INSERT INTO planned_sighting (server, role, earlier_set, stale) VALUES (?1, ?2, ?3, ?4)"
            )
            .bind(1, record.name.folded).bind(2, role.name.folded).bind(3, earlier?.changeSet)
            .bind(4, earlier?.isStale ?? false).run()
        }
    }
}
