import Foundation
import GRDB
import GRDBSQLite
import Workflow

/// The configuration in one SQLite database: one writer, many readers, every commit on disk before it is acknowledged.
public final class SQLiteStore: ConfigurationStore {
    let pool: DatabasePool
    public let folder: DataFolder

    /// How long a statement waits for another process's write before it gives up.
    public static let busyTimeout: TimeInterval = 30

    /// Opens the folder's database. An empty folder gets one; an older or newer schema is refused.
    ///
    /// - Throws: ``ProgramFailure``.
    public init(folder: DataFolder) throws {
        self.folder = folder
        let isNew = try Self.isMissing(folder.databasePath)
        if isNew { try DataFolder.makePrivateFile(folder.databasePath) }
        pool = try Self.mapped { try DatabasePool(path: folder.databasePath, configuration: Self.configuration) }
        try Self.mapped {
            if try isNew || pool.read({ try Schema.version($0) == 0 && !$0.tableExists("change_set") }) {
                try Schema.migrate(pool)
            }
            try pool.read(Schema.check)
            // GRDB sets NORMAL on the writer after `prepareDatabase` has run, so FULL has to be set once it is open.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        }
    }

    private static func isMissing(_ path: String) throws -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? Int ?? 0) == 0
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(busyTimeout)
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = 4
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -8192")
        }
        return configuration
    }

    /// Brings an older schema up to date. The caller has opened the folder exclusively.
    ///
    /// - Returns: the numbers before and after.
    /// - Throws: ``ProgramFailure``.
    public static func migrate(_ folder: DataFolder) throws -> (from: Int, to: Int) {
        guard try !isMissing(folder.databasePath) else { throw ProgramFailure.noData(path: folder.path) }
        return try mapped {
            let queue = try DatabaseQueue(path: folder.databasePath, configuration: configuration)
            let from = try queue.read(Schema.version)
            try Schema.migrate(queue)
            // What is derived may have got tables and rules of its own.
            try queue.write(rebuildDerived)
            return (from, Schema.newest)
        }
    }

    public func read<Value: Sendable>(_ body: (any ConfigurationReading) throws -> Value) throws -> Value {
        try Self.mapped { try pool.read { try body(SQLiteReader(db: $0)) } }
    }

    public func write<Value: Sendable>(_ body: (any ConfigurationWriting) throws -> Value) throws -> Value {
        try Self.mapped { try pool.write { try body(SQLiteWriter(db: $0)) } }
    }

    public func rehearse<Value: Sendable>(_ body: (any ConfigurationWriting) throws -> Value) throws -> Value {
        try Self.mapped {
            try pool.writeWithoutTransaction { db in
                var value: Value?
                try db.inTransaction {
                    value = try body(SQLiteWriter(db: db))
                    return .rollback
                }
                guard let value else { throw ProgramFailure.storage(cause: "a rehearsal ended without a result") }
                return value
            }
        }
    }

    /// What the pragma says on the connection that writes: 2 is FULL.
    func synchronousOnWriter() throws -> Int {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") ?? -1 }
    }

    /// Turns SQLite's failures into the program's, by result code and never by text.
    static func mapped<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let failure as DatabaseError {
            switch failure.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: throw ProgramFailure.busy
            default: throw ProgramFailure.storage(cause: "\(failure.extendedResultCode): \(failure.message ?? "")")
            }
        }
    }
}
