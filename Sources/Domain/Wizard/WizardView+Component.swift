// The steps that belong to the component of the site.
extension WizardView {
    func componentFields(of step: WizardStep) -> [FieldKey] {
        let fields: [FieldKey] =
            switch step {
            case .synchronizationSource: [.supcSynchronizationSource, .supcReportingEvents]
            case .synchronizationSchedule: [.supcSynchronizeOnSchedule]
            case .supersedence:
                [
                    .supcFeatureUpdateSupersedence, .supcFeatureUpdateWaitMonths, .supcNonFeatureUpdateSupersedence,
                    .supcNonFeatureUpdateWaitMonths,
                ]
            case .classifications: [.supcClassifications]
            case .products: [.supcProducts]
            case .languages: [.supcFileLanguages, .supcSummaryLanguages]
            default: []
            }
        switch plan.place {
        case .top, .unknown: return fields
        case .child: return fields.filter { $0 == .supcReportingEvents }
        case .further: return []
        }
    }

    /// Source of the defaults: Microsoft Learn, "Install and configure a software update point".
    func storedComponent(_ field: FieldKey) -> FieldValue {
        let known = component?.component.intended?.value(field) ?? .nothing
        if known != .nothing { return known }
        return switch field {
        case .supcSynchronizationSource: .text(SoftwareUpdatePointComponent.Source.microsoftUpdate.rawValue)
        case .supcReportingEvents: .text(SoftwareUpdatePointComponent.ReportingEvents.none.rawValue)
        case .supcFeatureUpdateSupersedence, .supcNonFeatureUpdateSupersedence:
            .text(SoftwareUpdatePointComponent.Supersedence.wait.rawValue)
        case .supcFeatureUpdateWaitMonths, .supcNonFeatureUpdateWaitMonths: .number(3)
        default: .nothing
        }
    }
}
