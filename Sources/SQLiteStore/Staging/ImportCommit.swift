import Domain
import Foundation
import GRDB
import Workflow

extension SQLiteStore: ImportStore {
    public func openStaging(id: String) throws -> any ImportStaging {
        let place: FileLock
        do {
            place = try folder.hold(.fileImport)
        } catch ProgramFailure.locked { throw ProgramFailure.importRunning }
        folder.clearStaging()
        return try Self.mapped {
            try SQLiteStaging(
                path: folder.stagingPath(id), place: place, hold: folder.holdStaging(id))
        }
    }

    public func commit(
        _ staging: any ImportStaging, facts: ImportFacts, time: Int64, request: Request
    ) throws -> CommitResult {
        guard let staging = staging as? SQLiteStaging else {
            throw ProgramFailure.storage(cause: "a staging file of another store")
        }
        return try Self.mapped {
            try pool.writeWithoutTransaction { db in
                try db.execute(sql: "ATTACH DATABASE ? AS staging", arguments: [staging.path])
                defer { try? db.execute(sql: "DETACH DATABASE staging") }
                var result = CommitResult.saved(changeSet: nil)
                try db.inTransaction(.immediate) {
                    result = try ImportCommit(db: db).run(facts: facts, time: time, request: request)
                    if case .conflict = result { return .rollback }
                    return .commit
                }
                return result
            }
        }
    }
}

/// The last step of an import: the plan is moved from the attached staging file into the tables, in SQL alone, so that
/// the write lock is held for as short as can be.
struct ImportCommit {
    let db: Database

    func run(facts: ImportFacts, time: Int64, request: Request) throws -> CommitResult {
        if let changed = try changedRecords() { return .conflict(changed) }
        guard try hasSomethingToWrite() else { return .saved(changeSet: nil) }
        let set = try openChangeSet(facts: facts, time: time, request: request)
        let base = try count("SELECT ifnull(max(number), 0) FROM change")
        try writeChanges(set: set, base: base)
        try writeSites(base: base)
        try ComponentCommit(db: db).run(set: set, base: base)
        try writeServers(set: set, base: base, time: time)
        try SightingCommit(db: db, set: set, time: time).run()
        try writeFindings()
        try resolveFlows()
        return .saved(changeSet: set)
    }

    /// How many names a conflict tells.
    private static let mostNames = 20

    /// The records that are not as they were when they were compared; nil when all are.
    private func changedRecords() throws -> ChangedRecords? {
        let changed = """
            SELECT p.name FROM staging.planned_server AS p LEFT JOIN server AS s ON s.key = p.key
                WHERE ifnull(s.revision, 0) <> p.base_revision
            UNION ALL SELECT p.name FROM staging.seen_again AS p LEFT JOIN server AS s ON s.key = p.key
                WHERE ifnull(s.revision, 0) <> p.base_revision
            UNION ALL SELECT p.code FROM staging.planned_site AS p LEFT JOIN site AS s ON s.code = p.code
                WHERE ifnull(s.revision, 0) <> p.base_revision
            UNION ALL \(ComponentCommit.overtaken)
            UNION ALL \(SightingCommit.overtakenExports)
            """
        let total = try count("SELECT count(*) FROM (\(changed))")
        guard total > 0 else { return nil }
        let names = try Statement(db, "\(changed) LIMIT \(Self.mostNames)").map { $0.text(0) ?? "" }
        return ChangedRecords(count: total, names: names)
    }

    private func count(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }

    private func hasSomethingToWrite() throws -> Bool {
        try count(
            """
            SELECT EXISTS (SELECT 1 FROM staging.planned_server) OR EXISTS (SELECT 1 FROM staging.planned_site)
                OR EXISTS (SELECT 1 FROM staging.seen_again WHERE time IS NOT NULL)
                OR EXISTS (SELECT 1 FROM staging.planned_export) OR EXISTS (\(ComponentCommit.isPlanned))
            """) == 1
    }

    private func openChangeSet(facts: ImportFacts, time: Int64, request: Request) throws -> Int {
        let set = try SQLiteWriter(db: db).openChangeSet(
            time: time, actor: request.actor, reason: request.reason, requestID: request.id, origin: .fileImport,
            facts: facts)
        return set
    }

    private func writeChanges(set: Int, base: Int) throws {
        for (table, entity, key, name) in [
            ("planned_site", Entity.site, "lower(code)", "code"),
            ("planned_component", .component, "lower(site)", "site"), ("planned_server", .server, "key", "name"),
        ] {
            try db.execute(
                sql: """
                    INSERT INTO change (number, change_set, entity, key, name, kind, before, after)
                    SELECT ? + ordinal, ?, ?, \(key), \(name), kind, before, after FROM staging.\(table)
                    WHERE ordinal IS NOT NULL ORDER BY ordinal
                    """, arguments: [base, set, entity.rawValue])
        }
    }

