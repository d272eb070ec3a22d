import Domain
import GRDB
import Workflow

/// The findings that rules make of what is stored, kept in a table so that lists and counts need not judge again.
struct DerivedFindings {
    let db: Database
    private let known = KnownSurroundings()

    init(db: Database) { self.db = db }

    /// Judges the servers and the sites again, with what a change of them concerns.
    ///
    /// - Parameters:
    ///   - keys: empty where the sites themselves were changed. A server that has become a software update point, or is
    ///     one no more, concerns the others of its site where the site may have one alone.
    ///   - points: the sites whose software update points are compared with one another again.
    func refresh(servers keys: [String], sites codes: [SiteCode], points: [SiteCode]) throws {
        let reader = SQLiteReader(db: db)
        var concerned = keys
        for code in codes where try keys.isEmpty || reader.site(code)?.site.type == .secondary {
            concerned += try reader.softwareUpdatePointServers(at: code)
        }
        concerned += try reader.serviceConnectionPointServers()
        var seen: Set<String> = []
        for key in concerned where seen.insert(key).inserted { try judge(server: key) }
        // Rules of sites speak of sites alone.
        if keys.isEmpty { try judgeSites() }
        try judgePoints(at: points)
        try judgeComponents()
        try judgePlans(at: keys.isEmpty ? nil : Set(codes + points))
    }

    /// Judges what an import concerns beyond the records it wrote, whose findings it brought.
    ///
    /// - Parameter codes: the sites whose software update points are judged one by one.
    func refreshAfterImport(sites codes: [SiteCode]) throws {
        try refresh(servers: [], sites: codes, points: SQLiteReader(db: db).siteCodes())
    }

    // MARK: - Judging everything again

    /// Forgets everything that was found; then each server is judged, and in the end the rest.
    func beginRebuild() throws {
        try db.execute(sql: "DELETE FROM finding WHERE left_out = 0 AND NOT (\(FlowTable.isOurFinding))")
    }

    func rebuild(_ record: ServerRecord) throws { try judge(record, SQLiteReader(db: db)) }

    func finishRebuild() throws {
        try countAll()
        try judgeSites()
        try judgePoints(at: SQLiteReader(db: db).sites().map(\.site.code))
        try judgeComponents()
        try judgePlans()
    }

    // MARK: -

    /// Components are few: all are judged.
    func judgeComponents() throws {
        try Statement(db, "DELETE FROM finding WHERE entity = ?1").bind(1, Entity.component.rawValue).run()
        let reader = SQLiteReader(db: db)
        for record in try reader.components() {
            let points = Set(try reader.softwareUpdatePointServers(at: record.site))
            for finding in ComponentRules.findings(for: record, points: points, on: .stored) { try insert(finding) }
        }
    }

    private func judge(server key: String) throws {
        try Statement(
            db,
            "DELETE FROM finding WHERE entity = ?1 AND key = ?2 AND left_out = 0 AND NOT (\(FlowTable.isOurFinding))"
        )
        .bind(1, Entity.server.rawValue).bind(2, key).run()
        let reader = SQLiteReader(db: db)
        guard let record = try reader.server(key: key) else { return }
        try judge(record, reader)
        try count(server: key)
    }

    private func judge(_ record: ServerRecord, _ reader: SQLiteReader) throws {
        let surroundings = try known.surroundings(of: record, reader)
        for finding in ServerRules.findings(for: record.intended, in: surroundings, on: .stored) { try insert(finding) }
    }

    /// Sites are few, and a parent's change concerns its children: all are judged.
    private func judgeSites() throws {
        try Statement(
            db,
            "DELETE FROM finding WHERE entity = ?1 AND left_out = 0 AND code <> ?2 AND code NOT IN (\(Self.planCodes))"
        )
        .bind(1, Entity.site.rawValue).bind(2, FindingCode.supSiteDiffer.rawValue).run()
        let sites = try SQLiteReader(db: db).sites().map(\.site)
        let byCode = Dictionary(uniqueKeysWithValues: sites.map { ($0.code, $0) })
        for site in sites {
            for finding in SiteRules.findings(for: site, among: byCode, on: .stored) { try insert(finding) }
        }
    }

