import Domain
import LogReading
import Manual

/// What log files say, for a terminal.
enum DiagnosisText {
    static func report(_ diagnosis: LogDiagnosis, _ reference: LogReference) -> String {
        var lines = [
            (diagnosis.fileName ?? "Standard input").printed
                + ": \(diagnosis.lines) line\(diagnosis.lines == 1 ? "" : "s"), \(diagnosis.bytes) bytes",
            "  \(diagnosis.format.title), in \(diagnosis.encoding.rawValue)",
        ]
        if let log = diagnosis.log { lines.append("  \(log.name): \(log.shows)") }
        if diagnosis.cutLines > 0 { lines.append("  lines longer than 64 KiB, read in pieces: \(diagnosis.cutLines)") }
        if !diagnosis.hosts.isEmpty {
            lines.append("  names of computers: " + diagnosis.hosts.map(\.printed).joined(separator: ", "))
        }
        if !diagnosis.sites.isEmpty { lines.append("  sites: " + diagnosis.sites.joined(separator: ", ")) }
        for found in diagnosis.signatures { lines += signature(found, reference) }
        for found in diagnosis.codes { lines += code(found, reference) }
        for found in diagnosis.unlisted { lines += unlisted(found, reference) }
        if diagnosis.isEmpty {
            lines += [
                "",
                "  No known line and no known code. Look for “error”, “failed” and “proxy”, and for the lines before",
                "  the first failure.",
            ]
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func signature(_ found: SignatureFinding, _ reference: LogReference) -> [String] {
        let signature = found.signature
        var lines = ["", "  \(signature.title)", "    \(signature.meaning)"]
        if !found.values.isEmpty {
            lines.append("    in the line: " + found.values.map(\.printed).joined(separator: ", "))
        }
        if !found.flows.isEmpty {
            lines.append("    traffic flow: " + found.flows.map(\.title).joined(separator: ", "))
        }
        return lines + rest(found.sightings, signature.checks, reference.link(for: signature))
    }

    private static func code(_ found: CodeFinding, _ reference: LogReference) -> [String] {
        let code = found.code
        let names = code.names.map { "\($0.interface) \($0.text)" }.joined(separator: ", ")
        var lines = ["", "  \(code.id): \(code.title)", "    \(code.meaning)", "    names: \(names)"]
        if !found.values.isEmpty {
            lines.append("    in the line: " + found.values.map(\.printed).joined(separator: ", "))
        }
        if !found.flows.isEmpty {
            lines.append("    traffic flow: " + found.flows.map(\.title).joined(separator: ", "))
        }
        return lines + rest(found.sightings, code.checks, reference.link(for: code))
    }

    private static func unlisted(_ found: UnlistedFinding, _ reference: LogReference) -> [String] {
        var lines = ["", "  \(found.code.title)", "    \(found.code.meaning)"]
        if !found.flows.isEmpty {
            lines.append("    traffic flow: " + found.flows.map(\.title).joined(separator: ", "))
        }
        return lines + rest(found.sightings, UnlistedCode.checks, reference.link(for: found.code))
    }

    private static func rest(_ sightings: LogSightings, _ checks: [String], _ link: String) -> [String] {
        var lines = ["    met: \(sightings.count)" + span(sightings)]
        lines += checks.enumerated().map { "    \($0 + 1). \($1)" }
        lines.append("    manual: \(link)")
        for sample in sightings.samples {
            let origin = [sample.component?.printed, sample.time?.text].compactMap { $0 }
            lines.append(
                "    line \(sample.line)\(origin.isEmpty ? "" : " (\(origin.joined(separator: ", ")))"): \(sample.text.printed)"
            )
        }
        return lines
    }

    private static func span(_ sightings: LogSightings) -> String {
        guard let first = sightings.first, let last = sightings.last else { return "" }
        return first == last ? ", at \(first.text)" : ", from \(first.text) to \(last.text)"
    }
}
