import Domain
import Workflow

// What the page of an import reads of its staging file, a page at a time.
extension SQLiteStaging {
    func mark(_ server: HostName, as group: PreviewGroup, document: String?) throws {
        try connection.statement(
            "INSERT OR REPLACE INTO planned_mark (mark, key, name, document) VALUES (?1, ?2, ?3, ?4)"
        )
        .bind(1, group.rawValue).bind(2, server.folded).bind(3, server.text).bind(4, document).run()
    }

    /// Every record with its group; the groups' names are those of ``PreviewGroup``.
    ///
    /// Records that were refused without a plan are listed as rejected, and belong to what is left out.
    private static let lines = """
        SELECT 'site' AS entity, lower(code) AS key, code AS name, kind AS mark, before, after FROM planned_site
        UNION ALL SELECT 'software update point component', lower(site), site, kind, before, after FROM planned_component
        UNION ALL SELECT 'software update point component', lower(site), site, 'kept', before, after FROM planned_component
            WHERE kept = 1
        UNION ALL SELECT 'site system server', key, name, kind, before, after FROM planned_server
        UNION ALL SELECT 'site system server', key, name, 'unchanged', NULL, NULL FROM seen_again WHERE kind = 'unchanged'
        UNION ALL SELECT DISTINCT 'site', lower(code), code, 'unchanged', NULL, NULL FROM staged_site
            WHERE code NOT IN (SELECT code FROM planned_site)
        UNION ALL SELECT entity, lower(key), key,
            CASE kind WHEN 'rejected' THEN 'left-out' WHEN 'notInFile' THEN 'not-in-file' ELSE kind END, NULL, NULL FROM listed
        UNION ALL SELECT m.entity, m.key, m.name, m.mark, p.before, ifnull(p.after, m.document)
            FROM planned_mark AS m LEFT JOIN planned_server AS p ON p.key = m.key
        """

    func previewGroups() throws -> [PreviewGroup: Int] {
        var groups: [PreviewGroup: Int] = [:]
        try connection.statement("SELECT mark, count(*) FROM (\(Self.lines)) GROUP BY mark").eachRow { row in
            guard let group = PreviewGroup(rawValue: row.text(0) ?? "") else { throw damaged }
            groups[group] = row.int(1)
        }
        return groups
    }

    func preview(_ group: PreviewGroup, after position: PreviewPosition?, limit: Int) throws -> PreviewPage {
        let sql = """
            SELECT entity, key, name, before, after FROM (\(Self.lines)) WHERE mark = ?1 AND (entity, key) > (?2, ?3)
            ORDER BY entity, key LIMIT \(limit + 1)
            """
        let statement = try connection.statement(sql).bind(1, group.rawValue)
        statement.bind(2, position?.entity ?? "").bind(3, position?.key ?? "")
        var rows = try statement.map { row in
            guard let entity = Entity(rawValue: row.text(0) ?? "") else { throw damaged }
            let line = PreviewLine(entity: entity, name: row.text(2) ?? "", before: row.text(3), after: row.text(4))
            return (line, PreviewPosition(entity: entity.rawValue, key: row.text(1) ?? ""))
        }
        let hasMore = rows.count > limit
        if hasMore { rows.removeLast() }
        let lines = try rows.map { line, position in
            guard group == .leftOut else { return line }
            return PreviewLine(
                entity: line.entity, name: line.name, before: line.before, after: line.after,
                errors: try errors(position.entity, position.key))
        }
        return PreviewPage(lines: lines, next: hasMore ? rows.last?.1 : nil)
    }

    /// Beside an aggregate that picks one row, SQLite takes the other columns of that row.
    func findingGroups() throws -> [FindingGroup] {
        let sql = """
            SELECT \(FindingRow.columns), count(*), min(id) FROM staged_finding GROUP BY code, severity
            ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, count(*) DESC, code
            """
        return try connection.statement(sql).map { row in
            FindingGroup(count: row.int(11), first: try FindingRow.finding(row))
        }
    }

    private func errors(_ entity: String, _ key: String) throws -> [Finding] {
        let sql =
            "SELECT \(FindingRow.columns) FROM staged_finding WHERE entity = ?1 AND key = ?2 AND severity = 'error' ORDER BY id LIMIT 20"
        return try connection.statement(sql).bind(1, entity).bind(2, key).map(FindingRow.finding)
    }

    func findings(_ filter: FindingFilter, limit: Int) throws -> [Finding] {
        let sql = """
            SELECT \(FindingRow.columns) FROM staged_finding
            WHERE (?1 IS NULL OR severity = ?1) AND (?2 IS NULL OR code = ?2) AND (?3 = '' OR instr(ifnull(key, ''), ?3) > 0)
            ORDER BY file IS NULL, file, line IS NULL, line, id LIMIT \(limit) OFFSET ?4
            """
        let statement = try connection.statement(sql).bind(1, filter.severity?.rawValue).bind(2, filter.code?.rawValue)
        return try statement.bind(3, filter.text.asciiFolded).bind(4, filter.start).map(FindingRow.finding)
    }
}
