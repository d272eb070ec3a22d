import Domain

/// Something to do or to look at, so that clients have what a plan says.
public struct ClientProxyStep: Sendable, Equatable {
    public let title: String
    public let note: String
    /// The same line for a command prompt and for PowerShell; nil where it is done in the console.
    public let command: String?
    /// The same line for a batch file, where that takes it in another spelling; nil where it is the same.
    public let batch: String?

    init(title: String, note: String, command: String?) {
        self.title = title
        self.note = note
        self.command = command
        // A percent sign begins a parameter or a variable in a batch file, and two of them are one.
        batch = command.flatMap { $0.contains("%") ? $0.replacing("%", with: "%%") : nil }
    }
}

extension ClientProxyPlan {
    /// What the plan comes to, step by step.
    ///
    /// The values are in double quotes: their rules let nothing pass that a command prompt or PowerShell reads within them.
    ///
    /// Source: Microsoft Learn, "bitsadmin util and setieproxy", "About client settings in Configuration Manager" and
    /// "Set-CMClientSettingSoftwareUpdate"; the Windows documentation of `netsh winhttp`.
    public var steps: [ClientProxyStep] {
        let telling = [winHTTP?.step, system?.step, userProxyForScans.map(Self.scanStep)].compactMap { $0 }
        return telling + (winHTTP == nil ? [] : [Self.showWinHTTP]) + (system == nil ? [] : [Self.showSystem])
    }

    private static let showWinHTTP = ClientProxyStep(
        title: "See what WinHTTP has", note: "On the client.",
        command: "netsh winhttp show proxy")

    private static let showSystem = ClientProxyStep(
        title: "See what Local System has",
        note: "On the client, as an administrator.",
        command: "bitsadmin /util /getieproxy localsystem")

    private static func scanStep(_ isAllowed: Bool) -> ClientProxyStep {
        ClientProxyStep(
            title: "Set the client setting",
            note:
                "In the console: Administration > Client Settings > the settings that the clients get > Properties > Software Updates > Allow user proxy for software update scans: \(isAllowed ? "Yes" : "No"). The cmdlet Set-CMClientSettingSoftwareUpdate has no documented parameter for it.",
            command: nil)
    }
}

extension ClientProxyPlan.WinHTTP {
    fileprivate var step: ClientProxyStep {
        switch self {
        case .direct:
            ClientProxyStep(
                title: "Let WinHTTP go without a proxy", note: "On each client, as an administrator.",
                command: "netsh winhttp reset proxy")
        case .imported:
            ClientProxyStep(
                title: "Copy the WinINET proxy to WinHTTP",
                note:
                    "On each client, as an administrator whose own proxy is the one to copy. It is copied once: a later change of that proxy changes nothing here.",
                command: "netsh winhttp import proxy source=ie")
        case .proxy(let proxy):
            ClientProxyStep(
                title: "Give WinHTTP its proxy", note: "On each client, as an administrator.",
                command: "netsh winhttp set proxy proxy-server=\(proxy.address.text.commandQuoted)"
                    + (proxy.bypass.isEmpty ? "" : " bypass-list=\(proxy.bypassText(";"))"))
        }
    }
}

extension ClientProxyPlan.SystemProxy {
    fileprivate var step: ClientProxyStep {
        let start = "bitsadmin /util /setieproxy localsystem "
        let note =
            "On each client, as an administrator. A later call replaces what is used; the values of an earlier kind stay stored beside it."
        return switch self {
        case .noProxy:
            ClientProxyStep(title: "Let Local System go without a proxy", note: note, command: start + "NO_PROXY")
        case .automatic:
            ClientProxyStep(title: "Let Local System detect its proxy", note: note, command: start + "AUTODETECT")
        case .script(let script):
            ClientProxyStep(
                title: "Give Local System the script", note: note,
                command: start + "AUTOSCRIPT " + script.address.text.commandQuoted)
        case .proxy(let proxy):
            ClientProxyStep(
                title: "Give Local System its proxy", note: note,
                command: start + "MANUAL_PROXY \(proxy.address.text.commandQuoted) "
                    + (proxy.bypass.isEmpty ? "NULL" : proxy.bypassText(" ")))
        }
    }
}

extension ClientProxyPlan.ExplicitProxy {
    /// The hosts as one quoted word: netsh separates them by semicolons, bitsadmin by spaces.
    fileprivate func bypassText(_ separator: String) -> String {
        bypass.map(\.text).joined(separator: separator).commandQuoted
    }
}

extension String {
    fileprivate var commandQuoted: String { "\"" + self + "\"" }
}
