import Domain

/// A set of embedded properties, asked for each of every item.
struct ItemProperties {
    private var bits: UInt64 = 0

    init(_ properties: [ItemProperty]) {
        for property in properties { bits |= 1 << property.rawValue }
    }

    func contains(_ property: ItemProperty) -> Bool { bits & (1 << property.rawValue) != 0 }
    func union(_ other: ItemProperties) -> ItemProperties {
        var union = self
        union.bits |= other.bits
        return union
    }
}

/// Which embedded properties each kind of item is read for.
enum RoleProperties {
    static let general = ItemProperties([
        .internetFQDN, .siteServerInitiates, .useMachineAccount, .userName, .forest, .domain,
    ])
    static let proxy = ItemProperties([.useProxy, .proxyName, .proxyPort, .anonymousProxyAccess, .proxyUserName])
    static let softwareUpdatePoint = ItemProperties([
        .useProxy, .useProxyForADR, .httpPort, .httpsPort, .requireSSL, .isIntranet, .isInternet, .allowCMGTraffic,
        .wsusAccount,
    ])
    static let serviceConnectionPoint = ItemProperties([.offlineMode])

    private static let both = general.union(proxy)
    private static let none = ItemProperties([])

    static func of(_ role: RoleName?) -> ItemProperties {
        switch role {
        case RoleName.siteSystem: both
        case RoleName.siteServer: both
        case RoleName.softwareUpdatePoint: softwareUpdatePoint
        case RoleName.serviceConnectionPoint: serviceConnectionPoint
        default: none
        }
    }
}

/// An item of a site: one role on one server.
struct Item {
    let reading: RecordReading
    let server: Sent
    let site: Sent?
    let role: Sent

    /// The draft of an item `SMS Site System`.
    func siteSystem() -> ServerDraft { draft(.siteSystem) }

    /// The draft of an item `SMS Site Server` that holds a proxy.
    func siteServer() -> ServerDraft { draft(.siteServer) }

    private func draft(_ source: ServerDraft.Source) -> ServerDraft {
        ServerDraft(
            place: reading.place, name: server, site: site, source: source,
            general: reading.isBroken(RoleProperties.general) ? nil : general(),
            proxy: reading.isBroken(RoleProperties.proxy) ? nil : proxy())
    }

    private func general() -> Draft? {
        guard reading.hasAny(of: RoleProperties.general) else { return nil }
        var draft = Draft(capacity: 5)
        draft.add(.generalInternetFQDN, reading.sent(.internetFQDN))
        draft.add(.generalSiteServerInitiatesConnections, reading.sent(.siteServerInitiates)?.flag)
        draft.add(.generalInstallationAccount, installationAccount())
        draft.add(.generalForest, reading.sent(.forest))
        draft.add(.generalDomain, reading.sent(.domain))
        return draft.isEmpty ? nil : draft
    }

    /// `UseMachineAccount` 1 means the site server's computer account, whatever `UserName` still holds.
    private func installationAccount() -> Sent? {
        guard let usesMachine = reading.sent(.useMachineAccount), usesMachine.flag.text == "true" else {
            return reading.sent(.userName)
        }
        return Sent("", at: usesMachine.place)
    }

    private func proxy() -> Draft? {
        guard let use = reading.sent(.useProxy) else { return nil }
        var draft = Draft(capacity: 5)
        draft.add(.proxyUse, use.flag)
        draft.add(.proxyServer, reading.sent(.proxyName))
        draft.add(.proxyPort, reading.sent(.proxyPort))
        draft.add(.proxyUseCredentials, reading.sent(.anonymousProxyAccess)?.invertedFlag)
        draft.add(.proxyAccount, reading.sent(.proxyUserName))
        return draft
    }

    /// What the item tells of its role beyond the name.
    func details(of role: RoleName?) throws -> Draft {
        if reading.isBroken(RoleProperties.of(role)) { return Draft() }
        switch role {
        case RoleName.softwareUpdatePoint: return softwareUpdatePoint()
        case RoleName.serviceConnectionPoint: return serviceConnectionPoint()
        default: return Draft()
        }
    }

    private func softwareUpdatePoint() -> Draft {
        var draft = Draft(capacity: 8)
        draft.add(.supUseProxyForSynchronization, reading.sent(.useProxy)?.flag)
        draft.add(.supUseProxyForADR, reading.sent(.useProxyForADR)?.flag)
        draft.add(.supHTTPPort, reading.sent(.httpPort))
        draft.add(.supHTTPSPort, reading.sent(.httpsPort))
        draft.add(.supRequireSSL, reading.sent(.requireSSL)?.flag)
        draft.add(.supClientConnections, clientConnections())
        draft.add(.supAllowCMGTraffic, reading.sent(.allowCMGTraffic)?.flag)
        draft.add(.supWSUSAccount, reading.sent(.wsusAccount))
        return draft
    }

    /// One choice in the console, two flags in the item.
    private func clientConnections() -> Sent? {
        guard let intranet = reading.sent(.isIntranet)?.flag, let internet = reading.sent(.isInternet)?.flag else {
            return nil
        }
        switch (intranet.text, internet.text) {
        case ("true", "false"): return Sent("intranet", at: intranet.place)
        case ("false", "true"): return Sent("internet", at: internet.place)
        case ("true", "true"): return Sent("both", at: intranet.place)
        case ("false", "false"): return Sent("none", at: intranet.place)
        case ("false", _), ("true", _): return internet
        default: return intranet
        }
    }

    private func serviceConnectionPoint() -> Draft {
        var draft = Draft()
        draft[.scpMode] = reading.sent(.offlineMode)?.replacing(["0": "online", "1": "offline"])
        return draft
    }

    /// What an item `SMS Site Server` tells of its site, for files without site objects; nil when it tells nothing.
    func inferredSite() throws -> SiteDraft? {
        let types = ["1": "secondary", "2": "primary", "4": "central administration"]
        guard let site, let type = try reading.sent(.type), types[type.text] != nil else { return nil }
        var fields = Draft()
        fields[.siteCode] = site
        fields[.siteType] = type.replacing(types)
        fields[.siteServer] = server
        return SiteDraft(place: reading.place, fields: fields, isInferred: true)
    }
}

extension Draft {
    /// Adds a field, each of which is met once, if it is told.
    fileprivate mutating func add(_ field: FieldKey, _ sent: Sent?) {
        if let sent { append(field, sent) }
    }
}
