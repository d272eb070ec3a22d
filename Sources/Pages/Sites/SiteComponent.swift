import Domain
import Templating

extension ComponentRecord {
    /// The component on the page of its site: what is pending there. The whole of it stands on its tabs.
    var model: TemplateModel {
        let pending = seen == nil ? [] : self.pending
        return [
            .comparison: .model(
                comparison(of: pending, caption: "What is pending of the component: here and at the site")),
            .hasRows: .flag(!pending.isEmpty),
            .tabs: .list(
                ComponentPart.allCases.map { part in
                    [.title: .text(part.title), .link: .text(Route.siteComponent(site.text, part).path)]
                }),
            .isObserved: .flag(seen != nil), .seen: seen.map { .model($0.model) } ?? .nothing,
            .isPending: .flag(seen != nil && !pending.isEmpty),
        ]
    }

    /// Some fields as they are intended beside what the site was last seen to have.
    func comparison(of fields: [FieldKey], caption: String) -> TemplateModel {
        let rows = fields.map { key in
            Comparison.Row(
                label: key.label, left: Self.words(key, component.intended, isSeen: true),
                right: Self.words(key, component.observed, isSeen: seen != nil))
        }
        return Comparison(caption: caption, left: "Intended here", right: "Last seen at the site", rows: rows)
            .model(mark: seen == nil ? "not seen" : "pending", labels: Set(pending.map(\.label)))
    }

    /// Whether either side says anything of a field: an export may bring a part of the component alone.
    func isTold(_ key: FieldKey) -> Bool {
        [component.intended, component.observed].contains { ($0?.value(key) ?? .nothing) != .nothing }
    }

    static func words(_ key: FieldKey, _ component: SoftwareUpdatePointComponent?, isSeen: Bool) -> String {
        let value = component?.value(key) ?? .nothing
        if value == .nothing { return isSeen ? "Not told" : "Never seen" }
        return value == .list([]) ? "None" : FieldCatalogue.field(key).words(for: value)
    }
}
