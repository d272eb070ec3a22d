import Domain
import GRDB
import Workflow

/// The traffic flows of what is stored, kept in a table so that lists and pages need not resolve them again.
///
/// A save touches few of them: its own server's, and the others of its site only where what they share has changed.
final class DerivedFlows {
    let db: Database
    private let reader: SQLiteReader
    private let table: FlowTable
    private var sites: [SiteCode: FlowSurroundings] = [:]
    /// What the refreshes of this object changed.
    private(set) var changes = FlowChanges()

    init(db: Database) {
        self.db = db
        reader = SQLiteReader(db: db)
        table = FlowTable(db: db)
    }

    /// Resolves the flows of the servers again, and those that depend on them or on the sites.
    ///
    /// - Parameter keys: folded names, of servers that were taken out too.
    func refresh(servers keys: [String], sites codes: [SiteCode]) throws {
        var concerned = Set(codes)
        for key in keys { concerned.formUnion(try sitesConcerned(by: key)) }
        var servers = Set(keys)
        for code in concerned.sorted() {
            guard let surroundings = try read(code) else {
                try forget(code)
                continue
            }
            sites[code] = surroundings
            servers.formUnion(try dependants(of: surroundings))
        }
        for key in servers.sorted() { try resolve(server: key) }
        for code in concerned.sorted() where sites[code] != nil { try resolve(site: code) }
        try table.flushCounts()
    }

    /// Resolves everything again.
    func rebuild() throws {
        try beginRebuild()
        try reader.eachServer(site: nil, rebuild)
        try finishRebuild()
    }

    /// Forgets all flows and resolves those of the sites; then each server is resolved, and in the end the counts are
    /// written.
    func beginRebuild() throws {
        try table.clear()
        try fillPoints()
        for site in try reader.sites() {
            guard let surroundings = try read(site.site.code) else { continue }
            sites[site.site.code] = surroundings
            try mark(surroundings)
            for flow in site.site.trafficFlows(in: surroundings) { try table.insert(flow) }
        }
    }

    func rebuild(_ record: ServerRecord) throws {
        guard let surroundings = sites[record.site] else { return }
        for flow in record.intended.trafficFlows(in: surroundings) { try table.insert(flow) }
    }

    func finishRebuild() throws { try table.flushCounts() }

    // MARK: - What depends on what

    /// The sites of a server, now and before, and those whose site server it is. Its software update point is noted first,
    /// because the surroundings of the others are read from there.
    private func sitesConcerned(by key: String) throws -> Set<SiteCode> {
        var codes = try table.sites(of: key)
        let record = try reader.server(key: key)
        if let record { codes.insert(record.site) }
        try rememberPoint(of: record, key: key)
        let asSiteServer = try Statement(
            db, "SELECT code FROM site WHERE site_server IS NOT NULL AND lower(site_server) = ?1"
        ).bind(1, key)
            .map { SiteCode.check($0.text(0) ?? "").value }
        let connectors = try Statement(
            db,
            "SELECT code FROM site WHERE exchange_connectors <> '[]' AND EXISTS (SELECT 1 FROM json_each(exchange_connectors) WHERE lower(value) = ?1)"
        ).bind(1, key).map { SiteCode.check($0.text(0) ?? "").value }
        return codes.union((asSiteServer + connectors).compactMap { $0 })
    }

    private func rememberPoint(of record: ServerRecord?, key: String) throws {
        try Statement(db, "DELETE FROM flow_point WHERE server_key = ?1").bind(1, key).run()
        guard let record, let role = record.roles.first(where: { $0.name == .softwareUpdatePoint }) else { return }
        try Statement(db, "INSERT INTO flow_point (server_key, site, adr_option) VALUES (?1, ?2, ?3)")
            .bind(1, key).bind(2, record.site.text).bind(3, Self.option(of: role)).run()
    }

    private static func option(of role: HeldRole) -> String {
        role.intended?.softwareUpdatePoint.map { $0.useProxyForADR ? "on" : "off" } ?? "not told"
    }

    private func fillPoints() throws {
        try db.execute(
            sql: """
                DELETE FROM flow_point;
                INSERT INTO flow_point (server_key, site, adr_option)
                SELECT server.key, server.site, CASE json_extract(details, '$.useProxyForADR')
                    WHEN 1 THEN 'on' WHEN 0 THEN 'off' ELSE 'not told' END
                FROM role JOIN server ON server.id = role.server
                WHERE role.key = 'sms software update point' AND intended = 1;
                """)
    }

