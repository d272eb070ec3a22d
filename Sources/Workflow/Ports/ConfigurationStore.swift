import Domain

/// Where the configuration is kept, as the workflow needs it. SQLite is the store today; another can stand beside it.
public protocol ConfigurationStore: Sendable {
    /// Reads in one consistent state.
    ///
    /// - Throws: ``ProgramFailure``, and what `body` throws.
    func read<Value: Sendable>(_ body: (any ConfigurationReading) throws -> Value) throws -> Value

    /// Writes in one transaction, which has happened as a whole when this returns, and not at all when it throws.
    ///
    /// - Throws: ``ProgramFailure/busy`` when others keep the store longer than the busy timeout, and what `body` throws.
    func write<Value: Sendable>(_ body: (any ConfigurationWriting) throws -> Value) throws -> Value

    /// Does what `write` does, and takes all of it back: what came of it is known, and nothing has happened.
    ///
    /// - Throws: as `write`.
    func rehearse<Value: Sendable>(_ body: (any ConfigurationWriting) throws -> Value) throws -> Value
}

/// What can be asked of one state of the configuration.
public protocol ConfigurationReading: WizardDraftReading {
    /// The server of that name, whatever its case.
    func server(_ name: HostName) throws -> ServerRecord?
    func site(_ code: SiteCode) throws -> SiteRecord?
    /// All sites, by code.
    func sites() throws -> [SiteRecord]
    func siteCodes() throws -> [SiteCode]
    /// Whether what is stored is the sample hierarchy.
    func holdsSample() throws -> Bool
    /// The software update point component of a site; nil when nobody has told it.
    func component(of site: SiteCode) throws -> ComponentRecord?
    /// All components, by site code.
    func components() throws -> [ComponentRecord]
    /// When the site was last imported; nil when no export has covered it.
    func lastExport(of site: SiteCode) throws -> SiteExport?
    /// How many servers of a site have the role software update point.
    func softwareUpdatePoints(at site: SiteCode) throws -> Int
    /// The folded names of those servers.
    func softwareUpdatePointServers(at site: SiteCode) throws -> [String]
    /// Who is meant to have a role: the first by name, and how many there are.
    ///
    /// - Parameter site: nil for the whole hierarchy.
    func holders(of role: RoleName, at site: SiteCode?, limit: Int) throws -> PortScene.Holders
    /// The ports of software update points, the first of them by the name of the server; those alone whose ports were told.
    ///
    /// - Parameter site: nil for the whole hierarchy.
    func softwareUpdatePointPorts(at site: SiteCode?, limit: Int) throws -> [PortScene.Point]
    /// What the clients of a site speak to, as it is intended: the first `limit` of each kind, by name. Those of a
    /// secondary site speak to the management points of its primary site as well, which come after its own.
    func clientSystems(at site: SiteCode, limit: Int) throws -> ClientSystems
    /// The first server, by name, that is meant to have a role; nil when none is.
    ///
    /// - Parameters:
    ///   - site: nil for the whole hierarchy.
    ///   - other: a server that does not count.
    func server(holding role: RoleName, at site: SiteCode?, besides other: HostName?) throws -> HostName?
    /// How many servers of the hierarchy have the role service connection point.
    func serviceConnectionPoints() throws -> Int
    func numberOfServers(at site: SiteCode) throws -> Int
    func numberOfServers() throws -> Int
    /// Names of servers that may be the same computer: `CM01` for `CM01.corp.contoso.com`, and the other way round.
    func serversLike(_ name: HostName) throws -> [HostName]
    /// The folded names of servers that are a single label.
    func shortServerNames() throws -> Set<String>
    /// Whether an import left findings behind on what it left out.
    func hasLeftOutFindings() throws -> Bool
    /// Whether any server was ever taken out.
    func hasRemovals() throws -> Bool
    /// The change set that last took a server of that name out; nil when it was never removed.
    func lastRemoval(of name: HostName) throws -> ChangeSet?
    /// The stored findings of a server or site, errors first.
    func findings(_ entity: Entity, key: String) throws -> [Finding]

