import Domain
import Templating

extension PageWords {
    /// A check box for each classification a component can have.
    func classificationBoxes(of component: SoftwareUpdatePointComponent?, in form: FormState) -> TemplateModel {
        let key = FieldKey.supcClassifications
        var model = controls.control(key, stored: .nothing, in: form, self)
        let stored = Set((component?.classifications ?? []).map(\.text))
        model[.options] = .list(
            ComponentPartPage.classifications(of: component).enumerated().map { index, name in
                let box = ComponentPartPage.box(name)
                return [
                    .id: .text("\(key.rawValue.controlID)-\(index)"), .name: .text(box), .label: .text(name),
                    .isChecked: .flag(form.typed[box].map { $0 == "true" } ?? stored.contains(name)),
                ]
            })
        return model
    }
}
