import GRDB
import GRDBSQLite
import Workflow

/// A connection of its own to a staging file, used by one import on one thread.
///
/// It keeps one transaction open while it writes and promises nothing after a crash: the file is thrown away then.
final class StagingConnection {
    private let handle: OpaquePointer
    private var prepared: [String: PreparedStatement] = [:]

    private final class PreparedStatement {
        let handle: OpaquePointer
        init(handle: OpaquePointer) { self.handle = handle }
        deinit { sqlite3_finalize(handle) }
    }

    /// - Throws: ``ProgramFailure/storage(cause:)``.
    init(path: String) throws {
        var opened: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(path, &opened, flags, nil) == SQLITE_OK, let opened else {
            sqlite3_close_v2(opened)
            throw ProgramFailure.storage(cause: "the staging file cannot be opened")
        }
        handle = opened
        try execute(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4096")
    }

    deinit {
        prepared.removeAll()
        sqlite3_close_v2(handle)
    }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
    }

    /// The statement for a text, prepared once.
    func statement(_ sql: String) throws -> Statement {
        let owner = try prepared[sql] ?? prepare(sql)
        return Statement(handle: owner.handle, connection: handle, owner: owner)
    }

    /// Gives all statements back, so that another connection can have the file.
    func close() { prepared.removeAll() }

    private func prepare(_ sql: String) throws -> PreparedStatement {
        var made: OpaquePointer?
        guard sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil) == SQLITE_OK, let made
        else { throw failure }
        let owner = PreparedStatement(handle: made)
        prepared[sql] = owner
        return owner
    }

    private var failure: DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: sqlite3_extended_errcode(handle)),
            message: String(cString: sqlite3_errmsg(handle)))
    }
}
