import Domain
import Foundation
import GRDB
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("The store")
struct StoreTests {
    @Test("a commit is on disk before it is acknowledged: FULL on the connection that writes")
    func synchronousIsFull() throws {
        let synchronous = try withPortal { try $0.store.synchronousOnWriter() }
        #expect(synchronous == 2)
    }

    @Test("folder and files belong to their owner alone")
    func fileModes() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1"])))
            #expect(try mode(portal.path) == 0o700)
            for name in try FileManager.default.contentsOfDirectory(atPath: portal.path) where name != "staging" {
                #expect(try mode(portal.path + "/" + name) == 0o600, "\(name)")
            }
        }
    }

    private func mode(_ path: String) throws -> Int {
        try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
    }

    @Test("released migrations are never edited")
    func migrationsAreAppendOnly() throws {
        // One line a migration, added with it; a number that no longer fits means an edit of what data folders were made with.
        let released: [(Int, UInt64)] = [
            (1, 11_530_993_121_747_219_689),
            (2, 4_633_418_458_195_147_769),
            (3, 6_582_087_529_473_084_305),
            (4, 12_532_895_080_888_287_945),
            (5, 17_398_169_339_792_405_229),
            (6, 2_184_708_269_467_081_334),
            (7, 6_150_709_478_578_423_428),
            (8, 133_593_972_543_905_634),
        ]
        #expect(Schema.migrations.map(\.number) == released.map(\.0))
        #expect(Schema.migrations.map { checksum($0.sql) } == released.map(\.1))
    }

    private func checksum(_ text: String) -> UInt64 {
        text.utf8.reduce(14_695_981_039_346_656_037) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    }

    @Test(
        "the schema holds the shape rules a second time",
        arguments: [
            "UPDATE server SET proxy_port = 0", "UPDATE server SET proxy_port = 65536",
            "UPDATE server SET proxy_server = NULL",
            "UPDATE server SET proxy_use = 2", "UPDATE server SET proxy_use = 0",
            "UPDATE server SET name = 'a b', key = 'a b'",
            "UPDATE server SET key = 'CM01.contoso.com'", "UPDATE server SET site = 'XXX'",
            "UPDATE site SET code = 'ab1'", "UPDATE site SET client_ports = '{\"clientHTTPPort\": 0}'",
            "UPDATE site SET clients = 'x'",
            "UPDATE site SET type = 'tertiary'", "UPDATE role SET details = '{\"httpPort\": 0}'",
            "UPDATE server SET proxy_port = 'x'",
            "UPDATE server SET general_initiates = NULL", "UPDATE change SET after = NULL", "DELETE FROM change",
            "UPDATE change_set SET reason = 'x'", "DELETE FROM change_set",
        ])
    func constraints(sql: String) throws {
        try withPortal { portal in
            try Self.fill(portal)
            #expect(throws: DatabaseError.self) { try portal.store.pool.write { try $0.execute(sql: sql) } }
        }
    }

    static func fill(_ portal: TestPortal) throws {
        try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary"])))
        try portal.submit(.createServer(Draft([.serverName: "cm01.contoso.com", .serverSite: "PS1"])))
        var record = try #require(try portal.server("cm01.contoso.com"))
        try portal.submit(
            .changeGeneral(record.name, Draft([.generalForest: "contoso.com"]), revision: record.revision))
        record = try #require(try portal.server("cm01.contoso.com"))
        let proxy = Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080"])
        try portal.submit(.changeProxy(record.name, proxy, revision: record.revision))
        record = try #require(try portal.server("cm01.contoso.com"))
        try portal.submit(
            .changeRoles(record.name, RoleChanges(adding: Sent("SMS Software Update Point")), revision: record.revision)
        )
        record = try #require(try portal.server("cm01.contoso.com"))
        let details = (RoleName.softwareUpdatePoint, Draft([.supUseProxyForSynchronization: "true"]))
        try portal.submit(.changeRoles(record.name, RoleChanges(details: [details]), revision: record.revision))
    }

    @Test("a server comes back as it was saved, and its history tells each step")
    func roundTrip() throws {
        try withPortal { portal in
            try Self.fill(portal)
            let record = try #require(try portal.server("CM01.CONTOSO.COM"))
            #expect(record.name.text == "cm01.contoso.com")
            #expect(record.proxy.intended?.configuration?.address == "proxy01.contoso.com:8080")
            #expect(record.intended.softwareUpdatePoint?.useProxyForSynchronization == true)
            let history = try portal.store.read {
                try $0.history(.server, key: "CM01.contoso.com", before: nil, limit: 10)
            }
            #expect(history.map(\.change.kind) == [.changed, .changed, .changed, .changed, .added])
            #expect(history.first?.change.number == record.revision)
            #expect(
                history[0].change.before == history[1].change.after, "each change starts where the one before ended")
            let sets = try portal.store.read { try $0.changeSets(before: nil, limit: 10) }
            #expect(sets.map(\.number) == [6, 5, 4, 3, 2, 1], "numbers have no gaps")
        }
    }

    @Test("a failed transaction leaves neither the row nor its change")
    func allOrNothing() throws {
        struct Interruption: Error {}
        try withPortal { portal in
            try Self.fill(portal)
            let before = try #require(try portal.server("cm01.contoso.com"))
            #expect(throws: Interruption.self) {
                try portal.store.write { writing in
                    _ = try writing.openChangeSet(time: 0, actor: .local, reason: nil, requestID: "x", origin: .form)
                    try writing.remove(before)
                    throw Interruption()
                }
            }
            #expect(try portal.server("cm01.contoso.com") == before)
            #expect(try portal.store.read { try $0.changeSets(before: nil, limit: 1) }.first?.number == 6)
        }
    }

    @Test("findings of a server are found by its key, never by looking at all of them")
    func findingsByKey() throws {
        try withPortal { portal in
            let counts = try portal.store.pool.read {
                try plan("UPDATE server SET \(DerivedFindings.countsOfServer) WHERE key = 'x'", $0)
            }
            #expect(counts.contains("finding_by_key") && !counts.contains("finding_by_severity"), "\(counts)")
            let errors = try DatabaseQueue().write { db in
                try db.execute(sql: StagingSchema.sql + StagingSchema.indexes)
                return try plan(SQLiteStaging.errorsOfServer, db)
            }
            #expect(errors.contains("SEARCH staged_finding"), "\(errors)")
        }
    }

    private func plan(_ sql: String, _ db: Database) throws -> String {
        let statement = try db.makeStatement(sql: "EXPLAIN QUERY PLAN " + sql)
        return try Row.fetchAll(
            statement, arguments: StatementArguments(Array(repeating: "x", count: sql.contains("?1") ? 2 : 0))
        )
        .map { row -> String in row["detail"] }.joined(separator: "\n")
    }

    @Test("stored findings are what the rules find, and a rebuild changes nothing")
    func derivedFindings() throws {
        try withPortal { portal in
            try Self.fill(portal)
            try portal.submit(.createServer(Draft([.serverName: "CM02.contoso.com", .serverSite: "PS1"])))
            try portal.importing(
                file:
                    "<configuration xmlns=\"urn:proxydesk:configuration:1\"><softwareUpdatePointComponent site=\"PS1\" "
                    + "synchronizationSource=\"upstream\"/></configuration>")
            let before = try findings(portal)
            #expect(before.contains { $0.code == .componentUpstreamMissing && $0.entity == .component })
            try portal.store.rebuildDerived()
            #expect(try findings(portal) == before)
        }
    }

    private func findings(_ portal: TestPortal) throws -> [Finding] {
        try portal.store.read { reading in
            var all: [Finding] = []
            try reading.eachFinding { all.append($0) }
            return all
        }
    }
}

