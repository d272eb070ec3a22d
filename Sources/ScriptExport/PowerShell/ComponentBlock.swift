import Domain

/// The part of a script that is about the software update point component of one site.
struct ComponentBlock {
    let plan: ComponentPlan
    let includes: Bool

    func write(_ lines: inout ScriptLines) throws {
        try lines.line()
        let title = "Software update point component of site \(plan.site)"
        try lines.comment(title, indent: "    ")
        if !plan.neverObserved.isEmpty {
            let names = plan.neverObserved.map(\.label).joined(separator: ", ")
            let sentence = includes ? "whatever the site has is replaced" : "written only with --include-never-observed"
            try lines.comment("Never observed, \(sentence): \(names).", indent: "    ")
        }
        let call = ComponentCall(
            plan.to, fields: plan.fields + (includes ? plan.neverObserved : []), isChild: plan.isChild,
            lists: .difference(from: plan.from))
        for note in call.notes { try lines.comment("Not written: \(note)", indent: "    ") }
        if call.parameters.isEmpty { return }
        try step(call, &lines)
    }

    private func step(_ call: ComponentCall, _ lines: inout ScriptLines) throws {
        let site = try PowerShellText.literal(plan.site.text)
        let subject = try PowerShellText.literal("Software update point component of \(plan.site)")
        let seen = call.fields.filter(plan.fields.contains)
        try lines.line("    Invoke-Step \(subject) -Read { Get-ComponentState \(site) } -From @(")
        // Only what an export has shown can be compared with what the site has.
        for state in plan.from { try lines.line("        \(try State(state, of: seen).rendered())") }
        try lines.line(
            "    ) -To \(try State(plan.to, of: call.fields).rendered())\(plan.from.isEmpty ? " -NeverObserved" : "") -Write {"
        )
        let parameters: PowerShellParameters = [("SiteCode", .text(plan.site.text))] + call.parameters
        // A product's name may hold an asterisk or a bracket, which would otherwise mean others too.
        try lines.call(
            "Set-CMSoftwareUpdatePointComponent", parameters + [("DisableWildcardHandling", .flag(true))],
            indent: "        ")
        try lines.line("    }")
    }
}
