import Domain
import Foundation
import Workflow

/// One read or one write, on a copy of the state.
final class MemorySession: ConfigurationWriting {
    var state: MemoryState

    init(_ state: MemoryState) { self.state = state }

    func server(_ name: HostName) -> ServerRecord? { state.servers[name.folded] }
    func site(_ code: SiteCode) -> SiteRecord? { state.sites[code] }
    func sites() -> [SiteRecord] { state.sites.values.sorted { $0.site.code < $1.site.code } }

    func siteCodes() -> [SiteCode] { state.sites.keys.sorted() }

    func holdsSample() -> Bool { state.isSample }
    func component(of site: SiteCode) -> ComponentRecord? { state.components[site] }
    func components() -> [ComponentRecord] { state.components.values.sorted { $0.site < $1.site } }

    func lastExport(of site: SiteCode) -> SiteExport? { state.exports[site] }

    func softwareUpdatePoints(at site: SiteCode) -> Int {
        state.servers.values.filter { $0.site == site && $0.roles.contains { $0.name == .softwareUpdatePoint } }.count
    }

    func serviceConnectionPoints() -> Int {
        state.servers.values.filter { $0.roles.contains { $0.name == .serviceConnectionPoint } }.count
    }

    func numberOfServers(at site: SiteCode) -> Int { state.servers.values.filter { $0.site == site }.count }

    func numberOfServers() -> Int { state.servers.count }

    func softwareUpdatePointServers(at site: SiteCode) -> [String] {
        state.servers.values.filter { $0.site == site && $0.roles.contains { $0.name == .softwareUpdatePoint } }
            .map(\.name.folded)
    }

    func clientSystems(at site: SiteCode, limit: Int) -> ClientSystems {
        var systems = ClientSystems()
        for server in sorted where server.site == site {
            for role in server.roles {
                switch (role.name, role.intended) {
                case (.managementPoint, _): systems.managementPoints.append(server.name)
                case (.softwareUpdatePoint, let details):
                    let isSSL = details?.softwareUpdatePoint?.requireSSL
                    systems.softwareUpdatePoints.append(.init(name: server.name, requireSSL: isSSL))
                case (.distributionPoint, .distributionPoint(let details)?) where details.connectedCache:
                    systems.caches.append(server.name)
                default: break
                }
            }
        }
        if let stored = self.site(site)?.site, stored.type == .secondary, let primary = stored.parent {
            systems.managementPoints += clientSystems(at: primary, limit: limit).managementPoints
        }
        return systems
    }

    func serversLike(_ name: HostName) -> [HostName] {
        state.servers.values.map(\.name).filter {
            $0 != name && $0.firstLabel == name.firstLabel && ($0.isShort || name.isShort)
        }
    }

    func shortServerNames() -> Set<String> { Set(state.servers.values.filter(\.name.isShort).map(\.name.folded)) }

    func hasLeftOutFindings() -> Bool { false }

    func hasRemovals() -> Bool { state.changes.contains { $0.change.kind == .removed } }

    func lastRemoval(of name: HostName) -> ChangeSet? {
        let removal = state.changes.last { $0.change.kind == .removed && $0.change.key.asciiFolded == name.folded }
        return removal.flatMap { removal in state.sets.first { $0.number == removal.set } }
    }

    func findings(_ entity: Entity, key: String) -> [Finding] {
        if entity == .site, let code = SiteCode.check(key).value {
            let plan = site(code).map {
                ClientProxyRules.findings(
                    for: $0.site, systems: clientSystems(at: code, limit: ClientSystems.mostNamed), on: .stored)
            }
            return (state.siteFindings[code] ?? []) + (plan ?? [])
        }
        guard entity == .server, let record = state.servers[key.asciiFolded] else { return [] }
        let surroundings = ServerRules.Surroundings(
            site: site(record.site)?.site, softwareUpdatePoints: softwareUpdatePoints(at: record.site),
            serviceConnectionPoints: serviceConnectionPoints())
        return ServerRules.findings(for: record.intended, in: surroundings, on: .stored)
    }

    private var sorted: [ServerRecord] { state.servers.values.sorted { $0.name.folded < $1.name.folded } }

    func serverList(_ query: ServerListQuery) -> ServerListPage {
        let found = sorted.filter { matches($0, query) }
        let ordered = query.isDescending ? found.reversed() : found
        let start = query.after.flatMap { key in ordered.firstIndex { $0.name.text == key.name } }.map { $0 + 1 } ?? 0
        let rows = ordered.dropFirst(start).prefix(query.limit)
        let next = start + rows.count < ordered.count ? rows.last : nil
        return ServerListPage(
            rows: rows.map(row), total: found.count,
            next: next.map { ServerListQuery.PageKey(value: $0.name.folded, name: $0.name.text) })
    }

