extension ClientProxyPlan {
    /// Reads what was sent; a blank choice becomes untold. What has no effect under another choice is neither judged nor kept,
    /// such as a proxy's name where there is none. Nil where nothing is told.
    public static func check(_ draft: Draft, base: ClientProxyPlan?, _ judge: inout Judge) -> ClientProxyPlan? {
        let start = judge.findings.count
        let winHTTP = winHTTP(draft, base: base?.winHTTP, &judge)
        let system = system(draft, base: base?.system, &judge)
        var userProxyForScans = base?.userProxyForScans
        draft.read(.clientsUserProxyForScans, into: &userProxyForScans, &judge)
        if judge.refused(since: start) || (winHTTP == nil && system == nil && userProxyForScans == nil) { return nil }
        return ClientProxyPlan(winHTTP: winHTTP, system: system, userProxyForScans: userProxyForScans)
    }

    private static func winHTTP(_ draft: Draft, base: WinHTTP?, _ judge: inout Judge) -> WinHTTP? {
        var kind = base?.kind
        draft.read(.clientsWinHTTP, into: &kind, &judge)
        switch kind {
        case nil: return nil
        case .direct: return .direct
        case .imported: return .imported
        case .proxy:
            let fields = ProxyFields(
                server: .clientsWinHTTPServer, port: .clientsWinHTTPPort, bypass: .clientsWinHTTPBypass)
            return explicit(draft, fields, base: base?.explicit, &judge).map(WinHTTP.proxy)
        }
    }

    private static func system(_ draft: Draft, base: SystemProxy?, _ judge: inout Judge) -> SystemProxy? {
        var kind = base?.kind
        draft.read(.clientsSystem, into: &kind, &judge)
        switch kind {
        case nil: return nil
        case .noProxy: return .noProxy
        case .autoDetect: return .automatic
        case .script: return script(draft, base: base?.script, &judge).map(SystemProxy.script)
        case .proxy:
            let fields = ProxyFields(
                server: .clientsSystemServer, port: .clientsSystemPort, bypass: .clientsSystemBypass)
            return explicit(draft, fields, base: base?.explicit, &judge).map(SystemProxy.proxy)
        }
    }

    private static func script(_ draft: Draft, base: AutomaticScript?, _ judge: inout Judge) -> AutomaticScript? {
        let hosts = draft.patterns(.clientsPACDirectHosts, base: base?.directHosts ?? [], takesLocal: false, &judge)
        guard let sent = draft[.clientsPAC] ?? (base == nil ? Sent("") : nil) else {
            return base.map { AutomaticScript(address: $0.address, directHosts: hosts) }
        }
        let checked = ScriptURL.check(sent.text)
        judge.find(checked.problems, .clientsPAC, at: sent.place)
        return checked.value.map { AutomaticScript(address: $0, directHosts: hosts) }
    }

    private struct ProxyFields {
        let server: FieldKey
        let port: FieldKey
        let bypass: FieldKey
    }

    private static func explicit(
        _ draft: Draft, _ fields: ProxyFields, base: ExplicitProxy?, _ judge: inout Judge
    ) -> ExplicitProxy? {
        let bypass = draft.patterns(fields.bypass, base: base?.bypass ?? [], takesLocal: true, &judge)
        let server = draft.needed(fields.server, base: base?.address.server, &judge) { text in
            let checked = ProxyServerName.check(text)
            guard checked.problems.contains(where: { $0.code == .proxyServerPAC }) else { return checked }
            return .problems([
                Problem(
                    .proxyServerPAC,
                    "\(fields.server.label) is the address of an automatic configuration script. Enter the name of a proxy here, and the script for the WinINET proxy of Local System."
                )
            ])
        }
        let port = draft.needed(fields.port, base: base?.address.port, &judge) {
            Port.check($0, label: fields.port.label, family: .proxy)
        }
        guard let server, let port else { return nil }
        return ExplicitProxy(address: ProxyAddress(server: server, port: port), bypass: bypass)
    }
}

extension Draft {
    /// A value that cannot be blank; one that was never sent counts as blank.
    fileprivate func needed<Value: Equatable>(
        _ field: FieldKey, base: Value?, _ judge: inout Judge, _ check: (String) -> Checked<Value>
    ) -> Value? {
        guard let sent = self[field] ?? (base == nil ? Sent("") : nil) else { return base }
        let checked = check(sent.text)
        judge.find(checked.problems, field, at: sent.place)
        return checked.value == base ? base : checked.value
    }

    /// Hosts and patterns, one a line or with semicolons between them, each once.
    fileprivate func patterns(
        _ field: FieldKey, base: [HostPattern], takesLocal: Bool, _ judge: inout Judge
    ) -> [HostPattern] {
        guard let sent = self[field] else { return base }
        let parts = sent.text.split { $0.isNewline || $0 == ";" }.map(String.init).filter { !$0.isBlank }
        var patterns: [HostPattern] = []
        for part in parts {
            let checked = HostPattern.check(String(part.trimmingBlanks), label: field.label, takesLocal: takesLocal)
            judge.find(checked.problems, field, at: sent.place)
            if let pattern = checked.value, !patterns.contains(pattern) { patterns.append(pattern) }
        }
        return patterns
    }
}
