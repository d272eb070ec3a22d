/// A tab of the component's properties, in the console's order; most are pages of the wizard that adds a software update
/// point as well.
///
/// Source: Microsoft Learn, "Install and configure a software update point"; for child sites ConfigMgrCBDsc,
/// CMSoftwareUpdatePointComponent. Not established: whether the wizard has a page for maintenance and run times.
public enum ComponentPart: String, Sendable, CaseIterable {
    case source = "synchronization-source"
    case schedule = "synchronization-schedule"
    case supersedence = "supersedence-rules"
    case runTime = "maximum-run-time"
    case classifications
    case products
    case languages
    case files = "update-files"

    /// As the console names the tab or page.
    public var title: String {
        switch self {
        case .source: "Synchronization Source"
        case .schedule: "Synchronization Schedule"
        case .supersedence: "Supersedence Rules"
        case .runTime: "WSUS Maintenance and Maximum Run Time"
        case .classifications: "Classifications"
        case .products: "Products"
        case .languages: "Languages"
        case .files: "Update Files and Third-Party Updates"
        }
    }

    /// The fields of its form, in order. The token of a schedule is none of them: only the product can read it.
    public var fields: [FieldKey] {
        switch self {
        case .source: [.supcSynchronizationSource, .supcUpstreamURL, .supcReportingEvents, .supcDefaultServer]
        case .schedule: [.supcSynchronizeOnSchedule] + SoftwareUpdatePointComponent.recurrenceFields
        case .supersedence:
            [
                .supcFeatureUpdateSupersedence, .supcFeatureUpdateWaitMonths, .supcNonFeatureUpdateSupersedence,
                .supcNonFeatureUpdateWaitMonths,
            ]
        case .runTime:
            [.supcWSUSCleanup, .supcFeatureUpdateMaximumRunTime, .supcNonFeatureUpdateMaximumRunTime]
        case .classifications: [.supcClassifications]
        case .products: [.supcProducts]
        case .languages: [.supcFileLanguages, .supcSummaryLanguages]
        case .files: [.supcExpressFiles, .supcThirdPartyUpdates]
        }
    }

    /// The fields as they are kept, compared and exported: an upstream URL is three of them, and a schedule may be a token.
    public var keptFields: [FieldKey] {
        fields.flatMap { field -> [FieldKey] in
            switch field {
            case .supcUpstreamURL: [.supcUpstreamServer, .supcUpstreamPort, .supcUpstreamSSL]
            case .supcSynchronizeOnSchedule: [field, .supcSchedule]
            default: [field]
            }
        }
    }

    /// The fields of the wizard's page; none where the wizard has no such page. Third-party updates cannot be set there, and
    /// the first software update point of a site is its default one.
    public var wizardFields: [FieldKey] {
        switch self {
        case .files: []
        default: fields.filter { $0 != .supcDefaultServer }
        }
    }

    /// All that counts at a site below the top of the hierarchy; the rest is ignored there, because the top-level site's
    /// component decides it.
    public static let fieldsOfChildSites: Set<FieldKey> = [.supcReportingEvents, .supcFileLanguages]

    /// The fields that count at the site.
    public func fields(at site: Site) -> [FieldKey] {
        site.isChild ? fields.filter(Self.fieldsOfChildSites.contains) : fields
    }

    /// Whether anything of it counts at the site.
    public func applies(to site: Site) -> Bool { !fields(at: site).isEmpty }

    /// The part whose form has the control of a field, or of what the form asks in its place.
    public static func holding(_ field: FieldKey) -> ComponentPart? {
        allCases.first { $0.fields.contains(field) || $0.keptFields.contains(field) }
    }
}

extension Site {
    /// Whether it is known to stand below another site. A site of which neither the type nor the parent was told counts as
    /// the top: nothing is kept from a person there.
    public var isChild: Bool { parent != nil || type == .secondary }
}
