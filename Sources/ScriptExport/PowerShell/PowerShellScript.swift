import Domain

/// The script an admin runs at the site: forward to what the portal intends, or back to what was seen there.
///
/// Its order is the one in which settings depend on each other: accounts, servers, software update points, component.
/// Source of cmdlets and parameters: MicrosoftDocs/sccm-docs-powershell-ref (2026-01); of what the cmdlets do with what is
/// left out: ConfigMgrCBDsc (2023).
public struct PowerShellScript {
    let selection: ScriptSelection
    let origin: ScriptOrigin
    let source: ScriptSource

    public init(_ selection: ScriptSelection, origin: ScriptOrigin, source: ScriptSource) {
        self.selection = selection
        self.origin = origin
        self.source = source
    }

    /// The part of a script between what every script begins with and what it ends with: what this one does.
    public static func steps(in script: String) -> String {
        var steps = script[...]
        if let start = steps.firstRange(of: ScriptHead.lastLine) { steps = steps[start.upperBound...] }
        if let end = steps.firstRange(of: "\n}\nfinally {") { steps = steps[..<end.lowerBound] }
        var lines: [Substring] = []
        for line in steps.split(separator: "\n", omittingEmptySubsequences: false) {
            if lines.isEmpty, line.isEmpty { continue }
            lines.append(line.hasPrefix("    ") ? line.dropFirst(4) : line)
        }
        return lines.joined(separator: "\n")
    }

    /// Writes the script in pieces.
    ///
    /// The whole of it is made once before the first piece goes out, so that a text that no script may carry leaves nothing
    /// half written.
    ///
    /// - Throws: ``ScriptRefusal``, and what `write` throws.
    public func write(_ write: @escaping ([UInt8]) throws -> Void) throws {
        var accounts = AccountList()
        try eachPart(ScriptLines { _ in }, &accounts)
        try eachPart(ScriptLines(write), &accounts)
    }

    private func eachPart(_ start: ScriptLines, _ accounts: inout AccountList) throws {
        var lines = start
        let hasComponents = source.components.contains { $0.hasWork(includingNeverObserved: includes) }
        try ScriptHead(selection: selection, origin: origin, hasComponents: hasComponents).write(&lines)
        for note in source.notes { try lines.comment(note, indent: "    ") }
        try accounts.write(&lines)
        var hasWork = hasComponents
        try eachServer(&lines, &hasWork, &accounts)
        try eachRole(&lines)
        if !source.components.isEmpty { try lines.heading("Software update point component") }
        for plan in source.components { try ComponentBlock(plan: plan, includes: includes).write(&lines) }
        if !hasWork { try lines.lines("\n    Write-Host 'Nothing waits to be written.'") }
        try lines.lines(ScriptHead.end)
        try lines.flush()
    }

    private var includes: Bool { selection.includesNeverObserved }

    private func eachServer(_ lines: inout ScriptLines, _ hasWork: inout Bool, _ accounts: inout AccountList) throws {
        var isFirst = true
        try source.eachPlan { plan in
            for account in plan.accounts(includingNeverObserved: includes) { accounts.add(account, at: plan.site) }
            if plan.hasWork(includingNeverObserved: includes) { hasWork = true }
            guard plan.isAboutServer else { return }
            if isFirst { try lines.heading("Servers") }
            isFirst = false
            try ServerBlock(plan: plan, includes: includes).write(&lines)
        }
    }

    private func eachRole(_ lines: inout ScriptLines) throws {
        var isFirst = true
        try source.eachPlan { plan in
            if plan.roles.isEmpty { return }
            if isFirst { try lines.heading("Software update points and other roles") }
            isFirst = false
            for role in plan.roles { try RoleBlock(server: plan, role: role, includes: includes).write(&lines) }
        }
    }
}

/// The accounts that written states name, each once for a site.
struct AccountList {
    private var names: [String: (site: SiteCode, name: AccountName)] = [:]

    mutating func add(_ name: AccountName, at site: SiteCode) {
        let key = site.text + " " + name.text.asciiFolded
        if names[key] == nil { names[key] = (site, name) }
    }

    func write(_ lines: inout ScriptLines) throws {
        if names.isEmpty { return }
        try lines.heading("Accounts")
        try lines.lines(
            """
                # An account that the site does not have yet is asked for; what you type goes to Configuration Manager and nowhere else.
            """)
        for account in names.sorted(by: { $0.key < $1.key }).map(\.value) {
            let site = try PowerShellText.literal(account.site.text)
            try lines.line("    Confirm-Account \(site) \(try PowerShellText.literal(account.name.text))")
        }
    }
}
