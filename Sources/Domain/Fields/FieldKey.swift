/// Every field a person can set: the key names the form control, the JSON and XML part, and the heading in `content/fields/`.
public enum FieldKey: String, Sendable, CaseIterable {
    case serverName = "server.name"
    case serverSite = "server.site"

    case generalInternetFQDN = "general.internetFQDN"
    case generalSiteServerInitiatesConnections = "general.siteServerInitiatesConnections"
    case generalInstallationAccount = "general.installationAccount"
    case generalForest = "general.forest"
    case generalDomain = "general.domain"

    case proxyUse = "proxy.use"
    case proxyServer = "proxy.server"
    case proxyPort = "proxy.port"
    case proxyUseCredentials = "proxy.useCredentials"
    case proxyAccount = "proxy.account"

    case roleName = "role.name"

    case supUseProxyForSynchronization = "softwareUpdatePoint.useProxyForSynchronization"
    case supUseProxyForADR = "softwareUpdatePoint.useProxyForADR"
    case supHTTPPort = "softwareUpdatePoint.httpPort"
    case supHTTPSPort = "softwareUpdatePoint.httpsPort"
    case supRequireSSL = "softwareUpdatePoint.requireSSL"
    case supClientConnections = "softwareUpdatePoint.clientConnections"
    case supAllowCMGTraffic = "softwareUpdatePoint.allowCMGTraffic"
    case supWSUSAccount = "softwareUpdatePoint.wsusAccount"

    case scpMode = "serviceConnectionPoint.mode"

    case dpConnectedCache = "distributionPoint.connectedCache"

    case supcSynchronizationSource = "softwareUpdatePointComponent.synchronizationSource"
    /// Read from forms alone: it tells the next three.
    case supcUpstreamURL = "softwareUpdatePointComponent.upstreamURL"
    case supcUpstreamServer = "softwareUpdatePointComponent.upstreamServer"
    case supcUpstreamPort = "softwareUpdatePointComponent.upstreamPort"
    case supcUpstreamSSL = "softwareUpdatePointComponent.upstreamSSL"
    case supcDefaultServer = "softwareUpdatePointComponent.defaultServer"
    case supcReportingEvents = "softwareUpdatePointComponent.reportingEvents"
    case supcSynchronizeOnSchedule = "softwareUpdatePointComponent.synchronizeOnSchedule"
    case supcSchedule = "softwareUpdatePointComponent.schedule"
    case supcScheduleKind = "softwareUpdatePointComponent.scheduleKind"
    case supcScheduleInterval = "softwareUpdatePointComponent.scheduleInterval"
    case supcScheduleWeekday = "softwareUpdatePointComponent.scheduleWeekday"
    case supcScheduleWeekOrder = "softwareUpdatePointComponent.scheduleWeekOrder"
    case supcScheduleDayOfMonth = "softwareUpdatePointComponent.scheduleDayOfMonth"
    case supcScheduleStart = "softwareUpdatePointComponent.scheduleStart"
    case supcFeatureUpdateSupersedence = "softwareUpdatePointComponent.featureUpdateSupersedence"
    case supcFeatureUpdateWaitMonths = "softwareUpdatePointComponent.featureUpdateWaitMonths"
    case supcNonFeatureUpdateSupersedence = "softwareUpdatePointComponent.nonFeatureUpdateSupersedence"
    case supcNonFeatureUpdateWaitMonths = "softwareUpdatePointComponent.nonFeatureUpdateWaitMonths"
    case supcWSUSCleanup = "softwareUpdatePointComponent.wsusCleanup"
    case supcFeatureUpdateMaximumRunTime = "softwareUpdatePointComponent.featureUpdateMaximumRunTime"
    case supcNonFeatureUpdateMaximumRunTime = "softwareUpdatePointComponent.nonFeatureUpdateMaximumRunTime"
    case supcExpressFiles = "softwareUpdatePointComponent.expressFiles"
    case supcThirdPartyUpdates = "softwareUpdatePointComponent.thirdPartyUpdates"
    case supcFileLanguages = "softwareUpdatePointComponent.fileLanguages"
    case supcSummaryLanguages = "softwareUpdatePointComponent.summaryLanguages"
    case supcClassifications = "softwareUpdatePointComponent.classifications"
    case supcProducts = "softwareUpdatePointComponent.products"

    case siteCode = "site.code"
    case siteName = "site.name"
    case siteType = "site.type"
    case siteParent = "site.parent"
    case siteServer = "site.siteServer"
    case siteVersion = "site.version"
    case siteCloudDistributionPoints = "site.cloudDistributionPoints"
    case siteExchangeConnectors = "site.exchangeConnectors"
    case siteClientHTTPPort = "site.clientHTTPPort"
    case siteClientHTTPSPort = "site.clientHTTPSPort"
    case siteClientNotificationPort = "site.clientNotificationPort"
    case siteWakeOnLANPort = "site.wakeOnLANPort"
    case siteCustomWebsite = "site.customWebsite"

    case clientsWinHTTP = "clients.winHTTP"
    case clientsWinHTTPServer = "clients.winHTTPServer"
    case clientsWinHTTPPort = "clients.winHTTPPort"
    case clientsWinHTTPBypass = "clients.winHTTPBypass"
    case clientsSystem = "clients.system"
    case clientsPAC = "clients.pac"
    case clientsPACDirectHosts = "clients.pacDirectHosts"
    case clientsSystemServer = "clients.systemServer"
    case clientsSystemPort = "clients.systemPort"
    case clientsSystemBypass = "clients.systemBypass"
    case clientsUserProxyForScans = "clients.userProxyForScans"

    /// The part before the dot: the group, and the file of `content/fields/`.
    public var group: String { String(rawValue.prefix { $0 != "." }) }

    /// The part behind the dot: the JSON key and the XML attribute.
    public var name: String { String(rawValue.drop { $0 != "." }.dropFirst()) }

    /// What the console calls it: the form's label, and the word findings use.
    public var label: String { FieldCatalogue.field(self).label }
}
