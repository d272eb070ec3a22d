import Domain
import Foundation
import Workflow

/// The staging file of one import. While files are read, rows are only appended.
final class SQLiteStaging: ImportStaging {
    let path: String
    let connection: StagingConnection
    private let place: FileLock
    /// Held for as long as the file is wanted: what is not held was left behind by a program that was killed.
    private let hold: FileLock
    private var counts: [Severity: Int] = [:]
    private var comparedCounts: [Severity: Int] = [:]
    private var isComparing = false
    private var kept = 0
    private var ordinal = 0
    private var isDiscarded = false

    private var keptErrors = 0
    private var wasCut = false
    private(set) var hasUntiedRecords = false
    private var readRefusesFile = false
    private var comparedRefusesFile = false
    var refusesFile: Bool { readRefusesFile || comparedRefusesFile }

    /// All findings are counted, this many kept (CONTRACTS 3); of errors as many again, so that no number of notices hides
    /// what refuses the import.
    static let keptFindings = 10_000

    init(path: String, place: FileLock, hold: FileLock) throws {
        try DataFolder.makePrivateFile(path)
        self.path = path
        self.place = place
        self.hold = hold
        connection = try StagingConnection(path: path)
        try connection.execute(StagingSchema.sql)
        try connection.execute("BEGIN")
    }

    deinit { discard() }

    func discard() {
        guard !isDiscarded else { return }
        isDiscarded = true
        connection.close()
        try? FileManager.default.removeItem(atPath: path)
        DataFolder.removeStagingHold(of: path, hold)
        place.release()
    }

    func releasePlace() { place.release() }

