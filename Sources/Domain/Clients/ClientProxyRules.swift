/// What the clients of a site speak to, as far as a plan of their proxies has to know it.
public struct ClientSystems: Sendable, Equatable {
    public var managementPoints: [HostName] = []
    public var softwareUpdatePoints: [SoftwareUpdatePointOfClients] = []
    /// Distribution points with Connected Cache.
    public var caches: [HostName] = []

    public init() {}

    /// How many of each kind at a site are looked at, the first by name: no site has as many.
    public static let mostNamed = 1_000

    /// Whether the software update point asks for SSL; nil where nobody told.
    public struct SoftwareUpdatePointOfClients: Sendable, Equatable {
        public let name: HostName
        public let requireSSL: Bool?

        public init(name: HostName, requireSSL: Bool?) {
            self.name = name
            self.requireSSL = requireSSL
        }
    }
}

/// The rules between a plan and the servers of its site; what is wrong with a single value is told where it is read.
///
/// Sources: Microsoft Learn, "About client settings in Configuration Manager", "bitsadmin util and setieproxy" and "Delivery
/// Optimization reference"; of case in scripts, the blog kickthatcomputer (2014).
public enum ClientProxyRules {
    /// The codes of these rules: they hang on the site's servers, so they are judged again when those change.
    public static let codes: Set<FindingCode> = [
        .clientsPACCapitals, .clientsPACPoint, .clientsSystemUnset, .clientsBypassMissing, .clientsScanUser,
        .clientsCacheReach, .clientsBypassAll,
    ]

    public static func findings(for site: Site, systems: ClientSystems, on occasion: Occasion) -> [Finding] {
        guard let plan = site.clients else { return [] }
        var judge = Judge(occasion, entity: .site, key: site.code.text)
        judgeScript(plan, systems, &judge)
        judgeServices(plan, &judge)
        judgeBypass(plan, systems, &judge)
        judgeScans(plan, systems, &judge)
        judgeCaches(plan, systems, &judge)
        return judge.findings
    }

    private static func judgeScript(_ plan: ClientProxyPlan, _ systems: ClientSystems, _ judge: inout Judge) {
        guard let script = plan.system?.script else { return }
        let capitals = script.directHosts.filter(\.hasCapitals).map(\.text)
        if !capitals.isEmpty {
            judge.find(
                .clientsPACCapitals, .clientsPACDirectHosts,
                "A script compares hosts with case, and it has capitals in \(list(capitals)). Write the script’s hosts in lower case."
            )
        }
        // Where nobody told the script's hosts, nothing is known of the ones it misses.
        if script.directHosts.isEmpty { return }
        let missed = systems.softwareUpdatePoints.map(\.name).filter { name in
            name.text != name.folded && !script.directHosts.contains { $0.coversExactly(name) }
        }
        if !missed.isEmpty {
            judge.find(
                .clientsPACPoint, .clientsPAC,
                "\(list(missed.map(\.text))) has capitals in its name. A script compares with case, so a rule in lower case sends scans for updates to the proxy. Let the script lower the host’s case first, or have the rule in this spelling too."
            )
        }
    }

    private static func judgeServices(_ plan: ClientProxyPlan, _ judge: inout Judge) {
        guard plan.winHTTP != nil, plan.winHTTP != .direct, plan.system == nil || plan.system == .noProxy else {
            return
        }
        judge.find(
            .clientsSystemUnset, .clientsSystem,
            "WinHTTP gets a proxy here and Local System none. BITS and Delivery Optimization go by the WinINET proxy of Local System: tell what it shall be."
        )
    }

    private static func judgeBypass(_ plan: ClientProxyPlan, _ systems: ClientSystems, _ judge: inout Judge) {
        var lists: [(FieldKey, [HostPattern])] = []
        if let proxy = plan.winHTTP?.explicit { lists.append((.clientsWinHTTPBypass, proxy.bypass)) }
        if let proxy = plan.system?.explicit { lists.append((.clientsSystemBypass, proxy.bypass)) }
        if let hosts = plan.system?.script?.directHosts, !hosts.isEmpty {
            lists.append((.clientsPACDirectHosts, hosts))
        }
        let servers = systems.managementPoints + systems.softwareUpdatePoints.map(\.name)
        for (field, patterns) in lists {
            if field != .clientsPACDirectHosts, patterns.contains(where: \.isEverything) {
                judge.find(
                    .clientsBypassAll, field,
                    "“\(field.label)” has * alone, which means every host: no client would use the proxy. Enter the hosts inside, such as *.corp.contoso.com, or choose no proxy."
                )
            }
            let missed = unique(servers.filter { name in !patterns.contains { $0.covers(name) } })
            guard !missed.isEmpty else { continue }
            judge.find(
                .clientsBypassMissing, field,
                "Clients would ask the proxy for \(list(missed.map(\.text))), a management point or software update point of this site. Add it to “\(field.label)”, or a pattern such as *.corp.contoso.com."
            )
        }
    }

    private static func judgeScans(_ plan: ClientProxyPlan, _ systems: ClientSystems, _ judge: inout Judge) {
        let points = systems.softwareUpdatePoints.filter { $0.requireSSL == false }.map(\.name.text)
        guard !points.isEmpty, plan.winHTTP == .direct, plan.system == .noProxy, plan.userProxyForScans != true else {
            return
        }
        judge.find(
            .clientsScanUser, .clientsUserProxyForScans,
            "\(list(points)) takes scans over HTTP, and only users could have a proxy here. Scans do not use a user’s proxy over HTTP: where clients do not reach it directly, require SSL there, set a proxy for the system, or allow the user proxy."
        )
    }

    private static func judgeCaches(_ plan: ClientProxyPlan, _ systems: ClientSystems, _ judge: inout Judge) {
        guard let system = plan.system, system != .noProxy else { return }
        let patterns = system.explicit?.bypass ?? system.script?.directHosts ?? []
        let missed = systems.caches.filter { name in !patterns.contains { $0.covers(name) } }
        guard !missed.isEmpty else { return }
        judge.find(
            .clientsCacheReach, .clientsSystem,
            "\(list(missed.map(\.text))) has Connected Cache, from which Delivery Optimization on clients downloads. See that the proxy of Local System leaves it out, so that clients reach it directly."
        )
    }

    private static func unique(_ names: [HostName]) -> [HostName] {
        var seen: Set<HostName> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The first names, and how many more there are.
    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(4)
        if names.count > shown.count { return shown.joined(separator: ", ") + " and \(names.count - shown.count) more" }
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " and " + last
    }
}
