import GRDB

/// The part of an import's last step that writes components, and that unchanged ones were seen.
struct ComponentCommit {
    let db: Database

    /// The planned components whose rows are not what they were when they were compared.
    static let overtaken = """
        SELECT p.site AS name FROM staging.planned_component AS p LEFT JOIN component AS c ON c.site = p.site
            WHERE ifnull(c.revision, 0) <> p.base_revision OR c.seen_set IS NOT p.base_set
        """

    static let isPlanned = "SELECT 1 FROM staging.planned_component WHERE kind <> 'unchanged' OR seen_set = 0"

    /// - Parameters:
    ///   - set: the number of the import's change set, which stands as 0 in the plan.
    ///   - base: the number of the last change before it.
    func run(set: Int, base: Int) throws {
        try db.execute(
            sql: """
                INSERT INTO component (site, revision, intended, seen, seen_set)
                SELECT site, :base + ordinal, intended, seen, iif(seen_set = 0, :set, seen_set)
                FROM staging.planned_component WHERE kind <> 'unchanged'
                ON CONFLICT (site) DO UPDATE SET revision = excluded.revision, intended = excluded.intended,
                    seen = excluded.seen, seen_set = excluded.seen_set
                """, arguments: ["base": base, "set": set])
        try db.execute(
            sql: """
                UPDATE component SET seen_set = :set WHERE site IN (
                    SELECT site FROM staging.planned_component WHERE kind = 'unchanged' AND seen_set = 0)
                """, arguments: ["set": set])
        try DerivedFindings(db: db).judgeComponents()
    }
}
