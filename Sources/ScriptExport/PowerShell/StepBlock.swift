import Domain

/// A state as a script compares it: field names and the portal's own words for their values.
struct State {
    private var members: [(name: String, value: PowerShellValue)]

    init<Group: FieldGroup>(_ group: Group, of fields: [FieldKey]) { self.init(fields, group.value) }

    init(_ details: RoleDetails) { self.init(details.fields.map(\.key), details.value) }

    private init(_ fields: [FieldKey], _ value: (FieldKey) -> FieldValue) {
        members = fields.map { field in
            if case .list(let texts) = value(field) { return (field.name, .list(texts)) }
            return (field.name, .text(value(field).text))
        }
    }

    /// The same state with one more member.
    func adding(_ member: (name: String, value: PowerShellValue)) -> State {
        var state = self
        state.members.append(member)
        return state
    }

    /// The same state with fields turned off.
    func turningOff(_ fields: [FieldKey]) -> State {
        var state = self
        for index in members.indices where fields.contains(where: { $0.name == members[index].name }) {
            state.members[index].value = .text("false")
        }
        return state
    }

    func rendered() throws -> String {
        let parts = try members.map { "\($0.name) = \(try $0.value.rendered())" }
        return "@{ \(parts.joined(separator: "; ")) }"
    }
}

/// One step of a script: what it reads, what it must find there, and what it writes.
struct StepBlock<Group: Sendable & Equatable> {
    let group: String
    let server: ServerPlan
    /// The function of the script that reads the state.
    let read: String
    let includes: Bool
    let state: (Group) -> State
    /// States the site may have besides those of the step.
    var alsoKnown: (Group) -> [State] = { _ in [] }

    private var title: String { "\(group) of \(server.name), site \(server.site)" }

    func note(_ sentence: String, _ lines: inout ScriptLines) throws {
        try lines.line()
        try lines.comment("\(title): \(sentence)", indent: "    ")
    }

    /// - Parameter body: writes what the step does.
    func write(
        _ step: PlannedStep<Group>, _ lines: inout ScriptLines, _ body: (Group, inout ScriptLines) throws -> Void
    ) throws {
        switch step {
        case .note(let sentence): try note(sentence, &lines)
        case .neverObserved(let target):
            guard includes else {
                return try note(
                    "Never observed. It is written only when that is asked for (\(ScriptSelection.nameOfNeverObserved)).",
                    &lines)
            }
            try note("Never observed: whatever the site has is replaced.", &lines)
            try self.body(from: [], to: target, isNeverObserved: true, &lines, body)
        case .set(let from, let target):
            try lines.line()
            try lines.comment(title, indent: "    ")
            try self.body(from: from, to: target, isNeverObserved: false, &lines, body)
        }
    }

    private func body(
        from: [Group], to target: Group, isNeverObserved: Bool, _ lines: inout ScriptLines,
        _ body: (Group, inout ScriptLines) throws -> Void
    ) throws {
        let subject = try PowerShellText.literal("\(group) of \(server.name)")
        let site = try PowerShellText.literal(server.site.text)
        let name = try PowerShellText.literal(server.name.text)
        try lines.line("    Invoke-Step \(subject) -Read { \(read) \(site) \(name) } -From @(")
        for known in try known(from) { try lines.line("        \(known)") }
        let mark = isNeverObserved ? " -NeverObserved" : ""
        try lines.line("    ) -To \(try state(target).rendered())\(mark) -Write {")
        try body(target, &lines)
        try lines.line("    }")
    }

    private func known(_ from: [Group]) throws -> [String] {
        var known: [String] = []
        for text in try from.flatMap({ [state($0)] + alsoKnown($0) }).map({ try $0.rendered() })
        where !known.contains(text) { known.append(text) }
        return known
    }
}
