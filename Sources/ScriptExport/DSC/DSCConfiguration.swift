import Domain

/// The intended state as a configuration of the DSC module ConfigMgrCBDsc: declarative, so that it holds all that is intended and
/// not what waits to be applied.
///
/// Source: the resource schemas of ConfigMgrCBDsc 3.0.0 (2022-01-03).
public struct DSCConfiguration {
    private var lines: ScriptLines
    private let origin: ScriptOrigin
    private var accounts: [String: (number: Int, site: SiteCode, name: AccountName)] = [:]
    private var sitesWithUpdatePoint: Set<SiteCode> = []
    private var number = 0

    /// The version whose parameters are used.
    public static let moduleVersion = "3.0.0"

    /// - Parameter words: what it is for, as the middle of a sentence.
    public init(_ words: String, origin: ScriptOrigin, write: @escaping ([UInt8]) throws -> Void) throws {
        lines = ScriptLines(write)
        self.origin = origin
        try lines.comment("The state that ProxyDesk intends for \(words), as a DSC configuration.")
        try lines.line("#")
        try lines.comment("Made by ProxyDesk at \(origin.time) from the portal’s state after \(origin.state).")
        try lines.lines(Self.head)
    }

    /// - Parameters:
    ///   - isChild: whether the site is below another.
    public mutating func component(_ record: ComponentRecord, isChild: Bool) throws {
        guard let intended = record.component.intended else { return }
        let told = SoftwareUpdatePointComponent.fields.map(\.key).filter { intended.value($0) != .nothing }
        let call = ComponentCall(intended, fields: told, isChild: isChild, lists: .whole)
        try lines.line()
        try lines.comment("Software update point component of site \(record.site)", indent: Self.indent)
        for note in call.notes { try lines.comment("Not here: \(note)", indent: Self.indent) }
        if call.parameters.isEmpty { return }
        number += 1
        try resource(
            "CMSoftwareUpdatePointComponent", "Component\(number)",
            [("SiteCode", .text(record.site.text))] + call.parameters)
    }

    /// One server; groups that the portal was never told are left out.
    public mutating func server(_ record: ServerRecord) throws {
        let server = record.intended
        let needed = try accountNumbers(of: server)
        number += 1
        let name = "Server\(number)"
        try lines.line()
        try lines.comment("\(server.name), site \(server.site)", indent: Self.indent)
        var parameters: PowerShellParameters = [
            ("SiteCode", .text(server.site.text)), ("SiteSystemServer", .text(server.name.text)),
        ]
        if let general = server.general { parameters += Self.parameters(general) }
        if let proxy = server.proxy { parameters += Self.parameters(proxy) }
        let accounts = needed.map { "[CMAccounts]Account\($0)" }
        let optionsGoFirst = optionsGoFirst(record)
        // The software update point is the next resource that takes a number.
        let first = accounts + (optionsGoFirst ? ["[CMSoftwareUpdatePoint]UpdatePoint\(number + 1)"] : [])
        parameters.append(("Ensure", .text("Present")))
        if !first.isEmpty { parameters.append(("DependsOn", .list(first))) }
        if optionsGoFirst {
            try lines.comment(
                "Its proxy is off: the options of the software update point, which the site has, go off before it.",
                indent: Self.indent)
        }
        try resource("CMSiteSystemServer", name, parameters)
        let after = optionsGoFirst ? accounts : ["[CMSiteSystemServer]\(name)"]
        for role in server.roles { try self.role(role, of: server, after: after) }
    }

    /// Whether the software update point's proxy options are turned off before the server's proxy: they are there only while
    /// the server has one. A server that the site lacks has to be made first, and has no options that are on.
    private func optionsGoFirst(_ record: ServerRecord) -> Bool {
        record.proxy.intended == .off && !sitesWithUpdatePoint.contains(record.site)
            && record.roles.contains { $0.name == .softwareUpdatePoint && $0.isObserved && $0.intended != nil }
    }

    public mutating func end() throws {
        try lines.lines("    }\n}")
        try lines.flush()
    }

    // MARK: Parts

    private static let indent = "        "

    private mutating func resource(_ type: String, _ name: String, _ parameters: PowerShellParameters) throws {
        try lines.line("\(Self.indent)\(type) \(name)")
        try lines.line("\(Self.indent){")
        for parameter in parameters {
            try lines.line("\(Self.indent)    \(parameter.name) = \(try parameter.value.rendered())")
        }
        try lines.line("\(Self.indent)}")
    }

    /// Declares the accounts a server names, each once for its site, and returns their numbers.
    private mutating func accountNumbers(of server: SiteSystemServer) throws -> [Int] {
        let named = [
            server.general?.installationAccount, server.proxy?.configuration?.account,
            server.softwareUpdatePoint?.wsusAccount,
        ]
        var numbers: [Int] = []
        for account in named.compactMap({ $0 }) {
            let key = server.site.text + " " + account.text.asciiFolded
            if accounts[key] == nil {
                accounts[key] = (accounts.count + 1, server.site, account)
                try declare(account, at: server.site, number: accounts.count)
            }
            if let number = accounts[key]?.number, !numbers.contains(number) { numbers.append(number) }
        }
        return numbers
    }