    /// The flows that a server's roles bring about, in the order of ``TrafficFlowID``.
    func flows(of server: HostName) throws -> [TrafficFlow]
    /// The flows that other servers and sites bring about, and this computer carries out; the first `limit` of them.
    func flows(carriedOutBy server: HostName, limit: Int) throws -> [TrafficFlow]
    /// The flows that a site brings about itself.
    func flows(of site: SiteCode) throws -> [TrafficFlow]
    func flowList(_ query: FlowListQuery) throws -> FlowListPage
    /// How many flows there are of each kind; of one site, or of all.
    func flowCounts(site: SiteCode?) throws -> [FlowCount]
    /// How many flows of each kind go through a proxy.
    func flowCounts(through proxy: ProxyAddress) throws -> [FlowCount]
    /// The flows that a change set of a form changed.
    func flowChanges(ofSet number: Int) throws -> FlowChanges
    func serverList(_ query: ServerListQuery) throws -> ServerListPage
    func overview() throws -> Overview
    /// The proxies in use, with how many servers use each, most used first.
    func proxiesInUse() throws -> [ProxyUse]
    /// The proxies in use with their ports, most used first, from behind the last of the page before.
    func proxyAddresses(after last: ProxyAddressUse?, limit: Int) throws -> [ProxyAddressUse]
    /// Nil when no server is meant to use the proxy.
    func proxyOverview(_ proxy: ProxyAddress) throws -> ProxyOverview?
    func numberOfServers(in selection: ProxySelection) throws -> Int
    /// Servers of a selection by folded name, from behind a name.
    ///
    /// - Parameter change: the number of a change after which they were written; nil for all.
    func servers(
        in selection: ProxySelection, writtenSince change: Int?, after name: HostName?, limit: Int
    ) throws -> [ServerRecord]
    /// Servers that were in a selection before a change that came after this one, and are there no more.
    func serversThatLeft(_ selection: ProxySelection, since change: Int, limit: Int) throws -> [HostName]
    /// The number of the newest change; 0 before there is one.
    func newestChange() throws -> Int
    /// The role names in use, by folded name.
    func rolesInUse() throws -> [RoleName]
    /// Change sets, newest first, from below a number.
    func changeSets(before number: Int?, limit: Int) throws -> [ChangeSet]
    func changeSet(_ number: Int) throws -> ChangeSet?
    /// The changes of a set, in order, from behind a change's number.
    func changes(ofSet number: Int, after: Int?, limit: Int) throws -> [Change]
    /// The changes of one record, newest first, with their sets, from below a change's number.
    func history(_ entity: Entity, key: String, before: Int?, limit: Int) throws -> [HistoryEntry]
    /// Every server's record, by folded name; the closure is called for each.
    func eachServer(site: SiteCode?, _ body: (ServerRecord) throws -> Void) throws
    /// The same with the flows that each server's roles bring about, in the order of ``TrafficFlowID``.
    func eachServerWithFlows(site: SiteCode?, _ body: (ServerRecord, [TrafficFlow]) throws -> Void) throws
    /// Every stored finding, errors first.
    func eachFinding(_ body: (Finding) throws -> Void) throws
}

/// What can be done inside one write transaction.
public protocol ConfigurationWriting: ConfigurationReading, WizardDraftWriting {
    /// The flows that the writes up to the last refresh changed.
    var flowChanges: FlowChanges { get }
    /// Opens the change set that the following writes belong to, and returns its number.
    func openChangeSet(
        time: Int64, actor: Actor, reason: String?, requestID: String, origin: ChangeOrigin
    ) throws -> Int
    /// Writes the record and its change; the record's own revision does not matter.
    func save(_ record: ServerRecord, before: ServerRecord?) throws
    /// Writes the site and its change.
    func save(_ site: Site, before: Site?) throws
    /// Writes the component and its change; the record's own revision does not matter. What its site was seen to have, and
    /// when, stays as it is stored.
    func save(_ record: ComponentRecord, before: ComponentRecord?) throws
    /// Takes the server out with its roles, and writes its change.
    func remove(_ record: ServerRecord) throws
    /// Takes a site without servers out, and writes its change.
    func remove(_ site: Site) throws
    /// From now on what is stored is the sample hierarchy, or is not.
    func markSample(_ isSample: Bool) throws
    /// Judges the servers, and the sites with their software update points and components, again, and stores what was
    /// found. Without servers it is the sites that were changed: then each of their software update points is judged too.
    /// The flows of everything written before are resolved again, whatever is named.
    func refreshFindings(of names: [HostName], at sites: [SiteCode]) throws
}

/// A change together with the set it belongs to.
public struct HistoryEntry: Sendable, Equatable {
    public let set: ChangeSet
    public let change: Change

    public init(set: ChangeSet, change: Change) {
        self.set = set
        self.change = change
    }
}

extension ConfigurationReading {
    /// What the clients of a site speak to, as many as the rules look at.
    public func clientSystems(at site: SiteCode) throws -> ClientSystems {
        try clientSystems(at: site, limit: ClientSystems.mostNamed)
    }
}
