import Domain
import GRDB
import Workflow

// The software update points of a site, and the service connection points of the hierarchy.
extension SQLiteReader {
    func softwareUpdatePoints(at site: SiteCode) throws -> Int {
        try Statement(db, "SELECT count(*) FROM software_update_point WHERE site = ?1").bind(1, site.text)
            .first { $0.int(0) } ?? 0
    }

    func softwareUpdatePointServers(at site: SiteCode) throws -> [String] {
        let sql =
            "SELECT server.key FROM software_update_point AS point JOIN server ON server.id = point.server WHERE point.site = ?1"
        return try Statement(db, sql).bind(1, site.text).map { $0.text(0) ?? "" }
    }

    /// How differently the software update points of a site are set.
    func softwareUpdatePointVariants(at site: SiteCode) throws -> [SoftwareUpdatePointVariant] {
        let compared = SoftwareUpdatePointVariant.compared.map { "json_extract(role.details, '$.\($0.name)')" }
            .joined(separator: ", ")
        // With min(), SQLite takes the other columns from the row that has the smallest name.
        let sql = """
            SELECT role.details, min(point.key), point.name, count(*)
            FROM (SELECT server.id, server.key, server.name FROM software_update_point
                  CROSS JOIN server ON server.id = software_update_point.server WHERE software_update_point.site = ?1
                  ORDER BY server.key LIMIT \(SoftwareUpdatePointVariant.mostCompared)) AS point
            CROSS JOIN role ON role.server = point.id AND role.key = ?2
            WHERE role.details IS NOT NULL GROUP BY \(compared) ORDER BY 2
            """
        let role = RoleName.softwareUpdatePoint
        return try Statement(db, sql).bind(1, site.text).bind(2, role.folded).map { row in
            guard let details = try RoleRow.details(row.text(0), of: role)?.softwareUpdatePoint,
                let name = HostName.check(row.text(2) ?? "", label: "").value
            else { throw ProgramFailure.storage(cause: "a stored software update point has no details") }
            return SoftwareUpdatePointVariant(details: details, server: name, servers: row.int(3))
        }
    }

    func serviceConnectionPoints() throws -> Int {
        try Statement(db, "SELECT count(*) FROM role WHERE key = ?1 AND intended = 1")
            .bind(1, RoleName.serviceConnectionPoint.folded).first { $0.int(0) } ?? 0
    }

    /// The folded names of the servers with a service connection point.
    func serviceConnectionPointServers() throws -> [String] {
        let sql =
            "SELECT server.key FROM role JOIN server ON server.id = role.server WHERE role.key = ?1 AND intended = 1"
        return try Statement(db, sql).bind(1, RoleName.serviceConnectionPoint.folded).map { $0.text(0) ?? "" }
    }
}
