import GRDBSQLite

/// SQLite did not do what the search asked of it: no memory, or a library without FTS5.
public struct SearchFailure: Error, CustomStringConvertible {
    /// What SQLite said, for the log.
    public let description: String

    init(_ connection: OpaquePointer?) {
        description = "search: " + (connection.flatMap(sqlite3_errmsg).map { String(cString: $0) } ?? "no memory")
    }
}

/// One connection to the index with its statement, which one thread at a time may use.
///
/// The statement reports where each phrase was found, which the ranking and the snippets need: FTS5's own `bm25()` and `snippet()` tell
/// one number, and cut every row's text into words again.
final class SearchConnection {
    private let connection: OpaquePointer
    private var statement: OpaquePointer?
    private var found = SearchHits()

    /// - Parameter connection: an open one; it is closed with this object, and where this throws.
    init(_ connection: OpaquePointer) throws(SearchFailure) {
        self.connection = connection
        try registerHits()
    }

    deinit {
        sqlite3_finalize(statement)
        sqlite3_close(connection)
    }

    static func open() throws(SearchFailure) -> OpaquePointer {
        var connection: OpaquePointer?
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX
        guard sqlite3_open_v2(":memory:", &connection, flags, nil) == SQLITE_OK, let connection else {
            defer { sqlite3_close(connection) }
            throw SearchFailure(connection)
        }
        return connection
    }

    /// Everything that one of the expression's phrases was found in.
    func hits(of expression: SearchExpression) throws(SearchFailure) -> SearchHits {
        found = SearchHits()
        defer { found = SearchHits() }
        if statement == nil { statement = try Self.prepare(Self.query, connection) }
        defer { sqlite3_reset(statement) }
        var text = expression.text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                _ = sqlite3_bind_text(statement, 1, characters.baseAddress, Int32(characters.count), sqliteTransient)
            }
        }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return found
            default: throw SearchFailure(connection)
            }
        }
    }

    static func prepare(_ sql: String, _ connection: OpaquePointer) throws(SearchFailure) -> OpaquePointer? {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
            throw SearchFailure(connection)
        }
        return statement
    }

    private static let query = "SELECT hits(passage) FROM passage WHERE passage MATCH ?1"

    private func registerHits() throws(SearchFailure) {
        let statement = try Self.prepare("SELECT fts5(?1)", connection)
        defer { sqlite3_finalize(statement) }
        var api: UnsafeMutablePointer<fts5_api>?
        let type: StaticString = "fts5_api_ptr"
        let status = withUnsafeMutablePointer(to: &api) { place in
            type.withUTF8Buffer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    sqlite3_bind_pointer(statement, 1, place, characters.baseAddress, nil)
                }
            }
        }
        guard status == SQLITE_OK, sqlite3_step(statement) == SQLITE_ROW, let api else {
            throw SearchFailure(connection)
        }
        let registered = api.pointee.xCreateFunction(
            api, "hits", Unmanaged.passUnretained(self).toOpaque(),
            { functions, context, _, _, _ in SearchConnection.report(functions, context) }, nil)
        guard registered == SQLITE_OK else { throw SearchFailure(connection) }
    }

    /// Called by SQLite for each row, on the thread of `hits(of:)`.
    private static func report(_ functions: UnsafePointer<Fts5ExtensionApi>?, _ context: OpaquePointer?) {
        guard let functions = functions?.pointee, let object = functions.xUserData(context) else { return }
        let receiver = Unmanaged<SearchConnection>.fromOpaque(object).takeUnretainedValue()
        receiver.found.begin(passage: Int(functions.xRowid(context)))
        var (count, phrase, column, offset): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard functions.xInstCount(context, &count) == SQLITE_OK else { return }
        for index in 0..<count where functions.xInst(context, index, &phrase, &column, &offset) == SQLITE_OK {
            receiver.found.add(SearchHits.Hit(phrase: Int(phrase), column: Int(column), offset: Int(offset)))
        }
    }
}

/// Tells SQLite to copy a text before the call returns.
let sqliteTransient = unsafeBitCast(OpaquePointer(bitPattern: -1), to: sqlite3_destructor_type.self)
