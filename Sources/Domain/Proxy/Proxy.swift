/// The Proxy tab of a site system server: the one proxy configuration of a computer, shared by every role on it.
///
/// Source: Microsoft Learn, "Proxy server support in Configuration Manager".
public enum Proxy: FieldGroup {
    /// The computer reaches the internet without a proxy.
    case off
    case on(ProxyConfiguration)

    public static let fields: [Field] = [
        Field(.proxyUse, "Use a proxy server when synchronizing information from the internet", .checkBox),
        Field(.proxyServer, "Proxy server name", .text),
        Field(.proxyPort, "Port", .number, longest: 20),
        Field(.proxyUseCredentials, "Use credentials to connect to the proxy server", .checkBox),
        Field(.proxyAccount, "Site system proxy server account", .text),
    ]

    public var configuration: ProxyConfiguration? {
        if case .on(let configuration) = self { configuration } else { nil }
    }

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .proxyUse: .flag(configuration != nil)
        case .proxyServer: .optional(configuration?.server.text)
        case .proxyPort: configuration.map { .number($0.port.number) } ?? .nothing
        case .proxyUseCredentials: .flag(configuration?.account != nil)
        case .proxyAccount: .optional(configuration?.account?.text)
        default: .nothing
        }
    }

    /// Reads the tab. When the box is off, the fields under it are neither used nor judged. When nobody says whether the
    /// box is on, and nothing is known, the group stays untold.
    public static func check(_ draft: Draft, base: Proxy?, _ judge: inout Judge) -> Proxy? {
        if draft[.proxyUse] == nil, base == nil { return nil }
        let start = judge.findings.count
        let isOn = draft.flag(.proxyUse, base: base?.configuration != nil, &judge)
        if judge.refused(since: start) { return nil }
        guard isOn else {
            noteLeftOvers(draft, &judge)
            return .off
        }
        return ProxyConfiguration.check(draft, base: base?.configuration, &judge).map(Proxy.on)
    }

    /// A site keeps the last name and account when the box is switched off; worth a word, and nothing more.
    private static func noteLeftOvers(_ draft: Draft, _ judge: inout Judge) {
        guard judge.occasion == .fileImport else { return }
        let name = draft[.proxyServer].flatMap { $0.text.isBlank ? nil : $0 }
        let port = draft[.proxyPort].flatMap { $0.text == "0" ? $0 : nil }
        guard let sent = name ?? port else { return }
        judge.find(
            .proxyLeftover, name != nil ? .proxyServer : .proxyPort, at: sent.place,
            "The proxy is off here, so the name or port the site still holds was not taken over. There is nothing to do."
        )
    }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        guard let configuration else { return [] }
        let accounts = configuration.account?.doubts(label: FieldKey.proxyAccount.label) ?? []
        return configuration.server.doubts.map { (.proxyServer, $0) } + accounts.map { (.proxyAccount, $0) }
    }

    /// The fields in which two states differ, as JSON and reports list them: the name, the port and the account, or the
    /// box alone when it is all that differs.
    public static func difference(_ left: Proxy?, _ right: Proxy?) -> [FieldKey] {
        if left == right, left?.value(.proxyServer) == right?.value(.proxyServer) { return [] }
        let values = [FieldKey.proxyServer, .proxyPort, .proxyAccount].filter {
            (left?.value($0) ?? .nothing) != (right?.value($0) ?? .nothing)
        }
        return values.isEmpty ? (left == right ? [] : [.proxyUse]) : values
    }
}
