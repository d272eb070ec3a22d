import Domain
import Foundation
import Workflow

/// The columns of table `site`.
enum SiteRow {
    static let columns = """
        code, revision, name, type, parent, site_server, version, cloud_distribution_points, exchange_connectors
        """
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

    static func record(_ row: Statement) throws -> SiteRecord {
        var draft = Draft()
        draft[.siteCode] = Sent(row.text(0) ?? "")
        for (index, field) in fields.enumerated() {
            guard let text = row.text(Int32(index) + 2) else { continue }
            let isList = field == .siteCloudDistributionPoints || field == .siteExchangeConnectors
            draft[field] = Sent(isList ? try lines(text) : text)
        }
        var judge = Judge(.stored)
        guard let site = Site.check(draft, base: nil, &judge) else {
            throw ProgramFailure.storage(cause: "the stored site \(row.text(0) ?? "?") breaks a rule of its values")
        }
        return SiteRecord(site: site, revision: row.int(1))
    }

    private static func lines(_ json: String) throws -> String {
        // Nearly all sites have none.
        if json == "[]" { return "" }
        return try JSONDecoder().decode([String].self, from: Data(json.utf8)).joined(separator: "\n")
    }
}
