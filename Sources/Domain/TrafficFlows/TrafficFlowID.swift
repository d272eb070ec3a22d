/// A way in which a site system server, or a site through one, reaches the internet. What uses a proxy is never "the role":
/// it is one of these, and each has its own computer, account and switch.
///
/// Sources: Microsoft Learn, "Proxy server support in Configuration Manager", "Internet access requirements" and "Ports
/// used in Configuration Manager"; `content/reference/roles.yaml` holds the same list, with dates.
public enum TrafficFlowID: String, Sendable, CaseIterable {
    case softwareUpdateSynchronization = "software-update-synchronization"
    case adrContentDownload = "adr-content-download"
    case thirdPartyUpdateCatalogs = "third-party-update-catalogs"
    case cloudDistributionPoint = "cloud-distribution-point"
    case serviceConnection = "service-connection"
    case directoryDiscovery = "directory-discovery"
    case assetIntelligenceSynchronization = "asset-intelligence-synchronization"
    case exchangeConnector = "exchange-connector"
    case cmgConnection = "cmg-connection"
    case connectedCache = "connected-cache"
    case managementPointTokenValidation = "management-point-token-validation"
    case endpointProtection = "endpoint-protection"

    /// What a page calls it.
    public var title: String {
        switch self {
        case .softwareUpdateSynchronization: "Software update synchronization"
        case .adrContentDownload: "Content download of automatic deployment rules"
        case .thirdPartyUpdateCatalogs: "Third-party update catalogs"
        case .cloudDistributionPoint: "Cloud distribution point"
        case .serviceConnection: "Service connection"
        case .directoryDiscovery: "Microsoft Entra discovery and group synchronization"
        case .assetIntelligenceSynchronization: "Asset Intelligence synchronization"
        case .exchangeConnector: "Exchange Server connector"
        case .cmgConnection: "Cloud management gateway connection"
        case .connectedCache: "Microsoft Connected Cache"
        case .managementPointTokenValidation: "Microsoft Entra token validation of the management point"
        case .endpointProtection: "Endpoint Protection"
        }
    }

    /// The role that brings it about; nil where a site does, without a role of its own in an export.
    public var role: RoleName? {
        switch self {
        case .softwareUpdateSynchronization, .adrContentDownload, .thirdPartyUpdateCatalogs: .softwareUpdatePoint
        case .cloudDistributionPoint, .exchangeConnector: nil
        case .serviceConnection, .directoryDiscovery: .serviceConnectionPoint
        case .assetIntelligenceSynchronization: .assetIntelligenceSynchronizationPoint
        case .cmgConnection: .cmgConnectionPoint
        case .connectedCache: .distributionPoint
        case .managementPointTokenValidation: .managementPoint
        case .endpointProtection: .endpointProtectionPoint
        }
    }

    /// The entry of `content/reference/roles.yaml` that lists it.
    public var roleID: String {
        switch self {
        case .softwareUpdateSynchronization, .adrContentDownload, .thirdPartyUpdateCatalogs: "software_update_point"
        case .cloudDistributionPoint: "cloud_distribution_point"
        case .exchangeConnector: "exchange_server_connector"
        case .serviceConnection, .directoryDiscovery: "service_connection_point"
        case .assetIntelligenceSynchronization: "asset_intelligence_synchronization_point"
        case .cmgConnection: "cmg_connection_point"
        case .connectedCache: "distribution_point"
        case .managementPointTokenValidation: "management_point"
        case .endpointProtection: "endpoint_protection_point"
        }
    }

    /// What `roles.yaml` must say of the role under `uses_site_system_proxy`: how the flow is resolved rests on it.
    public var proxyUse: String {
        switch self {
        case .softwareUpdateSynchronization, .adrContentDownload, .thirdPartyUpdateCatalogs, .connectedCache:
            "conditional"
        case .cloudDistributionPoint, .managementPointTokenValidation: "no"
        case .endpointProtection: "not listed"
        case .serviceConnection, .directoryDiscovery, .assetIntelligenceSynchronization, .exchangeConnector,
            .cmgConnection:
            "yes"
        }
    }

    /// The releases in which what is true of it changed; `content/reference/versions.yaml` says what changed.
    public var changes: [ProductRelease] {
        switch self {
        case .directoryDiscovery: [.r2002]
        case .connectedCache: [.r2409, .r2603]
        case .managementPointTokenValidation: [.r2603]
        default: []
        }
    }
}
