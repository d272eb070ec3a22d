import Domain
import GRDB
import Workflow

// What the clients of a site speak to: the few servers of these roles, found without a look at all others of the site. That is
// why the joins say where they begin.
extension SQLiteReader {
    /// The sites of which somebody told how their clients reach the internet.
    func sitesWithClients() throws -> [Site] {
        try Statement(db, "SELECT \(SiteRow.columns) FROM site WHERE clients IS NOT NULL ORDER BY code")
            .map(SiteRow.record).map(\.site)
    }

    func clientSystems(at site: SiteCode, limit: Int) throws -> ClientSystems {
        var systems = ClientSystems()
        systems.managementPoints = try managementPoints(at: site, limit)
        // Clients at a secondary site are clients of its primary site, and speak to that one's management points too.
        if let stored = try self.site(site)?.site, stored.type == .secondary, let primary = stored.parent {
            systems.managementPoints += try managementPoints(at: primary, limit)
        }
        systems.softwareUpdatePoints = try softwareUpdatePointsOfClients(at: site, limit)
        systems.caches = try servers(
            at: site, from: "role INDEXED BY role_with_cache",
            where: #"instr(role.details, '"connectedCache":true') > 0"#, limit
        ).map(\.name)
        return systems
    }

    private func managementPoints(at site: SiteCode, _ limit: Int) throws -> [HostName] {
        try servers(at: site, from: "role INDEXED BY role_by_key", where: "role.key = 'sms management point'", limit)
            .map(\.name)
    }

    private func softwareUpdatePointsOfClients(
        at site: SiteCode, _ limit: Int
    ) throws -> [ClientSystems.SoftwareUpdatePointOfClients] {
        let points = "software_update_point AS point CROSS JOIN role ON role.server = point.server"
        let found = try servers(
            at: site, from: points, where: "point.site = ?1 AND role.key = 'sms software update point'", limit)
        return try found.map { name, details in
            let point = try RoleRow.details(details, of: .softwareUpdatePoint)?.softwareUpdatePoint
            return .init(name: name, requireSSL: point?.requireSSL)
        }
    }

    private func servers(
        at site: SiteCode, from source: String, where condition: String, _ limit: Int
    ) throws -> [(name: HostName, details: String?)] {
        let sql = """
            SELECT server.name, role.details FROM \(source) CROSS JOIN server ON server.id = role.server
            WHERE role.intended = 1 AND \(condition) AND server.site = ?1 ORDER BY server.key LIMIT ?2
            """
        return try Statement(db, sql).bind(1, site.text).bind(2, limit).map { row in
            guard let name = HostName.check(row.text(0) ?? "", label: "").value else {
                throw ProgramFailure.storage(cause: "a stored server has no name")
            }
            return (name, row.text(1))
        }
    }
}
