import Domain

/// A server as `show` prints it for people: the labels of the forms, one field a line.
enum ServerText {
    static func lines(_ record: ServerRecord, _ flows: [TrafficFlow], _ findings: [Finding]) -> [String] {
        var lines = ["\(record.name)  (site \(record.site), revision \(record.revision))", "", "General"]
        lines += group(record.general.intended)
        lines += ["", "Proxy"] + group(record.proxy.intended)
        lines += ["", "Roles"] + (record.roles.isEmpty ? ["  none"] : record.roles.flatMap(role))
        if !flows.isEmpty { lines += ["", "Traffic flows"] + flows.map(flow) }
        if !record.pending.isEmpty {
            lines += ["", "Pending: differs from what the site was last seen to have"]
            lines += record.pending.map { "  \($0.label)" }
        }
        if record.sightings.isServerStale {
            lines += ["", "Stale: not in the newest export of its site"]
        }
        if !record.staleRoles.isEmpty {
            lines += ["", "Stale roles: not in the newest export with roles"]
            lines += record.staleRoles.map { "  \($0.name)" }
        }
        if !findings.isEmpty { lines += ["", "Findings"] + findings.map { "  " + FindingText.line($0) } }
        return lines.map(\.printed) + [""]
    }

    private static func group<Group: FieldGroup>(_ group: Group?) -> [String] {
        guard let group else { return ["  not told"] }
        return Group.fields.map { field($0, group.value($0.key)) }
    }

    private static func role(_ role: HeldRole) -> [String] {
        ["  \(role.name)"]
            + (role.intended.map { details in details.fields.map { "  " + field($0, details.value($0.key)) } } ?? [])
    }

    /// The route first, then who connects from where, then the rules that led to it.
    private static func flow(_ flow: TrafficFlow) -> String {
        var parts = [words(flow.answer)]
        if let from = flow.from, from != flow.owner { parts.append("from \(from)") }
        let because = flow.because.map(\.rawValue).joined(separator: ", ")
        let either = flow.either.map { "\(words($0.answer)) if \($0.when.rawValue)" }.joined(separator: ", or ")
        return "  \(flow.id.title): \(parts.joined(separator: " ")) (\(because)\(either.isEmpty ? "" : "; \(either)"))"
    }

    private static func words(_ answer: FlowAnswer) -> String {
        ([answer.route.rawValue] + [answer.proxy?.text, answer.identity.map { "as \($0.text)" }].compactMap { $0 })
            .joined(separator: " ")
    }

    private static func field(_ field: Field, _ value: FieldValue) -> String {
        let text =
            switch value {
            case .flag(let flag): flag ? "yes" : "no"
            case .nothing: "–"
            default: value.text
            }
        return "  \(field.label): \(text)"
    }
}

/// A finding as one line of a terminal.
enum FindingText {
    static func line(_ finding: Finding) -> String {
        let place = [finding.place.file, finding.place.line.map(String.init), finding.place.column.map(String.init)]
            .compactMap { $0 }.joined(separator: ":")
        let about = finding.key.map { "\($0): " } ?? ""
        let line =
            (place.isEmpty ? "" : place + ": ")
            + "\(finding.severity.rawValue): \(about)\(finding.message) [\(finding.code.rawValue)]"
        return line.printed
    }
}
