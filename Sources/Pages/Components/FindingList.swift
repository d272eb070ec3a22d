import Domain
import Manual
import Templating

extension PageWords {
    /// Stored findings as a page lists them.
    func findingList(_ findings: [Finding]) -> TemplateValue {
        .list(
            findings.map { finding in
                [
                    .severity: .text(finding.severity.rawValue), .word: .text(finding.severity.word),
                    .message: .text(finding.message), .help: .text(manual.link(for: finding.code)),
                    .code: .text(finding.code.rawValue),
                ]
            })
    }
}

extension Severity {
    /// The word in front of a finding.
    var word: String {
        switch self {
        case .error: "Error"
        case .warning: "Warning"
        case .notice: "Notice"
        }
    }
}
