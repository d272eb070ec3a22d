/// The policy rules of a site system server: single values that are doubtful, and what its groups and its site must not
/// contradict. They are asked of values, so that a form, an import and what is stored get the same answer.
public enum ServerRules {
    /// What the rules need to know of the server's surroundings.
    public struct Surroundings: Sendable, Equatable {
        /// Nil when the portal does not have the site.
        public let site: Site?
        /// How many software update points the site has, this server's included.
        public let softwareUpdatePoints: Int
        /// How many service connection points the hierarchy has, this server's included; 0 where nobody counted.
        public let serviceConnectionPoints: Int

        public init(site: Site?, softwareUpdatePoints: Int, serviceConnectionPoints: Int = 0) {
            self.site = site
            self.softwareUpdatePoints = softwareUpdatePoints
            self.serviceConnectionPoints = serviceConnectionPoints
        }
    }

    /// All policy findings and standing warnings of a server.
    public static func findings(
        for server: SiteSystemServer, in surroundings: Surroundings, on occasion: Occasion
    ) -> [Finding] {
        var judge = Judge(occasion, entity: .server, key: server.name.text)
        judgeIdentity(of: server, in: surroundings, &judge)
        for doubt in server.general?.doubts ?? [] { judge.find(doubt.problem.code, doubt.field, doubt.problem.message) }
        for doubt in server.proxy?.doubts ?? [] { judge.find(doubt.problem.code, doubt.field, doubt.problem.message) }
        for role in server.roles {
            for doubt in role.details?.doubts ?? [] {
                judge.find(doubt.problem.code, doubt.field, doubt.problem.message)
            }
        }
        if let role = server.softwareUpdatePoint { judgeProxyUse(of: role, on: server, &judge) }
        if surroundings.site?.type == .secondary {
            judgeSecondary(server, in: surroundings, &judge)
        } else {
            judgeRules(of: server, &judge)
        }
        judgeServiceConnection(of: server, in: surroundings, &judge)
        judgeCache(of: server, &judge)
        return judge.findings
    }

    private static func judgeIdentity(
        of server: SiteSystemServer, in surroundings: Surroundings, _ judge: inout Judge
    ) {
        for problem in server.name.doubts(label: FieldKey.serverName.label) {
            judge.find(problem.code, .serverName, problem.message)
        }
        if surroundings.site == nil {
            judge.find(
                .serverSiteUnknown, .serverSite,
                "The portal has no site \(server.site). Add the site first, or correct the code.")
        }
    }

    /// Source: Microsoft Learn, "Proxy server support": the options are available only where the server has a proxy.
    private static func judgeProxyUse(
        of role: SoftwareUpdatePoint, on server: SiteSystemServer, _ judge: inout Judge
    ) {
        guard server.proxy == .off else { return }
        let optedIn = [
            (role.useProxyForSynchronization, FieldKey.supUseProxyForSynchronization),
            (role.useProxyForADR, FieldKey.supUseProxyForADR),
        ]
        for (isOn, field) in optedIn where isOn {
            judge.find(
                .supProxyUnavailable, field,
                "The software update point on \(server.name) is told to use a proxy (“\(field.label)”), but the server has none. "
                    + "Set a proxy on the Proxy tab, or turn the option off on the Roles tab.")
        }
    }

    private static func judgeSecondary(
        _ server: SiteSystemServer, in surroundings: Surroundings, _ judge: inout Judge
    ) {
        guard server.roles.contains(where: { $0.name == .softwareUpdatePoint }) else { return }
        if surroundings.softwareUpdatePoints > 1 {
            judge.find(
                .supSecondaryOne, .roleName,
                "A secondary site can have one software update point, and \(server.site) has \(surroundings.softwareUpdatePoints). "
                    + "Remove the role from all servers of the site but one.")
        }
        guard let role = server.softwareUpdatePoint else { return }
        if role.useProxyForADR {
            judge.find(
                .supADRSecondary, .supUseProxyForADR,
                "At a secondary site the option for automatic deployment rules has no effect: their downloads run on the "
                    + "site server of the site that owns the rule. Turn it off to avoid surprise.")
        }
        if role.clientConnections == .internet || role.clientConnections == .both {
            judge.find(
                .supSecondaryInternet, .supClientConnections,
                "A software update point at a secondary site takes no connections from clients on the internet. Choose intranet only."
            )
        }
    }

    /// The findings of an edit: an error only where a changed field brings it about, a warning for what stood before.
    ///
    /// `before` is nil for a new server: then everything is brought about here.
    public static func findings(
        changing before: SiteSystemServer?, to after: SiteSystemServer, changed: Set<FieldKey>,
        in surroundings: Surroundings, before surroundingsBefore: Surroundings
    ) -> [Finding] {
        let stood = before.map { findings(for: $0, in: surroundingsBefore, on: .edit) } ?? []
        return findings(for: after, in: surroundings, on: .edit).broughtAbout(by: changed, beyond: stood)
    }
}