    /// The servers whose flows hang on what has changed in their site's surroundings.
    private func dependants(of surroundings: FlowSurroundings) throws -> [String] {
        let code = surroundings.site.code.text
        let before = try Statement(db, "SELECT hierarchy_mark, points_mark FROM flow_site WHERE site = ?1")
            .bind(1, code).first { ($0.text(0) ?? "", $0.text(1) ?? "") }
        try mark(surroundings)
        let sql: String
        if before?.0 != surroundings.hierarchyMark {
            sql = "SELECT key FROM server WHERE site = ?1"
        } else if before?.1 != surroundings.pointsMark {
            sql = "SELECT server_key FROM flow_point WHERE site = ?1"
        } else {
            return []
        }
        return try Statement(db, sql).bind(1, code).map { $0.text(0) ?? "" }
    }

    private func mark(_ surroundings: FlowSurroundings) throws {
        try Statement(
            db,
            "INSERT INTO flow_site (site, hierarchy_mark, points_mark) VALUES (?1, ?2, ?3) ON CONFLICT (site) DO UPDATE SET hierarchy_mark = excluded.hierarchy_mark, points_mark = excluded.points_mark"
        ).bind(1, surroundings.site.code.text).bind(2, surroundings.hierarchyMark).bind(3, surroundings.pointsMark)
            .run()
    }

    private func forget(_ code: SiteCode) throws {
        sites[code] = nil
        try Statement(db, "DELETE FROM flow_site WHERE site = ?1").bind(1, code.text).run()
        try note(try table.replace(flowsOf: code, with: []))
    }

    // MARK: - Reading what surrounds, and resolving

    private func read(_ code: SiteCode) throws -> FlowSurroundings? {
        guard let site = try reader.site(code)?.site else { return nil }
        let elsewhere = try site.exchangeConnectors.compactMap { name -> FlowComputer? in
            let record = try reader.server(name)
            return record?.site == code ? nil : computer(name, record)
        }
        let component = try reader.component(of: code)?.component.intended
        return FlowSurroundings(
            site: site,
            siteServer: try site.siteServer.map { computer($0, try reader.server($0)) } ?? .notTold,
            component: component, points: try pointsOfSite(code, default: component?.defaultServer),
            connectorsElsewhere: elsewhere)
    }

    private func computer(_ name: HostName, _ record: ServerRecord?) -> FlowComputer {
        record.map { .stored($0.name, $0.proxy.intended) } ?? .notStored(name)
    }

    private func pointsOfSite(_ code: SiteCode, default server: HostName?) throws -> SoftwareUpdatePointsOfSite {
        let sql = """
            SELECT (SELECT count(*) FROM (SELECT 1 FROM flow_point WHERE site = ?1 LIMIT 2)) = 1,
                EXISTS (SELECT 1 FROM flow_point WHERE site = ?1 AND adr_option = 'on')
                + EXISTS (SELECT 1 FROM flow_point WHERE site = ?1 AND adr_option = 'off')
                + EXISTS (SELECT 1 FROM flow_point WHERE site = ?1 AND adr_option = 'not told') > 1,
                ?2 IS NULL OR EXISTS (SELECT 1 FROM flow_point WHERE site = ?1 AND server_key = ?2)
            """
        return try Statement(db, sql).bind(1, code.text).bind(2, server?.folded).first { row in
            SoftwareUpdatePointsOfSite(
                isOnlyOne: row.int(0) == 1, differInADROption: row.int(1) == 1, haveDefault: row.int(2) == 1)
        } ?? SoftwareUpdatePointsOfSite(isOnlyOne: false, differInADROption: false, haveDefault: server == nil)
    }

    private func resolve(server key: String) throws {
        let record = try reader.server(key: key)
        var flows: [TrafficFlow] = []
        if let record {
            if sites[record.site] == nil { sites[record.site] = try read(record.site) }
            flows = sites[record.site].map { record.intended.trafficFlows(in: $0) } ?? []
        }
        try note(try table.replace(flowsOf: key, with: flows))
    }

    private func resolve(site code: SiteCode) throws {
        guard let surroundings = sites[code] else { return }
        try note(try table.replace(flowsOf: code, with: surroundings.site.trafficFlows(in: surroundings)))
    }

    private func note(_ changed: [FlowChange]) throws { for change in changed { changes.add(change) } }
}
