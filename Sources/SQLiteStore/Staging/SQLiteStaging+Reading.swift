import Domain
import Workflow

// What the comparison and the report read of a staging file.
extension SQLiteStaging {
    func eachSite(_ body: (StagedSite) throws -> Void) throws {
        try connection.statement("SELECT code, fields, inferred, file, line, col FROM staged_site ORDER BY seq")
            .eachRow { row in
                let place = place(row, from: 3)
                let draft = StagedDraft.draft(row.text(1) ?? "", fields: Site.fields, at: place)
                try body(
                    StagedSite(
                        code: try siteCode(row.text(0)), place: place, fields: draft, isInferred: row.int(2) == 1))
            }
    }

    func eachServer(_ body: (StagedServerItems) throws -> Void) throws {
        let servers = try connection.statement(
            "SELECT key, name, site, source, general, proxy, file, line, col FROM staged_server ORDER BY key, seq")
        let roles = try connection.statement(
            "SELECT key, name, site, role, details, file, line, col FROM staged_role ORDER BY key, seq")
        defer {
            servers.reset()
            roles.reset()
        }
        var nextServer = try servers.step() ? try server(servers) : nil
        var nextRole = try roles.step() ? try role(roles) : nil
        while let key = smaller(nextServer?.name.folded, nextRole?.server.folded) {
            var serverItems: [StagedServer] = []
            var roleItems: [StagedRole] = []
            while let item = nextServer, item.name.folded == key {
                serverItems.append(item)
                nextServer = try servers.step() ? try server(servers) : nil
            }
            while let item = nextRole, item.server.folded == key {
                roleItems.append(item)
                nextRole = try roles.step() ? try role(roles) : nil
            }
            try body(StagedServerItems(servers: serverItems, roles: roleItems))
        }
    }

    private func smaller(_ left: String?, _ right: String?) -> String? {
        guard let left, let right else { return left ?? right }
        // SQLite sorts by bytes; folded names are ASCII, where Swift's order is the same.
        return min(left, right)
    }

    private func server(_ row: Statement) throws -> StagedServer {
        let place = place(row, from: 6)
        return StagedServer(
            name: try hostName(row.text(1)), site: try optionalSite(row.text(2)), place: place,
            source: ServerDraft.Source(rawValue: row.int(3)) ?? .siteSystem,
            general: StagedDraft.group(row.text(4), fields: General.fields, at: place),
            proxy: StagedDraft.group(row.text(5), fields: Proxy.fields, at: place))
    }

    private func role(_ row: Statement) throws -> StagedRole {
        let place = place(row, from: 5)
        guard let role = RoleName.check(row.text(3) ?? "").value else { throw damaged }
        return StagedRole(
            server: try hostName(row.text(1)), site: try optionalSite(row.text(2)), role: role, place: place,
            details: StagedDraft.group(row.text(4), fields: RoleDetails.fields(of: role), at: place))
    }

    func place(_ row: Statement, from column: Int32) -> Place {
        Place(file: row.text(column), line: row.optionalInt(column + 1), column: row.optionalInt(column + 2))
    }

    private func hostName(_ text: String?) throws -> HostName {
        guard let name = HostName.check(text ?? "", label: "").value else { throw damaged }
        return name
    }

    private func siteCode(_ text: String?) throws -> SiteCode {
        guard let code = SiteCode.check(text ?? "").value else { throw damaged }
        return code
    }

    func optionalSite(_ text: String?) throws -> SiteCode? { try text.map(siteCode) }

    var damaged: ProgramFailure { .storage(cause: "the staging file does not hold what was written to it") }

    func cloudDistributionPoints(of site: SiteCode) throws -> [String] {
        try connection.statement("SELECT name FROM staged_cloud WHERE site = ?1 ORDER BY name").bind(1, site.text)
            .map { $0.text(0) ?? "" }
    }

    func cloudSites() throws -> [(code: SiteCode, place: Place)] {
        try connection.statement("SELECT site, file, min(line), col FROM staged_cloud GROUP BY site ORDER BY site")
            .map { (try siteCode($0.text(0)), place($0, from: 1)) }
    }

    func coveredSites(unnamed: SiteCode?) throws -> [(code: SiteCode, place: Place)] {
        let sql = """
            SELECT ifnull(site, ?1) AS site, file, min(line), col FROM (
                SELECT site, file, line, col FROM staged_server UNION ALL SELECT site, file, line, col FROM staged_role)
            GROUP BY 1 HAVING ifnull(site, ?1) IS NOT NULL ORDER BY 1
            """
        return try connection.statement(sql).bind(1, unnamed?.text).map {
            (try siteCode($0.text(0)), place($0, from: 1))
        }
    }

