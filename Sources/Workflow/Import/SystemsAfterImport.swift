import Domain

/// The servers that rules between several of them look at, as they will stand once an import is in: gathered while the
/// servers are compared, so that the preview finds what the commit will.
final class SystemsAfterImport {
    private let stored: any ConfigurationReading
    /// All sites, as they would be.
    private let sites: [SiteCode: Site]
    private let before: [SiteCode: Site]
    /// Whether any site has a plan for its clients: without one their servers matter to no rule.
    private let hasPlans: Bool
    /// Folded names of servers that have such a role in the portal, and of which the batch decides.
    private var settled: Set<String> = []
    private var systems: [SiteCode: ClientSystems] = [:]
    private var points: [SiteCode: PointVariants] = [:]
    private var connectionPoints: [(server: SiteSystemServer, place: Place)] = []
    private var concerned: Set<SiteCode> = []

    init(stored: any ConfigurationReading, sites: [SiteCode: Site]) throws {
        self.stored = stored
        self.sites = sites
        before = Dictionary(try stored.sites().map { ($0.site.code, $0.site) }) { first, _ in first }
        hasPlans = sites.values.contains { $0.clients != nil }
        concerned = Set(sites.values.filter { $0.clients != nil && $0 != before[$0.code] }.map(\.code))
    }

    /// A server as the import leaves it; a nil record is one that is removed.
    func settle(_ record: ServerRecord?, before: ServerRecord?, at place: Place) {
        if let before, before.matters {
            settled.insert(before.name.folded)
            concerned.insert(before.site)
        }
        guard let record, record.matters else { return }
        concerned.insert(record.site)
        for role in record.roles {
            switch role.name {
            case .managementPoint where hasPlans:
                systems[record.site, default: ClientSystems()].managementPoints.append(record.name)
            case .softwareUpdatePoint:
                let details = role.intended?.softwareUpdatePoint
                if let details { points[record.site, default: PointVariants()].add(details, record.name) }
                guard hasPlans else { continue }
                systems[record.site, default: ClientSystems()].softwareUpdatePoints.append(
                    .init(name: record.name, requireSSL: details?.requireSSL))
            case .distributionPoint where hasPlans && role.hasCache:
                systems[record.site, default: ClientSystems()].caches.append(record.name)
            case .serviceConnectionPoint: connectionPoints.append((record.intended, place))
            default: break
            }
        }
    }

    /// What the rules find of the sites and of the hierarchy that the batch concerns.
    func findings() throws -> [Finding] {
        var findings = try connectionPointFindings()
        for site in sites.values.sorted(by: { $0.code < $1.code }) {
            let primary = site.type == .secondary ? site.parent : nil
            if site.clients != nil, concerned.contains(site.code) || primary.map(concerned.contains) == true {
                findings += ClientProxyRules.findings(for: site, systems: try clientSystems(at: site), on: .stored)
            }
            if concerned.contains(site.code) {
                findings += SoftwareUpdatePointRules.findings(
                    for: try variants(at: site.code), at: site.code, on: .stored)
            }
        }
        return findings
    }

    // MARK: -

    /// More are only counted.
    private static let mostLookedAt = 1_000

    private func connectionPointFindings() throws -> [Finding] {
        guard !connectionPoints.isEmpty else { return [] }
        let role = RoleName.serviceConnectionPoint
        let all = try stored.holders(of: role, at: nil, limit: Self.mostLookedAt)
        let others = all.total - all.names.count { settled.contains($0.folded) }
        return connectionPoints.flatMap { server, place in
            let surroundings = ServerRules.Surroundings(
                site: sites[server.site], softwareUpdatePoints: 0,
                serviceConnectionPoints: connectionPoints.count + others)
            return ServerRules.findings(for: server, in: surroundings, on: .stored)
                .filter { $0.code == .scpHierarchyOne }.map { $0.at(place) }
        }
    }

    private func clientSystems(at site: Site) throws -> ClientSystems {
        var all = try kept(at: site.code)
        all.add(systems[site.code])
        all.sort()
        guard site.type == .secondary, let primary = site.parent else { return all }
        // Clients at a secondary site are clients of its primary site.
        var above = try kept(at: primary)
        above.add(systems[primary])
        above.sort()
        all.managementPoints += above.managementPoints
        return all
    }

    /// What the portal has at a site itself, without what the batch decides.
    private func kept(at code: SiteCode) throws -> ClientSystems {
        var systems = try stored.clientSystems(at: code)
        if let site = before[code], site.type == .secondary, let primary = site.parent {
            let above = Set(try stored.clientSystems(at: primary).managementPoints)
            systems.managementPoints.removeAll(where: above.contains)
        }
        systems.managementPoints.removeAll { settled.contains($0.folded) }
        systems.softwareUpdatePoints.removeAll { settled.contains($0.name.folded) }
        systems.caches.removeAll { settled.contains($0.folded) }
        return systems
    }

    private func variants(at code: SiteCode) throws -> [SoftwareUpdatePointVariant] {
        var variants = points[code] ?? PointVariants()
        for key in try stored.softwareUpdatePointServers(at: code).prefix(Self.mostLookedAt)
        where !settled.contains(key) {
            guard let name = HostName.check(key, label: "").value, let server = try stored.server(name)?.intended,
                let details = server.softwareUpdatePoint
            else { continue }
            variants.add(details, server.name)
        }
        return variants.all
    }
}

/// Software update points by how they are set.
private struct PointVariants {
    private var groups: [(details: SoftwareUpdatePoint, server: HostName, servers: Int)] = []

    mutating func add(_ details: SoftwareUpdatePoint, _ server: HostName) {
        let compared = SoftwareUpdatePointVariant.compared
        guard
            let index = groups.firstIndex(where: { group in
                compared.allSatisfy { group.details.value($0) == details.value($0) }
            })
        else { return groups.append((details, server, 1)) }
        groups[index].servers += 1
        if server.folded < groups[index].server.folded { groups[index].server = server }
    }

    var all: [SoftwareUpdatePointVariant] {
        groups.sorted { $0.server.folded < $1.server.folded }
            .map { SoftwareUpdatePointVariant(details: $0.details, server: $0.server, servers: $0.servers) }
    }
}

extension ClientSystems {
    fileprivate mutating func add(_ other: ClientSystems?) {
        guard let other else { return }
        managementPoints += other.managementPoints
        softwareUpdatePoints += other.softwareUpdatePoints
        caches += other.caches
    }

    fileprivate mutating func sort() {
        managementPoints.sort { $0.folded < $1.folded }
        softwareUpdatePoints.sort { $0.name.folded < $1.name.folded }
        caches.sort { $0.folded < $1.folded }
    }
}

extension ServerRecord {
    /// Whether a rule between several servers looks at it.
    fileprivate var matters: Bool {
        roles.contains { role in
            switch role.name {
            case .managementPoint, .softwareUpdatePoint, .serviceConnectionPoint: true
            case .distributionPoint: role.hasCache
            default: false
            }
        }
    }
}

extension HeldRole {
    fileprivate var hasCache: Bool { intended?.distributionPoint?.connectedCache == true }
}

extension Finding {
    fileprivate func at(_ place: Place) -> Finding {
        Finding(code: code, severity: severity, entity: entity, key: key, field: field, place: place, message: message)
    }
}
