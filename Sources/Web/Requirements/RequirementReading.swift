import Domain
import Pages
import Workflow

/// One state of the configuration, as network requirements are worked out from it.
struct RequirementReading {
    let reading: any ConfigurationReading
    let facts: NetworkFacts

    /// How many flows are taken one by one; more are counted.
    private static let mostFlows = 60
    /// How many computers of a role are named.
    static let mostHolders = 20
    /// How many of them a table names.
    static let mostListed = 5_000

    /// For whom, as far as the portal has it.
    enum Subject {
        case server(ServerRecord)
        case site(Site)
        case proxy(ProxyAddress)
        case hierarchy

        var words: String {
            switch self {
            case .server(let record): record.name.text
            case .site(let site): "site \(site.code)"
            case .proxy(let proxy): "proxy \(proxy)"
            case .hierarchy: "the whole hierarchy"
            }
        }

        var site: SiteCode? {
            switch self {
            case .server(let record): record.site
            case .site(let site): site.code
            case .proxy, .hierarchy: nil
            }
        }
    }

    /// - Throws: ``Refusal`` when the portal does not have what the address names.
    func subject(of address: RequirementAddress) throws -> Subject {
        switch address.subject {
        case .server(let text):
            guard let name = HostName.check(text, label: "").value, let record = try reading.server(name) else {
                throw Refusal.noServer(text)
            }
            return .server(record)
        case .site(let text):
            guard let code = SiteCode.check(text).value, let record = try reading.site(code) else {
                throw Refusal.noSite(text)
            }
            return .site(record.site)
        case .proxy(let text):
            guard let proxy = ProxyAddress(text: text), try reading.proxyOverview(proxy) != nil else {
                throw Refusal.noProxy(text)
            }
            return .proxy(proxy)
        case .hierarchy: return .hierarchy
        case .role, nil: throw Refusal.notFound
        }
    }

    // MARK: - Who connects to the internet

    /// The connections as a page shows them: counted where there are many.
    func connections(_ subject: Subject) throws -> [InternetConnection] {
        try connections(subject, flows: Self.mostFlows, holders: Self.mostHolders)
    }

    /// The connections as rules for computers have them: one by one as far as a table goes.
    func connectionsByName(_ subject: Subject) throws -> [InternetConnection] {
        try connections(subject, flows: Self.mostListed, holders: Self.mostListed)
    }

    private func connections(_ subject: Subject, flows: Int, holders: Int) throws -> [InternetConnection] {
        try self.flows(subject, limit: flows) + outside(subject, limit: holders)
    }

    private func flows(_ subject: Subject, limit: Int) throws -> [InternetConnection] {
        if case .server(let record) = subject {
            let own = try reading.flows(of: record.name)
            let carried = try reading.flows(carriedOutBy: record.name, limit: limit)
            return Self.unique((own + carried).compactMap { InternetConnection($0) })
        }
        let page = try reading.flowList(query(subject, after: nil, limit: limit))
        if page.next == nil { return Self.unique(page.rows.compactMap { InternetConnection($0) }) }
        return try counts(subject).compactMap { count in
            let proxy = count.proxy.flatMap { ProxyAddress(canonical: $0) }
            return InternetConnection(
                count.flow, FlowAnswer(route: count.route, proxy: proxy, identity: count.identity),
                number: count.number)
        }
    }

    /// A computer may connect alike for several roles.
    private static func unique(_ connections: [InternetConnection]) -> [InternetConnection] {
        var all: [InternetConnection] = []
        for connection in connections where !all.contains(connection) { all.append(connection) }
        return all
    }

    private func counts(_ subject: Subject) throws -> [FlowCount] {
        if case .proxy(let proxy) = subject { return try reading.flowCounts(through: proxy) }
        return try reading.flowCounts(site: subject.site)
    }

    private func query(_ subject: Subject, after: FlowListQuery.PageKey?, limit: Int) -> FlowListQuery {
        var query = FlowListQuery()
        query.site = subject.site
        if case .proxy(let proxy) = subject { query.proxy = proxy }
        query.after = after
        query.limit = limit
        return query
    }

