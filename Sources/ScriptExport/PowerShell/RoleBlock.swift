import Domain

/// The part of a script that is about one role of a server.
struct RoleBlock {
    let server: ServerPlan
    let role: RolePlan
    let includes: Bool

    private var title: String { "\(role.name) of \(server.name), site \(server.site)" }

    func write(_ lines: inout ScriptLines) throws {
        if let note = role.note { return try comment(note, &lines) }
        switch role.name {
        case .softwareUpdatePoint: try softwareUpdatePoint(&lines)
        case .serviceConnectionPoint where !role.isMissing: try serviceConnectionPoint(&lines)
        default: try otherRole(&lines)
        }
    }

    private func comment(_ sentence: String, _ lines: inout ScriptLines) throws {
        try lines.line()
        try lines.comment("\(title): \(sentence)", indent: "    ")
    }

    /// The portal keeps nothing of these that a cmdlet could take.
    private func otherRole(_ lines: inout ScriptLines) throws {
        guard role.isMissing else {
            return try comment("set it in the console, on the role’s own properties.", &lines)
        }
        try comment(
            "Never observed. Add it in the console: Servers and Site System Roles, the server, Add Site System Roles.",
            &lines)
    }

    private var identity: PowerShellParameters {
        [("SiteSystemServerName", .text(server.name.text)), ("SiteCode", .text(server.site.text))]
    }

    // MARK: Service connection point

    private func serviceConnectionPoint(_ lines: inout ScriptLines) throws {
        guard let step = role.step else { return }
        let block = StepBlock<RoleDetails>(
            group: "Service connection point", server: server, read: "Get-ConnectionPointState", includes: includes,
            state: State.init)
        try block.write(step, &lines) { details, lines in
            let mode = details.serviceConnectionPoint?.mode == .offline ? "Offline" : "Online"
            try lines.call("Set-CMServiceConnectionPoint", identity + [("Mode", .text(mode))], indent: "        ")
        }
    }

    // MARK: Software update point

    private static let options: [FieldKey] = [.supUseProxyForSynchronization, .supUseProxyForADR]

    /// Whether the server ends without a proxy: then the two options cannot be on.
    private var isWithoutProxy: Bool { server.proxyAfter == .off }

    private func softwareUpdatePoint(_ lines: inout ScriptLines) throws {
        if role.isMissing { try add(&lines) }
        guard let step = role.step else { return }
        if role.isMissing, !includes { return }
        var block = StepBlock<RoleDetails>(
            group: "Software update point", server: server, read: "Get-UpdatePointState", includes: includes,
            state: { isWithoutProxy ? State($0).turningOff(Self.options) : State($0) })
        block.alsoKnown = { isWithoutProxy ? [State($0)] : [] }
        try block.write(step, &lines) { details, lines in
            guard let point = details.softwareUpdatePoint else { return }
            try set(point, &lines)
        }
    }

    private func add(_ lines: inout ScriptLines) throws {
        guard includes else {
            return try comment(
                "Never observed. It is added only when that is asked for (\(ScriptSelection.nameOfNeverObserved)).",
                &lines)
        }
        try comment("Never observed: it is added with the console’s own defaults, and set below.", &lines)
        let subject = try PowerShellText.literal("Software update point on \(server.name)")
        try lines.line("    Invoke-Creation \(subject) -Read {")
        try lines.call("Get-CMSoftwareUpdatePoint", identity, indent: "        ")
        try lines.line("    } -Write {")
        try lines.call("Add-CMSoftwareUpdatePoint", identity, indent: "        ")
        try lines.line("    }")
    }

    private func set(_ point: SoftwareUpdatePoint, _ lines: inout ScriptLines) throws {
        let wantsProxy = point.useProxyForSynchronization || point.useProxyForADR
        if wantsProxy, isWithoutProxy {
            try lines.comment(
                "The server has no proxy, so both options are written off, whatever is meant.", indent: "        ")
        } else if wantsProxy {
            let site = try PowerShellText.literal(server.site.text)
            try lines.line("        Assert-Proxy \(site) \(try PowerShellText.literal(server.name.text))")
        }
        if point.clientConnections == .none {
            try lines.comment(
                "ClientConnectionType has no value for “no client connections”: it stays as it is.", indent: "        ")
        }
        try lines.call("Set-CMSoftwareUpdatePoint", identity + parameters(point), indent: "        ")
    }

    /// Source: Set-CMSoftwareUpdatePoint. SSL stands beside the gateway, which needs it in the same call.
    private func parameters(_ point: SoftwareUpdatePoint) -> PowerShellParameters {
        var parameters: PowerShellParameters = [
            ("UseProxy", .flag(point.useProxyForSynchronization && !isWithoutProxy)),
            ("UseProxyForAutoDeploymentRule", .flag(point.useProxyForADR && !isWithoutProxy)),
            ("HttpPort", .number(point.httpPort.number)), ("HttpsPort", .number(point.httpsPort.number)),
            ("EnableSsl", .flag(point.requireSSL)), ("EnableCloudGateway", .flag(point.allowCMGTraffic)),
        ]
        if let clients = point.clientConnections.cmdletWord {
            parameters.append(("ClientConnectionType", .text(clients)))
        }
        parameters.append(
            point.wsusAccount.map { ("WsusAccessAccount", .text($0.text)) } ?? ("AnonymousWsusAccess", .flag(true)))
        return parameters
    }
}

extension SoftwareUpdatePoint.ClientConnections {
    /// The value of ClientConnectionType; nil where it has none.
    var cmdletWord: String? {
        switch self {
        case .intranet: "Intranet"
        case .internet: "Internet"
        case .both: "InternetAndIntranet"
        case .none: nil
        }
    }
}
