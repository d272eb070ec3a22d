import GRDB
import Workflow

/// The numbered migrations, append only, each run once in a transaction of its own.
struct Schema {
    struct Migration {
        let number: Int
        let sql: String
    }

    /// The newest number is the schema this program knows. A released file is never edited: a test holds their checksums.
    static let migrations: [Migration] = [
        Migration(number: 1, sql: String(decoding: PackageResources._01_configuration_sql, as: UTF8.self)),
        Migration(
            number: 2, sql: String(decoding: PackageResources._02_software_update_point_component_sql, as: UTF8.self)),
        Migration(number: 3, sql: String(decoding: PackageResources._03_sightings_sql, as: UTF8.self)),
        Migration(number: 4, sql: String(decoding: PackageResources._04_sample_sql, as: UTF8.self)),
        Migration(number: 5, sql: String(decoding: PackageResources._05_traffic_flows_sql, as: UTF8.self)),
        Migration(number: 6, sql: String(decoding: PackageResources._06_wizard_draft_sql, as: UTF8.self)),
        Migration(number: 7, sql: String(decoding: PackageResources._07_software_update_points_sql, as: UTF8.self)),
        Migration(number: 8, sql: String(decoding: PackageResources._08_clients_sql, as: UTF8.self)),
    ]

    static var newest: Int { migrations.last?.number ?? 0 }

    static func version(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

    /// Brings the schema up from whatever it is; the caller has the folder to itself.
    ///
    /// - Throws: ``ProgramFailure/schemaNewer(found:known:)``.
    static func migrate(_ queue: any DatabaseWriter) throws {
        let found = try queue.read(version)
        guard found <= newest else { throw ProgramFailure.schemaNewer(found: found, known: newest) }
        for migration in migrations where migration.number > found {
            try queue.write { db in
                try db.execute(sql: migration.sql)
                try db.execute(sql: "PRAGMA user_version = \(migration.number)")
            }
        }
    }

    /// - Throws: ``ProgramFailure/schemaOlder(found:needed:)``, ``ProgramFailure/schemaNewer(found:known:)``.
    static func check(_ db: Database) throws {
        let found = try version(db)
        if found < newest { throw ProgramFailure.schemaOlder(found: found, needed: newest) }
        if found > newest { throw ProgramFailure.schemaNewer(found: found, known: newest) }
    }
}
