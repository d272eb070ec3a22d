import Domain
import GRDB
import Workflow

// Who has a role: the first by name, and how many there are.
extension SQLiteReader {
    /// A role that no more servers have is looked up by the role; of one that more have, the first are soon met by name.
    private static let fewHolders = 1_000

    func holders(of role: RoleName, at site: SiteCode?, limit: Int) throws -> PortScene.Holders {
        let all = try numberOfHolders(of: role)
        guard all > 0 else { return PortScene.Holders([]) }
        let isFew = all <= Self.fewHolders
        let names = try Statement(
            db, "SELECT server.name \(Self.source(isFew: isFew, at: site)) ORDER BY server.key LIMIT \(limit)"
        )
        .bind(1, role.folded).bind(2, site?.text).map { row in
            guard let name = HostName.check(row.text(0) ?? "", label: "").value else {
                throw ProgramFailure.storage(cause: "a stored server's name breaks its rule")
            }
            return name
        }
        guard site != nil else { return PortScene.Holders(names, total: all) }
        if names.count < limit { return PortScene.Holders(names) }
        let total = try Statement(db, "SELECT count(*) \(Self.source(isFew: isFew, at: site))")
            .bind(1, role.folded).bind(2, site?.text).first { $0.int(0) }
        return PortScene.Holders(names, total: total)
    }

    /// The joins say where they begin: without statistics SQLite cannot know which is shorter.
    private static func source(isFew: Bool, at site: SiteCode?) -> String {
        let role = "role.key = ?1 AND role.intended = 1"
        let place = site == nil ? "?2 IS NULL" : "server.site = ?2"
        return isFew
            ? "FROM role INDEXED BY role_by_key CROSS JOIN server ON server.id = role.server WHERE \(role) AND \(place)"
            : "FROM server CROSS JOIN role ON role.server = server.id WHERE \(place) AND \(role)"
    }

    private func numberOfHolders(of role: RoleName) throws -> Int {
        try Statement(db, "SELECT count(*) FROM role INDEXED BY role_by_key WHERE key = ?1 AND intended = 1")
            .bind(1, role.folded).first { $0.int(0) } ?? 0
    }

    func softwareUpdatePointPorts(at site: SiteCode?, limit: Int) throws -> [PortScene.Point] {
        let sql = """
            SELECT server.name, json_extract(role.details, '$.httpPort'), json_extract(role.details, '$.httpsPort')
            FROM software_update_point AS point CROSS JOIN server ON server.id = point.server
                CROSS JOIN role ON role.server = point.server AND role.key = ?1
            WHERE role.details IS NOT NULL AND \(site == nil ? "?2 IS NULL" : "point.site = ?2")
            ORDER BY server.key LIMIT \(limit)
            """
        return try Statement(db, sql).bind(1, RoleName.softwareUpdatePoint.folded).bind(2, site?.text).map { row in
            guard let name = HostName.check(row.text(0) ?? "", label: "").value else {
                throw ProgramFailure.storage(cause: "a stored software update point has no name")
            }
            return PortScene.Point(name, http: row.int(1), https: row.int(2))
        }
    }
}