    private func matches(_ record: ServerRecord, _ query: ServerListQuery) -> Bool {
        if !query.text.isEmpty && !record.name.folded.contains(query.text.asciiFolded) { return false }
        if let site = query.site, record.site != site { return false }
        if let role = query.role, !record.roles.contains(where: { $0.name == role }) { return false }
        if query.isPending && record.pending.isEmpty { return false }
        if query.isStale && !record.sightings.isServerStale && record.staleRoles.isEmpty { return false }
        if let severity = query.severity,
            !findings(.server, key: record.name.text).contains(where: { $0.severity == severity })
        {
            return false
        }
        switch query.proxy {
        case nil: return true
        case .anyProxy?: return record.proxy.intended?.configuration != nil
        case .off?: return record.proxy.intended == .off
        case .notTold?: return record.proxy.intended == nil
        case .server(let name)?: return record.proxy.intended?.configuration?.server.canonical == name
        case .users(let users)?: return users.include(record.proxy.intended)
        }
    }

    private func row(_ record: ServerRecord) -> ServerListRow {
        let findings = findings(.server, key: record.name.text)
        return ServerListRow(
            name: record.name, site: record.site, proxy: record.proxy.intended, roles: record.roles.map(\.name),
            isPending: record.seen != nil && !record.pending.isEmpty, isStale: record.sightings.isServerStale,
            staleRoles: record.staleRoles.count,
            errors: findings.filter { $0.severity == .error }.count,
            warnings: findings.filter { $0.severity == .warning }.count)
    }

    func overview() -> Overview {
        var overview = Overview()
        overview.sites = state.sites.count
        overview.servers = state.servers.count
        for record in state.servers.values {
            switch record.proxy.intended {
            case nil: overview.notTold += 1
            case .off?: overview.withoutProxy += 1
            case .on?: overview.withProxy += 1
            }
            if record.seen != nil && !record.pending.isEmpty { overview.pending += 1 }
            if record.sightings.isServerStale || !record.staleRoles.isEmpty { overview.stale += 1 }
            overview.serversWithWarnings += findings(.server, key: record.name.text).isEmpty ? 0 : 1
        }
        return overview
    }

    func proxiesInUse() -> [ProxyUse] {
        let names = sorted.compactMap { $0.proxy.intended?.configuration?.server }
        return Dictionary(grouping: names, by: \.canonical).values
            .map { ProxyUse(server: $0[0], servers: $0.count) }
            .sorted { ($1.servers, $0.server.canonical) < ($0.servers, $1.server.canonical) }
    }

    func rolesInUse() -> [RoleName] {
        Set(state.servers.values.flatMap { $0.roles.map(\.name) }).sorted { $0.folded < $1.folded }
    }

    func changeSets(before number: Int?, limit: Int) -> [ChangeSet] {
        Array(state.sets.reversed().filter { $0.number < number ?? .max }.prefix(limit))
    }

    func changeSet(_ number: Int) -> ChangeSet? { state.sets.first { $0.number == number } }

    func changes(ofSet number: Int, after: Int?, limit: Int) -> [Change] {
        Array(state.changes.filter { $0.set == number }.map(\.change).filter { $0.number > after ?? 0 }.prefix(limit))
    }

    func history(_ entity: Entity, key: String, before: Int?, limit: Int) -> [HistoryEntry] {
        state.changes.reversed()
            .filter { $0.change.entity == entity && $0.change.key.asciiFolded == key.asciiFolded }
            .filter { $0.change.number < before ?? .max }.prefix(limit)
            .map { HistoryEntry(set: state.sets[$0.set - 1], change: $0.change) }
    }

    func eachServer(site: SiteCode?, _ body: (ServerRecord) throws -> Void) rethrows {
        for record in sorted where site == nil || record.site == site { try body(record) }
    }

    func eachFinding(_ body: (Finding) throws -> Void) rethrows {
        for record in sorted { for finding in findings(.server, key: record.name.text) { try body(finding) } }
    }

    // MARK: - Writing

    func openChangeSet(
        time: Int64, actor: Actor, reason: String?, requestID: String, origin: ChangeOrigin
    ) -> Int {
        let number = state.sets.count + 1
        state.sets.append(
            ChangeSet(
                number: number, time: time, actor: actor, reason: reason, requestID: requestID, origin: origin))
        return number
    }

    private func note(_ entity: Entity, _ key: String, before: String?, after: String?) -> Int {
        let number = state.changes.count + 1
        let kind: ChangeKind = before == nil ? .added : after == nil ? .removed : .changed
        let change = Change(number: number, entity: entity, key: key, kind: kind, before: before, after: after)
        state.changes.append((state.sets.count, change))
        return number
    }

    func save(_ record: ServerRecord, before: ServerRecord?) {
        var record = record
        record.revision = note(.server, record.name.text, before: before?.document, after: record.document)
        state.servers[record.name.folded] = record
    }

    func save(_ site: Site, before: Site?) {
        let revision = note(.site, site.code.text, before: before?.document, after: site.document)
        state.sites[site.code] = SiteRecord(site: site, revision: revision)
    }

    func save(_ record: ComponentRecord, before: ComponentRecord?) {
        var record = record
        record.revision = note(.component, record.site.text, before: before?.document, after: record.document)
        state.components[record.site] = record
    }

    func remove(_ record: ServerRecord) {
        _ = note(.server, record.name.text, before: record.document, after: nil)
        state.servers[record.name.folded] = nil
    }

    func remove(_ site: Site) {
        _ = note(.site, site.code.text, before: site.document, after: nil)
        state.sites[site.code] = nil
    }

    func markSample(_ isSample: Bool) { state.isSample = isSample }

    func refreshFindings(of names: [HostName], at sites: [SiteCode]) {}
}
