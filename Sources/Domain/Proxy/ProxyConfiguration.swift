/// A proxy in use: where it is, and as whom the computer signs in to it.
public struct ProxyConfiguration: Sendable, Equatable {
    public let server: ProxyServerName
    public let port: Port
    /// The site system proxy server account; nil means the System account of the computer.
    public let account: AccountName?

    /// The proxy as a network address: `proxy01.contoso.com:8080`.
    public var address: String { server.with(port: port) }

    static func check(_ draft: Draft, base: ProxyConfiguration?, _ judge: inout Judge) -> ProxyConfiguration? {
        let start = judge.findings.count
        let server = checkServer(draft, base: base, &judge)
        let port = checkPort(draft, server: server, base: base, &judge)
        let account = checkAccount(draft, base: base, &judge)
        guard let server, !judge.refused(since: start) else { return nil }
        return ProxyConfiguration(server: server, port: port, account: account)
    }

    private static func checkServer(
        _ draft: Draft, base: ProxyConfiguration?, _ judge: inout Judge
    ) -> ProxyServerName? {
        if draft[.proxyServer] == nil, let base { return base.server }
        let sent = draft[.proxyServer] ?? Sent("", at: draft[.proxyUse]?.place ?? .form)
        let checked = ProxyServerName.check(sent.text)
        judge.find(checked.problems, .proxyServer, at: sent.place)
        return checked.value == base?.server ? base?.server : checked.value
    }

    /// Without a port, an unchanged proxy keeps its port, and any other gets the product's default.
    private static func checkPort(
        _ draft: Draft, server: ProxyServerName?, base: ProxyConfiguration?, _ judge: inout Judge
    ) -> Port {
        if draft[.proxyPort] != nil {
            return draft.port(.proxyPort, base: .proxyDefault, family: .proxy, &judge)
        }
        // Without a name that can be used there is nothing to assume a port for.
        guard let server else { return .proxyDefault }
        if let base, base.server == server { return base.port }
        judge.find(
            .proxyPortAssumed, .proxyPort, at: draft[.proxyServer]?.place ?? .form,
            "No port was given, so 80 was taken, as Configuration Manager does. Set it if the proxy listens elsewhere.")
        return .proxyDefault
    }

    private static func checkAccount(
        _ draft: Draft, base: ProxyConfiguration?, _ judge: inout Judge
    ) -> AccountName? {
        let sent = draft[.proxyAccount]
        // A file that says credentials are used, and names nobody, does not mean the account of yesterday.
        let known = judge.occasion == .fileImport && draft[.proxyUseCredentials] != nil ? nil : base?.account
        let isNamed = sent.map { !$0.text.isBlank } ?? (known != nil)
        let usesCredentials = draft.flag(.proxyUseCredentials, base: isNamed, &judge)
        guard usesCredentials else {
            if isNamed, let sent, judge.occasion == .fileImport {
                judge.find(
                    .proxyAccountIgnored, .proxyAccount, at: sent.place,
                    "The site names a proxy account but does not use it: it signs in as the computer. The name was not taken over."
                )
            }
            return nil
        }
        guard isNamed else {
            judge.find(
                .proxyAccountMissing, .proxyAccount, at: sent?.place ?? draft[.proxyUseCredentials]?.place ?? .form,
                "Enter the account as DOMAIN\\user, or turn “Use credentials to connect to the proxy server” off.")
            return nil
        }
        return draft.account(.proxyAccount, base: base?.account, &judge)
    }
}

extension ProxyConfiguration {
    /// The configuration from what was stored; nil when a part of it breaks its rule.
    public init?(server: String, port: Int, account: String?) {
        guard let name = ProxyServerName.check(server).value, let number = Port(port) else { return nil }
        let known = account.map { AccountName.check($0, label: "").value }
        if case .some(.none) = known { return nil }
        self.server = name
        self.port = number
        self.account = known ?? nil
    }
}
