import Domain
import GRDB
import Workflow

/// The findings that rules make of what is stored, kept in a table so that lists and counts need not judge again.
struct DerivedFindings {
    let db: Database

    /// Judges the servers, and every software update point and the site itself of the sites, again.
    ///
    /// A change of one software update point can concern the others of its site, so a site is judged as a whole there.
    func refresh(servers keys: [String], sites codes: [SiteCode]) throws {
        var concerned = keys
        for code in codes { concerned += try SQLiteReader(db: db).softwareUpdatePointServers(at: code) }
        var seen: Set<String> = []
        var surroundings = Surroundings()
        for key in concerned where seen.insert(key).inserted { try judge(server: key, &surroundings) }
        try judgeSites()
        try judgeComponents()
    }

    /// Judges everything that is stored again.
    func rebuild() throws {
        try db.execute(sql: "DELETE FROM finding WHERE left_out = 0 AND NOT (\(FlowTable.isOurFinding))")
        let keys = try Statement(db, "SELECT key FROM server ORDER BY key").map { $0.text(0) ?? "" }
        var surroundings = Surroundings()
        for key in keys { try judge(server: key, &surroundings) }
        try judgeSites()
        try judgeComponents()
    }

    /// Components are few: all are judged.
    func judgeComponents() throws {
        try Statement(db, "DELETE FROM finding WHERE entity = ?1").bind(1, Entity.component.rawValue).run()
        for record in try SQLiteReader(db: db).components() {
            for finding in ComponentRules.findings(for: record, on: .stored) { try insert(finding) }
        }
    }

    /// Of each site, so that it is looked up once for all of its servers.
    private typealias Surroundings = [SiteCode: ServerRules.Surroundings]

    private func judge(server key: String, _ known: inout Surroundings) throws {
        try Statement(
            db,
            "DELETE FROM finding WHERE entity = ?1 AND key = ?2 AND left_out = 0 AND NOT (\(FlowTable.isOurFinding))"
        )
        .bind(1, Entity.server.rawValue).bind(2, key).run()
        let reader = SQLiteReader(db: db)
        guard let record = try reader.server(key: key) else { return }
        let surroundings =
            try known[record.site]
            ?? ServerRules.Surroundings(
                site: reader.site(record.site)?.site,
                softwareUpdatePoints: reader.softwareUpdatePoints(at: record.site))
        known[record.site] = surroundings
        for finding in ServerRules.findings(for: record.intended, in: surroundings, on: .stored) { try insert(finding) }
        try count(server: key)
    }

    /// Sites are few, and a parent's change concerns its children: all are judged.
    private func judgeSites() throws {
        try Statement(db, "DELETE FROM finding WHERE entity = ?1 AND left_out = 0").bind(1, Entity.site.rawValue).run()
        let sites = try SQLiteReader(db: db).sites().map(\.site)
        let byCode = Dictionary(uniqueKeysWithValues: sites.map { ($0.code, $0) })
        for site in sites {
            for finding in SiteRules.findings(for: site, among: byCode, on: .stored) { try insert(finding) }
        }
    }

    func insert(_ finding: Finding) throws {
        let statement = try Statement(
            db,
            """
            INSERT INTO finding (\(FindingRow.columns), left_out) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0)
            """)
        FindingRow.bind(finding, to: statement)
        try statement.run()
    }

    /// The counts of a server's findings: the plus keeps the index of severities away, which holds those of all servers.
    static let countsOfServer = """
        errors = (SELECT count(*) FROM finding WHERE entity = 'site system server' AND finding.key = server.key
                  AND +severity = 'error'),
        warnings = (SELECT count(*) FROM finding WHERE entity = 'site system server' AND finding.key = server.key
                    AND +severity = 'warning')
        """

    private func count(server key: String) throws {
        try Statement(db, "UPDATE server SET \(Self.countsOfServer) WHERE key = ?1").bind(1, key).run()
    }
}
