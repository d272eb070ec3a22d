import Domain
import Pages
import Workflow

extension Portal {
    private static let setsPerPage = 50
    private static let changesPerPage = 25

    func changes(_ visit: Visit) throws -> Answer {
        let before = visit.number("before")
        var sets = try store.read { try $0.changeSets(before: before, limit: Self.setsPerPage + 1) }
        let hasMore = sets.count > Self.setsPerPage
        if hasMore { sets.removeLast() }
        return try page(ChangesPage(sets: sets, next: hasMore ? sets.last?.number : nil, isContinued: before != nil))
    }

    func changeSet(_ number: Int, _ visit: Visit) throws -> Answer {
        let after = visit.number("after")
        let found = try store.read { reading in
            try reading.changeSet(number).map {
                (
                    $0, try reading.changes(ofSet: number, after: after, limit: Self.changesPerPage + 1),
                    $0.origin == .form ? try reading.flowChanges(ofSet: number) : nil
                )
            }
        }
        guard let (set, found, flows) = found else { throw Refusal.notFound }
        var changes = found
        let hasMore = changes.count > Self.changesPerPage
        if hasMore { changes.removeLast() }
        var shown = ChangeSetPage(
            set: set, changes: changes, next: hasMore ? changes.last?.number : nil, isContinued: after != nil,
            flows: flows)
        if visit.number("saved") == number { shown.notice = .saved(set) }
        return try page(shown)
    }

    /// The history of a server that may be there no more: it stays readable under its name.
    func history(of name: HostName, _ visit: Visit) throws -> Answer {
        let before = visit.number("before")
        var (record, findings, entries) = try store.read { reading in
            let record = try reading.server(name)
            let key = record?.name.text ?? name.text
            return (
                record, try reading.findings(.server, key: key),
                try reading.history(.server, key: key, before: before, limit: Self.changesPerPage + 1)
            )
        }
        let hasMore = entries.count > Self.changesPerPage
        if hasMore { entries.removeLast() }
        let part = HistoryPart(
            lines: entries.map { HistoryLine(set: $0.set, change: $0.change) },
            next: hasMore ? entries.last?.change.number : nil, isContinued: before != nil)
        if let record {
            if record.name.text != name.text { return .found(visit.withQuery(.server(record.name.text, .history))) }
            return try page(ServerHistoryPage(head: ServerHead(record: record, findings: findings), part: part))
        }
        if entries.isEmpty { throw Refusal.noServer(name.text) }
        return try page(RemovedServerPage(name: name.text, part: part))
    }
}
