/// The software update point component of a site: what its software update points synchronize, from where, and when.
///
/// Exports bring it in parts, so each field can be untold by itself: nil, which is neither off nor empty.
///
/// Source: Microsoft Learn, "Install and configure a software update point"; the properties of SMS_SCI_Component as
/// ConfigMgrCBDsc reads them.
public struct SoftwareUpdatePointComponent: FieldGroup {
    public var synchronizationSource: Source?
    /// Told only where the source is an upstream location.
    public var upstreamServer: DisplayText?
    public var upstreamPort: Port?
    public var upstreamSSL: Bool?
    /// The software update point of the site that the others synchronize from.
    public var defaultServer: HostName?
    public var reportingEvents: ReportingEvents?
    public var synchronizeOnSchedule: Bool?
    /// The product's own token, kept as it was; nil where there is no schedule, and where it was entered here.
    public var schedule: DisplayText?
    /// The schedule as it was entered here; excludes the token.
    public var recurrence: Recurrence?
    public var featureUpdateSupersedence: Supersedence?
    /// Told only where superseded updates wait.
    public var featureUpdateWaitMonths: Int?
    public var nonFeatureUpdateSupersedence: Supersedence?
    public var nonFeatureUpdateWaitMonths: Int?
    public var wsusCleanup: Bool?
    /// In minutes.
    public var featureUpdateMaximumRunTime: Int?
    public var nonFeatureUpdateMaximumRunTime: Int?
    public var expressFiles: Bool?
    public var thirdPartyUpdates: ThirdPartyUpdates?
    /// Culture names such as `en` or `zh-CN`, of the update files and of the summary details.
    public var fileLanguages: [DisplayText]?
    public var summaryLanguages: [DisplayText]?
    /// What is subscribed; empty where nothing is.
    public var classifications: [DisplayText]?
    public var products: [DisplayText]?

    public enum Source: String, Sendable, CaseIterable {
        case microsoftUpdate, upstream, none
    }

    public enum ReportingEvents: String, Sendable, CaseIterable {
        case none, status, all
    }

    /// What becomes of an update that another one supersedes.
    public enum Supersedence: String, Sendable, CaseIterable {
        case immediately, wait
    }

    public enum ThirdPartyUpdates: String, Sendable, CaseIterable {
        /// Off; on with a certificate that is looked after by hand; on with one that Configuration Manager looks after.
        case off, manual, automatic
    }

