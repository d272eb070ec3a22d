// The steps that belong to the component of the site.
extension WizardStep {
    /// The part of the component that the page asks for; nil for pages about the server.
    public var componentPart: ComponentPart? {
        switch self {
        case .synchronizationSource: .source
        case .synchronizationSchedule: .schedule
        case .supersedence: .supersedence
        case .classifications: .classifications
        case .products: .products
        case .languages: .languages
        default: nil
        }
    }
}

extension WizardView {
    func componentFields(of step: WizardStep) -> [FieldKey] {
        let fields = step.componentPart?.wizardFields ?? []
        switch plan.place {
        case .top, .unknown: return fields
        // Languages of update files count there too, but the wizard asks for languages at the top-level site alone.
        case .child: return fields.filter { $0 == .supcReportingEvents }
        case .further: return []
        }
    }

    /// Source of the defaults: Microsoft Learn, "Install and configure a software update point".
    func storedComponent(_ field: FieldKey) -> FieldValue {
        let known = component?.component.intended?.value(field) ?? .nothing
        if known != .nothing { return known }
        return switch field {
        case .supcSynchronizationSource where !isTold(.supcSynchronizationSource):
            .text(SoftwareUpdatePointComponent.Source.microsoftUpdate.rawValue)
        case .supcReportingEvents: .text(SoftwareUpdatePointComponent.ReportingEvents.none.rawValue)
        case .supcFeatureUpdateSupersedence, .supcNonFeatureUpdateSupersedence:
            .text(SoftwareUpdatePointComponent.Supersedence.wait.rawValue)
        case .supcFeatureUpdateWaitMonths where !isTold(.supcFeatureUpdateSupersedence),
            .supcNonFeatureUpdateWaitMonths where !isTold(.supcNonFeatureUpdateSupersedence):
            .number(3)
        default: .nothing
        }
    }

    private func isTold(_ field: FieldKey) -> Bool {
        (component?.component.intended?.value(field) ?? .nothing) != .nothing
    }

    /// What the component's steps say together. What nobody told, and was left empty, stays not told.
    public var componentDraft: Draft {
        var draft = Draft()
        for step in plan.steps where step.isOfComponent {
            for entry in self.draft.fields(of: step).entries {
                let isLeft = entry.sent.text.allSatisfy(\.isWhitespace) && !isTold(entry.field)
                if !isLeft, fields(of: step).contains(entry.field) { draft.append(entry.field, entry.sent) }
            }
        }
        return draft
    }
}