    func softwareUpdatePoints(unnamed: SiteCode?) throws -> [SiteCode: Set<String>] {
        var points: [SiteCode: Set<String>] = [:]
        try connection.statement("SELECT ifnull(site, ?2), key FROM staged_role WHERE role = ?1 COLLATE NOCASE")
            .bind(1, RoleName.softwareUpdatePoint.text).bind(2, unnamed?.text).eachRow { row in
                guard let site = try optionalSite(row.text(0)) else { return }
                points[site, default: []].insert(row.text(1) ?? "")
            }
        return points
    }

    func isStaged(server key: String) throws -> Bool {
        let sql =
            """
            SELECT 1 FROM staged_server WHERE key = ?1 UNION ALL SELECT 1 FROM staged_role WHERE key = ?1
            UNION ALL SELECT 1 FROM refused WHERE key = ?1 LIMIT 1
            """
        return try connection.statement(sql).bind(1, key).first { _ in true } ?? false
    }

    func site(ofServer key: String, unnamed: SiteCode?) throws -> SiteCode? {
        let sql = """
            SELECT ifnull(site, ?2) FROM staged_server WHERE key = ?1
            UNION ALL SELECT ifnull(site, ?2) FROM staged_role WHERE key = ?1 LIMIT 1
            """
        return try connection.statement(sql).bind(1, key).bind(2, unnamed?.text).first { try optionalSite($0.text(0)) }
            ?? nil
    }

    func serversLike(_ name: HostName) throws -> [HostName] {
        let sql =
            name.isShort
            ? "SELECT DISTINCT name FROM staged_server WHERE key > ?1 || '.' AND key < ?1 || '/' LIMIT 20"
            : "SELECT DISTINCT name FROM staged_server WHERE key = ?1"
        return try connection.statement(sql).bind(1, name.isShort ? name.folded : name.firstLabel)
            .map { try hostName($0.text(0)) }
    }

    func shortServerNames() throws -> Set<String> {
        Set(
            try connection.statement("SELECT DISTINCT key FROM staged_server WHERE instr(key, '.') = 0").map {
                $0.text(0) ?? ""
            })
    }

    func refusedNames() throws -> [String] {
        let sql = """
            SELECT name FROM refused WHERE key NOT IN (SELECT key FROM staged_server)
            AND key NOT IN (SELECT key FROM staged_role) ORDER BY key
            """
        return try connection.statement(sql).map { $0.text(0) ?? "" }
    }

    func hasRefusedRecords() throws -> Bool {
        try connection.statement("SELECT 1 FROM refused LIMIT 1").first { _ in true } ?? false
    }

    func hasRefusedRecord(of server: HostName) throws -> Bool {
        try connection.statement("SELECT 1 FROM refused WHERE key = ?1").bind(1, server.folded).first { _ in true }
            ?? false
    }

    func eachChange(_ body: (PlannedChange) throws -> Void) throws {
        try eachChange("SELECT code, kind, fields FROM planned_site ORDER BY code", of: .site, body)
        try eachChange(
            "SELECT site, kind, fields FROM planned_component WHERE kind <> 'unchanged' ORDER BY site", of: .component,
            body)
        try eachChange("SELECT name, kind, fields FROM planned_server ORDER BY key", of: .server, body)
        try connection.statement("SELECT key, kind, entity FROM listed ORDER BY entity DESC, key").eachRow { row in
            guard let entity = Entity(rawValue: row.text(2) ?? "") else { throw damaged }
            try tell(row, "", of: entity, body)
        }
    }

    private func eachChange(_ sql: String, of entity: Entity, _ body: (PlannedChange) throws -> Void) throws {
        try connection.statement(sql).eachRow { try tell($0, $0.text(2) ?? "", of: entity, body) }
    }

    private func tell(_ row: Statement, _ fields: String, of entity: Entity, _ body: (PlannedChange) throws -> Void)
        throws
    {
        guard let kind = PlannedKind(rawValue: row.text(1) ?? "") else { throw damaged }
        try body(
            PlannedChange(
                entity: entity, key: row.text(0) ?? "", kind: kind,
                fields: fields.split(separator: " ").compactMap { FieldKey(rawValue: String($0)) }))
    }
}
