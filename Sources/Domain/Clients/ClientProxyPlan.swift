/// How the clients of a site are meant to reach the internet: what their services use, which no proxy of a site system server
/// tells. No password is a part of it.
///
/// Each answer can be untold by itself, which is neither "no proxy" nor "no".
///
/// Source: Microsoft Learn, "bitsadmin util and setieproxy", "About client settings in Configuration Manager" and the Windows
/// documentation of `netsh winhttp`.
public struct ClientProxyPlan: FieldGroup {
    public let winHTTP: WinHTTP?
    public let system: SystemProxy?
    /// The client setting *Allow user proxy for software update scans*; the product's default is no.
    public let userProxyForScans: Bool?

    /// What Windows' services use, and the scans for updates among them: `netsh winhttp`.
    public enum WinHTTP: Sendable, Equatable {
        /// No proxy.
        case direct
        /// The WinINET proxy of whoever runs the command, copied once.
        case imported
        case proxy(ExplicitProxy)
    }

    /// The WinINET proxy of Local System, which BITS uses for its own downloads: `bitsadmin /util /setieproxy`.
    public enum SystemProxy: Sendable, Equatable {
        case noProxy
        case automatic
        case script(AutomaticScript)
        case proxy(ExplicitProxy)
    }

    /// A proxy by name and port, and the hosts that are reached without it.
    public struct ExplicitProxy: Sendable, Equatable {
        public let address: ProxyAddress
        public let bypass: [HostPattern]
    }

    /// A script that tells the proxy of each address (PAC).
    public struct AutomaticScript: Sendable, Equatable {
        public let address: ScriptURL
        /// The hosts that the script sends direct, in its own spelling; empty where nobody told them.
        public let directHosts: [HostPattern]
    }

    public static let fields: [Field] = [
        Field(
            .clientsWinHTTP, "WinHTTP proxy",
            .choice([
                FieldChoice(value: "", label: "Not told"), FieldChoice(value: "direct", label: "No proxy (direct)"),
                FieldChoice(value: "proxy", label: "This proxy server"),
                FieldChoice(value: "import", label: "Import from WinINET once"),
            ])),
        Field(.clientsWinHTTPServer, "WinHTTP proxy server name", .text),
        Field(.clientsWinHTTPPort, "WinHTTP proxy port", .number, longest: 20),
        Field(.clientsWinHTTPBypass, "Hosts that WinHTTP reaches without the proxy", .lines, longest: 10_000),
        Field(
            .clientsSystem, "WinINET proxy of Local System",
            .choice([
                FieldChoice(value: "", label: "Not told"), FieldChoice(value: "noProxy", label: "No proxy (direct)"),
                FieldChoice(value: "autoDetect", label: "Detect automatically"),
                FieldChoice(value: "script", label: "Automatic configuration script"),
                FieldChoice(value: "proxy", label: "This proxy server"),
            ])),
        Field(.clientsPAC, "Address of the automatic configuration script", .text, longest: ScriptURL.longest),
        Field(.clientsPACDirectHosts, "Hosts that the script sends direct", .lines, longest: 10_000),
        Field(.clientsSystemServer, "Local System’s proxy server name", .text),
        Field(.clientsSystemPort, "Local System’s proxy port", .number, longest: 20),
        Field(.clientsSystemBypass, "Hosts that Local System reaches without the proxy", .lines, longest: 10_000),
        Field(
            .clientsUserProxyForScans, "Allow user proxy for software update scans",
            .choice([
                FieldChoice(value: "", label: "Not told"), FieldChoice(value: "true", label: "Yes"),
                FieldChoice(value: "false", label: "No"),
            ])),
    ]

    /// The name of the group in documents.
    public static let groupName = "clients"

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .clientsWinHTTP: .optional(winHTTP?.kind.rawValue)
        case .clientsWinHTTPServer: .optional(winHTTP?.explicit?.address.server.text)
        case .clientsWinHTTPPort: .optional(winHTTP?.explicit?.address.port.number)
        case .clientsWinHTTPBypass: winHTTP?.explicit.map { .list($0.bypass.map(\.text)) } ?? .nothing
        case .clientsSystem: .optional(system?.kind.rawValue)
        case .clientsPAC: .optional(system?.script?.address.text)
        case .clientsPACDirectHosts: system?.script.map { .list($0.directHosts.map(\.text)) } ?? .nothing
        case .clientsSystemServer: .optional(system?.explicit?.address.server.text)
        case .clientsSystemPort: .optional(system?.explicit?.address.port.number)
        case .clientsSystemBypass: system?.explicit.map { .list($0.bypass.map(\.text)) } ?? .nothing
        case .clientsUserProxyForScans: .optional(userProxyForScans)
        default: .nothing
        }
    }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        let scripts = system?.script?.address.doubts.map { (FieldKey.clientsPAC, $0) } ?? []
        return scripts + doubts(of: winHTTP?.explicit, .clientsWinHTTPServer)
            + doubts(of: system?.explicit, .clientsSystemServer)
    }

    private func doubts(of proxy: ExplicitProxy?, _ field: FieldKey) -> [(field: FieldKey, problem: Problem)] {
        proxy?.address.server.doubts.map { (field, $0) } ?? []
    }
}

extension ClientProxyPlan.WinHTTP {
    enum Kind: String, CaseIterable {
        case direct, proxy
        case imported = "import"
    }

    var kind: Kind {
        switch self {
        case .direct: .direct
        case .imported: .imported
        case .proxy: .proxy
        }
    }

    public var explicit: ClientProxyPlan.ExplicitProxy? { if case .proxy(let proxy) = self { proxy } else { nil } }
}

extension ClientProxyPlan.SystemProxy {
    enum Kind: String, CaseIterable { case noProxy, autoDetect, script, proxy }

    var kind: Kind {
        switch self {
        case .noProxy: .noProxy
        case .automatic: .autoDetect
        case .script: .script
        case .proxy: .proxy
        }
    }

    public var explicit: ClientProxyPlan.ExplicitProxy? { if case .proxy(let proxy) = self { proxy } else { nil } }
    public var script: ClientProxyPlan.AutomaticScript? { if case .script(let script) = self { script } else { nil } }
}
