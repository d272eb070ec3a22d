import Domain
import Foundation
import GRDB
import Workflow

extension SQLiteReader {
    static let changeSetColumns = """
        change_set.number, time, actor_id, actor_text, reason, request_id, origin, import_format, import_file, import_bytes, \
        import_sha256, import_counts
        """

    func changeSets(before number: Int?, limit: Int) throws -> [ChangeSet] {
        let sql = "SELECT \(Self.changeSetColumns) FROM change_set WHERE number < ?1 ORDER BY number DESC LIMIT ?2"
        return try Statement(db, sql).bind(1, number ?? Int.max).bind(2, limit).map { try changeSet($0) }
    }

    func changeSet(_ number: Int) throws -> ChangeSet? {
        try Statement(db, "SELECT \(Self.changeSetColumns) FROM change_set WHERE number = ?1").bind(1, number)
            .first { try changeSet($0) }
    }

    func changes(ofSet number: Int, after: Int?, limit: Int) throws -> [Change] {
        let sql = """
            SELECT number, entity, name, kind, before, after FROM change WHERE change_set = ?1 AND number > ?2
            ORDER BY number LIMIT ?3
            """
        return try Statement(db, sql).bind(1, number).bind(2, after ?? 0).bind(3, limit).map { try change($0, from: 0) }
    }

    func history(_ entity: Entity, key: String, before: Int?, limit: Int) throws -> [HistoryEntry] {
        let sql = """
            SELECT \(Self.changeSetColumns), change.number, entity, name, kind, before, after
            FROM change JOIN change_set ON change_set.number = change.change_set
            WHERE entity = ?1 AND key = ?2 AND change.number < ?3 ORDER BY change.number DESC LIMIT ?4
            """
        return try Statement(db, sql).bind(1, entity.rawValue).bind(2, key.asciiFolded).bind(3, before ?? Int.max)
            .bind(4, limit).map { HistoryEntry(set: try changeSet($0), change: try change($0, from: 12)) }
    }

    func hasRemovals() throws -> Bool {
        try Statement(db, "SELECT 1 FROM change WHERE entity = ?1 AND kind = 'removed' LIMIT 1")
            .bind(1, Entity.server.rawValue).first { _ in true } ?? false
    }

    func lastRemoval(of name: HostName) throws -> ChangeSet? {
        let sql = """
            SELECT \(Self.changeSetColumns) FROM change JOIN change_set ON change_set.number = change.change_set
            WHERE entity = ?1 AND key = ?2 AND kind = 'removed' ORDER BY change.number DESC LIMIT 1
            """
        return try Statement(db, sql).bind(1, Entity.server.rawValue).bind(2, name.folded).first { try changeSet($0) }
    }

    private func changeSet(_ row: Statement) throws -> ChangeSet {
        ChangeSet(
            number: row.int(0), time: Int64(row.int(1)),
            actor: Actor(id: row.text(2) ?? "", text: row.text(3) ?? ""), reason: row.text(4),
            requestID: row.text(5) ?? "", origin: ChangeOrigin(rawValue: row.text(6) ?? "") ?? .form,
            importFacts: try importFacts(row))
    }

    private func importFacts(_ row: Statement) throws -> ImportFacts? {
        guard let format = row.text(7) else { return nil }
        let counts = try JSONDecoder().decode(StoredCounts.self, from: Data((row.text(11) ?? "{}").utf8))
        return ImportFacts(
            format: format, file: row.text(8) ?? "", bytes: Int64(row.int(9)), sha256: row.text(10) ?? "",
            counts: counts.counts)
    }

    private func change(_ row: Statement, from column: Int32) throws -> Change {
        guard let entity = Entity(rawValue: row.text(column + 1) ?? ""),
            let kind = ChangeKind(rawValue: row.text(column + 3) ?? "")
        else { throw ProgramFailure.storage(cause: "change \(row.int(column)) has an unknown entity or kind") }
        return Change(
            number: row.int(column), entity: entity, key: row.text(column + 2) ?? "", kind: kind,
            before: row.text(column + 4), after: row.text(column + 5))
    }
}

/// The counts of an import as its change set keeps them.
private struct StoredCounts: Decodable {
    var added: Int
    var changed: Int
    var unchanged: Int
    var rejected: Int
    var notInFile: Int
    var removed: Int?

    var counts: ImportCounts {
        var counts = ImportCounts()
        counts.added = added
        counts.changed = changed
        counts.unchanged = unchanged
        counts.rejected = rejected
        counts.notInFile = notInFile
        counts.removed = removed ?? 0
        return counts
    }
}
