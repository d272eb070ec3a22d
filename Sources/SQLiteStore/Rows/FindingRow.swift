import Domain
import Workflow

/// The columns a finding is kept in, in table `finding` and in a staging file.
enum FindingRow {
    static let columns = "entity, key, name, code, severity, field, message, file, line, col, field_group"
    /// Errors first, then as they were found.
    static let order = "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, id"

    static func bind(_ finding: Finding, to statement: Statement) {
        statement.bind(1, finding.entity?.rawValue ?? "").bind(2, finding.key?.asciiFolded ?? "")
        statement.bind(3, finding.key ?? "").bind(4, finding.code.rawValue).bind(5, finding.severity.rawValue)
        statement.bind(6, finding.field?.rawValue).bind(7, finding.message)
        statement.bind(8, finding.place.file).bind(9, finding.place.line).bind(10, finding.place.column)
        statement.bind(11, finding.field?.group ?? "")
    }

    static func finding(_ row: Statement) throws -> Finding {
        guard let code = FindingCode(rawValue: row.text(3) ?? ""), let severity = Severity(rawValue: row.text(4) ?? "")
        else { throw ProgramFailure.storage(cause: "a stored finding has the unknown code \(row.text(3) ?? "")") }
        let entity = Entity(rawValue: row.text(0) ?? "")
        return Finding(
            code: code, severity: severity, entity: entity, key: entity == nil ? nil : row.text(2),
            field: row.text(5).flatMap(FieldKey.init),
            place: Place(
                file: row.text(7), line: row.optionalInt(8), column: row.optionalInt(9)),
            message: row.text(6) ?? "")
    }
}
