import Domain
import GRDB
import Workflow

// The lists and counts: paged by key over columns the writer keeps, so that a page costs the same on any page.
extension SQLiteReader {
    func serverList(_ query: ServerListQuery) throws -> ServerListPage {
        let filter = ServerFilter(query)
        let total =
            try filter.bind(to: Statement(db, "SELECT count(*) FROM server \(filter.whereClause)"))
            .first { $0.int(0) } ?? 0
        var rows = try listRows(query, filter)
        let hasMore = rows.count > query.limit
        if hasMore { rows.removeLast() }
        return ServerListPage(rows: rows.map(\.row), total: total, next: hasMore ? rows.last?.key : nil)
    }

    private typealias KeyedRow = (row: ServerListRow, key: ServerListQuery.PageKey)

    private func listRows(_ query: ServerListQuery, _ filter: ServerFilter) throws -> [KeyedRow] {
        let sort = filter.sortExpression
        let direction = query.isDescending ? "DESC" : "ASC"
        let statement = try Statement(
            db,
            """
            SELECT name, site, proxy_use, proxy_server, proxy_port, proxy_account, pending, errors, warnings,
                   stale, stale_roles,
                   (SELECT group_concat(r.name, char(10)) FROM (SELECT name FROM role WHERE role.server = server.id AND intended = 1 ORDER BY key) AS r),
                   \(sort), key
            FROM server \(filter.pageClause) ORDER BY \(sort) \(direction), key \(direction) LIMIT \(query.limit + 1)
            """)
        return try filter.bindPage(to: statement).map { row in
            (try listRow(row), ServerListQuery.PageKey(value: row.text(12) ?? "", name: row.text(13) ?? ""))
        }
    }

    private func listRow(_ row: Statement) throws -> ServerListRow {
        guard let name = HostName.check(row.text(0) ?? "", label: "").value,
            let site = SiteCode.check(row.text(1) ?? "").value
        else { throw ProgramFailure.storage(cause: "a stored server's name or site breaks its rule") }
        return ServerListRow(
            name: name, site: site, proxy: try ServerRow.proxy(row, use: row.optionalInt(2), 3),
            roles: (row.text(11) ?? "").split(separator: "\n").compactMap { RoleName.check(String($0)).value },
            isPending: row.int(6) == 1, isStale: row.int(9) == 1, staleRoles: row.int(10), errors: row.int(7),
            warnings: row.int(8))
    }

    func overview() throws -> Overview {
        var overview = Overview()
        overview.sites = try Statement(db, "SELECT count(*) FROM site").first { $0.int(0) } ?? 0
        let sql = """
            SELECT count(*), ifnull(sum(proxy_use IS 1), 0), ifnull(sum(proxy_use IS 0), 0), ifnull(sum(proxy_use IS NULL), 0),
                   ifnull(sum(pending), 0), ifnull(sum(errors > 0), 0), ifnull(sum(warnings > 0), 0),
                   ifnull(sum(stale = 1 OR stale_roles > 0), 0) FROM server
            """
        _ = try Statement(db, sql).first { row in
            overview.servers = row.int(0)
            overview.withProxy = row.int(1)
            overview.withoutProxy = row.int(2)
            overview.notTold = row.int(3)
            overview.pending = row.int(4)
            overview.serversWithErrors = row.int(5)
            overview.serversWithWarnings = row.int(6)
            overview.stale = row.int(7)
        }
        overview.sitesWithFindings =
            try Statement(db, "SELECT count(DISTINCT key) FROM finding WHERE entity = ?1").bind(1, Entity.site.rawValue)
            .first { $0.int(0) } ?? 0
        overview.serversWithNotices =
            try Statement(db, "SELECT count(DISTINCT key) FROM finding WHERE entity = ?1 AND severity = 'notice'")
            .bind(1, Entity.server.rawValue).first { $0.int(0) } ?? 0
        return overview
    }

