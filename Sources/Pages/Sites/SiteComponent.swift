import Domain
import Templating

extension ComponentRecord {
    /// The component on the page of its site: what is intended beside what the site was last seen to have.
    var model: TemplateModel {
        let rows = SoftwareUpdatePointComponent.fields.filter(isTold).map { field in
            Comparison.Row(
                label: field.label, left: words(field, component.intended, isSeen: true),
                right: words(field, component.observed, isSeen: seen != nil))
        }
        let comparison = Comparison(
            caption: "Software update point component: here and at the site", left: "Intended here",
            right: "Last seen at the site", rows: rows
        ).model(mark: seen == nil ? "not seen" : "pending", labels: Set(pending.map(\.label)))
        return [
            .comparison: .model(comparison), .isObserved: .flag(seen != nil),
            .seen: seen.map { .model($0.model) } ?? .nothing,
            .isPending: .flag(seen != nil && !pending.isEmpty),
        ]
    }

    /// Whether either side says anything of a field: an export may bring a part of the component alone.
    private func isTold(_ field: Field) -> Bool {
        [component.intended, component.observed].contains { ($0?.value(field.key) ?? .nothing) != .nothing }
    }

    private func words(_ field: Field, _ component: SoftwareUpdatePointComponent?, isSeen: Bool) -> String {
        let value = component?.value(field.key) ?? .nothing
        if value == .nothing { return isSeen ? "Not told" : "Never seen" }
        return value == .list([]) ? "None" : field.words(for: value)
    }
}
