import Domain
import GRDB
import Workflow

/// One state of the configuration, inside a transaction of the store.
class SQLiteReader: ConfigurationReading {
    let db: Database

    init(db: Database) { self.db = db }

    // Every page of a server asks these, so their texts are put together once.
    private static let serverByKey = "SELECT \(ServerRow.columns), id FROM server WHERE key = ?1"
    private static let rolesOfServer = "SELECT \(RoleRow.columns) FROM role WHERE server = ?1 ORDER BY key"
    private static let findingsOfRecord =
        "SELECT \(FindingRow.columns) FROM finding WHERE entity = ?1 AND key = ?2 ORDER BY \(FindingRow.order)"

    func server(_ name: HostName) throws -> ServerRecord? { try server(key: name.folded) }

    func server(key: String) throws -> ServerRecord? {
        let rows = try Statement(db, Self.serverByKey)
        let found = try rows.bind(1, key).first { (try ServerRow.record($0), $0.int(ServerRow.count)) }
        guard let (server, id) = found else { return nil }
        var record = server
        try Statement(db, Self.rolesOfServer).bind(1, id)
            .eachRow { try RoleRow.add($0, from: 0, to: &record) }
        return record
    }

    func site(_ code: SiteCode) throws -> SiteRecord? {
        try Statement(db, "SELECT \(SiteRow.columns) FROM site WHERE code = ?1").bind(1, code.text)
            .first(SiteRow.record)
    }

    func sites() throws -> [SiteRecord] {
        try Statement(db, "SELECT \(SiteRow.columns) FROM site ORDER BY code").map(SiteRow.record)
    }

    func siteCodes() throws -> [SiteCode] {
        try Statement(db, "SELECT code FROM site ORDER BY code").map { SiteCode.check($0.text(0) ?? "").value }
            .compactMap { $0 }
    }

    func holdsSample() throws -> Bool {
        try Statement(db, "SELECT 1 FROM sample_data").first { _ in true } ?? false
    }

    func lastExport(of site: SiteCode) throws -> SiteExport? {
        let sql = """
            SELECT export_set, last.time, roles_set, carrier.time FROM site_export
            JOIN change_set AS last ON last.number = export_set
            LEFT JOIN change_set AS carrier ON carrier.number = roles_set WHERE site = ?1
            """
        return try Statement(db, sql).bind(1, site.text).first { row in
            SiteExport(
                last: Sighting(changeSet: row.int(0), time: Int64(row.int(1))),
                lastWithRoles: row.optionalInt(2).map { Sighting(changeSet: $0, time: Int64(row.int(3))) })
        }
    }

    func numberOfServers(at site: SiteCode) throws -> Int {
        try Statement(db, "SELECT count(*) FROM server WHERE site = ?1").bind(1, site.text).first { $0.int(0) } ?? 0
    }

    func numberOfServers() throws -> Int { try Statement(db, "SELECT count(*) FROM server").first { $0.int(0) } ?? 0 }

    func shortServerNames() throws -> Set<String> {
        Set(try Statement(db, "SELECT key FROM server WHERE instr(key, '.') = 0").map { $0.text(0) ?? "" })
    }

    func serversLike(_ name: HostName) throws -> [HostName] {
        let found: [String]
        if name.isShort {
            // "." and "/" are neighbours in ASCII, so this range holds every name that continues with a dot.
            found = try Statement(db, "SELECT name FROM server WHERE key > ?1 AND key < ?2 ORDER BY key LIMIT 20")
                .bind(1, name.folded + ".").bind(2, name.folded + "/").map { $0.text(0) ?? "" }
        } else {
            found = try Statement(db, "SELECT name FROM server WHERE key = ?1").bind(1, name.firstLabel)
                .map { $0.text(0) ?? "" }
        }
        return found.compactMap { HostName.check($0, label: "").value }
    }

    func findings(_ entity: Entity, key: String) throws -> [Finding] {
        try Statement(db, Self.findingsOfRecord).bind(1, entity.rawValue).bind(2, key.asciiFolded).map(
            FindingRow.finding)
    }

    func hasLeftOutFindings() throws -> Bool {
        try Statement(db, "SELECT 1 FROM finding WHERE left_out = 1 LIMIT 1").first { _ in true } ?? false
    }

    func eachFinding(_ body: (Finding) throws -> Void) throws {
        try Statement(db, "SELECT \(FindingRow.columns) FROM finding ORDER BY \(FindingRow.order), key")
            .eachRow { try body(FindingRow.finding($0)) }
    }

    func eachServer(site: SiteCode?, _ body: (ServerRecord) throws -> Void) throws {
        let filter = site == nil ? "" : "WHERE site = ?1"
        let servers = try Statement(db, "SELECT \(ServerRow.columns), id FROM server \(filter) ORDER BY key")
        if let site { servers.bind(1, site.text) }
        // The roles come from a cursor of their own, in the same order: one query instead of one a server.
        let roles = RoleCursor(
            try Statement(
                db,
                """
                SELECT server.id, role.key, role.name, intended, details, seen, seen_details, earlier_set, role.stale
                FROM server JOIN role ON role.server = server.id \(filter) ORDER BY server.key, role.key
                """))
        if let site { roles.statement.bind(1, site.text) }
        defer { roles.statement.reset() }
        try roles.advance()
        try servers.eachRow { row in
            var record = try ServerRow.record(row)
            try roles.hand(to: &record, server: row.int(ServerRow.count))
            try body(record)
        }
    }
}

/// The roles of all servers, handed out server by server.
private final class RoleCursor {
    let statement: Statement
    private var hasRow = false

    init(_ statement: Statement) { self.statement = statement }

    func advance() throws { hasRow = try statement.step() }

    func hand(to record: inout ServerRecord, server: Int) throws {
        while hasRow, statement.int(0) == server {
            try RoleRow.add(statement, from: 1, to: &record)
            try advance()
        }
    }
}
