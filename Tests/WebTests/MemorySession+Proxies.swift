import Domain
import Workflow

// What pages ask of proxies, on the state in memory.
extension MemorySession {
    func proxyAddresses(after last: ProxyAddressUse?, limit: Int) -> [ProxyAddressUse] {
        let configurations = state.servers.values.compactMap(\.proxy.intended?.configuration)
        let uses = Dictionary(grouping: configurations, by: \.proxyAddress).keys.compactMap { proxyOverview($0)?.use }
            .sorted { ($1.servers, $0.proxy.text) < ($0.servers, $1.proxy.text) }
        let start = last.flatMap { last in uses.firstIndex { $0.proxy == last.proxy } }.map { $0 + 1 } ?? 0
        return Array(uses.dropFirst(start).prefix(limit))
    }

    func proxyOverview(_ proxy: ProxyAddress) -> ProxyOverview? {
        let records = servers(in: ProxySelection(ProxyUsers(of: proxy)), writtenSince: nil, after: nil, limit: .max)
        guard let first = records.first?.proxy.intended?.configuration else { return nil }
        let identities = Self.counted(records.map { ConnectionIdentity($0.proxy.intended?.configuration?.account) })
        let use = ProxyAddressUse(
            proxy: first.proxyAddress, servers: records.count, pending: records.filter { !$0.pending.isEmpty }.count,
            identities: identities, numberOfIdentities: identities.count)
        return ProxyOverview(
            use: use, sites: Self.counted(records.map(\.site)),
            roles: Self.counted(records.flatMap { $0.roles.map(\.name) }))
    }

    private static func counted<Value: Hashable & Sendable>(_ values: [Value]) -> [Counted<Value>] {
        Dictionary(grouping: values) { $0 }.map { Counted($0, servers: $1.count) }.sorted { $0.servers > $1.servers }
    }

    func numberOfServers(in selection: ProxySelection) -> Int { state.servers.values.filter(selection.includes).count }

    func servers(
        in selection: ProxySelection, writtenSince change: Int?, after name: HostName?, limit: Int
    ) -> [ServerRecord] {
        let found = state.servers.values.filter { $0.revision > change ?? -1 && selection.includes($0) }
            .sorted { $0.name.folded < $1.name.folded }
        return Array(found.filter { $0.name.folded > name?.folded ?? "" }.prefix(limit))
    }

    /// The store in memory keeps no names of those that left.
    func serversThatLeft(_ selection: ProxySelection, since change: Int, limit: Int) -> [HostName] { [] }

    func newestChange() -> Int { state.changes.count }
}
