import Domain
import Foundation
import GRDB
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("Sightings in the store")
struct SightingStoreTests {
    @Test("a folder from before sightings were kept learns its sites' last exports, and which servers those lack")
    func migration() throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let folder = try DataFolder(path: path, use: .exclusive)
        try DataFolder.makePrivateFile(folder.databasePath)
        do {
            let queue = try DatabaseQueue(path: folder.databasePath)
            try queue.write { db in
                try db.execute(sql: Schema.migrations[0].sql)
                try db.execute(sql: "PRAGMA user_version = 1")
                try db.execute(sql: Self.oldData)
            }
        }
        _ = try SQLiteStore.migrate(folder)
        let store = try SQLiteStore(folder: folder)
        let records = try store.read { reading in
            var records: [ServerRecord] = []
            try reading.eachServer(site: nil) { records.append($0) }
            return records
        }
        #expect(records.map(\.sightings.isServerStale) == [true, false, false])
        #expect(records[1].lastSighting(of: records[1].roles[0]) == nil, "nobody kept when the role was seen")
        let site = try #require(SiteCode.check("PS1").value)
        let export = try store.read { try $0.lastExport(of: site) }
        #expect(export?.last == Sighting(changeSet: 2, time: 2000) && export?.lastWithRoles == nil)
    }

    /// Two imports of a site: the second lacked `a`. Nobody has seen `c`.
    private static let oldData = """
        INSERT INTO change_set (number, time, actor_id, actor_text, request_id, origin)
            VALUES (1, 1000, 'local', 'local', 'x', 'import'), (2, 2000, 'local', 'local', 'x', 'import');
        INSERT INTO change (number, change_set, entity, key, name, kind, after)
            VALUES (1, 1, 'site', 'ps1', 'PS1', 'added', '{}');
        INSERT INTO site (code, revision, cloud_distribution_points, exchange_connectors) VALUES ('PS1', 1, '[]', '[]');
        INSERT INTO server (key, name, site, revision, seen_set, seen_time, pending) VALUES
            ('a', 'a', 'PS1', 1, 1, 1000, 0), ('b', 'b', 'PS1', 1, 2, 2000, 0), ('c', 'c', 'PS1', 1, NULL, NULL, 1);
        INSERT INTO role (server, key, name, intended, seen)
            SELECT id, 'sms sql server', 'SMS SQL Server', 1, 1 FROM server WHERE key = 'b';
        """

    @Test("an import that was compared before a newer export of the site came is compared anew")
    func overtaken() throws {
        try withPortal { portal in
            let server = ServerItem("cm01.contoso.com")
            try portal.importing([server])
            let run = try portal.comparing([server])
            defer { run.staging.discard() }
            try portal.store.write { writing in
                _ = try writing.openChangeSet(time: 0, actor: .local, reason: nil, requestID: "x", origin: .form)
            }
            try portal.store.pool.write {
                try $0.execute(sql: "UPDATE site_export SET export_set = 2, roles_set = NULL")
            }
            let facts = ImportFacts(format: "clixml", file: "x", bytes: 0, sha256: "", counts: ImportCounts())
            let request = Request(actor: .local, reason: nil, id: "test")
            let first = try run.commit(facts: facts, request: request)
            #expect(first.conflict == ChangedRecords(count: 1, names: ["PS1"]))
            let second = try run.commit(facts: facts, request: request)
            #expect(second.conflict == nil && second.report.changeSet == 3)
        }
    }

    @Test("the list of stale servers is a look-up in an index")
    func index() throws {
        try withPortal { portal in
            let plan = try portal.store.pool.read { db in
                try Row.fetchAll(
                    db,
                    sql: "EXPLAIN QUERY PLAN SELECT key FROM server WHERE (stale = 1 OR stale_roles > 0) ORDER BY key")
            }
            #expect(plan.map(\.description).joined().contains("server_stale"))
        }
    }
}