    public init() {}

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .supcSynchronizationSource: .optional(synchronizationSource?.rawValue)
        case .supcUpstreamServer: .optional(upstreamServer?.text)
        case .supcUpstreamPort: .optional(upstreamPort?.number)
        case .supcUpstreamSSL: .optional(upstreamSSL)
        case .supcDefaultServer: .optional(defaultServer?.text)
        case .supcReportingEvents: .optional(reportingEvents?.rawValue)
        case .supcSynchronizeOnSchedule: .optional(synchronizeOnSchedule)
        case .supcSchedule: .optional(schedule?.text)
        case .supcUpstreamURL: .optional(upstreamURL)
        case .supcScheduleKind, .supcScheduleInterval, .supcScheduleWeekday, .supcScheduleWeekOrder,
            .supcScheduleDayOfMonth, .supcScheduleStart:
            recurrence?.value(key) ?? .nothing
        case .supcFeatureUpdateSupersedence: .optional(featureUpdateSupersedence?.rawValue)
        case .supcFeatureUpdateWaitMonths: .optional(featureUpdateWaitMonths)
        case .supcNonFeatureUpdateSupersedence: .optional(nonFeatureUpdateSupersedence?.rawValue)
        case .supcNonFeatureUpdateWaitMonths: .optional(nonFeatureUpdateWaitMonths)
        case .supcWSUSCleanup: .optional(wsusCleanup)
        case .supcFeatureUpdateMaximumRunTime: .optional(featureUpdateMaximumRunTime)
        case .supcNonFeatureUpdateMaximumRunTime: .optional(nonFeatureUpdateMaximumRunTime)
        case .supcExpressFiles: .optional(expressFiles)
        case .supcThirdPartyUpdates: .optional(thirdPartyUpdates?.rawValue)
        case .supcFileLanguages: .optional(fileLanguages)
        case .supcSummaryLanguages: .optional(summaryLanguages)
        case .supcClassifications: .optional(classifications)
        case .supcProducts: .optional(products)
        default: .nothing
        }
    }

    /// Here off and none differ from untold, so every difference counts.
    public static func difference(
        _ left: SoftwareUpdatePointComponent?, _ right: SoftwareUpdatePointComponent?
    ) -> [FieldKey] {
        fields.map(\.key).filter { (left?.value($0) ?? .nothing) != (right?.value($0) ?? .nothing) }
    }

    /// Whether nobody told anything of it.
    public var isUntold: Bool { self == SoftwareUpdatePointComponent() }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        let server = defaultServer.map { $0.doubts(label: FieldKey.supcDefaultServer.label) } ?? []
        return server.map { (FieldKey.supcDefaultServer, $0) } + upstreamDoubts + scheduleDoubts
            + supersedenceDoubts + runTimeDoubts + classificationDoubts + languageDoubts
    }

    /// What an entered schedule lacks, and that there is none where one is on.
    var scheduleDoubts: [(field: FieldKey, problem: Problem)] {
        guard synchronizeOnSchedule == true, schedule == nil, recurrence == nil else { return recurrence?.doubts ?? [] }
        let question =
            "Synchronization on a schedule is on, and nobody told when. Choose how often the site synchronizes."
        return [(.supcScheduleKind, Problem(.componentScheduleIncomplete, question))]
    }

    private var classificationDoubts: [(field: FieldKey, problem: Problem)] {
        (classifications ?? []).filter { UpdateClassification.named($0.text) == nil }.map { name in
            (
                .supcClassifications,
                Problem(
                    .componentClassificationUnknown,
                    "\(name.text.quoted) is no classification the portal knows. Spell it as the English console does, such as Security Updates."
                )
            )
        }
    }

    /// How many months superseded updates can stay. Source: ConfigMgrCBDsc, CMSoftwareUpdatePointComponent.
    public static let waitMonths = 1...99
    /// How many minutes updates may take to install. Source: the same.
    public static let runTimes = 5...9999

    private var supersedenceDoubts: [(field: FieldKey, problem: Problem)] {
        let kinds: [(Supersedence?, Int?, FieldKey)] = [
            (featureUpdateSupersedence, featureUpdateWaitMonths, .supcFeatureUpdateWaitMonths),
            (nonFeatureUpdateSupersedence, nonFeatureUpdateWaitMonths, .supcNonFeatureUpdateWaitMonths),
        ]
        return kinds.compactMap { supersedence, months, field in
            if let months, !Self.waitMonths.contains(months) {
                return (
                    field,
                    Problem(
                        .componentSupersedenceMonths, "\(field.label) must be from 1 to 99. This one is \(months).")
                )
            }
            guard supersedence == .wait, months == nil else { return nil }
            return (
                field,
                Problem(
                    .componentSupersedenceWait,
                    "\(field.label) is empty. Enter 1 to 99 months, or let superseded updates expire immediately.")
            )
        }
    }

    private var runTimeDoubts: [(field: FieldKey, problem: Problem)] {
        let times: [(Int?, FieldKey)] = [
            (featureUpdateMaximumRunTime, .supcFeatureUpdateMaximumRunTime),
            (nonFeatureUpdateMaximumRunTime, .supcNonFeatureUpdateMaximumRunTime),
        ]
        return times.compactMap { minutes, field in
            guard let minutes, !Self.runTimes.contains(minutes) else { return nil }
            return (
                field,
                Problem(.componentRunTimeRange, "\(field.label), must be from 5 to 9999. This one is \(minutes).")
            )
        }
    }
}

extension FieldValue {
    fileprivate static func optional(_ texts: [DisplayText]?) -> FieldValue {
        texts.map { .list($0.map(\.text)) } ?? .nothing
    }
}