    func proxiesInUse() throws -> [ProxyUse] {
        let sql = """
            SELECT min(proxy_server), count(*) FROM server WHERE proxy_key IS NOT NULL GROUP BY proxy_key
            ORDER BY count(*) DESC, proxy_key
            """
        return try Statement(db, sql).map { row in
            guard let server = ProxyServerName.check(row.text(0) ?? "").value else {
                throw ProgramFailure.storage(cause: "a stored proxy server name breaks its rule")
            }
            return ProxyUse(server: server, servers: row.int(1))
        }
    }

    func rolesInUse() throws -> [RoleName] {
        try Statement(db, "SELECT min(name) FROM role WHERE intended = 1 GROUP BY key ORDER BY key")
            .map { RoleName.check($0.text(0) ?? "").value }.compactMap { $0 }
    }
}

/// A list's filters as SQL: the text is made of constants alone, and every value is bound.
struct ServerFilter {
    private let query: ServerListQuery
    private var conditions: [String] = []
    private var values: [String] = []

    init(_ query: ServerListQuery) {
        self.query = query
        addText()
        if let site = query.site { add("site = ?", site.text) }
        if let role = query.role {
            add("id IN (SELECT server FROM role WHERE key = ? AND intended = 1)", role.folded)
        }
        addProxy()
        if query.isPending { conditions.append("pending = 1") }
        if query.isStale { conditions.append("(stale = 1 OR stale_roles > 0)") }
        addSeverity()
    }

    /// Three letters and more go through the index of trigrams; fewer have none.
    private mutating func addText() {
        let text = query.text.asciiFolded
        guard !text.isEmpty else { return }
        if text.unicodeScalars.count >= 3 {
            add("id IN (SELECT rowid FROM server_name WHERE server_name MATCH ?)", "\"" + text.doublingQuotes + "\"")
        } else {
            add("instr(key, ?) > 0", text)
        }
    }

    private mutating func addProxy() {
        switch query.proxy {
        case .anyProxy: conditions.append("proxy_use = 1")
        case .off: conditions.append("proxy_use = 0")
        case .notTold: conditions.append("proxy_use IS NULL")
        case .server(let canonical): add("proxy_key = ?", canonical)
        case .users(let users): add(users)
        case nil: break
        }
    }

    private mutating func add(_ users: ProxyUsers) {
        for (condition, value) in users.conditions {
            if let value { add(condition, value) } else { conditions.append(condition) }
        }
    }

    private mutating func addSeverity() {
        switch query.severity {
        case .error: conditions.append("errors > 0")
        case .warning: conditions.append("warnings > 0")
        case .notice: add("key IN (SELECT key FROM finding WHERE severity = ?)", "notice")
        case nil: break
        }
    }

    private mutating func add(_ condition: String, _ value: String) {
        values.append(value)
        conditions.append(condition.replacingPlaceholder(with: "?\(values.count)"))
    }

    var whereClause: String { conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ") }

    var sortExpression: String {
        switch query.sort {
        case .name: "key"
        case .site: "site"
        case .proxy: "ifnull(proxy_key, '')"
        }
    }

    var pageClause: String {
        guard query.after != nil else { return whereClause }
        let comparison = query.isDescending ? "<" : ">"
        let page = "(\(sortExpression), key) \(comparison) (?\(values.count + 1), ?\(values.count + 2))"
        return "WHERE " + (conditions + [page]).joined(separator: " AND ")
    }

    func bind(to statement: Statement) -> Statement {
        for (index, value) in values.enumerated() { statement.bind(Int32(index) + 1, value) }
        return statement
    }

    func bindPage(to statement: Statement) -> Statement {
        _ = bind(to: statement)
        if let after = query.after {
            statement.bind(Int32(values.count) + 1, after.value).bind(Int32(values.count) + 2, after.name)
        }
        return statement
    }
}

extension String {
    fileprivate var doublingQuotes: String {
        split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    }

    func replacingPlaceholder(with name: String) -> String {
        split(separator: "?", omittingEmptySubsequences: false).joined(separator: name)
    }
}
