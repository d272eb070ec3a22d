import Domain
import Pages
import Workflow

// Traffic flows: of a server, of a site, and of the hierarchy.
extension Portal {
    /// The Connections tab: everything it shows read in one state.
    func connections(_ name: HostName, _ visit: Visit) throws -> Answer {
        let most = ServerConnectionsPage.mostCarried
        let found = try store.read { reading in
            try reading.server(name).map { record in
                let flows = try reading.flows(of: record.name)
                let carried = try reading.flows(carriedOutBy: record.name, limit: most + 1)
                return ServerConnectionsPage(
                    head: ServerHead(
                        record: record, findings: try reading.findings(.server, key: record.name.text)),
                    flows: flows, carried: Array(carried.prefix(most)), hasMoreCarried: carried.count > most,
                    known: try known(of: flows + carried, reading))
            }
        }
        guard let found else { throw try missing(name) }
        if found.head.name != name.text { return .found(visit.withQuery(.server(found.head.name, .connections))) }
        return try page(found)
    }

    func flows(_ visit: Visit) throws -> Answer {
        let address = FlowListAddress(pairs: visit.query)
        let query = FlowListQuery(address)
        return try page(
            try store.read { reading in
                let list = try query.map(reading.flowList)
                let counts = try reading.flowCounts(site: nil)
                let ofSite = try query?.site.map(reading.flowCounts) ?? counts
                let shown = query.map { query in ofSite.filter(query.counts) } ?? []
                return FlowsPage(
                    address: address, rows: list?.rows ?? [], total: list == nil ? 0 : list?.total,
                    next: list?.next.map(FlowListAddress.After.init), numbers: shown.map(FlowNumber.init),
                    choices: FlowsPage.Choices(
                        sites: try reading.siteCodes(), identities: Set(counts.compactMap(\.identity)),
                        proxies: Set(counts.compactMap(\.proxy))),
                    known: try known(of: list?.rows ?? [], reading))
            })
    }

    /// What a site's page shows of its flows.
    func flows(of site: SiteCode, _ reading: any ConfigurationReading) throws -> FlowsOfSite {
        let own = try reading.flows(of: site)
        return FlowsOfSite(
            numbers: try reading.flowCounts(site: site).map(FlowNumber.init), own: own,
            known: try known(of: own, reading))
    }

    /// The servers that the portal has, of those that flows name.
    private func known(of flows: [TrafficFlow], _ reading: any ConfigurationReading) throws -> Set<HostName> {
        // Whose roles bring a flow about is there; only the others have to be looked up.
        let owners = Set(flows.compactMap(\.owner))
        let others = flows.reduce(into: Set<HostName>()) { $0.formUnion($1.computersNamed) }.subtracting(owners)
        return try owners.union(others.filter { try reading.server($0) != nil })
    }
}

extension FlowListQuery {
    /// Nil when the address asks for a site, account or proxy that cannot be: then no flow matches.
    fileprivate init?(_ address: FlowListAddress) {
        self.init()
        flow = address.flow
        text = address.text
        route = address.route
        if !address.site.isEmpty {
            guard let code = SiteCode.check(address.site).value else { return nil }
            site = code
        }
        if !address.identity.isEmpty {
            guard let known = ConnectionIdentity(address.identity) else { return nil }
            identity = known
        }
        if !address.proxy.isEmpty {
            guard let known = ProxyAddress(text: address.proxy) else { return nil }
            proxy = known
        }
        after = address.after.map { PageKey(server: $0.server, site: $0.site, flow: $0.flow, from: $0.from) }
        limit = FlowsPage.rowsPerPage
    }

    /// Whether a count is of flows that account and proxy let through.
    fileprivate func counts(_ count: FlowCount) -> Bool {
        (identity == nil || count.identity == identity)
            && (proxy == nil || count.proxy == proxy?.canonical)
    }
}

extension ConnectionIdentity {
    fileprivate init?(_ text: String) {
        if text == ConnectionIdentity.system.text {
            self = .system
        } else {
            guard let account = AccountName.check(text, label: "").value else { return nil }
            self = .account(account)
        }
    }
}

extension FlowListAddress.After {
    fileprivate init(_ key: FlowListQuery.PageKey) {
        self.init(server: key.server, site: key.site, flow: key.flow, from: key.from)
    }
}

extension FlowNumber {
    fileprivate init(_ count: FlowCount) {
        self.init(flow: count.flow, route: count.route, number: count.number)
    }
}
