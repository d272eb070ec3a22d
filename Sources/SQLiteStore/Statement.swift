import Foundation
import GRDB
import GRDBSQLite

/// A prepared statement of a GRDB connection, bound and read column by column.
///
/// GRDB keeps the pool, the transactions and the statement cache; its `Row` costs several times as much as the columns
/// themselves, which counts where an import writes, and an export reads, a hundred thousand servers.
struct Statement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer?
    /// Keeps the prepared statement alive.
    private let owner: AnyObject

    init(_ db: Database, _ sql: String) throws {
        let statement = try db.cachedStatement(sql: sql)
        self.init(handle: statement.sqliteStatement, connection: db.sqliteConnection, owner: statement)
    }

    /// Makes a prepared statement ready for its first binding; `owner` finalizes it in the end.
    init(handle: OpaquePointer, connection: OpaquePointer?, owner: AnyObject) {
        self.handle = handle
        self.connection = connection
        self.owner = owner
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Tells SQLite to copy a text before the call returns.
    private static let transient = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)

    @discardableResult
    func bind(_ index: Int32, _ text: String?) -> Statement {
        guard var text else {
            sqlite3_bind_null(handle, index)
            return self
        }
        text.withUTF8 { bytes -> Void in
            bytes.withMemoryRebound(to: CChar.self) { characters -> Void in
                // An empty text has no base address, and a null pointer would bind NULL.
                if let base = characters.baseAddress {
                    sqlite3_bind_text(handle, index, base, Int32(characters.count), Self.transient)
                } else {
                    sqlite3_bind_text(handle, index, "", 0, Self.transient)
                }
            }
        }
        return self
    }

    @discardableResult
    func bind(_ index: Int32, _ number: Int?) -> Statement {
        if let number { sqlite3_bind_int64(handle, index, Int64(number)) } else { sqlite3_bind_null(handle, index) }
        return self
    }

    @discardableResult
    func bind(_ index: Int32, _ flag: Bool?) -> Statement { bind(index, flag.map { $0 ? 1 : 0 }) }

    /// Steps to the next row; false at the end.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let failure = DatabaseError(
                resultCode: ResultCode(rawValue: sqlite3_extended_errcode(connection)),
                message: String(cString: sqlite3_errmsg(connection)))
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Runs a statement that gives no rows, and makes it ready for the next binding.
    func run() throws {
        while try step() {}
        sqlite3_reset(handle)
    }

    /// Gives the cursor back; a statement that is still open would hold its transaction.
    func reset() { sqlite3_reset(handle) }

    func text(_ column: Int32) -> String? {
        guard let bytes = sqlite3_column_text(handle, column) else { return nil }
        return String(
            decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, column))), as: UTF8.self
        )
    }

    /// Whether two columns hold the same: nothing, the same number, or the same bytes of text.
    func isSame(_ left: Int32, _ right: Int32) -> Bool {
        let type = sqlite3_column_type(handle, left)
        guard type == sqlite3_column_type(handle, right) else { return false }
        switch type {
        case SQLITE_NULL: return true
        case SQLITE_INTEGER: return sqlite3_column_int64(handle, left) == sqlite3_column_int64(handle, right)
        default:
            guard let one = sqlite3_column_text(handle, left), let other = sqlite3_column_text(handle, right) else {
                return false
            }
            let count = sqlite3_column_bytes(handle, left)
            return count == sqlite3_column_bytes(handle, right) && memcmp(one, other, Int(count)) == 0
        }
    }

    func int(_ column: Int32) -> Int { Int(sqlite3_column_int64(handle, column)) }

    func optionalInt(_ column: Int32) -> Int? {
        sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : int(column)
    }

    /// Calls `body` for each row, and gives the cursor back however it ends.
    func eachRow(_ body: (Statement) throws -> Void) throws {
        defer { reset() }
        while try step() { try body(self) }
    }

    /// The first row's value, or nil without a row.
    func first<Value>(_ body: (Statement) throws -> Value) throws -> Value? {
        defer { reset() }
        return try step() ? body(self) : nil
    }

    func map<Value>(_ body: (Statement) throws -> Value) throws -> [Value] {
        var values: [Value] = []
        try eachRow { values.append(try body($0)) }
        return values
    }
}