    /// Who connects outside the flows: nobody knows through what, so a proxy's page has none of them.
    private func outside(_ subject: Subject, limit: Int) throws -> [InternetConnection] {
        var all: [InternetConnection] = []
        for party in parties {
            switch subject {
            case .proxy: break
            case .server(let record):
                if try holds(record, party) {
                    all.append(
                        InternetConnection(
                            outside: party, who: .computer(record.name), isAtTop: try isAtTop(record.site)))
                }
            case .site(let site):
                if party.isClient || party.isConsole {
                    // Clients are those of primary sites; a secondary site has no console.
                    if site.type == .secondary || (party.isClient && site.type == .centralAdministration) { continue }
                    all.append(
                        InternetConnection(outside: party, who: party.isClient ? .clients(site.code) : .consoles))
                } else {
                    all += try holders(of: party, site, limit: limit).connections(
                        party, isAtTop: try isAtTop(site.code))
                }
            case .hierarchy:
                if party.isClient || party.isConsole {
                    all.append(InternetConnection(outside: party, who: party.isClient ? .clients(nil) : .consoles))
                } else {
                    all += try ofHierarchy(party, limit: limit)
                }
            }
        }
        return all
    }

    /// Whether a site is at the top matters to some: those are told apart by it, each by the site of its own.
    private func ofHierarchy(_ party: NetworkParty, limit: Int) throws -> [InternetConnection] {
        guard facts.endpoints.contains(where: { $0.isOnlyAtTop && $0.withoutFlow.contains(party) }) else {
            return try holders(of: party, nil, limit: limit).connections(party, isAtTop: nil)
        }
        let sites = try reading.sites().map(\.site)
        return try [true, nil, false].flatMap { place -> [InternetConnection] in
            var all = PortScene.Holders([])
            for site in sites where isAtTop(site) == place {
                let own = try holders(of: party, site, limit: limit)
                all.names += own.names.prefix(limit - all.names.count)
                all.total += own.total
            }
            return all.total == 0 ? [] : all.connections(party, isAtTop: place)
        }
    }

    /// Those of the endpoints, each once.
    private var parties: [NetworkParty] {
        var all: [NetworkParty] = []
        for party in facts.endpoints.filter(\.isRequirement).flatMap(\.withoutFlow) where !all.contains(party) {
            all.append(party)
        }
        return all
    }

    /// Nil where it was not told.
    private func isAtTop(_ code: SiteCode) throws -> Bool? {
        try reading.site(code).flatMap { isAtTop($0.site) }
    }

    private func isAtTop(_ site: Site) -> Bool? {
        if site.parent != nil || site.type == .secondary { return false }
        return site.type == nil ? nil : true
    }

    func holds(_ record: ServerRecord, _ party: NetworkParty) throws -> Bool {
        guard let role = party.role else {
            guard party.id == "exchange_server_connector" else { return false }
            return try reading.site(record.site)?.site.exchangeConnectors.contains(record.name) ?? false
        }
        if record.roles.contains(where: { $0.name == role }) { return true }
        guard role == .siteServer else { return false }
        return try reading.site(record.site)?.site.siteServer == record.name
    }

    /// Who has a role, the first by name.
    ///
    /// - Parameter site: nil for the whole hierarchy.
    func holders(
        of party: NetworkParty, _ site: Site?, limit: Int
    ) throws -> PortScene.Holders {
        if party.role == .siteServer {
            let sites = try site.map { [$0] } ?? reading.sites().map(\.site)
            let told = sites.compactMap(\.siteServer)
            if !told.isEmpty { return PortScene.Holders(Array(told.prefix(limit)), total: told.count) }
        }
        guard let role = party.role else {
            let sites = try site.map { [$0] } ?? reading.sites().map(\.site)
            let all = party.id == "exchange_server_connector" ? sites.flatMap(\.exchangeConnectors) : []
            return PortScene.Holders(Array(all.prefix(limit)), total: all.count)
        }
        return try reading.holders(of: role, at: site?.code, limit: limit)
    }
}

extension PortScene.Holders {
    fileprivate func connections(_ party: NetworkParty, isAtTop: Bool?) -> [InternetConnection] {
        if total > names.count {
            return [InternetConnection(outside: party, who: .computers(total), isAtTop: isAtTop)]
        }
        return names.map { InternetConnection(outside: party, who: .computer($0), isAtTop: isAtTop) }
    }
}

// MARK: - One by one

extension RequirementReading {
    /// Every connection by its computer, however many there are.
    func eachConnection(_ subject: Subject, _ body: (InternetConnection) throws -> Void) throws {
        if case .server = subject {
            for connection in try connections(subject) { try body(connection) }
            return
        }
        var after: FlowListQuery.PageKey?
        repeat {
            let page = try reading.flowList(query(subject, after: after, limit: 500))
            for flow in page.rows { if let connection = InternetConnection(flow) { try body(connection) } }
            after = page.next
        } while after != nil
        for connection in try outside(subject, limit: Self.mostListed) { try body(connection) }
    }
}
