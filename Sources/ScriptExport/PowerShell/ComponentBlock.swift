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
            let sentence =
                includes
                ? "whatever the site has is replaced"
                : "written only when that is asked for (\(ScriptSelection.nameOfNeverObserved))"
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
        let compared = call.fields.filter { !SoftwareUpdatePointComponent.scheduleFields.contains($0) }
        let seen = compared.filter(plan.fields.contains)
        let comparesSchedule = plan.fields.contains(where: SoftwareUpdatePointComponent.scheduleFields.contains)
        try lines.line("    Invoke-Step \(subject) -Read { Get-ComponentState \(site) } -From @(")
        // Only what an export has shown can be compared with what the site has.
        for state in plan.from {
            let known = State(state, of: seen)
            let whole = call.setsSchedule && comparesSchedule ? known.addingSchedule(of: state) : known
            try lines.line("        \(try whole.rendered())")
        }
        let target = State(plan.to, of: compared)
        let wanted = try (call.setsSchedule ? target.addingSchedule(of: plan.to) : target).rendered()
        let mark = plan.from.isEmpty ? " -NeverObserved" : ""
        try lines.line("    ) -To \(wanted)\(mark) -Write {")
        let parameters: PowerShellParameters = [("SiteCode", .text(plan.site.text))] + call.parameters
        // A product's name may hold an asterisk or a bracket, which would otherwise mean others too.
        try lines.call(
            "Set-CMSoftwareUpdatePointComponent", parameters + [("DisableWildcardHandling", .flag(true))],
            indent: "        ")
        try lines.line("    }")
    }
}

extension State {
    fileprivate func addingSchedule(of component: SoftwareUpdatePointComponent) -> State {
        adding(.supcSchedule, component.comparableSchedule)
    }
}
