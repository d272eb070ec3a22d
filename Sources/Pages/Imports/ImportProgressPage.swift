import Domain
import Manual
import Templating

/// How far an import has come that is not ready to be looked at.
public struct ImportProgressPage: Page {
    public static let template = "pages/import-progress"
    let head: ImportHead
    let state: State
    /// The bytes the upload announced; nil when it did not.
    let announced: Int64?
    let problems: Int

    /// What is being done with it.
    public enum State: Sendable, Equatable {
        case reading, comparing, saving
        /// The data folder failed; the import is kept, and comparing can be tried again.
        case failed
    }

    public init(head: ImportHead, state: State, announced: Int64?, problems: Int) {
        self.head = head
        self.state = state
        self.announced = announced
        self.problems = problems
    }

    public var frame: PageFrame { head.frame(title) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model)
        model[.title] = .text(title)
        model[.text] = .text(text)
        var facts: [(String, String)] = [
            ("Read", announced.map { "\(head.bytes.sizeWords) of \($0.sizeWords)" } ?? head.bytes.sizeWords),
            ("Objects", String(head.records)),
        ]
        if problems > 0 { facts.append(("Findings so far", String(problems))) }
        model[.facts] = .list(facts.map { [.label: .text($0.0), .value: .text($0.1)] })
        model[.isRefused] = .flag(state == .failed)
        model[.offersCancel] = .flag(state != .saving)
    }

    private var title: String {
        switch state {
        case .reading: "Being read"
        case .comparing: "Being compared"
        case .saving: "Being saved"
        case .failed: "Could not be compared"
        }
    }

    private var text: String {
        switch state {
        case .reading:
            "The files are still arriving. They are read on the way, and nothing of them is kept but what the portal needs."
        case .comparing: "Everything was read. It is now compared with what the portal has."
        case .saving: "It was confirmed and is being saved."
        case .failed:
            "The data folder did not answer: the disk may be full, or another save took too long. Nothing was changed. What was read is kept; try again."
        }
    }
}
