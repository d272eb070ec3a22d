import Domain
import Workflow

/// A draft as one column: the fields' texts in catalogue order, with marks for "not sent" and "refused".
///
/// Drafts that passed their rules hold no control characters, so two of those can separate and mark.
enum StagedDraft {
    private static let separator: Character = "\u{1F}"
    private static let notSent = "\u{1E}"
    private static let refused = "\u{1D}"

    /// Nil when the record says nothing of the group.
    static func text(_ group: StagedGroup, fields: [Field]) -> String? {
        switch group {
        case .untold: nil
        case .refused: refused
        case .checked(let draft): text(draft, fields: fields)
        }
    }

    static func text(_ draft: Draft, fields: [Field]) -> String {
        var text = ""
        text.reserveCapacity(64)
        for (index, field) in fields.enumerated() {
            if index > 0 { text.append(separator) }
            text += draft[field.key]?.text ?? notSent
        }
        return text
    }

    static func group(_ text: String?, fields: [Field], at place: Place) -> StagedGroup {
        guard let text else { return .untold }
        return text == refused ? .refused : .checked(draft(text, fields: fields, at: place))
    }

    static func draft(_ text: String, fields: [Field], at place: Place) -> Draft {
        var draft = Draft()
        for (field, part) in zip(fields, text.utf8.split(separator: 0x1F, omittingEmptySubsequences: false)) {
            let value = String(Substring(part))
            if value != notSent { draft.append(field.key, Sent(value, at: place)) }
        }
        return draft
    }
}
