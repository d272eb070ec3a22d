import Domain
import Templating

/// All change sets, newest first.
public struct ChangesPage: Page {
    public static let template = "pages/changes"
    let sets: [ChangeSet]
    let next: Int?
    let isContinued: Bool

    /// - Parameters:
    ///   - next: the number below which the next page starts; nil on the last.
    ///   - isContinued: whether this is not the newest part.
    public init(sets: [ChangeSet], next: Int?, isContinued: Bool) {
        self.sets = sets
        self.next = next
        self.isContinued = isContinued
    }

    public var frame: PageFrame { PageFrame(title: "Changes", section: .changes) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.lines] = .list(sets.map(\.model))
        model[.hasLines] = .flag(!sets.isEmpty)
        model.fillPages(
            first: isContinued ? Route.changes.path : nil, next: next.map { Route.changes.path + "?before=\($0)" })
    }
}

/// One change set: who, when, why, from where, and what it did field by field.
public struct ChangeSetPage: Page {
    public static let template = "pages/change-set"
    let set: ChangeSet
    let changes: [Change]
    /// The change behind which the next page starts; nil on the last.
    let next: Int?
    let isContinued: Bool
    public var notice: Notice?
    /// The traffic flows it changed; nil where nobody noted them, as of an import.
    let flows: FlowChanges?

    public init(set: ChangeSet, changes: [Change], next: Int?, isContinued: Bool, flows: FlowChanges? = nil) {
        self.flows = flows
        self.set = set
        self.changes = changes
        self.next = next
        self.isContinued = isContinued
    }

    public var frame: PageFrame {
        PageFrame(
            title: "Change set \(set.number)", section: .changes,
            crumbs: [PageFrame.Crumb(title: "Changes", link: Route.changes.path)], notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.set] = .model(set.model)
        model[.requestID] = .text(set.requestID)
        model[.scriptLink] = .text(ScriptAddress(.changeSet(String(set.number))).link)
        model[.facts] = .list(set.importFacts.map(Self.facts) ?? [])
        model[.lines] = .list(changes.map { line($0, words) })
        model[.hasLines] = .flag(!changes.isEmpty)
        model[.flowChanges] =
            flows.map {
                .model(
                    FlowChangesModel(
                        $0, words, .past, most: FlowChanges.most, none: "No change of a traffic flow was noted with it."
                    ).model)
            } ?? .nothing
        model[.hasFlows] = .flag(!isContinued)
        model[.flowsLink] = .text(Route.flows.path)
        let route = Route.changeSet(set.number).path
        model.fillPages(first: isContinued ? route : nil, next: next.map { "\(route)?after=\($0)" })
    }

    private func line(_ change: Change, _ words: PageWords) -> TemplateModel {
        var model = HistoryLine(set: set, change: change).model(words)
        model[.key] = .text(change.key)
        model[.entity] = .text(change.entity.rawValue)
        model[.link] = .optional(change.after == nil ? nil : change.link)
        return model
    }

    private static func facts(_ facts: ImportFacts) -> [TemplateModel] {
        let counts = facts.counts
        let pairs: [(String, String)] = [
            ("File", facts.file), ("Format", facts.format), ("Size", "\(facts.bytes) bytes"),
            ("SHA-256", facts.sha256), ("Servers added", String(counts.added)),
            ("Servers changed", String(counts.changed)), ("Servers unchanged", String(counts.unchanged)),
            ("Servers refused", String(counts.rejected)), ("Servers not in the file", String(counts.notInFile)),
            ("Servers removed", String(counts.removed)),
        ]
        return pairs.map { [.label: .text($0.0), .value: .text($0.1)] }
    }
}

extension ChangeSet {
    var model: TemplateModel {
        let time = UTCTime(milliseconds: self.time)
        return [
            .number: .number(number), .link: .text(Route.changeSet(number).path), .time: .text(time.text),
            .timeAttribute: .text(time.attribute), .actor: .text(actor.text), .reason: .text(reason ?? ""),
            .origin: .text(origin.word),
        ]
    }
}

extension ChangeOrigin {
    var word: String {
        switch self {
        case .form: "Form"
        case .fileImport: "Import"
        }
    }
}

extension Change {
    /// The page of the record the change speaks of; nil for entities without pages.
    fileprivate var link: String? {
        switch entity {
        case .server: Route.server(key, .general).path
        case .site: Route.site(key).path
        case .component: Route.siteComponent(key, nil).path
        case .role: nil
        }
    }
}
