import Domain
import Foundation
import Workflow

/// The columns of table `site`.
enum SiteRow {
    static let columns = """
        code, revision, name, type, parent, site_server, version, cloud_distribution_points, exchange_connectors, \
        client_ports, clients
        """
    static let placeholders = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11"
    /// The part of an upsert that overwrites every column of the row that was there.
    static let overwrite = columns.split(separator: ",").dropFirst().map { column in
        let name = column.trimmingCharacters(in: .whitespaces)
        return "\(name) = excluded.\(name)"
    }.joined(separator: ", ")
    static let fields: [FieldKey] = [
        .siteName, .siteType, .siteParent, .siteServer, .siteVersion, .siteCloudDistributionPoints,
        .siteExchangeConnectors,
    ]

    static func bind(_ site: Site, revision: Int, to statement: Statement) {
        statement.bind(1, site.code.text).bind(2, revision)
        for (index, field) in fields.enumerated() {
            statement.bind(Int32(index) + 3, text(site.value(field)))
        }
        statement.bind(10, site.clientPorts.isTold ? json(site.clientPorts) : nil)
        statement.bind(11, site.clients.map(json))
    }

    private static func text(_ value: FieldValue) -> String? {
        switch value {
        case .nothing: return nil
        case .list(let texts):
            var writer = JSONWriter(reserving: 32)
            writer.array { writer in for text in texts { writer.value(text) } }
            return writer.text
        default: return value.text
        }
    }

    /// A group of the site's fields as one object.
    private static func json<Group: FieldGroup>(_ group: Group) -> String {
        var writer = JSONWriter(reserving: 200)
        writer.object { writer in
            for field in Group.fields { writer.member(field.key.name, group.value(field.key)) }
        }
        return writer.text
    }

    static func record(_ row: Statement) throws -> SiteRecord {
        var draft = Draft()
        draft[.siteCode] = Sent(row.text(0) ?? "")
        for (index, field) in fields.enumerated() {
            guard let text = row.text(Int32(index) + 2) else { continue }
            let isList = field == .siteCloudDistributionPoints || field == .siteExchangeConnectors
            draft[field] = Sent(isList ? try lines(text) : text)
        }
        try add(row.text(9), of: ClientPorts.fields, to: &draft)
        try add(row.text(10), of: ClientProxyPlan.fields, to: &draft)
        var judge = Judge(.stored)
        guard let site = Site.check(draft, base: nil, &judge) else {
            throw ProgramFailure.storage(cause: "the stored site \(row.text(0) ?? "?") breaks a rule of its values")
        }
        return SiteRecord(site: site, revision: row.int(1))
    }

    /// Adds what is told of a group; nearly all sites have none.
    private static func add(_ json: String?, of fields: [Field], to draft: inout Draft) throws {
        guard let json else { return }
        let values = try JSONDecoder().decode([String: StoredValue].self, from: Data(json.utf8))
        for field in fields {
            if let text = values[field.key.name]?.text { draft.append(field.key, Sent(text)) }
        }
    }

    private static func lines(_ json: String) throws -> String {
        // Nearly all sites have none.
        if json == "[]" { return "" }
        return try JSONDecoder().decode([String].self, from: Data(json.utf8)).joined(separator: "\n")
    }
}