    private func writeSites(base: Int) throws {
        try db.execute(
            sql: """
                INSERT INTO site (\(SiteRow.columns))
                SELECT \(SiteRow.columns.replacingOccurrences(of: "revision", with: "? + ordinal"))
                FROM staging.planned_site WHERE true
                ON CONFLICT (code) DO UPDATE SET \(SiteRow.overwrite)
                """, arguments: [base])
    }

    private func writeServers(set: Int, base: Int, time: Int64) throws {
        var columns = ServerRow.columns.replacingOccurrences(of: "revision", with: ":base + ordinal")
            // A preview may wait for a day: what is seen is seen when it is saved, as its change set says.
            .replacingOccurrences(of: " seen_time", with: " iif(seen_set = 0, :time, seen_time)")
        for column in SightingCommit.pendingColumns {
            columns = columns.replacingOccurrences(of: " \(column)", with: " iif(\(column) = 0, :set, \(column))")
        }
        try db.execute(
            sql: """
                INSERT INTO server (\(ServerRow.columns), errors, warnings)
                SELECT \(columns), errors, warnings FROM staging.planned_server WHERE kind <> 'removed' ORDER BY ordinal
                ON CONFLICT (key) DO UPDATE SET \(ServerRow.overwrite), errors = excluded.errors, warnings = excluded.warnings
                """, arguments: ["base": base, "set": set, "time": time])
        try db.execute(
            sql: """
                DELETE FROM server WHERE key IN (SELECT key FROM staging.planned_server WHERE kind = 'removed');
                DELETE FROM role WHERE server IN (
                    SELECT s.id FROM server AS s JOIN staging.planned_server AS p ON p.key = s.key WHERE p.kind = 'changed');
                INSERT INTO role (server, \(RoleRow.columns))
                SELECT s.id, r.key, r.name, r.intended, r.details, r.seen, r.seen_details, r.earlier_set, r.stale
                FROM staging.planned_role AS r JOIN server AS s ON s.key = r.server;
                """)
    }

    /// What an import left out of a group stays told until the group is told again.
    private func writeFindings() throws {
        try db.execute(
            sql: """
                DELETE FROM finding WHERE entity = 'site system server' AND left_out = 0
                    AND NOT (\(FlowTable.isOurFinding)) AND key IN (SELECT key FROM staging.planned_server);
                DELETE FROM finding WHERE entity = 'site system server' AND left_out = 1 AND (
                    key IN (SELECT key FROM staging.planned_server WHERE kind = 'removed')
                    OR EXISTS (SELECT 1 FROM staging.told_group AS t
                               WHERE t.key = finding.key AND t.field_group = finding.field_group));
                DELETE FROM finding WHERE id IN (
                    SELECT f.id FROM staging.planned_finding AS p CROSS JOIN finding AS f INDEXED BY finding_by_key
                        ON f.entity = p.entity AND f.key = p.key
                    WHERE p.left_out = 1 AND f.left_out = 1 AND f.field_group = p.field_group
                        AND f.code = p.code AND f.message = p.message);
                INSERT INTO finding (\(FindingRow.columns), left_out)
                SELECT \(FindingRow.columns), left_out FROM staging.planned_finding;
                UPDATE server SET \(DerivedFindings.countsOfServer)
                WHERE key IN (SELECT key FROM staging.planned_finding WHERE left_out = 1)
                    OR key IN (SELECT key FROM staging.told_group);
                """)
        // Servers the batch does not change can be concerned: a secondary site got another software update point, or a
        // site became one, or is one no more.
        let sites = try Statement(
            db,
            "SELECT code FROM site WHERE type = 'secondary' UNION SELECT code FROM staging.planned_site WHERE before IS NOT NULL"
        ).map { SiteCode.check($0.text(0) ?? "").value }
        try DerivedFindings(db: db).refreshAfterImport(sites: sites.compactMap { $0 })
    }

    private func resolveFlows() throws {
        let flows = DerivedFlows(db: db)
        let planned = try count("SELECT count(*) FROM staging.planned_server")
        // Where much is new, one pass over everything is faster than a look at each.
        if try planned * 4 > count("SELECT count(*) FROM server") { return try flows.rebuild() }
        let keys = try Statement(db, "SELECT key FROM staging.planned_server").map { $0.text(0) ?? "" }
        let sites = try Statement(
            db, "SELECT code FROM staging.planned_site UNION SELECT site FROM staging.planned_component"
        ).map { SiteCode.check($0.text(0) ?? "").value }
        try flows.refresh(servers: keys, sites: sites.compactMap { $0 })
    }
}
