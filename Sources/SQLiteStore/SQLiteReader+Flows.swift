import Domain
import GRDB
import Workflow

// Flows: paged by the table's primary key, which every index ends with; totals come from the counts the writer keeps.
extension SQLiteReader {
    func flows(of server: HostName) throws -> [TrafficFlow] {
        try Statement(db, "SELECT \(FlowRow.columns) FROM flow WHERE server_key = ?1").bind(1, server.folded)
            .map(FlowRow.flow).sorted { $0.id.order < $1.id.order }
    }

    func flows(carriedOutBy server: HostName, limit: Int) throws -> [TrafficFlow] {
        try Statement(
            db,
            "SELECT \(FlowRow.columns) FROM flow WHERE from_key = ?1 AND server_key <> ?1 ORDER BY \(FlowRow.order) LIMIT \(limit)"
        ).bind(1, server.folded).map(FlowRow.flow)
    }

    func flows(of site: SiteCode) throws -> [TrafficFlow] {
        try Statement(
            db, "SELECT \(FlowRow.columns) FROM flow WHERE server_key = '' AND site = ?1 ORDER BY \(FlowRow.order)"
        )
        .bind(1, site.text).map(FlowRow.flow)
    }

    func flowChanges(ofSet number: Int) throws -> FlowChanges { try FlowChangeRow.changes(ofSet: number, in: db) }

    func flowCounts(site: SiteCode?) throws -> [FlowCount] {
        let filter = site == nil ? "" : "WHERE site = ?1"
        let statement = try Statement(
            db,
            "SELECT site, flow, route, identity, proxy_key, number FROM flow_count \(filter) ORDER BY site, flow, route"
        )
        if let site { statement.bind(1, site.text) }
        return try statement.map { row in
            guard let site = SiteCode.check(row.text(0) ?? "").value,
                let flow = TrafficFlowID(rawValue: row.text(1) ?? ""),
                let route = FlowRoute(rawValue: row.text(2) ?? "")
            else { throw ProgramFailure.storage(cause: "a stored count of flows cannot be read") }
            return FlowCount(
                site: site, flow: flow, route: route, identity: FlowText.identity(row.text(3) ?? ""),
                proxy: route == .proxy ? row.text(4) : nil, number: row.int(5))
        }
    }

    func flowList(_ query: FlowListQuery) throws -> FlowListPage {
        let filter = FlowFilter(query)
        let total = query.text.isEmpty ? try filter.total(db) : nil
        if total == 0 { return FlowListPage(rows: [], total: 0, next: nil) }
        let statement = try Statement(
            db,
            "SELECT \(FlowRow.columns) FROM flow \(filter.pageClause) ORDER BY \(FlowRow.order) LIMIT \(query.limit + 1)"
        )
        var rows = try filter.bindPage(to: statement).map(FlowRow.flow)
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        return FlowListPage(
            rows: rows, total: total, next: hasMore ? rows.last.map(FlowListQuery.PageKey.init(of:)) : nil)
    }
}

/// A list's filters as SQL: the text is made of constants alone, and every value is bound.
private struct FlowFilter {
    private let after: FlowListQuery.PageKey?
    private var conditions: [String] = []
    private var values: [String] = []
    private var kinds: [(condition: String, value: String)] = []

    init(_ query: FlowListQuery) {
        after = query.after
        if let flow = query.flow { add("flow = ?", flow.rawValue) }
        if let site = query.site { add("site = ?", site.text) }
        if let route = query.route { add("route = ?", route.rawValue) }
        if let identity = query.identity { add("identity = ?", FlowText.text(identity)) }
        if let proxy = query.proxy { add("proxy_key = ?", proxy.canonical) }
        addText(query.text.asciiFolded)
    }

    private mutating func add(_ condition: String, _ value: String) {
        conditions.append(condition)
        values.append(value)
        kinds.append((condition, value))
    }

    /// Three letters and more go through the index of trigrams over the servers' names; fewer have none.
    private mutating func addText(_ text: String) {
        guard !text.isEmpty else { return }
        if text.unicodeScalars.count >= 3 {
            conditions.append(
                "server_key IN (SELECT key FROM server WHERE id IN (SELECT rowid FROM server_name WHERE server_name MATCH ?))"
            )
            values.append(
                "\"" + text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\"")
        } else {
            conditions.append("instr(server_key, ?) > 0")
            values.append(text)
        }
    }

    func total(_ db: Database) throws -> Int {
        let filter = kinds.isEmpty ? "" : "WHERE " + kinds.map(\.condition).joined(separator: " AND ")
        let statement = try Statement(db, "SELECT ifnull(sum(number), 0) FROM flow_count \(filter)")
        for (index, kind) in kinds.enumerated() { statement.bind(Int32(index) + 1, kind.value) }
        return try statement.first { $0.int(0) } ?? 0
    }

    var pageClause: String {
        let all = conditions + (after == nil ? [] : ["(\(FlowRow.order)) > (?, ?, ?, ?)"])
        return all.isEmpty ? "" : "WHERE " + all.joined(separator: " AND ")
    }

    func bindPage(to statement: Statement) -> Statement {
        let key = after.map { [$0.server, $0.site, $0.flow, $0.from] } ?? []
        for (index, value) in (values + key).enumerated() { statement.bind(Int32(index) + 1, value) }
        return statement
    }
}
