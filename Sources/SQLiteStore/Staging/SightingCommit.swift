import GRDB

/// The part of an import's last step that writes what was seen: of servers that stay as they are, and of their sites.
struct SightingCommit {
    let db: Database
    let set: Int
    /// When the change set is saved: every sighting of it is of that moment.
    let time: Int64

    /// The columns that hold a change set which has no number before the commit.
    static let pendingColumns = ["seen_set", "seen_general_set", "seen_proxy_set", "seen_roles_set"]

    /// The rows of a plan whose sightings are not those it was made with; only single rows, changed ones have a revision.
    static let overtakenExports = """
        SELECT p.site AS name FROM staging.planned_export AS p LEFT JOIN site_export AS e ON e.site = p.site
            WHERE e.export_set IS NOT p.base_set
        UNION ALL SELECT p.name FROM staging.planned_server AS p JOIN server AS s ON s.key = p.key
            WHERE p.seen_set IS NOT 0 AND s.seen_set IS NOT p.seen_set AND s.revision = p.base_revision
        """

    func run() throws {
        try writeServers()
        try writeRoles()
        try writeExports()
        try DerivedStaleness(db: db).refresh(
            where:
                "site IN (SELECT site FROM staging.planned_export) OR key IN (SELECT key FROM staging.planned_server)")
    }

    private func writeServers() throws {
        try db.execute(
            sql: """
                UPDATE server SET seen_set = :set, seen_time = :time,
                    seen_general_set = iif(a.general, :set, seen_general_set),
                    seen_proxy_set = iif(a.proxy, :set, seen_proxy_set),
                    seen_roles_set = iif(a.roles, :set, seen_roles_set)
                FROM staging.seen_again AS a WHERE a.key = server.key AND a.time IS NOT NULL
                """, arguments: ["set": set, "time": time])
    }

    private func writeRoles() throws {
        try db.execute(
            sql: """
                UPDATE role SET earlier_set = p.earlier_set, stale = p.stale
                FROM staging.planned_sighting AS p JOIN server AS s ON s.key = p.server
                WHERE role.server = s.id AND role.key = p.role
                """)
        try DerivedStaleness(db: db).countRoles(where: "key IN (SELECT server FROM staging.planned_sighting)")
    }

    private func writeExports() throws {
        try db.execute(
            sql: """
                INSERT INTO site_export (site, export_set, roles_set)
                SELECT site, :set, iif(has_roles, :set, NULL) FROM staging.planned_export WHERE true
                ON CONFLICT (site) DO UPDATE SET export_set = excluded.export_set,
                    roles_set = ifnull(excluded.roles_set, roles_set)
                """, arguments: ["set": set])
    }
}