    func add(_ site: StagedSite) throws {
        let statement = try connection.statement(
            "INSERT INTO staged_site (code, fields, inferred, file, line, col) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        statement.bind(1, site.code.text).bind(2, StagedDraft.text(site.fields, fields: Site.fields))
        statement.bind(3, site.isInferred)
        try bind(site.place, from: 4, to: statement).run()
    }

    func add(_ server: StagedServer) throws {
        let statement = try connection.statement(
            """
            INSERT INTO staged_server (key, name, site, source, general, proxy, file, line, col)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        statement.bind(1, server.name.folded).bind(2, server.name.text).bind(3, server.site?.text)
        statement.bind(4, server.source.rawValue)
        statement.bind(5, StagedDraft.text(server.general, fields: General.fields))
        statement.bind(6, StagedDraft.text(server.proxy, fields: Proxy.fields))
        try bind(server.place, from: 7, to: statement).run()
    }

    func add(_ role: StagedRole) throws {
        let statement = try connection.statement(
            """
            INSERT INTO staged_role (key, name, site, role, details, file, line, col)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        statement.bind(1, role.server.folded).bind(2, role.server.text).bind(3, role.site?.text).bind(4, role.role.text)
        statement.bind(5, StagedDraft.text(role.details, fields: RoleDetails.fields(of: role.role)))
        try bind(role.place, from: 6, to: statement).run()
    }

    func bind(_ place: Place, from index: Int32, to statement: Statement) -> Statement {
        statement.bind(index, place.file).bind(index + 1, place.line).bind(index + 2, place.column)
    }

    func addCloudDistributionPoint(_ name: String, of site: SiteCode, at place: Place) throws {
        let statement = try connection.statement(
            "INSERT OR IGNORE INTO staged_cloud (site, name, file, line, col) VALUES (?1, ?2, ?3, ?4, ?5)")
        statement.bind(1, site.text).bind(2, name)
        try bind(place, from: 3, to: statement).run()
    }

    func addRefused(name: String) throws {
        if HostName.check(name, label: "").value == nil { hasUntiedRecords = true }
        let key = name.hasSuffix(".") ? String(name.dropLast()) : name
        try connection.statement("INSERT OR IGNORE INTO refused (key, name) VALUES (?1, ?2)")
            .bind(1, key.asciiFolded).bind(2, name).run()
    }

    func add(_ finding: Finding) throws {
        if isComparing {
            comparedCounts[finding.severity, default: 0] += 1
        } else {
            counts[finding.severity, default: 0] += 1
        }
        if !isComparing, finding.isAboutUnknownServer { hasUntiedRecords = true }
        if finding.isAboutFile {
            if isComparing { comparedRefusesFile = true } else { readRefusesFile = true }
        }
        guard keeps(finding) else {
            wasCut = true
            return
        }
        let statement = try connection.statement(
            """
            INSERT INTO staged_finding (\(FindingRow.columns), compared) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        FindingRow.bind(finding, to: statement)
        try statement.bind(12, isComparing).run()
    }

    private func keeps(_ finding: Finding) -> Bool {
        if kept < Self.keptFindings {
            kept += 1
            return true
        }
        guard finding.severity == .error, keptErrors < Self.keptFindings else {
            return finding.isAboutFile || finding.code == .importFindingsCut
        }
        keptErrors += 1
        return true
    }

    /// Whether some findings were counted and not kept.
    var hasCutFindings: Bool { wasCut }

    func addTold(groups: [String], of server: HostName) throws {
        for group in groups {
            try connection.statement("INSERT OR IGNORE INTO told_group (key, field_group) VALUES (?1, ?2)")
                .bind(1, server.folded).bind(2, group).run()
        }
    }

    func finishReading() throws {
        try connection.execute(StagingSchema.indexes)
        try connection.execute("COMMIT")
    }

    func findingCounts() throws -> [Severity: Int] { counts.merging(comparedCounts, uniquingKeysWith: +) }

    func eachFinding(_ body: (Finding) throws -> Void) throws {
        try connection.statement(
            "SELECT \(FindingRow.columns) FROM staged_finding ORDER BY file IS NULL, file, line IS NULL, line, id"
        ).eachRow { try body(FindingRow.finding($0)) }
    }

    static let errorsOfServer = """
        SELECT \(FindingRow.columns) FROM staged_finding WHERE entity = ?1 AND key = ?2 AND severity = 'error' ORDER BY id
        """

    func errors(of server: String) throws -> [Finding] {
        try connection.statement(Self.errorsOfServer).bind(1, Entity.server.rawValue).bind(2, server)
            .map(FindingRow.finding)
    }

    // The plan; what is read of it for the report is in SQLiteStaging+Reading.

    func clearPlan() throws {
        try connection.execute(
            """
            BEGIN; DELETE FROM planned_site; DELETE FROM planned_component; DELETE FROM planned_server; DELETE FROM planned_role;
            DELETE FROM planned_finding; DELETE FROM seen_again; DELETE FROM told_group; DELETE FROM listed;
            DELETE FROM planned_mark; DELETE FROM planned_sighting; DELETE FROM planned_export;
            DELETE FROM staged_finding WHERE compared = 1;
            """)
        ordinal = 0
        comparedCounts = [:]
        comparedRefusesFile = false
        kept = try connection.statement("SELECT count(*) FROM staged_finding").first { $0.int(0) } ?? 0
        isComparing = true
    }

    func finishPlan() throws {
        try connection.execute("COMMIT")
        connection.close()
    }

    /// The place of the next change among those of the import.
    func nextOrdinal() -> Int {
        ordinal += 1
        return ordinal
    }

    func plan(_ planned: PlannedSite) throws {
        ordinal += 1
        let statement = try connection.statement(
            """
            INSERT INTO planned_site (\(SiteRow.columns.replacingOccurrences(of: "revision", with: "ordinal")),
                base_revision, kind, fields, before, after)
            VALUES (\(SiteRow.placeholders), ?12, ?13, ?14, ?15, ?16)
            """)
        SiteRow.bind(planned.site, revision: ordinal, to: statement)
        statement.bind(12, planned.stored?.revision ?? 0).bind(13, planned.kind.rawValue)
        statement.bind(14, names(planned.fields)).bind(15, planned.stored?.site.document)
        try statement.bind(16, planned.site.document).run()
    }

    func plan(_ planned: PlannedServer) throws {
        for finding in planned.leftOut { try plan(finding, isLeftOut: true) }
        guard planned.kind != .unchanged, planned.kind != .rejected else { return try planSeenAgain(planned) }
        ordinal += 1
        let statement = try connection.statement(
            """
            INSERT INTO planned_server (\(ServerRow.columns), ordinal, base_revision, kind, fields, before, after, errors, warnings)
            VALUES (\(ServerRow.placeholders), ?32, ?33, ?34, ?35, ?36, ?37, ?38, ?39)
            """)
        if let record = planned.record ?? planned.stored { ServerRow.bind(record, revision: 0, to: statement) }
        let findings = planned.standing + planned.leftOut
        let next = ServerRow.count + 1
        statement.bind(next, ordinal).bind(next + 1, planned.stored?.revision ?? 0)
        statement.bind(next + 2, planned.kind.rawValue).bind(next + 3, names(planned.fields))
        statement.bind(next + 4, planned.stored?.document).bind(next + 5, planned.record?.document)
        statement.bind(next + 6, findings.count { $0.severity == .error })
        try statement.bind(next + 7, findings.count { $0.severity == .warning }).run()
        guard let record = planned.record else { return }
        for row in RoleRow.rows(of: record) { try plan(row.role, isIntended: row.isIntended, of: record) }
        for finding in planned.standing { try plan(finding, isLeftOut: false) }
    }

    private func plan(_ role: HeldRole, isIntended: Bool, of record: ServerRecord) throws {
        let statement = try connection.statement(
            "INSERT INTO planned_role (server, \(RoleRow.columns)) VALUES (?1, \(RoleRow.placeholders))")
        statement.bind(1, record.name.folded)
        RoleRow.bind(role, isIntended: isIntended, of: record, to: statement)
        try statement.run()
    }

    private func plan(_ finding: Finding, isLeftOut: Bool) throws {
        let statement = try connection.statement(
            """
            INSERT INTO planned_finding (\(FindingRow.columns), left_out) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        FindingRow.bind(finding, to: statement)
        try statement.bind(12, isLeftOut).run()
    }

    func list(_ change: PlannedChange) throws {
        try connection.statement("INSERT INTO listed (entity, key, kind) VALUES (?1, ?2, ?3)")
            .bind(1, change.entity.rawValue).bind(2, change.key).bind(3, change.kind.rawValue).run()
    }

    func names(_ fields: [FieldKey]) -> String { fields.map(\.rawValue).joined(separator: " ") }
}

extension Finding {
    /// Whether it refuses a record that may be a server's, and does not say which.
    fileprivate var isAboutUnknownServer: Bool {
        severity == .error && key == nil && (entity == nil || entity == .server) && !isAboutFile
    }
}
