import Domain
import Foundation
import Workflow

/// The columns of table `component`, and the time of the change set that brought its observation.
enum ComponentRow {
    static let columns = "component.site, revision, intended, seen, seen_set, change_set.time"
    static let source = "component LEFT JOIN change_set ON change_set.number = seen_set"

    static func record(_ row: Statement) throws -> ComponentRecord {
        guard let site = SiteCode.check(row.text(0) ?? "").value else {
            throw ProgramFailure.storage(cause: "a stored component has no site")
        }
        let intended = try component(row.text(2), at: site)
        let observed = row.isSame(2, 3) ? intended : try component(row.text(3), at: site)
        return ComponentRecord(
            site: site, component: Held(intended: intended, observed: observed), revision: row.int(1),
            seen: row.optionalInt(4).map { Sighting(changeSet: $0, time: Int64(row.int(5))) })
    }

    static func json(_ component: SoftwareUpdatePointComponent?) -> String? {
        guard let component else { return nil }
        var writer = JSONWriter(reserving: 1_024)
        writer.object { $0.componentMembers(component) }
        return writer.text
    }

    private static func component(_ json: String?, at site: SiteCode) throws -> SoftwareUpdatePointComponent? {
        guard let json else { return nil }
        let values = try JSONDecoder().decode([String: StoredValue].self, from: Data(json.utf8))
        var draft = Draft()
        for field in SoftwareUpdatePointComponent.fields {
            if let text = values[field.key.name]?.text { draft.append(field.key, Sent(text)) }
        }
        var judge = Judge(.stored)
        let component = SoftwareUpdatePointComponent.check(draft, base: nil, &judge)
        if judge.refuses {
            throw ProgramFailure.storage(cause: "the stored component of site \(site) breaks a rule of its values")
        }
        return component ?? SoftwareUpdatePointComponent()
    }
}

/// A field's value as JSON holds it.
struct StoredValue: Decodable {
    /// As a draft holds it; nil for null.
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            text = nil
        } else if let flag = try? container.decode(Bool.self) {
            text = flag ? "true" : "false"
        } else if let number = try? container.decode(Int.self) {
            text = String(number)
        } else if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = try container.decode([String].self).joined(separator: "\n")
        }
    }
}
