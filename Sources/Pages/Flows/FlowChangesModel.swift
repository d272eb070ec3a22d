import Domain
import Manual
import Templating

/// The traffic flows that something changed or would change, before and after: what `components/flow-changes` shows.
public struct FlowChangesModel: Sendable {
    let model: TemplateModel

    /// How many a page shows beside something else.
    public static let shown = 20

    /// Whether the flows have changed, or would.
    public enum Tense: Sendable {
        case past, present
    }

    /// - Parameters:
    ///   - most: how many are shown; of those that were not kept only the number is told.
    ///   - none: what stands there when no flow changes.
    ///   - all: where the rest of them is shown; nil when nowhere.
    public init(
        _ changes: FlowChanges, _ words: PageWords, _ tense: Tense = .present, most: Int = shown, none: String? = nil,
        all: String? = nil
    ) {
        let verb = tense == .past ? "changed" : changes.total <= 1 ? "changes" : "change"
        let rows = changes.first.prefix(most)
        let isCut = rows.count < changes.total
        model = [
            .total: .text(
                changes.total == 0
                    ? none ?? "No traffic flow \(verb)."
                    : "\(counted(changes.total, "traffic flow") ?? "") \(verb)."),
            .hasRows: .flag(!rows.isEmpty),
            .caption: .text("Traffic flows that \(tense == .past ? "changed" : "change"), before and after"),
            .rows: .list(rows.map { Self.row($0, words) }),
            .more: isCut && !rows.isEmpty ? .text("The first \(rows.count) are shown.") : .nothing,
            .moreLink: isCut && changes.first.count > rows.count ? .optional(all) : .nothing,
        ]
    }

    private static func row(_ change: FlowChange, _ words: PageWords) -> TemplateModel {
        guard let flow = change.after ?? change.before else { return TemplateModel() }
        let (before, after) = reasons(change)
        return [
            .title: .text(flow.id.title), .link: .optional(change.after?.link), .owner: .text(flow.ownerWords),
            .before: .text(answer(change.before, otherwise: "Was not there", beside: change.after)),
            .after: .text(answer(change.after, otherwise: "Is gone", beside: change.before)),
            .beforeReasons: .list(before.map(words.reason)), .afterReasons: .list(after.map(words.reason)),
        ]
    }

    /// The computer is named where it is another than on the other side and the account does not tell it.
    private static func answer(_ flow: TrafficFlow?, otherwise: String, beside other: TrafficFlow?) -> String {
        guard let flow else { return otherwise }
        // Two unknown ways can differ in what they may be.
        let either = flow.either.map { $0.answer.words(from: flow.from) }.joined(separator: "; or: ")
        let words = flow.answer.words(from: flow.from) + (either.isEmpty ? "" : ". Either: \(either)")
        guard let other, other.from != flow.from, flow.answer.identity != .system else { return words }
        return words + ", from \(flow.from?.text ?? "a computer nobody told")"
    }

    /// Where both sides come to the same, the reasons in which they differ; otherwise the rule that decided, unless it is
    /// the same.
    private static func reasons(_ change: FlowChange) -> ([FlowReason], [FlowReason]) {
        let before = change.before?.because ?? []
        let after = change.after?.because ?? []
        guard let one = change.before, let other = change.after, one.answer == other.answer else {
            return before.last == after.last ? ([], []) : (Array(before.suffix(1)), Array(after.suffix(1)))
        }
        return (before.filter { !after.contains($0) }, after.filter { !before.contains($0) })
    }
}

/// What a save would do, shown before it is made.
public struct SavePreview: Sendable {
    let flows: FlowChanges
    /// What the save would tell, none of which stands in its way.
    let findings: [Finding]

    public init(flows: FlowChanges, findings: [Finding]) {
        self.flows = flows
        self.findings = findings
    }

    /// The values of `components/preview`.
    func model(_ words: PageWords) -> TemplateModel {
        [
            .flowChanges: .model(FlowChangesModel(flows, words).model), .findings: words.findingList(findings),
            .hasFindings: .flag(!findings.isEmpty),
        ]
    }
}

extension FormState {
    /// The name of the button that shows what a save would change.
    public static let previewButton = "preview"
}
