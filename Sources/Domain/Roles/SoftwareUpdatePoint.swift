/// What is set on the software update point role of one server.
///
/// Source: Microsoft Learn, "Install and configure a software update point"; slots of SMS_SCI_SysResUse as ConfigMgrCBDsc
/// reads them.
public struct SoftwareUpdatePoint: FieldGroup {
    /// The two options without which the role does not use the server's proxy.
    public let useProxyForSynchronization: Bool
    public let useProxyForADR: Bool
    public let httpPort: Port
    public let httpsPort: Port
    public let requireSSL: Bool
    public let clientConnections: ClientConnections
    /// Traffic of a cloud management gateway, which has nothing to do with an HTTP proxy.
    public let allowCMGTraffic: Bool
    /// The WSUS Server Connection Account; nil is the site server's computer account.
    public let wsusAccount: AccountName?

    public enum ClientConnections: String, Sendable, CaseIterable {
        case intranet, internet, both, none
    }

    public static let fields: [Field] = [
        Field(.supUseProxyForSynchronization, "Use a proxy server when synchronizing software updates", .checkBox),
        Field(
            .supUseProxyForADR, "Use a proxy server when downloading content by using automatic deployment rules",
            .checkBox),
        Field(.supHTTPPort, "HTTP port", .number, longest: 20),
        Field(.supHTTPSPort, "HTTPS port", .number, longest: 20),
        Field(.supRequireSSL, "Require SSL communication to the WSUS server", .checkBox),
        Field(
            .supClientConnections, "Client connection type",
            .choice([
                FieldChoice(value: "intranet", label: "Allow intranet-only client connections"),
                FieldChoice(value: "internet", label: "Allow Internet-only client connections"),
                FieldChoice(value: "both", label: "Allow Internet and intranet client connections"),
                FieldChoice(value: "none", label: "No client connections"),
            ])),
        Field(.supAllowCMGTraffic, "Allow Configuration Manager cloud management gateway traffic", .checkBox),
        Field(.supWSUSAccount, "WSUS Server Connection Account", .text),
    ]

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .supUseProxyForSynchronization: .flag(useProxyForSynchronization)
        case .supUseProxyForADR: .flag(useProxyForADR)
        case .supHTTPPort: .number(httpPort.number)
        case .supHTTPSPort: .number(httpsPort.number)
        case .supRequireSSL: .flag(requireSSL)
        case .supClientConnections: .text(clientConnections.rawValue)
        case .supAllowCMGTraffic: .flag(allowCMGTraffic)
        case .supWSUSAccount: .optional(wsusAccount?.text)
        default: .nothing
        }
    }

    public static func check(
        _ draft: Draft, base: SoftwareUpdatePoint?, _ judge: inout Judge
    ) -> SoftwareUpdatePoint? {
        if base == nil, draft.isEmpty { return nil }
        let start = judge.findings.count
        let role = SoftwareUpdatePoint(
            useProxyForSynchronization: draft.flag(
                .supUseProxyForSynchronization, base: base?.useProxyForSynchronization ?? false, &judge),
            useProxyForADR: draft.flag(.supUseProxyForADR, base: base?.useProxyForADR ?? false, &judge),
            httpPort: draft.port(
                .supHTTPPort, base: base?.httpPort ?? .wsusHTTP, family: .softwareUpdatePoint, &judge),
            httpsPort: draft.port(
                .supHTTPSPort, base: base?.httpsPort ?? .wsusHTTPS, family: .softwareUpdatePoint, &judge),
            requireSSL: draft.flag(.supRequireSSL, base: base?.requireSSL ?? false, &judge),
            clientConnections: draft.choice(
                .supClientConnections, base: base?.clientConnections ?? .intranet, &judge),
            allowCMGTraffic: draft.flag(.supAllowCMGTraffic, base: base?.allowCMGTraffic ?? false, &judge),
            wsusAccount: draft.account(.supWSUSAccount, base: base?.wsusAccount, &judge))
        return judge.refused(since: start) ? nil : role
    }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        var doubts: [(field: FieldKey, problem: Problem)] = []
        if let wsusAccount {
            doubts += wsusAccount.doubts(label: FieldKey.supWSUSAccount.label).map { (.supWSUSAccount, $0) }
        }
        return doubts + portDoubts + gatewayDoubts
    }

    /// Source: Microsoft Learn, "Ports used in Configuration Manager", note 3.
    private var portDoubts: [(field: FieldKey, problem: Problem)] {
        if httpPort.number == 80, httpsPort.number != 443 {
            return [
                (
                    .supHTTPSPort,
                    Problem(
                        .supPortPair,
                        "When the HTTP port is 80, the HTTPS port must be 443. This one is \(httpsPort). Set it to 443."
                    )
                )
            ]
        }
        if httpPort.number != 80, httpsPort.number != httpPort.number + 1 {
            return [
                (
                    .supHTTPSPort,
                    Problem(
                        .supPortNext,
                        "The HTTPS port is usually one above the HTTP port \(httpPort). This one is \(httpsPort): check the bindings in IIS."
                    )
                )
            ]
        }
        return []
    }

    /// Source: ConfigMgrCBDsc, CMSoftwareUpdatePoint, rules EnableGateway and GatewaySsl.
    private var gatewayDoubts: [(field: FieldKey, problem: Problem)] {
        guard allowCMGTraffic else { return [] }
        var doubts: [(field: FieldKey, problem: Problem)] = []
        if clientConnections == .intranet || clientConnections == .none {
            doubts.append(
                (
                    .supClientConnections,
                    Problem(
                        .supCMGIntranet,
                        "Cloud management gateway traffic needs clients from the internet. Allow Internet client connections, or turn the gateway traffic off."
                    )
                ))
        }
        if !requireSSL {
            doubts.append(
                (
                    .supRequireSSL,
                    Problem(
                        .supCMGSSL,
                        "Cloud management gateway traffic needs SSL. Turn on “Require SSL communication to the WSUS server”."
                    )
                ))
        }
        return doubts
    }
}
