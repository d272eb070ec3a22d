/// A rule that took part in resolving a flow: a closed list, so that each has its heading in `content/flow-reasons/` (a
/// start with a difference stops). The part before the first dot names the file there.
public enum FlowReason: String, Sendable, CaseIterable {
    // The proxy of a computer.
    case proxyAccount = "proxy.account"
    case proxySystemAccount = "proxy.system-account"
    case proxyNone = "proxy.none"
    case proxyNotTold = "proxy.not-told"
    case proxyServerNotStored = "proxy.server-not-stored"
    /// The role uses the proxy of its computer without a switch of its own.
    case proxyWithoutFurtherSetUp = "proxy.without-further-set-up"

    // The site a server belongs to.
    case siteTypeNotTold = "site.type-not-told"
    case siteServerNotTold = "site.server-not-told"

    // The release a site runs.
    case versionNotTold = "version.not-told"
    case versionNotKnown = "version.not-known"
    case versionNewer = "version.newer"

    // The software update point.
    case supOptionsNotTold = "sup.options-not-told"
    case supSyncOptedIn = "sup.sync.opted-in"
    case supSyncOptionOff = "sup.sync.option-off"
    case supSyncChildSite = "sup.sync.child-site"
    case supSyncNotDefault = "sup.sync.not-default"
    case supSyncDefaultTold = "sup.sync.default-told"
    case supSyncOnlyPoint = "sup.sync.only-point"
    case supSyncDefaultNotTold = "sup.sync.default-not-told"
    case supSyncDefaultNotThere = "sup.sync.default-not-there"
    case supSyncMicrosoftUpdate = "sup.sync.microsoft-update"
    case supSyncSourceAssumed = "sup.sync.source-assumed"
    case supSyncUpstream = "sup.sync.upstream"
    case supSyncNoSource = "sup.sync.no-source"
    case supADRSiteServer = "sup.adr.site-server"
    case supADROptedIn = "sup.adr.opted-in"
    case supADROptionOff = "sup.adr.option-off"
    case supADRSecondarySite = "sup.adr.secondary-site"
    case supADRSameComputer = "sup.adr.same-computer"
    case supADRSameProxy = "sup.adr.same-proxy"
    case supADRProxiesDiffer = "sup.adr.proxies-differ"
    case supADRPointsDiffer = "sup.adr.points-differ"
    case supADRPointProxy = "sup.adr.point-proxy"
    case supADRSiteServerProxy = "sup.adr.site-server-proxy"
    case supThirdPartyOff = "sup.third-party.off"
    case supThirdPartyOn = "sup.third-party.on"
    case supThirdPartyNotTold = "sup.third-party.not-told"

    // Other roles and features.
    case cdpSiteServer = "cdp.site-server"
    case scpOnline = "scp.online"
    case scpOffline = "scp.offline"
    case scpModeNotTold = "scp.mode-not-told"
    case discoveryServiceConnectionPoint = "discovery.service-connection-point"
    case discoveryBefore2002 = "discovery.before-2002"
    case exchangeComputer = "exchange.computer"
    case cmgChannel = "cmg.channel"
    case cacheOff = "cache.off"
    case cacheNotTold = "cache.not-told"
    case cacheOn = "cache.on"
    case cacheBeforeHotfix = "cache.before-hotfix"
    case cacheDirect = "cache.direct"
    case cacheRelativeAddresses = "cache.relative-addresses"
    case cacheHotfixDecides = "cache.hotfix-decides"
    case cacheSince2603 = "cache.since-2603"
    case cacheAccount = "cache.account"
    case mpBefore2603 = "mp.before-2603"
    case mpLocalSystem = "mp.local-system"
    case mpEntra = "mp.entra"
    case epNotEstablished = "ep.not-established"

    /// The file of `content/flow-reasons/` that explains it.
    public var group: String { String(rawValue.prefix { $0 != "." }) }
}
