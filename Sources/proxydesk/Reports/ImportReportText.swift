import Domain
import Workflow

/// An import's report for a terminal: what was found, what changes, and how it ended.
struct ImportReportText {
    let report: ImportReport
    let staging: any ImportStaging

    /// More lines than this of one kind are counted instead of printed; `--format json` has them all.
    private static let shownLines = 200

    func write(_ write: (String) throws -> Void) throws {
        var shown = 0
        try staging.eachFinding { finding in
            shown += 1
            if shown <= Self.shownLines { try write(FindingText.line(finding) + "\n") }
        }
        if shown > Self.shownLines {
            try write("… and \(shown - Self.shownLines) more findings; --format json has them.\n")
        }
        if shown > 0 { try write("\n") }
        try writeChanges(write)
        try write(summary)
    }

    private func writeChanges(_ write: (String) throws -> Void) throws {
        var shown = 0
        try staging.eachChange { change in
            shown += 1
            guard shown <= Self.shownLines else { return }
            // Of a new record every field is new; only a change needs its fields named.
            let labels = change.kind == .changed ? change.fields.map(\.label).joined(separator: ", ") : ""
            try write(
                "\(word(change.kind)) \(change.entity.rawValue) \(change.key.printed)\(labels.isEmpty ? "" : ": " + labels)\n"
            )
        }
        if shown > Self.shownLines {
            try write("… and \(shown - Self.shownLines) more changes; --format json has them.\n")
        }
        if shown > 0 { try write("\n") }
    }

    private func word(_ kind: PlannedKind) -> String {
        switch kind {
        case .added: "added"
        case .changed: "changed"
        case .unchanged: "unchanged"
        case .rejected: "refused"
        case .removed: "removed"
        case .notInFile: "not in the file"
        }
    }

    private var summary: String {
        let counts = report.counts
        let servers =
            "Servers: \(counts.added) added, \(counts.changed) changed, \(counts.unchanged) unchanged, \(counts.rejected) refused, "
            + "\(counts.notInFile) not in the file, \(counts.removed) removed.\n"
        let findings = [Severity.error, .warning, .notice].map { "\($0.rawValue)s: \(report.findingCounts[$0] ?? 0)" }
        let end =
            switch report.outcome {
            case .saved:
                report.changeSet.map { "Saved as change set \($0).\n" }
                    ?? "Everything was so already; nothing was written.\n"
            case .rehearsed: "Nothing was written: this was the preview.\n"
            case .rejected:
                report.canLeaveOut
                    ? "Nothing was written: mend the errors above, or import the rest with --leave-out-refused.\n"
                    : "Nothing was written: mend the errors above, and import again.\n"
            }
        return servers + "Findings: " + findings.joined(separator: ", ") + ".\n" + end
    }
}
