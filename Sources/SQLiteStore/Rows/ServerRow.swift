import Domain
import Foundation
import Workflow

/// The columns of table `server`, in the order in which every statement here names them.
enum ServerRow {
    static let columns = """
        key, name, site, revision, general_internet_fqdn, general_initiates, general_installation_account, general_forest, \
        general_domain, proxy_use, proxy_server, proxy_port, proxy_account, seen_general_internet_fqdn, \
        seen_general_initiates, seen_general_installation_account, seen_general_forest, seen_general_domain, \
        seen_proxy_use, seen_proxy_server, seen_proxy_port, seen_proxy_account, seen_set, seen_time, proxy_key, pending, \
        seen_general_set, seen_proxy_set, seen_roles_set, stale, stale_roles
        """
    static let count: Int32 = 31
    static let placeholders = (1...count).map { "?\($0)" }.joined(separator: ", ")
    /// The part of an upsert that overwrites every column of the row that was there.
    static let overwrite = columns.split(separator: ",").map { column in
        let name = column.trimmingCharacters(in: .whitespaces)
        return "\(name) = excluded.\(name)"
    }.joined(separator: ", ")

    static func bind(_ record: ServerRecord, revision: Int, to statement: Statement) {
        statement.bind(1, record.name.folded).bind(2, record.name.text).bind(3, record.site.text).bind(4, revision)
        bind(record.general.intended, from: 5, to: statement)
        bind(record.proxy.intended, from: 10, to: statement)
        bind(record.general.observed, from: 14, to: statement)
        bind(record.proxy.observed, from: 19, to: statement)
        statement.bind(23, record.seen?.changeSet).bind(24, record.seen.map { Int($0.time) })
        statement.bind(25, record.proxy.intended?.configuration?.server.canonical)
        statement.bind(26, !record.pending.isEmpty)
        statement.bind(27, record.sightings.general).bind(28, record.sightings.proxy).bind(29, record.sightings.roles)
        statement.bind(30, record.sightings.isServerStale).bind(31, record.staleRoles.count)
    }

    private static func bind(_ general: General?, from index: Int32, to statement: Statement) {
        statement.bind(index, general?.internetFQDN?.text)
        statement.bind(index + 1, general?.siteServerInitiatesConnections)
        statement.bind(index + 2, general?.installationAccount?.text)
        statement.bind(index + 3, general?.forest?.text).bind(index + 4, general?.domain?.text)
    }

    private static func bind(_ proxy: Proxy?, from index: Int32, to statement: Statement) {
        statement.bind(index, proxy.map { $0.configuration != nil })
        statement.bind(index + 1, proxy?.configuration?.server.text)
        statement.bind(index + 2, proxy?.configuration?.port.number)
        statement.bind(index + 3, proxy?.configuration?.account?.text)
    }

    /// The record of the row, without its roles.
    static func record(_ row: Statement) throws -> ServerRecord {
        guard let name = HostName.check(row.text(1) ?? "", label: "").value,
            let site = SiteCode.check(row.text(2) ?? "").value
        else { throw damaged(row) }
        let general = try general(row, 4)
        let proxy = try proxy(row, 9)
        // Nearly always the site has what is intended: then the same value stands for both, and is checked once.
        let isGeneralSeen = (4...8).allSatisfy { row.isSame($0, $0 + 9) }
        let isProxySeen = (9...12).allSatisfy { row.isSame($0, $0 + 9) }
        return ServerRecord(
            name: name, site: site,
            general: Held(intended: general, observed: isGeneralSeen ? general : try Self.general(row, 13)),
            proxy: Held(intended: proxy, observed: isProxySeen ? proxy : try Self.proxy(row, 18)), revision: row.int(3),
            seen: row.optionalInt(22).map { Sighting(changeSet: $0, time: Int64(row.int(23))) },
            sightings: sightings(row))
    }

    /// Without those of single roles, which stand with the roles.
    private static func sightings(_ row: Statement) -> Sightings {
        var sightings = Sightings()
        sightings.general = row.optionalInt(26)
        sightings.proxy = row.optionalInt(27)
        sightings.roles = row.optionalInt(28)
        sightings.isServerStale = row.int(29) == 1
        return sightings
    }

    private static func general(_ row: Statement, _ column: Int32) throws -> General? {
        guard let initiates = row.optionalInt(column + 1) else { return nil }
        let general = General(
            internetFQDN: row.text(column), siteServerInitiatesConnections: initiates == 1,
            installationAccount: row.text(column + 2), forest: row.text(column + 3), domain: row.text(column + 4))
        guard let general else { throw damaged(row) }
        return general
    }

    private static func proxy(_ row: Statement, _ column: Int32) throws -> Proxy? {
        try proxy(row, use: row.optionalInt(column), column + 1)
    }

    /// A proxy from the columns for its server, port and account.
    static func proxy(_ row: Statement, use: Int?, _ column: Int32) throws -> Proxy? {
        guard let use else { return nil }
        guard use == 1 else { return .off }
        let configuration = ProxyConfiguration(
            server: row.text(column) ?? "", port: row.int(column + 1), account: row.text(column + 2))
        guard let configuration else { throw damaged(row) }
        return .on(configuration)
    }

    private static func damaged(_ row: Statement) -> ProgramFailure {
        .storage(cause: "the stored server \(row.text(1) ?? "?") breaks a rule of its values")
    }
}
