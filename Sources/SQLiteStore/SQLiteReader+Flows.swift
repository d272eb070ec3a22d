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

    func eachServerWithFlows(site: SiteCode?, _ body: (ServerRecord, [TrafficFlow]) throws -> Void) throws {
        // Both cursors run in the order of the servers' keys: one query instead of one a server.
        let filter = site == nil ? "" : "AND site = ?1"
        let statement = try Statement(
            db, "SELECT \(FlowRow.columns) FROM flow WHERE server_key <> '' \(filter) ORDER BY server_key")
        if let site { statement.bind(1, site.text) }
        let flows = FlowCursor(statement)
        defer { statement.reset() }
        try flows.advance()
        try eachServer(site: site) { try body($0, flows.take(of: $0.name.folded)) }
    }

    func flowChanges(ofSet number: Int) throws -> FlowChanges { try FlowChangeRow.changes(ofSet: number, in: db) }

    func flowCounts(site: SiteCode?) throws -> [FlowCount] {
        try flowCounts(where: "", site?.text ?? "")
    }

    func flowCounts(through proxy: ProxyAddress) throws -> [FlowCount] {
        try flowCounts(where: "AND proxy_key <> '' AND proxy_key = ?2", "", proxy.canonical)
    }

    /// - Parameter site: empty for all sites together.
    private func flowCounts(where condition: String, _ site: String, _ value: String? = nil) throws -> [FlowCount] {
        let statement = try Statement(
            db,
            "SELECT flow, route, identity, proxy_key, number FROM flow_count WHERE site = ?1 \(condition) ORDER BY flow, route"
        )
        statement.bind(1, site)
        if let value { statement.bind(2, value) }
        return try statement.map { row in
            guard let flow = TrafficFlowID(rawValue: row.text(0) ?? ""),
                let route = FlowRoute(rawValue: row.text(1) ?? "")
            else { throw ProgramFailure.storage(cause: "a stored count of flows cannot be read") }
            return FlowCount(
                flow: flow, route: route, identity: FlowText.identity(row.text(2) ?? ""),
                proxy: route == .proxy ? row.text(3) : nil, number: row.int(4))
        }
    }

    func flowList(_ query: FlowListQuery) throws -> FlowListPage {
        let filter = FlowFilter(query, identities: try spellings(of: query.identity))
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

extension SQLiteReader {
    /// An account is stored as the server's Proxy tab spells it; two servers may differ in case.
    private func spellings(of identity: ConnectionIdentity?) throws -> [String] {
        guard let identity else { return [] }
        let text = FlowText.text(identity)
        let stored = try Statement(
            db, "SELECT DISTINCT identity FROM flow_count WHERE site = '' AND identity = ?1 COLLATE NOCASE"
        )
        .bind(1, text).map { $0.text(0) ?? "" }
        return stored.isEmpty ? [text] : stored
    }
}

/// The flows of all servers, handed out server by server.
private final class FlowCursor {
    private let statement: Statement
    private var key: String?

    init(_ statement: Statement) { self.statement = statement }

    func advance() throws { key = try statement.step() ? statement.text(0) : nil }

    func take(of server: String) throws -> [TrafficFlow] {
        while let key, key < server { try advance() }
        var flows: [TrafficFlow] = []
        while key == server {
            flows.append(try FlowRow.flow(statement))
            try advance()
        }
        return flows.sorted { $0.id.order < $1.id.order }
    }
}

/// A list's filters as SQL: the text is made of constants alone, and every value is bound.
private struct FlowFilter {
    private let after: FlowListQuery.PageKey?
    private var conditions: [String] = []
    private var values: [String] = []
    private var kinds: [(condition: String, values: [String])] = []
    private let isOfOneSite: Bool

    init(_ query: FlowListQuery, identities: [String]) {
        after = query.after
        isOfOneSite = query.site != nil
        if let flow = query.flow { add("flow = ?", flow.rawValue) }
        if let site = query.site { add("site = ?", site.text) }
        if let route = query.route { add("route = ?", route.rawValue) }
        // One spelling, as nearly always, is read in the order of its index.
        if query.identity != nil {
            let marks = identities.map { _ in "?" }.joined(separator: ", ")
            add(identities.count == 1 ? "identity = ?" : "identity IN (\(marks))", identities)
        }
        if let proxy = query.proxy { add("proxy_key = ?", proxy.canonical) }
        addText(query.text.asciiFolded)
    }

    private mutating func add(_ condition: String, _ value: String) { add(condition, [value]) }

    private mutating func add(_ condition: String, _ all: [String]) {
        conditions.append(condition)
        values += all
        kinds.append((condition, all))
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
        let conditions = kinds.map(\.condition) + (isOfOneSite ? [] : ["site = ''"])
        let filter = "WHERE " + conditions.joined(separator: " AND ")
        let statement = try Statement(db, "SELECT ifnull(sum(number), 0) FROM flow_count \(filter)")
        for (index, value) in kinds.flatMap(\.values).enumerated() { statement.bind(Int32(index) + 1, value) }
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
