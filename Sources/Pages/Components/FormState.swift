import Domain
import Manual
import Templating

/// Something that is wrong with a form that was sent, and with which of its controls.
public struct FormProblem: Sendable, Equatable {
    public let finding: Finding
    /// The name of the control; nil when the form as a whole is meant.
    public let control: String?

    public init(_ finding: Finding, control: String? = nil) {
        self.finding = finding
        self.control = control ?? finding.field?.rawValue
    }
}

/// A form as it stands on a page: what its controls hold, and what was wrong with what was sent.
public struct FormState: Sendable {
    /// What the edit started from; nil when nothing is there to change yet.
    public var revision: Int?
    /// What was typed, by control; a control that is absent shows what is stored.
    public var typed: [String: String]
    public var problems: [FormProblem]
    /// Where a control stands that this form does not have, as a link's target; nil when nowhere.
    var elsewhere: @Sendable (String) -> String? = { _ in nil }
    /// The controls of this page by name, so that the summary links to nothing that is not there.
    var controls: Set<String> = []

    public init(revision: Int?, typed: [String: String] = [:], problems: [FormProblem] = []) {
        self.revision = revision
        self.typed = typed
        self.problems = problems
    }

    /// Only errors are shown at the form: what is doubtful and was so before is listed with the stored findings.
    var errors: [FormProblem] { problems.filter { $0.finding.severity == .error } }

    /// Whether the form did not say what it started from: saving it would overwrite what nobody looked at, so it offers
    /// no button.
    private var isStray: Bool { problems.contains { $0.finding.code == .formRevision } }

    func errors(of control: String) -> [FormProblem] {
        problems.isEmpty ? [] : errors.filter { $0.control == control }
    }

    /// The values of the summary above the page, and of what every form ends with.
    func fillSummary(_ model: inout TemplateModel, _ words: PageWords) {
        model[.isRefused] = .flag(!errors.isEmpty)
        model[.problems] = .list(
            errors.map { problem in
                [.message: .text(problem.finding.message), .target: .optional(problem.control.flatMap(target))]
            })
        model[.revision] = revision.map(TemplateValue.number) ?? .nothing
        model[.hasRevision] = .flag(revision != nil)
        model[.isStray] = .flag(isStray)
        model[.reason] = .text(typed["reason"] ?? "")
        model[.reasonErrors] = words.errorList(errors(of: "reason"))
    }

    private func target(_ control: String) -> String? {
        if controls.contains(control) || control == "reason" { return "#" + control.controlID }
        return elsewhere(control)
    }
}

extension PageWords {
    /// Messages as they stand beside a control.
    func errorList(_ problems: [FormProblem]) -> TemplateValue {
        .list(
            problems.map { problem in
                [.message: .text(problem.finding.message), .help: .text(manual.link(for: problem.finding.code))]
            })
    }
}

extension String {
    /// The id of the control with this name: `proxy-port` for `proxy.port`.
    var controlID: String {
        String(decoding: utf8.map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "-") : $0 }, as: UTF8.self)
    }
}
