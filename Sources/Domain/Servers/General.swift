/// The General tab of a site system server.
///
/// Source of labels and slots: Microsoft Learn, "Install site system roles"; SMS_SCI_SysResUse's embedded properties.
public struct General: FieldGroup {
    /// The name clients on the internet use; nil when there is none.
    public let internetFQDN: HostName?
    /// Whether the site server opens all connections, so that this computer opens none to it.
    public let siteServerInitiatesConnections: Bool
    /// The account that installs roles here; nil is the site server's computer account.
    public let installationAccount: AccountName?
    /// The Active Directory forest and domain of the computer.
    public let forest: DisplayText?
    public let domain: DisplayText?

    public static let fields: [Field] = [
        Field(.generalInternetFQDN, "Internet FQDN", .text),
        Field(
            .generalSiteServerInitiatesConnections,
            "Require the site server to initiate connections to this site system", .checkBox),
        Field(.generalInstallationAccount, "Site system installation account", .text),
        Field(.generalForest, "Active Directory forest", .text),
        Field(.generalDomain, "Active Directory domain", .text),
    ]

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .generalInternetFQDN: .optional(internetFQDN?.text)
        case .generalSiteServerInitiatesConnections: .flag(siteServerInitiatesConnections)
        case .generalInstallationAccount: .optional(installationAccount?.text)
        case .generalForest: .optional(forest?.text)
        case .generalDomain: .optional(domain?.text)
        default: .nothing
        }
    }

    public static func check(_ draft: Draft, base: General?, _ judge: inout Judge) -> General? {
        let refusedBefore = judge.findings.count
        let general = General(
            internetFQDN: draft.host(.generalInternetFQDN, base: base?.internetFQDN, &judge),
            siteServerInitiatesConnections: draft.flag(
                .generalSiteServerInitiatesConnections, base: base?.siteServerInitiatesConnections ?? false, &judge),
            installationAccount: draft.account(
                .generalInstallationAccount, base: base?.installationAccount, &judge),
            forest: draft.displayText(.generalForest, base: base?.forest, &judge),
            domain: draft.displayText(.generalDomain, base: base?.domain, &judge))
        return judge.refused(since: refusedBefore) ? nil : general
    }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        var doubts: [(field: FieldKey, problem: Problem)] = []
        if let internetFQDN {
            doubts += internetFQDN.doubts(label: FieldKey.generalInternetFQDN.label).map { (.generalInternetFQDN, $0) }
        }
        if let installationAccount {
            doubts += installationAccount.doubts(label: FieldKey.generalInstallationAccount.label)
                .map { (.generalInstallationAccount, $0) }
        }
        return doubts
    }
}

extension General {
    /// The group from texts that were stored; nil when one of them breaks its rule.
    public init?(
        internetFQDN: String?, siteServerInitiatesConnections: Bool, installationAccount: String?, forest: String?,
        domain: String?
    ) {
        let host = internetFQDN.map { HostName.check($0, label: "").value }
        let account = installationAccount.map { AccountName.check($0, label: "").value }
        let forestText = forest.map { DisplayText.check($0, label: "").value }
        let domainText = domain.map { DisplayText.check($0, label: "").value }
        if case .some(.none) = host { return nil }
        if case .some(.none) = account { return nil }
        if case .some(.none) = forestText { return nil }
        if case .some(.none) = domainText { return nil }
        self.internetFQDN = host ?? nil
        self.siteServerInitiatesConnections = siteServerInitiatesConnections
        self.installationAccount = account ?? nil
        self.forest = forestText ?? nil
        self.domain = domainText ?? nil
    }
}
