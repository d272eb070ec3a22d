// The rules of single roles that look beyond one value.
extension ServerRules {
    /// The cmdlets tie the option to the other one; neither the console nor ConfigMgrCBDsc refuses it alone, so it is a
    /// warning. At a secondary site it has no effect at all, which is told instead.
    ///
    /// Source: Microsoft Learn, "Set-CMSoftwareUpdatePoint", parameter `UseProxyForAutoDeploymentRule`.
    static func judgeRules(of server: SiteSystemServer, _ judge: inout Judge) {
        guard let role = server.softwareUpdatePoint, role.useProxyForADR, !role.useProxyForSynchronization else {
            return
        }
        judge.find(
            .supADRWithoutSync, .supUseProxyForADR,
            "The software update point on \(server.name) uses a proxy for automatic deployment rules and not for synchronization. "
                + "The two belong together: turn on “\(FieldKey.supUseProxyForSynchronization.label)” as well, or check that "
                + "synchronization reaches its source without a proxy.")
    }

    /// Source: Microsoft Learn, "About the service connection point"; one for a hierarchy: "Plan for site system servers
    /// and site system roles".
    static func judgeServiceConnection(
        of server: SiteSystemServer, in surroundings: Surroundings, _ judge: inout Judge
    ) {
        guard let role = server.roles.first(where: { $0.name == .serviceConnectionPoint }) else { return }
        judge.tellServiceConnectionPoints(surroundings.serviceConnectionPoints)
        guard role.details?.serviceConnectionPoint?.mode == .offline else { return }
        judge.find(
            .scpOffline, .scpMode,
            "The service connection point on \(server.name) is offline: it opens no connection to Microsoft, so it needs no proxy. "
                + "Features that go through it do not work, such as Entra discovery and tenant attach. Choose online mode if "
                + "they are wanted.")
    }

    /// Source: Microsoft Learn, "Proxy server support in Configuration Manager" of 2021, which says so; the present one
    /// neither repeats nor withdraws it.
    static func judgeCache(of server: SiteSystemServer, _ judge: inout Judge) {
        guard server.proxy?.configuration?.account != nil,
            server.roles.contains(where: { $0.details?.distributionPoint?.connectedCache ?? false })
        else { return }
        judge.find(
            .dpCacheCredentials, .dpConnectedCache,
            "Microsoft Connected Cache on \(server.name) may not reach the internet: the proxy of the computer is used with an account, "
                + "and older articles say that Connected Cache takes a proxy without credentials only. Let the proxy admit the "
                + "computer without an account, or check that content arrives.")
    }
}

extension Judge {
    /// What is said of a server with the role service connection point, of which the hierarchy has `count`.
    public mutating func tellServiceConnectionPoints(_ count: Int, at place: Place = .form) {
        guard count > 1 else { return }
        find(
            .scpHierarchyOne, .roleName, at: place,
            "A hierarchy can have one service connection point, and this one has \(count). "
                + "Remove the role from all servers but one.")
    }
}
