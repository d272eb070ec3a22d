import Domain
import Foundation
import GRDB
import Workflow

/// The flows that a change set changed, in tables `flow_change` and `flow_change_count`.
enum FlowChangeRow {
    static func write(_ changes: FlowChanges, ofSet set: Int, to db: Database) throws {
        let stored = try count(ofSet: set, in: db)
        for (index, change) in changes.first.prefix(max(0, FlowChanges.most - stored)).enumerated() {
            try Statement(
                db, "INSERT INTO flow_change (change_set, ordinal, before, after) VALUES (?1, ?2, ?3, ?4)"
            ).bind(1, set).bind(2, stored + index).bind(3, json(change.before)).bind(4, json(change.after)).run()
        }
        try Statement(
            db,
            "INSERT INTO flow_change_count (change_set, number) VALUES (?1, ?2) ON CONFLICT (change_set) DO UPDATE SET number = number + excluded.number"
        ).bind(1, set).bind(2, changes.total).run()
    }

    static func changes(ofSet set: Int, in db: Database) throws -> FlowChanges {
        let first = try Statement(
            db, "SELECT before, after FROM flow_change WHERE change_set = ?1 ORDER BY ordinal"
        ).bind(1, set).map { FlowChange(before: try flow($0.text(0)), after: try flow($0.text(1))) }
        return FlowChanges(first: first, total: try count(ofSet: set, in: db))
    }

    private static func count(ofSet set: Int, in db: Database) throws -> Int {
        try Statement(db, "SELECT number FROM flow_change_count WHERE change_set = ?1").bind(1, set)
            .first { $0.int(0) } ?? 0
    }

    private static func json(_ flow: TrafficFlow?) throws -> String? {
        try flow.map { String(decoding: try JSONEncoder().encode(StoredFlow($0)), as: UTF8.self) }
    }

    private static func flow(_ json: String?) throws -> TrafficFlow? {
        guard let json else { return nil }
        guard let flow = try JSONDecoder().decode(StoredFlow.self, from: Data(json.utf8)).flow else {
            throw ProgramFailure.storage(cause: "a stored change of a flow cannot be read")
        }
        return flow
    }
}

/// A flow as JSON, in the words of table `flow`.
private struct StoredFlow: Codable {
    let kind: String
    let server: String?
    let site: String
    let from: String?
    let answer: String
    let because: String
    let either: String
    let setAt: String

    enum CodingKeys: String, CodingKey {
        case kind = "flow"
        case server, site, from, answer, because, either, setAt
    }

    init(_ flow: TrafficFlow) {
        kind = flow.id.rawValue
        server = flow.owner?.text
        site = flow.site.text
        from = flow.from?.text
        answer = FlowText.text(flow.answer)
        because = flow.because.map(\.rawValue).joined(separator: " ")
        either = flow.either.map(FlowText.text).joined(separator: "\n")
        setAt = flow.setAt.map(FlowText.text).joined(separator: "\n")
    }

    var flow: TrafficFlow? {
        guard let id = TrafficFlowID(rawValue: kind), let site = SiteCode.check(site).value,
            let answer = FlowText.answer(answer), let because = FlowText.reasons(because),
            let either = FlowText.all(either, FlowText.alternative), let setAt = FlowText.all(setAt, FlowText.setting)
        else { return nil }
        return TrafficFlow(
            id: id, owner: server.flatMap(FlowText.host), site: site, from: from.flatMap(FlowText.host),
            answer: answer, because: because, either: either, setAt: setAt)
    }
}
