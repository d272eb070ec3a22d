import Domain
import GRDB
import Workflow

// The proxies in use, and who uses them.
extension SQLiteReader {
    /// How many ways to sign in are told of each proxy of a list, and of a proxy on its own page.
    private static let identitiesInList = 3
    private static let identitiesOfOne = 100

    func proxyAddresses(after last: ProxyAddressUse?, limit: Int) throws -> [ProxyAddressUse] {
        // Counts are made of the whole table whatever the page: it is narrow where it counts, and pages are few.
        let page = last == nil ? "" : "HAVING (-count(*), proxy_key, proxy_port) > (?2, ?3, ?4)"
        let sql = """
            SELECT \(Self.useColumns) FROM server WHERE proxy_key IS NOT NULL GROUP BY proxy_key, proxy_port \(page)
            ORDER BY -count(*), proxy_key, proxy_port LIMIT ?1
            """
        let statement = try Statement(db, sql).bind(1, limit)
        if let last {
            statement.bind(2, -last.servers).bind(3, last.proxy.server.canonical).bind(4, last.proxy.port.number)
        }
        return try statement.map(Self.use).map { try withIdentities($0, limit: Self.identitiesInList) }
    }

    func proxyOverview(_ proxy: ProxyAddress) throws -> ProxyOverview? {
        let filter = UsersFilter(ProxyUsers(of: proxy))
        let sql = "SELECT \(Self.useColumns) FROM server WHERE \(filter.condition)"
        let found = try filter.bind(to: Statement(db, sql)).first { row in
            row.int(2) == 0 ? nil : try Self.use(row)
        }
        guard let use = found ?? nil else { return nil }
        let sites = "SELECT site, count(*) FROM server WHERE \(filter.condition) GROUP BY site ORDER BY site"
        let roles = """
            SELECT min(role.name), count(*) FROM server JOIN role ON role.server = server.id AND role.intended = 1
            WHERE \(filter.condition) GROUP BY role.key ORDER BY count(*) DESC, role.key
            """
        return ProxyOverview(
            use: try withIdentities(use, limit: Self.identitiesOfOne),
            sites: try filter.bind(to: Statement(db, sites)).map { row in
                SiteCode.check(row.text(0) ?? "").value.map { Counted($0, servers: row.int(1)) }
            }.compactMap { $0 },
            roles: try filter.bind(to: Statement(db, roles)).map { row in
                RoleName.check(row.text(0) ?? "").value.map { Counted($0, servers: row.int(1)) }
            }.compactMap { $0 })
    }

    private static let useColumns = """
        min(proxy_server), min(proxy_port), count(*), ifnull(sum(pending), 0),
        count(DISTINCT lower(proxy_account)) + ifnull(max(proxy_account IS NULL), 0)
        """

    private static func use(_ row: Statement) throws -> ProxyAddressUse {
        guard let server = ProxyServerName.check(row.text(0) ?? "").value, let port = Port(row.int(1)) else {
            throw ProgramFailure.storage(cause: "a stored proxy breaks a rule of its values")
        }
        return ProxyAddressUse(
            proxy: ProxyAddress(server: server, port: port), servers: row.int(2), pending: row.int(3), identities: [],
            numberOfIdentities: row.int(4))
    }

    private func withIdentities(_ use: ProxyAddressUse, limit: Int) throws -> ProxyAddressUse {
        let filter = UsersFilter(ProxyUsers(of: use.proxy))
        let sql = """
            SELECT min(proxy_account), count(*) FROM server WHERE \(filter.condition) GROUP BY lower(proxy_account)
            ORDER BY count(*) DESC, lower(proxy_account) LIMIT \(limit)
            """
        let identities = try filter.bind(to: Statement(db, sql)).map { row in
            Counted(
                ConnectionIdentity(row.text(0).flatMap { AccountName.check($0, label: "").value }), servers: row.int(1))
        }
        return ProxyAddressUse(
            proxy: use.proxy, servers: use.servers, pending: use.pending, identities: identities,
            numberOfIdentities: use.numberOfIdentities)
    }

    // MARK: - The servers of a selection

