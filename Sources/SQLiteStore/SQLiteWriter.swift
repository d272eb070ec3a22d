import Domain
import GRDB
import Workflow

/// One write transaction: rows, their changes and what is derived from them, together or not at all.
final class SQLiteWriter: SQLiteReader, ConfigurationWriting {
    private var openSet: Int?
    /// What was written since the last refresh: its flows, and those that hang on it, are to be resolved again.
    private var touched = Touched()
    private(set) var flowChanges = FlowChanges()

    private struct Touched {
        var servers: Set<String> = []
        var sites: Set<SiteCode> = []
        /// Where a software update point came, went or was told otherwise: there they are compared again.
        var points: Set<SiteCode> = []
    }

    func openChangeSet(
        time: Int64, actor: Actor, reason: String?, requestID: String, origin: ChangeOrigin
    ) throws -> Int {
        try openChangeSet(
            time: time, actor: actor, reason: reason, requestID: requestID, origin: origin, facts: nil)
    }

    /// The number is gapless: it is taken inside the one write transaction there can be.
    func openChangeSet(
        time: Int64, actor: Actor, reason: String?, requestID: String, origin: ChangeOrigin, facts: ImportFacts?
    ) throws -> Int {
        let number = (try Statement(db, "SELECT max(number) FROM change_set").first { $0.int(0) } ?? 0) + 1
        let insert = try Statement(
            db,
            """
            INSERT INTO change_set (number, time, actor_id, actor_text, reason, request_id, origin, import_format,
                import_file, import_bytes, import_sha256, import_counts)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        insert.bind(1, number).bind(2, Int(time)).bind(3, actor.id).bind(4, actor.text).bind(5, reason)
        insert.bind(6, requestID).bind(7, origin.rawValue).bind(8, facts?.format).bind(9, facts?.file)
        insert.bind(10, facts.map { Int($0.bytes) }).bind(11, facts?.sha256)
        try insert.bind(12, facts?.counts.document(includingRemoved: true)).run()
        openSet = number
        return number
    }

    func save(_ record: ServerRecord, before: ServerRecord?) throws {
        let revision = try write(
            .server, name: record.name.text, before: before?.document, after: record.document)
        let upsert = try Statement(
            db,
            """
            INSERT INTO server (\(ServerRow.columns)) VALUES (\(ServerRow.placeholders))
            ON CONFLICT (key) DO UPDATE SET \(ServerRow.overwrite)
            """)
        ServerRow.bind(record, revision: revision, to: upsert)
        try upsert.run()
        let id = try Statement(db, "SELECT id FROM server WHERE key = ?1").bind(1, record.name.folded).first {
            $0.int(0)
        }
        guard let id else { throw ProgramFailure.storage(cause: "the saved server \(record.name) is not there") }
        try Statement(db, "DELETE FROM role WHERE server = ?1").bind(1, id).run()
        for row in RoleRow.rows(of: record) {
            let insert = try Statement(
                db, "INSERT INTO role (server, \(RoleRow.columns)) VALUES (?1, \(RoleRow.placeholders))")
            insert.bind(1, id)
            RoleRow.bind(row.role, isIntended: row.isIntended, of: record, to: insert)
            try insert.run()
        }
        try forgetLeftOut(of: record, before: before)
        touched.servers.insert(record.name.folded)
        if record.site != before?.site || record.pointRole != before?.pointRole {
            touched.points.formUnion([record.site] + [before?.site].compactMap { $0 })
        }
    }

    /// A finding an import left behind stands until its group is told again.
    private func forgetLeftOut(of record: ServerRecord, before: ServerRecord?) throws {
        var groups: [String] = []
        if record.general.intended != before?.general.intended { groups.append("general") }
        if record.proxy.intended != before?.proxy.intended { groups.append("proxy") }
        for role in before?.roles ?? [] {
            let after = record.roles.first { $0.name == role.name }
            guard let details = RoleDetails.fields(of: role.name).first, after?.intended != role.intended else {
                continue
            }
            groups.append(details.key.group)
        }
        for group in groups {
            let sql = "DELETE FROM finding WHERE entity = ?1 AND key = ?2 AND left_out = 1 AND field_group = ?3"
            try Statement(db, sql).bind(1, Entity.server.rawValue).bind(2, record.name.folded).bind(3, group).run()
        }
    }

    func save(_ site: Site, before: Site?) throws {
        let revision = try write(.site, name: site.code.text, before: before?.document, after: site.document)
        let sql = """
            INSERT INTO site (\(SiteRow.columns)) VALUES (\(SiteRow.placeholders))
            ON CONFLICT (code) DO UPDATE SET \(SiteRow.overwrite)
            """
        let upsert = try Statement(db, sql)
        SiteRow.bind(site, revision: revision, to: upsert)
        try upsert.run()
        touched.sites.insert(site.code)
    }

    func save(_ record: ComponentRecord, before: ComponentRecord?) throws {
        let revision = try write(
            .component, name: record.site.text, before: before?.document, after: record.document)
        let upsert = try Statement(
            db,
            """
            INSERT INTO component (site, revision, intended) VALUES (?1, ?2, ?3)
            ON CONFLICT (site) DO UPDATE SET revision = excluded.revision, intended = excluded.intended
            """)
        let intended = record.component.intended ?? SoftwareUpdatePointComponent()
        try upsert.bind(1, record.site.text).bind(2, revision).bind(3, ComponentRow.json(intended)).run()
        touched.sites.insert(record.site)
    }

    func remove(_ record: ServerRecord) throws {
        _ = try write(.server, name: record.name.text, before: record.document, after: nil)
        try Statement(db, "DELETE FROM server WHERE key = ?1").bind(1, record.name.folded).run()
        try Statement(db, "DELETE FROM finding WHERE entity = ?1 AND key = ?2").bind(1, Entity.server.rawValue)
            .bind(2, record.name.folded).run()
        touched.servers.insert(record.name.folded)
        touched.points.insert(record.site)
    }

    func remove(_ site: Site) throws {
        _ = try write(.site, name: site.code.text, before: site.document, after: nil)
        try Statement(db, "DELETE FROM site WHERE code = ?1").bind(1, site.code.text).run()
        try Statement(db, "DELETE FROM finding WHERE entity = ?1 AND key = ?2").bind(1, Entity.site.rawValue)
            .bind(2, site.code.text.asciiFolded).run()
        touched.sites.insert(site.code)
    }

    func markSample(_ isSample: Bool) throws {
        try db.execute(sql: isSample ? "INSERT OR IGNORE INTO sample_data VALUES (1)" : "DELETE FROM sample_data")
    }

    func refreshFindings(of names: [HostName], at sites: [SiteCode]) throws {
        let points = names.isEmpty ? touched.points.union(sites) : touched.points
        try refreshFlows()
        try DerivedFindings(db: db).refresh(servers: names.map(\.folded), sites: sites, points: Array(points))
    }

    private func refreshFlows() throws {
        let flows = DerivedFlows(db: db)
        try flows.refresh(servers: Array(touched.servers), sites: Array(touched.sites))
        touched = Touched()
        flowChanges = flows.changes
        guard let openSet, flowChanges.total > 0 else { return }
        try FlowChangeRow.write(flowChanges, ofSet: openSet, to: db)
    }

    /// Writes a change of the open set and returns its number, which is the record's new revision.
    private func write(_ entity: Entity, name: String, before: String?, after: String?) throws -> Int {
        guard let openSet else { throw ProgramFailure.storage(cause: "a write without a change set") }
        let kind: ChangeKind = before == nil ? .added : after == nil ? .removed : .changed
        let number = (try Statement(db, "SELECT max(number) FROM change").first { $0.int(0) } ?? 0) + 1
        let sql = """
            INSERT INTO change (number, change_set, entity, key, name, kind, before, after)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """
        try Statement(db, sql).bind(1, number).bind(2, openSet).bind(3, entity.rawValue).bind(4, name.asciiFolded)
            .bind(5, name).bind(6, kind.rawValue).bind(7, before).bind(8, after).run()
        return number
    }
}

extension ServerRecord {
    /// The software update point it is meant to have; nil for none.
    fileprivate var pointRole: Role? {
        roles.first { $0.name == .softwareUpdatePoint }.map { Role(name: $0.name, details: $0.intended) }
    }
}
