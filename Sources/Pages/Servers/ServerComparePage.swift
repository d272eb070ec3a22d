import Domain
import Manual
import Templating

/// The Compare tab of a server: what is intended, what the site was last seen to have, and when, side by side. It only shows.
public struct ServerComparePage: Page {
    public static let template = "pages/server-compare"
    let head: ServerHead
    /// Nil when no export has covered the server's site.
    let lastExport: SiteExport?
    /// When each change set that brought a sighting was saved, by number.
    let times: [Int: Int64]

    public init(head: ServerHead, lastExport: SiteExport?, times: [Int: Int64]) {
        self.head = head
        self.lastExport = lastExport
        self.times = times
    }

    public var frame: PageFrame { head.frame(.compare) }

    private var record: ServerRecord { head.record }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .compare, words)
        model[.pending] = record.seen == nil || record.pending.isEmpty ? .nothing : .text(pendingWords)
        model[.isObserved] = .flag(record.seen != nil)
        model[.applyLink] = .text(Route.manualPage("how-to/change-a-proxy").path + "#apply-it-at-the-site")
        model[.lastExport] = record.sightings.isServerStale ? sighting(lastExport?.last.changeSet) : .nothing
        model[.groups] = .list([
            group(record.general, tab: .general, seen: record.sightings.general),
            group(record.proxy, tab: .proxy, seen: record.sightings.proxy),
        ])
        fillRoles(&model, words)
    }

    private var pendingWords: String { record.pending.map { "“\($0.label)”" }.joined(separator: ", ") }

    private func sighting(_ changeSet: Int?) -> TemplateValue {
        guard let changeSet, let milliseconds = times[changeSet] else { return .nothing }
        return .model(Sighting(changeSet: changeSet, time: milliseconds).model)
    }

    private func group<Group: FieldGroup>(_ held: Held<Group>, tab: Route.ServerTab, seen: Int?) -> TemplateModel {
        let pending = Group.difference(held.intended, held.observed)
        let comparison = Group.comparison(
            held, caption: "\(tab.title): here and at the site", fields: Group.fields.map(\.key)
        ).model(mark: held.observed == nil ? "not seen" : "pending", labels: Set(pending.map(\.label)))
        return [
            .title: .text(tab.title), .link: .text(Route.server(head.name, tab).path),
            .isObserved: .flag(held.observed != nil), .seen: sighting(seen), .comparison: .model(comparison),
        ]
    }

    // MARK: - Roles

    private func fillRoles(_ model: inout TemplateModel, _ words: PageWords) {
        let all = record.roles.map { ($0, true) } + record.droppedRoles.map { ($0, false) }
        let sorted = all.sorted { $0.0.name.folded < $1.0.name.folded }
        model[.roles] = .list(sorted.map { line($0.0, isIntended: $0.1, words) })
        model[.hasRoles] = .flag(!sorted.isEmpty)
        let stale = record.staleRoles.map { words.manual.displayName(of: $0.name) }
        model[.stale] = .text(stale.joined(separator: ", "))
        model[.rolesLink] = .text(Route.server(head.name, .roles).path)
        model[.details] = .list(sorted.compactMap { details(of: $0.0, words) })
    }

    private func line(_ role: HeldRole, isIntended: Bool, _ words: PageWords) -> TemplateModel {
        let isPending = !isIntended || !role.pending.isEmpty
        let isStale = record.isStale(role)
        return [
            .title: .text(words.manual.displayName(of: role.name)), .name: .text(role.name.text),
            .text: .text(isIntended ? "Yes" : "No: taken out here"), .isObserved: .flag(role.isObserved),
            .seen: sighting(record.lastSighting(of: role)), .isPending: .flag(isPending && record.seen != nil),
            .isStale: .flag(isStale), .isSettled: .flag(!isPending && !isStale),
        ]
    }

    /// Nil for a role of which neither side knows more than its name.
    private func details(of role: HeldRole, _ words: PageWords) -> TemplateModel? {
        guard let some = role.intended ?? role.observed else { return nil }
        let title = words.manual.displayName(of: role.name)
        let rows = some.fields.map { field in
            Comparison.Row(
                label: field.label, left: Self.words(field, role.intended, otherwise: "Not told"),
                right: Self.words(field, role.observed, otherwise: "No export tells it"))
        }
        let comparison = Comparison(
            caption: "\(title): here and at the site", left: "Intended here", right: "Last seen at the site", rows: rows
        ).model(mark: role.isObserved ? "pending" : "not seen", labels: Set(role.pending.map(\.label)))
        return [.title: .text(title), .comparison: .model(comparison)]
    }

    private static func words(_ field: Field, _ details: RoleDetails?, otherwise: String) -> String {
        details.map { field.words(for: $0.value(field.key)) } ?? otherwise
    }
}

extension Sighting {
    /// The export as `components/sighting` names it.
    var model: TemplateModel {
        let time = UTCTime(milliseconds: time)
        return [
            .time: .text(time.text), .timeAttribute: .text(time.attribute), .number: .number(changeSet),
            .link: .text(Route.changeSet(changeSet).path),
        ]
    }
}