@Suite("The JSON of a role's details")
struct FlatJSONTests {
    @Test("what the writer writes is read back, whatever the texts hold")
    func roundTrip() throws {
        var random = SeededGenerator(seed: 7)
        let alphabet: [Unicode.Scalar] = ["a", "\"", "\\", ",", "}", "{", ":", "\u{1}", "\n", "é", "😀", "u"]
        for _ in 0..<3_000 {
            let texts = (0..<3).map { _ in random.text(of: alphabet, upTo: 8) }
            var writer = JSONWriter()
            writer.object { writer in
                for (index, text) in texts.enumerated() { writer.member("k\(index)\"", text) }
                writer.member("n", 8530)
                writer.member("f", true)
                writer.member("z", FieldValue.nothing)
            }
            let members = try #require(FlatJSON.members(of: writer.text))
            #expect((0..<3).map { members["k\($0)\""] } == texts)
            #expect(members["n"] == "8530" && members["f"] == "true" && members["z"] == "")
        }
    }

    @Test(
        "anything else is refused",
        arguments: ["", "{", "[]", "{}x", "{\"a\"}", "{\"a\":1", "{\"a\":\"\\x\"}", "{\"a\":1,}"])
    func refused(text: String) { #expect(FlatJSON.members(of: text) == nil) }
}

@Suite("The data folder")
struct DataFolderTests {
    @Test("exclusive use is refused while others have it, naming them, and the other way round")
    func locks() throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let shared = try DataFolder(path: path, use: .shared)
        let second = try DataFolder(path: path, use: .shared)
        #expect {
            _ = try DataFolder(path: path, use: .exclusive)
        } throws: { error in
            guard case ProgramFailure.locked(let holder) = error else { return false }
            return holder.contains("process \(getpid())")
        }
        withExtendedLifetime((shared, second)) {}
    }

    @Test("one server and one import at a time")
    func places() throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = try DataFolder(path: path, use: .shared)
        let serve = try folder.hold(.serve)
        #expect(throws: ProgramFailure.self) { _ = try folder.hold(.serve) }
        _ = try folder.hold(.fileImport)
        serve.release()
        _ = try folder.hold(.serve)
    }

    @Test("a newer schema is refused, an older one asks for migrate, and migrate does it")
    func schemaVersions() throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        do { _ = try TestPortalPool(path: path) }
        try setVersion(99, at: path)
        #expect(throws: ProgramFailure.schemaNewer(found: 99, known: Schema.newest)) { try TestPortalPool(path: path) }
        try FileManager.default.removeItem(atPath: path + "/proxydesk.sqlite")
        let old = try DatabaseQueue(path: path + "/proxydesk.sqlite")
        try old.write { try $0.execute(sql: "CREATE TABLE change_set (number INTEGER)") }
        #expect(throws: ProgramFailure.schemaOlder(found: 0, needed: Schema.newest)) { try TestPortalPool(path: path) }
    }

    private struct TestPortalPool {
        init(path: String) throws { _ = try SQLiteStore(folder: DataFolder(path: path, use: .shared)) }
    }

    private func setVersion(_ version: Int, at path: String) throws {
        let queue = try DatabaseQueue(path: path + "/proxydesk.sqlite")
        try queue.write { try $0.execute(sql: "PRAGMA user_version = \(version)") }
    }
}