    private static let planCodes = ClientProxyRules.codes.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")

    /// Any server of a site may matter to the plan of its clients' proxies, and one of a primary site to those of its
    /// secondary sites.
    ///
    /// - Parameter codes: the sites whose servers were changed; nil for all sites.
    private func judgePlans(at codes: Set<SiteCode>? = nil) throws {
        let reader = SQLiteReader(db: db)
        if codes == nil {
            try Statement(db, "DELETE FROM finding WHERE entity = ?1 AND code IN (\(Self.planCodes))")
                .bind(1, Entity.site.rawValue).run()
        }
        for site in try reader.sitesWithClients() {
            if let codes {
                let primary = site.type == .secondary ? site.parent : nil
                guard codes.contains(site.code) || primary.map(codes.contains) == true else { continue }
                try Statement(db, "DELETE FROM finding WHERE entity = ?1 AND key = ?2 AND code IN (\(Self.planCodes))")
                    .bind(1, Entity.site.rawValue).bind(2, site.code.text.asciiFolded).run()
            }
            let systems = try reader.clientSystems(at: site.code)
            for finding in ClientProxyRules.findings(for: site, systems: systems, on: .stored) { try insert(finding) }
        }
    }

    /// Compares the software update points of each of the sites.
    private func judgePoints(at codes: [SiteCode]) throws {
        let reader = SQLiteReader(db: db)
        for code in codes {
            try Statement(db, "DELETE FROM finding WHERE entity = ?1 AND key = ?2 AND code = ?3")
                .bind(1, Entity.site.rawValue).bind(2, code.text.asciiFolded)
                .bind(3, FindingCode.supSiteDiffer.rawValue).run()
            let variants = try reader.softwareUpdatePointVariants(at: code)
            for finding in SoftwareUpdatePointRules.findings(for: variants, at: code, on: .stored) {
                try insert(finding)
            }
        }
    }

    func insert(_ finding: Finding) throws {
        let statement = try Statement(db, Self.insertion)
        FindingRow.bind(finding, to: statement)
        try statement.run()
    }

    private static let insertion = """
        INSERT INTO finding (\(FindingRow.columns), left_out) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0)
        """

    /// The counts of a server's findings: the plus keeps the index of severities away, which holds those of all servers.
    static let countsOfServer = """
        errors = (SELECT count(*) FROM finding WHERE entity = 'site system server' AND finding.key = server.key
                  AND +severity = 'error'),
        warnings = (SELECT count(*) FROM finding WHERE entity = 'site system server' AND finding.key = server.key
                    AND +severity = 'warning')
        """

    private static let counting = "UPDATE server SET \(countsOfServer) WHERE key = ?1"

    private func count(server key: String) throws { try Statement(db, Self.counting).bind(1, key).run() }

    /// The counts of all servers: first of those that had some, then of those that have some.
    private func countAll() throws {
        try db.execute(
            sql: """
                UPDATE server SET errors = 0, warnings = 0 WHERE errors > 0 OR warnings > 0;
                UPDATE server SET errors = found.errors, warnings = found.warnings
                FROM (SELECT key, sum(severity = 'error') AS errors, sum(severity = 'warning') AS warnings
                      FROM finding WHERE entity = 'site system server' GROUP BY key) AS found
                WHERE server.key = found.key AND found.errors + found.warnings > 0;
                """)
    }
}

/// What servers share of their surroundings, asked once while many of them are judged.
private final class KnownSurroundings {
    private var sites: [SiteCode: (site: Site?, points: Int)] = [:]
    private var connectionPoints: Int?

    func surroundings(of record: ServerRecord, _ reader: SQLiteReader) throws -> ServerRules.Surroundings {
        let known =
            try sites[record.site] ?? (reader.site(record.site)?.site, reader.softwareUpdatePoints(at: record.site))
        sites[record.site] = known
        let all = try connectionPoints ?? reader.serviceConnectionPoints()
        connectionPoints = all
        return ServerRules.Surroundings(
            site: known.site, softwareUpdatePoints: known.points, serviceConnectionPoints: all)
    }
}
