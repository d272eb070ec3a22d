import Domain

/// The part of a script that is about one server: its making, General, and the proxy.
struct ServerBlock {
    let plan: ServerPlan
    let includes: Bool

    func write(_ lines: inout ScriptLines) throws {
        let title = "\(plan.name), site \(plan.site)"
        for note in plan.notes {
            try lines.line()
            try lines.comment("\(title): \(note)", indent: "    ")
        }
        if !plan.isSeen, plan.notes.isEmpty { try creation(&lines) }
        if let general = plan.general { try generalStep(general, &lines) }
        if let proxy = plan.proxy { try proxyStep(proxy, &lines) }
    }

    private func creation(_ lines: inout ScriptLines) throws {
        try lines.line()
        guard includes else {
            return try lines.comment(
                "Never observed: server \(plan.name), site \(plan.site). It is made only when that is asked for (\(ScriptSelection.nameOfNeverObserved)).",
                indent: "    ")
        }
        try lines.comment("Never observed: server \(plan.name), site \(plan.site).", indent: "    ")
        let subject = try PowerShellText.literal("Server \(plan.name)")
        try lines.line("    Invoke-Creation \(subject) -Read {")
        try lines.call("Get-CMSiteSystemServer", identity, indent: "        ")
        try lines.line("    } -Write {")
        var parameters = identity
        parameters.append(("UseSiteServerAccount", .flag(true)))
        try lines.call("New-CMSiteSystemServer", parameters, indent: "        ")
        try lines.line("    }")
    }

    private var identity: PowerShellParameters {
        [("SiteSystemServerName", .text(plan.name.text)), ("SiteCode", .text(plan.site.text))]
    }

    // MARK: General

    /// The fields that a cmdlet takes. Forest and domain are the computer's own, which the site finds out.
    static let generalFields: [FieldKey] = [
        .generalInternetFQDN, .generalSiteServerInitiatesConnections, .generalInstallationAccount,
    ]

    private func generalStep(_ step: PlannedStep<General>, _ lines: inout ScriptLines) throws {
        let block = StepBlock<General>(
            group: "General", server: plan, read: "Get-GeneralState", includes: includes,
            state: { State($0, of: Self.generalFields) })
        if let target = step.target, case .set(let from, _) = step,
            from.allSatisfy({ state in Self.generalFields.allSatisfy { state.value($0) == target.value($0) } })
        {
            return try block.note(
                "only the Active Directory forest or domain differs. The site finds them out itself; no cmdlet sets them.",
                &lines)
        }
        try block.write(step, &lines) { general, lines in
            try lines.call("Set-CMSiteSystemServer", identity + Self.parameters(general), indent: "        ")
        }
    }

    /// The whole tab: a blank name takes the name away, as ConfigMgrCBDsc does.
    private static func parameters(_ general: General) -> PowerShellParameters {
        [
            ("PublicFqdn", .text(general.internetFQDN?.text ?? "")),
            ("FdmOperation", .flag(general.siteServerInitiatesConnections)),
            general.installationAccount.map { ("AccountName", .text($0.text)) } ?? (
                "UseSiteServerAccount", .flag(true)
            ),
        ]
    }

    // MARK: Proxy

    private static let proxyFields: [FieldKey] = [.proxyUse, .proxyServer, .proxyPort, .proxyAccount]

    private func proxyStep(_ step: PlannedStep<Proxy>, _ lines: inout ScriptLines) throws {
        let block = StepBlock<Proxy>(
            group: "Proxy", server: plan, read: "Get-ProxyState", includes: includes,
            state: { State($0, of: Self.proxyFields) })
        try block.write(step, &lines) { proxy, lines in
            guard let configuration = proxy.configuration else { return try turnOff(&lines) }
            if configuration.account == nil {
                try lines.comment(
                    "Without ProxyAccessAccount the account goes away: the computer’s System account connects.",
                    indent: "        ")
            }
            try lines.call("Set-CMSiteSystemServer", identity + parameters(configuration), indent: "        ")
        }
    }

    private func turnOff(_ lines: inout ScriptLines) throws {
        let site = try PowerShellText.literal(plan.site.text)
        try lines.comment(
            "First both options of the software update point: they are there only while the server has a proxy.",
            indent: "        ")
        try lines.line("        Clear-ProxyOption \(site) \(try PowerShellText.literal(plan.name.text))")
        try lines.call("Set-CMSiteSystemServer", identity + [("EnableProxy", .flag(false))], indent: "        ")
    }

    /// Name, port and account together: the cmdlet puts a port that is left out back to 80, and the account to none.
    private func parameters(_ configuration: ProxyConfiguration) -> PowerShellParameters {
        var parameters: PowerShellParameters = [
            ("EnableProxy", .flag(true)), ("ProxyServerName", .text(configuration.server.text)),
            ("ProxyServerPort", .number(configuration.port.number)),
        ]
        if let account = configuration.account {
            parameters.append(
                (
                    "ProxyAccessAccount",
                    .account(PowerShellValue.AccountReference(site: plan.site.text, name: account.text))
                ))
        }
        return parameters
    }
}
