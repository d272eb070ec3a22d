import Domain
import Workflow

extension RequirementReading {
    /// Nil where ports between computers are not asked for: a proxy's page has those to the proxy alone.
    func scene(_ subject: Subject, limit: Int = RequirementReading.mostHolders) throws -> PortScene? {
        if case .proxy = subject { return nil }
        var scene = PortScene()
        scene.site = subject.site
        let sites = try reading.sites().map(\.site)
        let site = subject.site.flatMap { code in sites.first { $0.code == code } }
        for party in facts.parties where party.role != nil || party.id == "exchange_server_connector" {
            var known = try holders(of: party, site, limit: limit)
            if case .server(let record) = subject, try holds(record, party), !known.names.contains(record.name) {
                known = PortScene.Holders([record.name] + known.names, total: max(known.total, known.names.count + 1))
            }
            if known.total > 0 { scene.holders[party.id] = known }
        }
        if case .server(let record) = subject { scene.server = record.name }
        scene.neighbors = neighbors(of: site, among: sites)
        scene.clientPorts = clientPorts(of: site, among: sites)
        // Clients belong to primary sites.
        scene.hasClients = site?.type != .centralAdministration
        if let site { scene.upstream = try upstream(of: site) }
        scene.points = try reading.softwareUpdatePointPorts(at: subject.site, limit: limit)
        if case .server(let record) = subject, let own = record.intended.softwareUpdatePoint,
            !scene.points.contains(where: { $0.name == record.name })
        {
            scene.points.append(PortScene.Point(record.name, http: own.httpPort.number, https: own.httpsPort.number))
        }
        return scene
    }

    /// The site servers above and below; in a hierarchy all that have such a neighbor.
    private func neighbors(of site: Site?, among sites: [Site]) -> [HostName] {
        guard let site else { return sites.filter { $0.parent != nil }.compactMap(\.siteServer) }
        return sites.filter { $0.code == site.parent || $0.parent == site.code }.compactMap(\.siteServer)
    }

    /// Clients belong to primary sites; a secondary site takes the ports of the one above.
    private func clientPorts(of site: Site?, among sites: [Site]) -> [PortScene.OfSite] {
        let known = Dictionary(sites.map { ($0.code, $0) }) { first, _ in first }
        guard let site else {
            return sites.filter { $0.type != .secondary && $0.type != .centralAdministration }
                .map { PortScene.OfSite($0.code, $0.effectiveClientPorts(among: known)) }
        }
        let owner = site.type == .secondary ? sites.first { $0.code == site.parent } ?? site : site
        return [PortScene.OfSite(owner.code, site.effectiveClientPorts(among: known))]
    }

    private func upstream(of site: Site) throws -> PortScene.Upstream {
        guard let component = try reading.component(of: site.code)?.component.intended else { return .notTold }
        if let server = component.upstreamServer {
            return .server(server, port: component.upstreamPort, usesSSL: component.upstreamSSL)
        }
        switch component.synchronizationSource {
        case .microsoftUpdate, .some(.none): return .nowhere
        case .upstream, nil: return .notTold
        }
    }
}
