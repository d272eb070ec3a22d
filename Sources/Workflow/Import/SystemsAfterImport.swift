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
    private var settledConnectionPoints = 0
    /// What the batch brings to each site.
    private var brought: [SiteCode: SystemsOfSite] = [:]
    private var connectionPoints: [(server: HostName, place: Place)] = []
    private var concerned: Set<SiteCode> = []
    /// What was asked of the portal and what comes of it, so that each site is asked once.
    private var beforeImport: [SiteCode: ClientSystems] = [:]
    private var afterImport: [SiteCode: ClientSystems] = [:]

    init(stored: any ConfigurationReading, sites: [SiteCode: Site]) throws {
        self.stored = stored
        self.sites = sites
        before = Dictionary(try stored.sites().map { ($0.site.code, $0.site) }) { first, _ in first }
        hasPlans = sites.values.contains { $0.clients != nil }
        concerned = Set(sites.values.filter { $0.clients != nil && $0 != before[$0.code] }.map(\.code))
    }

    /// A server as the import leaves it; a nil record is one that is removed.
    func settle(_ record: ServerRecord?, before: ServerRecord?, at place: Place) {
        if let before, before.matters, settled.insert(before.name.folded).inserted {
            concerned.insert(before.site)
            if before.intended.has(.serviceConnectionPoint) { settledConnectionPoints += 1 }
        }
        guard let record, record.matters else { return }
        concerned.insert(record.site)
        for role in record.roles {
            if role.name == .serviceConnectionPoint { connectionPoints.append((record.name, place)) }
            brought[record.site, default: SystemsOfSite()].add(role, of: record.name, hasPlans: hasPlans)
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

    private func connectionPointFindings() throws -> [Finding] {
        guard !connectionPoints.isEmpty else { return [] }
        let all = try stored.serviceConnectionPoints() - settledConnectionPoints + connectionPoints.count
        return connectionPoints.flatMap { server, place in
            var judge = Judge(.stored, entity: .server, key: server.text)
            judge.tellServiceConnectionPoints(all, at: place)
            return judge.findings
        }
    }

    private func clientSystems(at site: Site) throws -> ClientSystems {
        var all = try ownSystems(at: site.code)
        guard site.type == .secondary, let primary = site.parent else { return all }
        // Clients at a secondary site are clients of its primary site.
        all.managementPoints += try ownSystems(at: primary).managementPoints
        return all
    }

    /// What a site itself will have: what the portal has there and the batch leaves alone, and what the batch brings.
    private func ownSystems(at code: SiteCode) throws -> ClientSystems {
        if let known = afterImport[code] { return known }
        var systems = brought[code] ?? SystemsOfSite()
        systems.add(try storedSystems(at: code), besides: try aboveSystems(at: code), settled)
        afterImport[code] = systems.ofClients
        return systems.ofClients
    }

    /// The management points that the portal counts to a site and that are its primary site's.
    private func aboveSystems(at code: SiteCode) throws -> Set<HostName> {
        guard let site = before[code], site.type == .secondary, let primary = site.parent else { return [] }
        return Set(try storedSystems(at: primary).managementPoints)
    }

    private func storedSystems(at code: SiteCode) throws -> ClientSystems {
        if let known = beforeImport[code] { return known }
        // So many that the limit is still reached when those of which the batch decides are taken off.
        let systems = try stored.clientSystems(at: code, limit: ClientSystems.mostNamed + settled.count)
        beforeImport[code] = systems
        return systems
    }

    private func variants(at code: SiteCode) throws -> [SoftwareUpdatePointVariant] {
        var points = brought[code]?.points ?? SystemsOfSite().points
        for key in try stored.softwareUpdatePointServers(at: code) where !settled.contains(key) {
            points.add(.stored(key), key: key)
        }
        return SoftwareUpdatePointVariant.grouping(
            try points.all.compactMap { point in
                switch point {
                case .brought(let name, let details): return details.map { (name, $0) }
                case .stored(let key):
                    guard let name = HostName.check(key, label: "").value,
                        let server = try stored.server(name)?.intended
                    else { return nil }
                    return server.softwareUpdatePoint.map { (server.name, $0) }
                }
            })
    }
}

/// The servers of a site that rules between several look at, no more of each kind than the rules look at.
private struct SystemsOfSite {
    enum Point {
        case brought(HostName, SoftwareUpdatePoint?)
        case stored(String)
    }

    private var managementPoints = FirstByName<HostName>(limit: ClientSystems.mostNamed)
    private var softwareUpdatePoints = FirstByName<ClientSystems.SoftwareUpdatePointOfClients>(
        limit: ClientSystems.mostNamed)
    private var caches = FirstByName<HostName>(limit: ClientSystems.mostNamed)
    private(set) var points = FirstByName<Point>(limit: SoftwareUpdatePointVariant.mostCompared)

    mutating func add(_ role: HeldRole, of server: HostName, hasPlans: Bool) {
        let key = server.folded
        switch role.name {
        case .managementPoint where hasPlans: managementPoints.add(server, key: key)
        case .softwareUpdatePoint:
            let details = role.intended?.softwareUpdatePoint
            points.add(.brought(server, details), key: key)
            guard hasPlans else { return }
            softwareUpdatePoints.add(.init(name: server, requireSSL: details?.requireSSL), key: key)
        case .distributionPoint where hasPlans && role.hasCache: caches.add(server, key: key)
        default: break
        }
    }

    /// What the portal has at the site, without the management points of others and without what the batch decides.
    mutating func add(_ stored: ClientSystems, besides above: Set<HostName>, _ settled: Set<String>) {
        for name in stored.managementPoints where !above.contains(name) && !settled.contains(name.folded) {
            managementPoints.add(name, key: name.folded)
        }
        for point in stored.softwareUpdatePoints where !settled.contains(point.name.folded) {
            softwareUpdatePoints.add(point, key: point.name.folded)
        }
        for name in stored.caches where !settled.contains(name.folded) { caches.add(name, key: name.folded) }
    }

    var ofClients: ClientSystems {
        var systems = ClientSystems()
        systems.managementPoints = managementPoints.all
        systems.softwareUpdatePoints = softwareUpdatePoints.all
        systems.caches = caches.all
        return systems
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
