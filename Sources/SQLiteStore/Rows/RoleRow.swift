import Domain
import Foundation
import Workflow

/// The columns of table `role` behind the server's id: name, details as JSON, whether it was seen, with which details, and
/// when, where its server's sightings do not tell it.
enum RoleRow {
    static let columns = "key, name, intended, details, seen, seen_details, earlier_set, stale"
    static let placeholders = "?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9"

    /// All roles of a record with whether they are intended, as rows.
    static func rows(of record: ServerRecord) -> [(role: HeldRole, isIntended: Bool)] {
        record.roles.map { ($0, true) } + record.droppedRoles.map { ($0, false) }
    }

    /// Binds the columns behind the server's, which is the first.
    static func bind(_ role: HeldRole, isIntended: Bool, of record: ServerRecord, to statement: Statement) {
        statement.bind(2, role.name.folded).bind(3, role.name.text).bind(4, isIntended)
        statement.bind(5, json(role.intended)).bind(6, role.isObserved).bind(7, json(role.observed))
        let earlier = role.isObserved ? record.sightings.earlierRoles[role.name.folded] : nil
        statement.bind(8, earlier?.changeSet).bind(9, earlier?.isStale ?? false)
    }

    /// Adds the row's role to the record, among those that are intended or those that were taken out.
    static func add(_ row: Statement, from column: Int32, to record: inout ServerRecord) throws {
        let role = try role(row, from: column)
        if let set = row.optionalInt(column + 6) {
            record.sightings.earlierRoles[role.name.folded] = RoleSighting(
                changeSet: set, isStale: row.int(column + 7) == 1)
        }
        if row.int(column + 2) == 1 { record.roles.append(role) } else { record.droppedRoles.append(role) }
    }

    private static func role(_ row: Statement, from column: Int32) throws -> HeldRole {
        guard let name = RoleName.check(row.text(column + 1) ?? "").value else {
            throw ProgramFailure.storage(cause: "a stored role has no name")
        }
        let intended = try details(row.text(column + 3), of: name)
        // Nearly always the site has what is intended: then it is read once.
        let isSame = row.isSame(column + 3, column + 5)
        return HeldRole(
            name: name, intended: intended, observed: isSame ? intended : try details(row.text(column + 5), of: name),
            isObserved: row.int(column + 4) == 1)
    }

    static func json(_ details: RoleDetails?) -> String? {
        guard let details else { return nil }
        var writer = JSONWriter(reserving: 256)
        writer.object { writer in
            for field in details.fields { writer.member(field.key.name, details.value(field.key)) }
        }
        return writer.text
    }

    static func details(_ json: String?, of role: RoleName) throws -> RoleDetails? {
        guard let json else { return nil }
        guard let values = FlatJSON.members(of: json) else {
            throw ProgramFailure.storage(cause: "the stored details of \(role) are not JSON")
        }
        var draft = Draft()
        for field in RoleDetails.fields(of: role) {
            if let value = values[field.key.name] { draft.append(field.key, Sent(value)) }
        }
        var judge = Judge(.stored)
        guard let details = RoleDetails.check(draft, of: role, base: nil, &judge), !judge.refuses else {
            throw ProgramFailure.storage(cause: "the stored details of \(role) break a rule of their values")
        }
        return details
    }
}
