import Domain
import GRDB
import Workflow

/// Writes table `flow`, and with it how many flows there are of each kind.
final class FlowTable {
    private let db: Database
    private var deltas: [Kind: Int] = [:]

    private static let insertion = "INSERT INTO flow (\(FlowRow.columns)) VALUES (\(FlowRow.placeholders))"

    init(db: Database) { self.db = db }

    /// What flows are counted by.
    private struct Kind: Hashable {
        /// Empty for all sites together.
        var site: String
        let flow: String
        let route: String
        let identity: String
        let proxy: String

        init(_ flow: TrafficFlow) {
            site = flow.site.text
            self.flow = flow.id.rawValue
            route = flow.answer.route.rawValue
            identity = FlowRow.identity(flow.answer) ?? ""
            proxy = flow.answer.proxy?.canonical ?? ""
        }
    }

    func clear() throws {
        try db.execute(sql: "DELETE FROM flow; DELETE FROM flow_count; DELETE FROM flow_site")
        try Statement(db, "DELETE FROM finding WHERE \(Self.isOurFinding)").run()
        deltas = [:]
    }

    /// The finding that this table keeps beside its rows; judging a server again leaves it alone.
    static let isOurFinding = "code = '\(FindingCode.flowDirect.rawValue)' AND left_out = 0"

    func insert(_ flow: TrafficFlow) throws {
        let statement = try Statement(db, Self.insertion)
        FlowRow.bind(flow, to: statement)
        try statement.run()
        if let finding = FlowRules.finding(on: flow) { try DerivedFindings(db: db).insert(finding) }
        count(flow, 1)
    }

    func sites(of key: String) throws -> Set<SiteCode> {
        let codes = try Statement(db, "SELECT DISTINCT site FROM flow WHERE server_key = ?1").bind(1, key)
            .map { SiteCode.check($0.text(0) ?? "").value }
        return Set(codes.compactMap { $0 })
    }

    /// Puts a server's flows in place of those it had, and says which changed.
    func replace(flowsOf key: String, with flows: [TrafficFlow]) throws -> [FlowChange] {
        let before = try Statement(db, "SELECT \(FlowRow.columns) FROM flow WHERE server_key = ?1")
            .bind(1, key).map(FlowRow.flow)
        return try replace(before, with: flows)
    }

    /// The same for the flows that a site brings about itself.
    func replace(flowsOf site: SiteCode, with flows: [TrafficFlow]) throws -> [FlowChange] {
        let before = try Statement(db, "SELECT \(FlowRow.columns) FROM flow WHERE server_key = '' AND site = ?1")
            .bind(1, site.text).map(FlowRow.flow)
        return try replace(before, with: flows)
    }

    private func replace(_ before: [TrafficFlow], with after: [TrafficFlow]) throws -> [FlowChange] {
        var changes: [FlowChange] = []
        var unmatched = after
        for flow in before {
            let index = unmatched.firstIndex { $0.id == flow.id && ($0.owner != nil || $0.from == flow.from) }
            let now = index.map { unmatched.remove(at: $0) }
            if now == flow, now?.spelling == flow.spelling { continue }
            try delete(flow)
            if let now { try insert(now) }
            changes.append(FlowChange(before: flow, after: now))
        }
        for flow in unmatched {
            try insert(flow)
            changes.append(FlowChange(before: nil, after: flow))
        }
        return changes
    }

    private func delete(_ flow: TrafficFlow) throws {
        try Statement(
            db, "DELETE FROM flow WHERE server_key = ?1 AND site = ?2 AND flow = ?3 AND from_key = ?4"
        ).bind(1, flow.owner?.folded ?? "").bind(2, flow.site.text).bind(3, flow.id.rawValue)
            .bind(4, flow.from?.folded ?? "").run()
        if let finding = FlowRules.finding(on: flow) {
            try Statement(
                db, "DELETE FROM finding WHERE entity = ?1 AND key = ?2 AND message = ?3 AND \(Self.isOurFinding)"
            ).bind(1, Entity.server.rawValue).bind(2, finding.key?.asciiFolded).bind(3, finding.message).run()
        }
        count(flow, -1)
    }

    private func count(_ flow: TrafficFlow, _ delta: Int) {
        var kind = Kind(flow)
        deltas[kind, default: 0] += delta
        kind.site = ""
        deltas[kind, default: 0] += delta
    }

    /// Adds what was inserted and deleted to the counts.
    func flushCounts() throws {
        for (kind, delta) in deltas where delta != 0 {
            let bind = { (statement: Statement) in
                statement.bind(1, kind.site).bind(2, kind.flow).bind(3, kind.route).bind(4, kind.identity)
                    .bind(5, kind.proxy)
            }
            let key = "site = ?1 AND flow = ?2 AND route = ?3 AND identity = ?4 AND proxy_key = ?5"
            let stored =
                try bind(Statement(db, "SELECT number FROM flow_count WHERE \(key)")).first { $0.int(0) } ?? 0
            try bind(Statement(db, "DELETE FROM flow_count WHERE \(key)")).run()
            guard stored + delta > 0 else { continue }
            let insert = try Statement(
                db,
                "INSERT INTO flow_count (site, flow, route, identity, proxy_key, number) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
            )
            try bind(insert).bind(6, stored + delta).run()
        }
        deltas = [:]
    }
}

extension TrafficFlow {
    /// The names as they are spelled: a difference of case alone is no change of the flow, and yet to be stored.
    fileprivate var spelling: [String] {
        [owner?.text, from?.text, answer.proxy?.server.text, answer.identity?.text].map { $0 ?? "" }
    }
}
