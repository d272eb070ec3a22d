import Domain
import Manual
import Templating

/// One change of a record with the set it was saved in.
public struct HistoryLine: Sendable {
    public let set: ChangeSet
    public let change: Change

    public init(set: ChangeSet, change: Change) {
        self.set = set
        self.change = change
    }
}

/// A page's part of a history, newest first.
public struct HistoryPart: Sendable {
    let lines: [HistoryLine]
    /// The change below which the next page starts; nil on the last.
    let next: Int?
    /// Whether this is not the newest part.
    let isContinued: Bool

    public init(lines: [HistoryLine], next: Int?, isContinued: Bool) {
        self.lines = lines
        self.next = next
        self.isContinued = isContinued
    }

    fileprivate func fill(_ model: inout TemplateModel, server: String, _ words: PageWords) {
        model[.lines] = .list(lines.map { $0.model(words) })
        model[.hasLines] = .flag(!lines.isEmpty)
        let route = Route.server(server, .history).path
        model.fillPages(first: isContinued ? route : nil, next: next.map { "\(route)?before=\($0)" })
    }
}

/// The History tab of a server.
public struct ServerHistoryPage: Page {
    public static let template = "pages/server-history"
    let head: ServerHead
    let part: HistoryPart

    public init(head: ServerHead, part: HistoryPart) {
        self.head = head
        self.part = part
    }

    public var frame: PageFrame { head.frame(.history) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .history, words)
        part.fill(&model, server: head.name, words)
    }
}

/// The history of a server that is in the portal no more.
public struct RemovedServerPage: Page {
    public static let template = "pages/server-removed"
    let name: String
    let part: HistoryPart

    public init(name: String, part: HistoryPart) {
        self.name = name
        self.part = part
    }

    public var frame: PageFrame {
        PageFrame(title: "History – \(name) (removed)", section: .servers, crumbs: PageFrame.serverCrumbs())
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.serverName] = .text(name)
        part.fill(&model, server: name, words)
    }
}

extension HistoryLine {
    func model(_ words: PageWords) -> TemplateModel {
        let difference = DocumentDifference(
            before: change.before, after: change.after, roleName: words.manual.displayName)
        var model = set.model
        model[.kind] = .text(change.kind.word)
        model[.comparison] = .model(
            Comparison(
                caption: "What change set \(set.number) did to \(change.key)", left: "Before", right: "After",
                rows: difference.rows
            ).model(mark: ""))
        model[.hasRows] = .flag(!difference.rows.isEmpty)
        return model
    }
}

extension ChangeKind {
    var word: String {
        switch self {
        case .added: "Added"
        case .changed: "Changed"
        case .removed: "Removed from the portal"
        }
    }
}
