import Domain
import ScriptExport
import Workflow

/// An import's report as one JSON document (CONTRACTS 7), written piece by piece.
struct ImportReportJSON {
    let report: ImportReport
    let staging: any ImportStaging

    func write(_ write: ([UInt8]) throws -> Void) throws {
        try write(head())
        try list("changes", { body in try staging.eachChange { body(json($0)) } }, write)
        try write(Array(",".utf8))
        try list("findings", { body in try staging.eachFinding { body(json($0)) } }, write)
        try write(Array("}\n".utf8))
    }

    private func head() -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("outcome", report.outcome.rawValue)
            writer.member("format", report.format?.rawValue)
            writer.member("records", report.records)
            writer.member("changeSet", report.changeSet.map(FieldValue.number) ?? .nothing)
            writer.key("counts")
            writer.raw(report.counts.document(includingRemoved: false))
        }
        return writer.bytes.dropLast() + Array(",".utf8)
    }

    private func json(_ change: PlannedChange) -> [UInt8] {
        var writer = JSONWriter(reserving: 160)
        writer.object { writer in
            writer.member("entity", change.entity.rawValue)
            writer.member("key", change.key)
            writer.member("kind", change.kind.rawValue)
            writer.key("fields")
            writer.array { writer in for field in change.fields { writer.value(field.rawValue) } }
        }
        return writer.bytes
    }

    private func json(_ finding: Finding) -> [UInt8] {
        var writer = JSONWriter(reserving: 256)
        writer.finding(finding)
        return writer.bytes
    }

    private func list(
        _ name: String, _ each: (([UInt8]) -> Void) throws -> Void, _ write: ([UInt8]) throws -> Void
    ) throws {
        try write(Array("\"\(name)\":[".utf8))
        var buffer: [UInt8] = []
        try each { item in
            if !buffer.isEmpty { buffer.append(UInt8(ascii: ",")) }
            buffer.append(contentsOf: item)
        }
        try write(buffer)
        try write(Array("]".utf8))
    }
}
