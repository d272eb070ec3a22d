import Domain
import Workflow

// Flows, resolved anew whenever somebody asks.
extension MemorySession {
    private func surroundings(of site: Site) -> FlowSurroundings {
        let points = state.servers.values.filter { $0.site == site.code }
            .compactMap { record in record.roles.first { $0.name == .softwareUpdatePoint } }
        let component = state.components[site.code]?.component.intended
        let defaultServer = component?.defaultServer.flatMap { state.servers[$0.folded] }
        let hasDefault = defaultServer.map { server in
            server.site == site.code && server.roles.contains { $0.name == .softwareUpdatePoint }
        }
        let options = Set(points.map { $0.intended?.softwareUpdatePoint?.useProxyForADR })
        return FlowSurroundings(
            site: site, siteServer: site.siteServer.map(computer) ?? .notTold,
            component: component,
            points: SoftwareUpdatePointsOfSite(
                isOnlyOne: points.count == 1, differInADROption: options.count > 1,
                haveDefault: hasDefault ?? (component?.defaultServer == nil)),
            connectorsElsewhere: site.exchangeConnectors.filter { state.servers[$0.folded]?.site != site.code }
                .map(computer))
    }

    private func computer(_ name: HostName) -> FlowComputer {
        state.servers[name.folded].map { .stored($0.name, $0.proxy.intended) } ?? .notStored(name)
    }

    private var allFlows: [TrafficFlow] {
        let ofServers = state.servers.values.flatMap { flows(of: $0.name) }
        return (ofServers + state.sites.keys.flatMap { flows(of: $0) }).sorted {
            key($0).lexicographicallyPrecedes(key($1))
        }
    }

    private func key(_ flow: TrafficFlow) -> [String] {
        let key = FlowListQuery.PageKey(of: flow)
        return [key.server, key.site, key.flow, key.from]
    }

    func flows(of server: HostName) -> [TrafficFlow] {
        guard let record = state.servers[server.folded], let site = state.sites[record.site]?.site else { return [] }
        return record.intended.trafficFlows(in: surroundings(of: site))
    }

    func eachServerWithFlows(site: SiteCode?, _ body: (ServerRecord, [TrafficFlow]) throws -> Void) throws {
        try eachServer(site: site) { try body($0, flows(of: $0.name)) }
    }

    func flows(carriedOutBy server: HostName, limit: Int) -> [TrafficFlow] {
        Array(allFlows.filter { $0.from == server && $0.owner != server }.prefix(limit))
    }

    func flows(of site: SiteCode) -> [TrafficFlow] {
        guard let site = state.sites[site]?.site else { return [] }
        return site.trafficFlows(in: surroundings(of: site))
    }

    func flowList(_ query: FlowListQuery) -> FlowListPage {
        let found = allFlows.filter { flow in
            (query.flow.map { $0 == flow.id } ?? true) && (query.site.map { $0 == flow.site } ?? true)
                && (query.route.map { $0 == flow.answer.route } ?? true)
                && (query.identity.map { $0 == flow.answer.identity } ?? true)
                && (query.proxy.map { $0 == flow.answer.proxy } ?? true)
                && (query.text.isEmpty || flow.owner?.folded.contains(query.text.asciiFolded) ?? false)
        }
        let start =
            query.after.flatMap { after in
                found.firstIndex { FlowListQuery.PageKey(of: $0) == after }
            }.map { $0 + 1 } ?? 0
        let rows = Array(found.dropFirst(start).prefix(query.limit))
        let hasMore = start + rows.count < found.count
        return FlowListPage(
            rows: rows, total: query.text.isEmpty ? found.count : nil,
            next: hasMore ? rows.last.map(FlowListQuery.PageKey.init(of:)) : nil)
    }

    func flowCounts(site: SiteCode?) -> [FlowCount] {
        allFlows.filter { site == nil || $0.site == site }.map { flow in
            FlowCount(
                flow: flow.id, route: flow.answer.route, identity: flow.answer.identity,
                proxy: flow.answer.proxy?.canonical, number: 1)
        }
    }

    func flowCounts(through proxy: ProxyAddress) -> [FlowCount] {
        flowCounts(site: nil).filter { $0.proxy == proxy.canonical }
    }

    /// What the writes of a session changed is told by the store with a file; a page that shows it is tested there.
    var flowChanges: FlowChanges { FlowChanges() }

    func flowChanges(ofSet number: Int) -> FlowChanges { FlowChanges() }
}