    func numberOfServers(in selection: ProxySelection) throws -> Int {
        let filter = UsersFilter(selection)
        let sql = "SELECT count(*) FROM server WHERE \(filter.condition)"
        return try filter.bind(to: Statement(db, sql)).first { $0.int(0) } ?? 0
    }

    func servers(
        in selection: ProxySelection, writtenSince change: Int?, after name: HostName?, limit: Int
    ) throws -> [ServerRecord] {
        let filter = UsersFilter(selection)
        let next = Int32(filter.values.count)
        let sql = """
            SELECT key FROM server WHERE \(filter.condition) AND revision > ?\(next + 1) AND key > ?\(next + 2)
            ORDER BY key LIMIT ?\(next + 3)
            """
        let keys = try filter.bind(to: Statement(db, sql)).bind(next + 1, change ?? 0)
            .bind(next + 2, name?.folded ?? "").bind(next + 3, limit).map { $0.text(0) ?? "" }
        return try keys.compactMap { try server(key: $0) }
    }

    func serversThatLeft(_ selection: ProxySelection, since change: Int, limit: Int) throws -> [HostName] {
        let sql = """
            SELECT name, json_extract(before, '$.site'), json_extract(before, '$.proxy.server'),
                   json_extract(before, '$.proxy.port'), json_extract(before, '$.proxy.account')
            FROM change WHERE number > ?1 AND entity = ?2 AND before IS NOT NULL ORDER BY number
            """
        let changes = try Statement(db, sql).bind(1, change).bind(2, Entity.server.rawValue)
        defer { changes.reset() }
        var names: [HostName] = []
        while try names.count < limit && changes.step() {
            guard let name = HostName.check(changes.text(0) ?? "", label: "").value, !names.contains(name),
                try Self.wasIn(selection, changes, name)
            else { continue }
            let isThere = try server(name).map(selection.includes) ?? false
            if !isThere { names.append(name) }
        }
        return names
    }

    /// Whether a change began with a server of the selection.
    private static func wasIn(_ selection: ProxySelection, _ row: Statement, _ name: HostName) throws -> Bool {
        guard row.text(2) != nil, let site = SiteCode.check(row.text(1) ?? "").value else { return false }
        let proxy = try ServerRow.proxy(row, use: 1, 2)
        return selection.includes(ServerRecord(name: name, site: site, proxy: Held(intended: proxy)))
    }

    func newestChange() throws -> Int { try Statement(db, "SELECT max(number) FROM change").first { $0.int(0) } ?? 0 }
}

/// The users of a proxy, narrowed further, as SQL: the text is made of constants alone, and every value is bound.
struct UsersFilter {
    private var conditions: [String] = []
    private(set) var values: [String] = []

    init(_ users: ProxyUsers) { self.init(ProxySelection(users)) }

    init(_ selection: ProxySelection) {
        for (condition, value) in selection.users.conditions {
            conditions.append(value.map { condition.replacingPlaceholder(with: place(of: $0)) } ?? condition)
        }
        if !selection.sites.isEmpty {
            let places = selection.sites.sorted().map { place(of: $0.text) }
            conditions.append("site IN (\(places.joined(separator: ", ")))")
        }
        if !selection.text.isEmpty { conditions.append("instr(key, \(place(of: selection.text.asciiFolded))) > 0") }
    }

    private mutating func place(of value: String) -> String {
        values.append(value)
        return "?\(values.count)"
    }

    var condition: String { conditions.joined(separator: " AND ") }

    @discardableResult
    func bind(to statement: Statement) -> Statement {
        for (index, value) in values.enumerated() { statement.bind(Int32(index) + 1, value) }
        return statement
    }
}

extension ProxyUsers {
    /// Conditions on table `server`, each with the value for its question mark.
    var conditions: [(sql: String, value: String?)] {
        var conditions: [(sql: String, value: String?)] = [
            ("proxy_key = ?", proxy.server.canonical),
            ("proxy_port = CAST(? AS INTEGER)", String(proxy.port.number)),
        ]
        switch identity {
        case .system: conditions.append(("proxy_account IS NULL", nil))
        case .account(let name): conditions.append(("lower(proxy_account) = ?", name.text.asciiFolded))
        case nil: break
        }
        return conditions
    }
}
