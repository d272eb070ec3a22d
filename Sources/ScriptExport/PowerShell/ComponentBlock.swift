import Domain

/// The part of a script that is about the software update point component of one site.
struct ComponentBlock {
    let plan: ComponentPlan
    let includes: Bool

    func write(_ lines: inout ScriptLines) throws {
        try lines.line()
        let title = "Software update point component of site \(plan.site)"
        try lines.comment(title, indent: "    ")
        for note in plan.notes { try lines.comment(note, indent: "    ") }
        if !plan.neverObserved.isEmpty {
            let names = plan.neverObserved.map(\.label).joined(separator: ", ")
            let sentence =
                includes
                ? "whatever the site has is replaced"
                : "written only when that is asked for (\(ScriptSelection.nameOfNeverObserved))"
            try lines.comment("Never observed, \(sentence): \(names).", indent: "    ")
        }
        // A schedule that the site does not take, or that was changed there, holds nothing else up.
        let timing = SoftwareUpdatePointComponent.timingFields
        let (settings, schedule) = (call { !timing.contains($0) }, call(where: timing.contains))
        for note in settings.notes + schedule.notes { try lines.comment("Not written: \(note)", indent: "    ") }
        if !settings.isEmpty { try step("Software update point component", "Get-ComponentState", settings, &lines) }
        if !schedule.isEmpty { try step("Synchronization schedule", "Get-ScheduleState", schedule, &lines) }
    }

    private func call(where isWanted: (FieldKey) -> Bool) -> ComponentCall {
        ComponentCall(
            plan.to, fields: (plan.fields + (includes ? plan.neverObserved : [])).filter(isWanted),
            isChild: plan.isChild, lists: .difference(from: plan.from))
    }

    private func step(_ words: String, _ read: String, _ call: ComponentCall, _ lines: inout ScriptLines) throws {
        let site = try PowerShellText.literal(plan.site.text)
        let subject = try PowerShellText.literal("\(words) of \(plan.site)")
        let compared = call.fields.filter { !SoftwareUpdatePointComponent.scheduleFields.contains($0) }
        if call.setsSchedule, plan.to.recurrence?.start == nil {
            try lines.comment(
                "The schedule has no start: it begins when it is written, and the rest of it alone is compared.",
                indent: "    ")
        }
        try lines.line("    Invoke-Step \(subject) -Read { \(read) \(site) } -From @(")
        for state in try known(compared, call) { try lines.line("        \(state)") }
        let target = State(plan.to, of: compared.filter { plan.to.value($0) != .nothing })
        let wanted = try (call.setsSchedule ? target.addingSchedule(of: plan.to) : target)?.rendered() ?? "@{ }"
        let mark = plan.from.isEmpty ? " -NeverObserved" : ""
        try lines.line("    ) -To \(wanted)\(mark) -Write {")
        let parameters: PowerShellParameters = [("SiteCode", .text(plan.site.text))] + call.parameters
        // A product's name may hold an asterisk or a bracket, which would otherwise mean others too.
        try lines.call(
            "Set-CMSoftwareUpdatePointComponent", parameters + [("DisableWildcardHandling", .flag(true))],
            more: try listLines(call, site), indent: "        ")
        try lines.line("    }")
    }

    /// The states the site may have. Only what an export has shown can be compared with what it has.
    private func known(_ compared: [FieldKey], _ call: ComponentCall) throws -> [String] {
        let seen = compared.filter(plan.fields.contains)
        let comparesSchedule =
            call.setsSchedule && plan.fields.contains(where: SoftwareUpdatePointComponent.scheduleFields.contains)
        var known: [String] = []
        for component in plan.from {
            let state = State(component, of: seen)
            let whole = comparesSchedule ? state.addingSchedule(of: component) : state
            if let text = try whole?.rendered(), !known.contains(text) { known.append(text) }
        }
        return known
    }

    private func listLines(_ call: ComponentCall, _ site: String) throws -> [String] {
        if call.untoldLists.isEmpty { return [] }
        let lists = try call.untoldLists.map { list in
            let wanted = try PowerShellValue.list(list.wanted).rendered()
            return "Add-ListChange $values '\(list.name)' $has.\(list.field.name) \(wanted)"
        }
        return [
            "# No export has shown these lists: what the site has besides is read now, and taken away.",
            "$has = Get-ComponentState \(site)",
        ] + lists
    }
}

extension State {
    /// Nil where the component's parts make no schedule.
    fileprivate func addingSchedule(of component: SoftwareUpdatePointComponent) -> State? {
        component.comparableSchedule.map(adding)
    }
}
