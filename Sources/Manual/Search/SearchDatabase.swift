import GRDBSQLite
import Synchronization

/// The index: built once, then read by as many connections as there are threads that search at once.
///
/// All of them read the same bytes: the finished database is serialized, and each connection opens that image read-only.
final class SearchDatabase: Sendable {
    private let image: Image
    private let idle = Mutex<[Lent]>([])

    /// A connection that nobody else has.
    private struct Lent: @unchecked Sendable {
        let connection: SearchConnection
    }

    /// The bytes of the finished database, which nobody changes.
    private struct Image: @unchecked Sendable {
        let bytes: UnsafeMutablePointer<UInt8>
        let count: Int64
    }

    init(_ passages: [IndexedPassage]) throws(SearchFailure) {
        image = try Self.build(passages)
    }

    deinit {
        idle.withLock { $0.removeAll() }
        sqlite3_free(image.bytes)
    }

    func hits(of expression: SearchExpression) throws(SearchFailure) -> SearchHits {
        let lent = try take()
        defer { idle.withLock { $0.append(lent) } }
        return try lent.connection.hits(of: expression)
    }

    private func take() throws(SearchFailure) -> Lent {
        if let lent = idle.withLock({ $0.popLast() }) { return lent }
        return try open()
    }

    private func open() throws(SearchFailure) -> Lent {
        let connection = try SearchConnection.open()
        let flags = UInt32(SQLITE_DESERIALIZE_READONLY)
        guard sqlite3_deserialize(connection, "main", image.bytes, image.count, image.count, flags) == SQLITE_OK else {
            defer { sqlite3_close(connection) }
            throw SearchFailure(connection)
        }
        return Lent(connection: try SearchConnection(connection))
    }

    /// The words are cut before they come here, so the tokenizer has blanks to cut at and stems to make.
    private static let schema = """
        CREATE VIRTUAL TABLE passage USING fts5 (
            title, heading, key, keywords, description, text,
            content = '', tokenize = 'porter ascii', prefix = '3 4')
        """

    private static func build(_ passages: [IndexedPassage]) throws(SearchFailure) -> Image {
        let connection = try SearchConnection.open()
        defer { sqlite3_close(connection) }
        try run("BEGIN", connection)
        try run(schema, connection)
        let statement = try SearchConnection.prepare(
            "INSERT INTO passage (rowid, title, heading, key, keywords, description, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            connection)
        defer { sqlite3_finalize(statement) }
        for (number, passage) in passages.enumerated() {
            sqlite3_bind_int64(statement, 1, Int64(number))
            for (column, field) in passage.fields.enumerated() {
                sqlite3_bind_text(statement, Int32(column + 2), field.indexed, -1, sqliteTransient)
            }
            guard sqlite3_step(statement) == SQLITE_DONE else { throw SearchFailure(connection) }
            sqlite3_reset(statement)
        }
        try run("INSERT INTO passage (passage) VALUES ('optimize')", connection)
        try run("COMMIT", connection)
        var count: Int64 = 0
        guard let bytes = sqlite3_serialize(connection, "main", &count, 0) else { throw SearchFailure(connection) }
        return Image(bytes: bytes, count: count)
    }

    private static func run(_ sql: String, _ connection: OpaquePointer) throws(SearchFailure) {
        guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else { throw SearchFailure(connection) }
    }
}
