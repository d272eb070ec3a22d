import Domain
import Templating

/// Two versions of some fields side by side, the differing ones marked.
struct Comparison: Sendable {
    var caption: String
    var left: String
    var right: String
    var rows: [Row]

    struct Row: Sendable, Equatable {
        let label: String
        let left: String
        let right: String
        var differs: Bool { left != right }
    }

    /// - Parameters:
    ///   - mark: the word that marks a row: colour alone does not reach everybody. Blank where all rows differ.
    ///   - labels: the rows that are marked; nil for those whose sides differ.
    func model(mark: String, labels: Set<String>? = nil) -> TemplateModel {
        [
            .caption: .text(caption), .left: .text(left), .right: .text(right),
            .rows: .list(
                rows.map {
                    [
                        .label: .text($0.label), .before: .text($0.left), .after: .text($0.right),
                        .differs: .flag((labels?.contains($0.label) ?? $0.differs) && !mark.isEmpty),
                        .mark: .text(mark),
                    ]
                }),
        ]
    }
}

extension Field {
    /// A value of the field in the words of its form.
    func words(for value: FieldValue) -> String { words(forText: value == .nothing ? nil : value.text) }

    /// The same of a text that was sent or remembered; nil for nothing.
    func words(forText text: String?) -> String {
        switch control {
        case .text where key == .supcSchedule:
            // Only Configuration Manager can read its token; it is shown so that two of them can be told apart.
            text.flatMap { $0.isEmpty ? nil : "Set in Configuration Manager (\($0))" } ?? "Not set"
        case .checkBox: text == "true" ? "On" : text == "false" ? "Off" : text ?? "Not set"
        case .choice(let choices): choices.first { $0.value == text ?? "" }?.label ?? text ?? "Not set"
        case .text, .number, .lines:
            text.flatMap { $0.isEmpty ? nil : $0.split(whereSeparator: \.isNewline).joined(separator: ", ") }
                ?? "Not set"
        }
    }
}

extension FieldGroup {
    /// What each field of a group holds, in words; everything is "Not told" where nobody told the group.
    static func words(_ group: Self?, of key: FieldKey) -> String {
        guard let group else { return "Not told" }
        return FieldCatalogue.field(key).words(for: group.value(key))
    }

    /// The group as it is meant to be beside what the site was last seen to have.
    static func comparison(_ held: Held<Self>, caption: String, fields: [FieldKey]) -> Comparison {
        Comparison(
            caption: caption, left: "Intended here", right: "Last seen at the site",
            rows: fields.map { key in
                Comparison.Row(
                    label: key.label, left: words(held.intended, of: key),
                    right: held.observed == nil ? "Never seen" : words(held.observed, of: key))
            })
    }
}
