import Domain
import Workflow

// The software update point components of an import: staged, and planned.
extension SQLiteStaging {
    func add(_ component: StagedComponent) throws {
        let statement = try connection.statement(
            "INSERT INTO staged_component (site, fields, file, line, col) VALUES (?1, ?2, ?3, ?4, ?5)")
        statement.bind(1, component.site?.text)
        statement.bind(2, StagedDraft.text(component.fields, fields: SoftwareUpdatePointComponent.fields))
        try bind(component.place, from: 3, to: statement).run()
    }

    func add(_ category: StagedUpdateCategory) throws {
        let statement = try connection.statement(
            "INSERT OR IGNORE INTO staged_category (kind, name, file, line, col) VALUES (?1, ?2, ?3, ?4, ?5)")
        statement.bind(1, category.kind.rawValue).bind(2, category.name ?? "")
        try bind(category.place, from: 3, to: statement).run()
    }

    func eachComponent(_ body: (StagedComponent) throws -> Void) throws {
        try connection.statement("SELECT site, fields, file, line, col FROM staged_component ORDER BY seq")
            .eachRow { row in
                let place = place(row, from: 2)
                let fields = StagedDraft.group(row.text(1), fields: SoftwareUpdatePointComponent.fields, at: place)
                try body(StagedComponent(site: try optionalSite(row.text(0)), place: place, fields: fields))
            }
    }

    func componentSites(unnamed: SiteCode?) throws -> [(code: SiteCode, place: Place)] {
        let sql = """
            SELECT ifnull(site, ?1), file, min(line), col FROM staged_component
            GROUP BY 1 HAVING ifnull(site, ?1) IS NOT NULL ORDER BY 1
            """
        return try connection.statement(sql).bind(1, unnamed?.text).map { row in
            guard let code = try optionalSite(row.text(0)) else { throw damaged }
            return (code, place(row, from: 1))
        }
    }

    func eachUpdateCategory(_ body: (StagedUpdateCategory) throws -> Void) throws {
        try connection.statement("SELECT kind, name, file, line, col FROM staged_category ORDER BY seq").eachRow {
            row in
            guard let kind = UpdateCategoryDraft.Kind(rawValue: row.text(0) ?? ""), let name = row.text(1) else {
                throw damaged
            }
            try body(
                StagedUpdateCategory(kind: kind, place: place(row, from: 2), name: name.isEmpty ? nil : name))
        }
    }

    func markWithoutSite(_ component: StagedComponent) throws {
        let place = component.place
        try connection.statement(
            "INSERT OR REPLACE INTO planned_mark (mark, key, name, entity) VALUES (?1, ?2, ?3, ?4)"
        )
        .bind(1, PreviewGroup.withoutSite.rawValue).bind(2, "\(place.file ?? "") \(place.line ?? 0)")
        .bind(3, "Line \(place.line ?? 0) of \(place.file ?? "the file")").bind(4, Entity.component.rawValue).run()
    }

    /// A component that stays as it is has no ordinal: no change is written for it, at most that it was seen.
    func plan(_ planned: PlannedComponent) throws {
        let record = planned.record
        let statement = try connection.statement(
            """
            INSERT INTO planned_component (site, ordinal, base_revision, base_set, kind, fields, before, after, kept,
                intended, seen, seen_set)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """)
        statement.bind(1, record.site.text).bind(2, planned.kind == .unchanged ? nil : nextOrdinal())
        statement.bind(3, planned.stored?.revision ?? 0).bind(4, planned.stored?.seen?.changeSet)
        statement.bind(5, planned.kind.rawValue).bind(6, names(planned.fields))
        statement.bind(7, planned.stored?.document).bind(8, record.document).bind(9, planned.isKept)
        statement.bind(10, ComponentRow.json(record.component.intended))
        statement.bind(11, ComponentRow.json(record.component.observed))
        try statement.bind(12, record.seen?.changeSet).run()
    }
}
