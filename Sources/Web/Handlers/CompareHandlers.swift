import Domain
import Pages
import Workflow

extension Portal {
    /// The Compare tab: the server, the last export of its site, and when each of its groups was seen, in one state.
    func compare(_ name: HostName, _ visit: Visit) throws -> Answer {
        let found = try store.read { reading in
            try reading.server(name).map { record in
                let export = try reading.lastExport(of: record.site)
                return (
                    record, try reading.findings(.server, key: record.name.text), export,
                    try times(of: record, export, reading)
                )
            }
        }
        guard let (record, findings, export, times) = found else { throw try missing(name) }
        if record.name.text != name.text { return .found(visit.withQuery(.server(record.name.text, .compare))) }
        return try page(
            ServerComparePage(
                head: ServerHead(record: record, findings: findings), lastExport: export, times: times))
    }

    private func times(
        of record: ServerRecord, _ export: SiteExport?, _ reading: any ConfigurationReading
    ) throws -> [Int: Int64] {
        let roles = (record.roles + record.droppedRoles).map(record.lastSighting)
        let numbers = [record.sightings.general, record.sightings.proxy, export?.last.changeSet] + roles
        var times: [Int: Int64] = [:]
        for number in Set(numbers.compactMap { $0 }) { times[number] = try reading.changeSet(number)?.time }
        return times
    }
}