    private mutating func declare(_ account: AccountName, at site: SiteCode, number: Int) throws {
        let name = try PowerShellText.literal(account.text)
        try lines.line()
        try lines.line("\(Self.indent)CMAccounts Account\(number)")
        try lines.line("\(Self.indent){")
        try lines.line("\(Self.indent)    SiteCode = \(try PowerShellText.literal(site.text))")
        try lines.line("\(Self.indent)    Account = \(name)")
        try lines.line("\(Self.indent)    AccountPassword = $Credential[\(name)]")
        try lines.line("\(Self.indent)    Ensure = 'Present'")
        try lines.line("\(Self.indent)}")
    }

    private static func parameters(_ general: General) -> PowerShellParameters {
        var parameters: PowerShellParameters = [
            ("PublicFqdn", .text(general.internetFQDN?.text ?? "")),
            ("FdmOperation", .flag(general.siteServerInitiatesConnections)),
            ("UseSiteServerAccount", .flag(general.installationAccount == nil)),
        ]
        if let account = general.installationAccount { parameters.append(("AccountName", .text(account.text))) }
        return parameters
    }

    /// With the proxy off the resource refuses a name, a port and an account; with it on, a blank account takes one away.
    private static func parameters(_ proxy: Proxy) -> PowerShellParameters {
        guard let configuration = proxy.configuration else { return [("EnableProxy", .flag(false))] }
        return [
            ("EnableProxy", .flag(true)), ("ProxyServerName", .text(configuration.server.text)),
            ("ProxyServerPort", .number(configuration.port.number)),
            ("ProxyAccessAccount", .text(configuration.account?.text ?? "")),
        ]
    }

    private mutating func role(_ role: Role, of server: SiteSystemServer, after needed: [String]) throws {
        guard role.name == .softwareUpdatePoint else {
            return try lines.comment(
                "\(role.name) on \(server.name): not part of this configuration.", indent: Self.indent)
        }
        guard sitesWithUpdatePoint.insert(server.site).inserted else {
            // The key of the resource is the site's code alone.
            return try lines.comment(
                "Software update point on \(server.name): the resource takes one a site. Configure this one with a script.",
                indent: Self.indent)
        }
        number += 1
        var parameters: PowerShellParameters = [
            ("SiteCode", .text(server.site.text)), ("SiteServerName", .text(server.name.text)),
        ]
        let isWithoutProxy = server.proxy == .off
        if let point = role.details?.softwareUpdatePoint {
            parameters += Self.parameters(point, isWithoutProxy: isWithoutProxy)
            if isWithoutProxy, point.useProxyForSynchronization || point.useProxyForADR {
                try lines.comment(
                    "\(server.name) has no proxy, and the resource refuses its options then: both are off here.",
                    indent: Self.indent)
            }
        }
        parameters.append(("Ensure", .text("Present")))
        if !needed.isEmpty { parameters.append(("DependsOn", .list(needed))) }
        try resource("CMSoftwareUpdatePoint", "UpdatePoint\(number)", parameters)
    }

    private static func parameters(_ point: SoftwareUpdatePoint, isWithoutProxy: Bool) -> PowerShellParameters {
        var parameters: PowerShellParameters = [
            ("UseProxy", .flag(point.useProxyForSynchronization && !isWithoutProxy)),
            ("UseProxyForAutoDeploymentRule", .flag(point.useProxyForADR && !isWithoutProxy)),
            ("WsusIisPort", .number(point.httpPort.number)), ("WsusIisSslPort", .number(point.httpsPort.number)),
            ("WsusSsl", .flag(point.requireSSL)), ("EnableCloudGateway", .flag(point.allowCMGTraffic)),
        ]
        if let clients = point.clientConnections.cmdletWord {
            parameters.append(("ClientConnectionType", .text(clients)))
        }
        parameters.append(
            point.wsusAccount.map { ("WSUSAccessAccount", .text($0.text)) } ?? ("AnonymousWSUSAccess", .flag(true)))
        return parameters
    }

    private static let head = #"""
        #
        # It is declarative: it says what shall be, all of it, and not only what waits to be applied. It needs the module
        # ConfigMgrCBDsc, version 3.0.0, and runs where the Configuration Manager console is installed.
        # What the portal was never told is left out, and so is what the module has no resource for.
        #
        # It holds no password. Give one for each account, by name, and protect the compiled file with a certificate, as DSC
        # wants it for credentials:
        #
        #   Install-Module ConfigMgrCBDsc -RequiredVersion 3.0.0
        #   . .\proxydesk-dsc.ps1
        #   ProxyDesk -Credential @{ 'CONTOSO\svc-proxy' = Get-Credential 'CONTOSO\svc-proxy' } -OutputPath D:\Dsc

        Configuration ProxyDesk
        {
            param
            (
                # By account name; an empty table where no account is named below.
                [Parameter(Mandatory = $true)]
                [AllowEmptyCollection()]
                [hashtable]
                $Credential
            )

            Import-DscResource -ModuleName ConfigMgrCBDsc -ModuleVersion '3.0.0'

            Node localhost
            {
        """#
}
