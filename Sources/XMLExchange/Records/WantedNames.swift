// The allow-list: the only names whose values are ever kept. Names compare with their case.

/// A property of a record itself.
enum RecordField: Int, CaseIterable {
    case networkOSPath, siteCode, roleName, nalPath, nalType, type, props
    case serverName, reportingSiteCode, siteName, version
    case componentName
    case categoryType, categoryName, categoryID, isSubscribed

    /// Source: the classes SMS_SCI_SysResUse, SMS_Site, SMS_SCI_Component and SMS_UpdateCategoryInstance.
    var name: StaticString {
        switch self {
        case .networkOSPath: "NetworkOSPath"
        case .siteCode: "SiteCode"
        case .roleName: "RoleName"
        case .nalPath: "NALPath"
        case .nalType: "NALType"
        case .type: "Type"
        case .props: "Props"
        case .serverName: "ServerName"
        case .reportingSiteCode: "ReportingSiteCode"
        case .siteName: "SiteName"
        case .version: "Version"
        case .componentName: "ComponentName"
        case .categoryType: "CategoryTypeName"
        case .categoryName: "LocalizedCategoryInstanceName"
        case .categoryID: "CategoryInstance_UniqueID"
        case .isSubscribed: "IsSubscribed"
        }
    }

}

/// The parts of an embedded property, SMS_EmbeddedProperty.
enum PropertySlot: Int, CaseIterable {
    case name, value, value1, value2

    static let names = NameTable<PropertySlot>([
        ("PropertyName", .name), ("Value", .value), ("Value1", .value1), ("Value2", .value2),
    ])
}

/// An embedded property of an item, and the slot that holds its value.
///
/// Source: ConfigMgrCBDsc, DocumentConfigMgrCB and Microsoft Learn, which agree on the slots.
enum ItemProperty: Int, CaseIterable {
    case serverRemoteName, internetFQDN, siteServerInitiates, useMachineAccount, userName, forest, domain
    case useProxy, proxyName, proxyPort, anonymousProxyAccess, proxyUserName
    case useProxyForADR, isIntranet, isInternet, httpPort, httpsPort, requireSSL, wsusAccount, allowCMGTraffic
    case offlineMode
    // Of the software update point component.
    case useParentWSUS, parentWSUS, parentWSUSPort, sslToParentWSUS, defaultWSUS, clientReportingLevel
    case updateLanguages, titleLanguages, wsusCleanup
    case featureSupersedenceMode, featureSupersedenceAge, otherSupersedenceMode, otherSupersedenceAge
    case syncSchedule, expressFiles, thirdPartyUpdates, featureRunTime, otherRunTime

    var name: StaticString {
        switch self {
        case .serverRemoteName: "Server Remote Name"
        case .internetFQDN: "Server Remote Public Name"
        case .siteServerInitiates: "FDMOperation"
        case .useMachineAccount: "UseMachineAccount"
        case .userName: "UserName"
        case .forest: "ForestFQDN"
        case .domain: "DomainFQDN"
        case .useProxy: "UseProxy"
        case .proxyName: "ProxyName"
        case .proxyPort: "ProxyServerPort"
        case .anonymousProxyAccess: "AnonymousProxyAccess"
        case .proxyUserName: "ProxyUserName"
        case .useProxyForADR: "UseProxyForADR"
        case .isIntranet: "IsIntranet"
        case .isInternet: "IsINF"
        case .httpPort: "WSUSIISPort"
        case .httpsPort: "WSUSIISSSLPort"
        case .requireSSL: "SSLWSUS"
        case .wsusAccount: "WSUSAccessAccount"
        case .allowCMGTraffic: "AllowProxyTraffic"
        case .offlineMode: "OfflineMode"
        case .useParentWSUS: "DefaultUseParentWSUS"
        case .parentWSUS: "ParentWSUS"
        case .parentWSUSPort: "ParentWSUSPort"
        case .sslToParentWSUS: "SSLToParentWSUS"
        case .defaultWSUS: "DefaultWSUS"
        case .clientReportingLevel: "ClientReportingLevel"
        case .updateLanguages: "SupportedUpdateLanguages"
        case .titleLanguages: "SupportedTitleLanguages"
        case .wsusCleanup: "Call WSUS Cleanup"
        case .featureSupersedenceMode: "Sync Supersedence Mode For Feature"
        case .featureSupersedenceAge: "Sync Supersedence Age For Feature"
        case .otherSupersedenceMode: "Sync Supersedence Mode For NonFeature"
        case .otherSupersedenceAge: "Sync Supersedence Age For NonFeature"
        case .syncSchedule: "Sync Schedule"
        case .expressFiles: "Sync ExpressFiles"
        case .thirdPartyUpdates: "EnableThirdPartyUpdates"
        case .featureRunTime: "MaxInstallTime-ServicePack"
        case .otherRunTime: "MaxInstallTime-Windows"
        }
    }

    var slot: PropertySlot {
        switch self {
        case .serverRemoteName, .internetFQDN, .forest, .domain, .syncSchedule: .value1
        case .userName, .proxyName, .proxyUserName, .wsusAccount, .parentWSUS, .defaultWSUS, .updateLanguages,
            .titleLanguages:
            .value2
        default: .value
        }
    }

    static let names = NameTable(allCases.map { ($0.name, $0) })
}

/// Finds wanted names, and names that differ from a wanted one in case alone.
struct NameTable<Meaning: Sendable>: Sendable {
    enum Match {
        case exact(Meaning)
        case otherCase(Meaning)
        case none
    }

    private let byLength: [[(name: StaticString, meaning: Meaning)]]

    init(_ names: [(StaticString, Meaning)]) {
        let longest = names.map(\.0.utf8CodeUnitCount).max() ?? 0
        byLength = (0...longest).map { length in names.filter { $0.0.utf8CodeUnitCount == length } }
    }

    func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Match {
        guard bytes.count < byLength.count else { return .none }
        var match = Match.none
        for entry in byLength[bytes.count] {
            switch Self.compare(bytes, entry.name.utf8Start) {
            case .some(true): return .exact(entry.meaning)
            case .some(false): match = .otherCase(entry.meaning)
            case nil: continue
            }
        }
        return match
    }

    /// True when the names are equal, false when only their case differs, nil when more does.
    private static func compare(_ bytes: UnsafeBufferPointer<UInt8>, _ name: UnsafePointer<UInt8>) -> Bool? {
        var isExact = true
        for index in 0..<bytes.count where bytes[index] != name[index] {
            let folded = bytes[index] | 0x20
            guard folded == name[index] | 0x20, folded >= 0x61, folded <= 0x7A else { return nil }
            isExact = false
        }
        return isExact
    }
}

/// Names whose values are secrets: they are counted, and never read.
enum ProtectedName {
    static func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        for index in 0..<name.count {
            let folded = name[index] | 0x20
            guard folded == UInt8(ascii: "p") || folded == UInt8(ascii: "s") else { continue }
            let rest = UnsafeBufferPointer(rebasing: name[index...])
            if words.contains(where: { begins(rest, $0) }) { return true }
        }
        return false
    }

    private static let words: [StaticString] = ["password", "pwd", "secret"]

    private static func begins(_ name: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
        guard name.count >= word.utf8CodeUnitCount else { return false }
        for index in 0..<word.utf8CodeUnitCount where name[index] | 0x20 != word.utf8Start[index] { return false }
        return true
    }
}
