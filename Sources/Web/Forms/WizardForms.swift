import Domain
import Pages

extension FormReading.Form {
    /// The controls of a wizard's step, as its page has them.
    init(_ step: WizardStep, of view: WizardView) {
        self.init(fields: view.fields(of: step).filter { $0 != .supcClassifications }.map(FieldCatalogue.field))
        if view.fields(of: step).contains(.supcClassifications) {
            let names = ComponentPartPage.classifications(of: view.component?.component.intended)
            boxes = Set(names.map(ComponentPartPage.box))
        }
        if step == .roles {
            // What was taken since the page was opened is a box of it too: the rules tell who has it.
            boxes = Set(view.offers.map { WizardDraft.rolePrefix + $0.role.name.text })
        }
    }

    /// The same for a page made from an older state of the draft: it may have had controls that this one has not, and is
    /// told that it was overtaken, not that it is strange.
    static func overtaken(_ body: FormBody, _ step: WizardStep, of view: WizardView) -> FormReading.Form {
        var form = FormReading.Form(step, of: view)
        if step.isOfComponent {
            form.fields = (step.componentPart?.wizardFields ?? []).map(FieldCatalogue.field)
        }
        let ticks = body.pairs.map(\.name).filter {
            step == .classifications && $0.hasPrefix(ComponentPartPage.box(""))
        }
        form.boxes.formUnion(ticks.map { $0.hasSuffix(".shown") ? String($0.dropLast(".shown".count)) : $0 })
        return form
    }

    /// The Summary's: which state of the draft and of the stored records it showed.
    static let wizardSummary = FormReading.Form(
        fields: [], buttons: ["take"], hidden: [Self.storedServer, Self.storedComponent])
    static let storedServer = "stored.server"
    static let storedComponent = "stored.component"

    /// What begins a wizard.
    static let wizardStart = FormReading.Form(fields: [], hasRevision: false, hidden: ["kind", "server"])
}

extension FormReading {
    /// Reads a form of a step.
    static func wizard(_ body: FormBody, _ step: WizardStep, of view: WizardView) -> FormReading {
        let reading = FormReading(body, Form(step, of: view))
        guard let state = reading.revision, state != view.draft.state else { return reading }
        return FormReading(body, .overtaken(body, step, of: view))
    }

    /// What was typed, without what the form carries for itself.
    var answers: [String: String] { typed.filter { $0.key != "revision" && $0.key != "reason" } }

    /// A number that the form carries; 0 when it does not.
    func hidden(_ name: String) -> Int { typed[name].flatMap { Int($0) } ?? 0 }
}
