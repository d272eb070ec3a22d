import GRDB

/// Which servers and roles the last export of their site lacks, kept in columns so that lists and counts are a look-up.
struct DerivedStaleness {
    let db: Database

    private static let isStale = """
        ifnull(seen_set < (SELECT export_set FROM site_export WHERE site_export.site = server.site), 0)
        """

    /// Tells it anew for the servers a condition names; it is SQL of our own.
    func refresh(where condition: String = "true") throws {
        try db.execute(
            sql: "UPDATE server SET stale = \(Self.isStale) WHERE (\(condition)) AND stale <> \(Self.isStale)")
    }

    func rebuild() throws {
        try refresh()
        try countRoles(where: "true")
    }

    func countRoles(where condition: String) throws {
        let count = "(SELECT count(*) FROM role WHERE role.server = server.id AND role.stale = 1 AND intended = 1)"
        try db.execute(
            sql: "UPDATE server SET stale_roles = \(count) WHERE (\(condition)) AND stale_roles <> \(count)")
    }
}
