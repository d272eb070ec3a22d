import Domain

/// Turns captured objects of the software update point component into drafts.
struct ComponentMapping {
    let report: Report

    /// Which of the component's two items an object of class SMS_SCI_Component is.
    enum Part {
        case configuration, synchronization

        /// Nil for the items of other components, and for one that came without its properties.
        init?(_ record: CapturedRecord) {
            guard record.hasProperties else { return nil }
            switch record[.componentName].text?.asciiFolded {
            case "sms_wsus_configuration_manager": self = .configuration
            case "sms_wsus_sync_manager": self = .synchronization
            default: return nil
            }
        }

        var properties: ItemProperties {
            switch self {
            case .configuration:
                ItemProperties([
                    .useParentWSUS, .parentWSUS, .parentWSUSPort, .sslToParentWSUS, .defaultWSUS, .clientReportingLevel,
                    .updateLanguages, .titleLanguages, .wsusCleanup, .featureSupersedenceMode, .featureSupersedenceAge,
                    .otherSupersedenceMode, .otherSupersedenceAge,
                ])
            case .synchronization:
                ItemProperties([.syncSchedule, .expressFiles, .thirdPartyUpdates, .featureRunTime, .otherRunTime])
            }
        }
    }

    /// Tells one of the two items.
    func tell(_ part: Part, _ record: CapturedRecord) throws {
        let reading = RecordReading(record: record, report: report)
        let site = try reading.sent(.siteCode)
        try reading.tellProblems(.component, key: site?.text) { part.properties.contains($0) }
        guard reading.isReadable, !reading.isBroken(part.properties) else { return }
        let fields = part == .configuration ? configuration(reading) : synchronization(reading)
        try report.record(.component(ComponentDraft(place: reading.place, site: site, fields: fields)))
    }

    private func configuration(_ reading: RecordReading) -> Draft {
        let supersedence = ["0": "immediately", "1": "wait"]
        var draft = Draft()
        draft[.supcSynchronizationSource] = reading.sent(.useParentWSUS)?
            .replacing(["0": "microsoftUpdate", "1": "upstream", "2": "none"])
        draft[.supcUpstreamServer] = reading.sent(.parentWSUS)
        draft[.supcUpstreamPort] = reading.sent(.parentWSUSPort)?.replacing(["0": ""])
        draft[.supcUpstreamSSL] = reading.sent(.sslToParentWSUS)?.flag
        draft[.supcDefaultServer] = reading.sent(.defaultWSUS)
        draft[.supcReportingEvents] = reading.sent(.clientReportingLevel)?
            .replacing(["0": "none", "1": "status", "2": "all"])
        draft[.supcFeatureUpdateSupersedence] = reading.sent(.featureSupersedenceMode)?.replacing(supersedence)
        draft[.supcFeatureUpdateWaitMonths] = reading.sent(.featureSupersedenceAge)
        draft[.supcNonFeatureUpdateSupersedence] = reading.sent(.otherSupersedenceMode)?.replacing(supersedence)
        draft[.supcNonFeatureUpdateWaitMonths] = reading.sent(.otherSupersedenceAge)
        draft[.supcWSUSCleanup] = reading.sent(.wsusCleanup)?.looseFlag
        draft[.supcFileLanguages] = reading.sent(.updateLanguages)?.lines
        draft[.supcSummaryLanguages] = reading.sent(.titleLanguages)?.lines
        return draft
    }

    private func synchronization(_ reading: RecordReading) -> Draft {
        var draft = Draft()
        if let schedule = reading.sent(.syncSchedule) {
            draft[.supcSynchronizeOnSchedule] = Sent(schedule.text.isEmpty ? "false" : "true", at: schedule.place)
            draft[.supcSchedule] = schedule
        }
        draft[.supcExpressFiles] = reading.sent(.expressFiles)?.looseFlag
        draft[.supcThirdPartyUpdates] = reading.sent(.thirdPartyUpdates)?
            .replacing(["0": "off", "1": "manual"]).replacingNumbers(with: "automatic")
        draft[.supcFeatureUpdateMaximumRunTime] = reading.sent(.featureRunTime)?.minutes
        draft[.supcNonFeatureUpdateMaximumRunTime] = reading.sent(.otherRunTime)?.minutes
        return draft
    }

    /// Tells a product or a classification; their families and companies say nothing that is kept.
    func tellCategory(_ record: CapturedRecord) throws {
        let reading = RecordReading(record: record, report: report)
        try reading.tellProblems(.component, key: nil) { _ in false }
        let kinds: [String: UpdateCategoryDraft.Kind] = ["Product": .product, "UpdateClassification": .classification]
        guard reading.isReadable, let kind = try reading.sent(.categoryType).flatMap({ kinds[$0.text] }),
            let subscribed = try reading.sent(.isSubscribed)
        else { return }
        guard let name = try name(of: kind, reading) else { return }
        try report.record(
            .updateCategory(
                UpdateCategoryDraft(
                    place: reading.place, kind: kind, name: name, isSubscribed: subscribed.flag.text == "true")))
    }

    /// The site names its classifications in its own language; the identifier is the same in every one.
    private func name(of kind: UpdateCategoryDraft.Kind, _ reading: RecordReading) throws -> Sent? {
        let name = try reading.sent(.categoryName)
        guard kind == .classification, let id = try reading.sent(.categoryID),
            let known = UpdateClassification.identified(id.text)
        else { return name }
        return Sent(known.name, at: (name ?? id).place)
    }
}

extension Sent {
    private var isNumber: Bool { !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } }

    /// A flag that every number but 0 turns on.
    fileprivate var looseFlag: Sent { isNumber && text != "0" ? Sent("true", at: place) : flag }

    /// One meaning for all numbers that have none yet.
    fileprivate func replacingNumbers(with meaning: String) -> Sent { isNumber ? Sent(meaning, at: place) : self }

    /// Culture names that commas part, one a line.
    fileprivate var lines: Sent {
        Sent(text.split(whereSeparator: { $0 == "," || $0 == " " }).joined(separator: "\n"), at: place)
    }

    /// Seconds as the site keeps them, in the minutes of the console.
    fileprivate var minutes: Sent { Int(text).map { Sent(String($0 / 60), at: place) } ?? self }
}

extension ItemProperty {
    /// The field of the component that the property tells; nil for the properties of roles.
    var componentField: FieldKey? {
        switch self {
        case .useParentWSUS: .supcSynchronizationSource
        case .parentWSUS: .supcUpstreamServer
        case .parentWSUSPort: .supcUpstreamPort
        case .sslToParentWSUS: .supcUpstreamSSL
        case .defaultWSUS: .supcDefaultServer
        case .clientReportingLevel: .supcReportingEvents
        case .updateLanguages: .supcFileLanguages
        case .titleLanguages: .supcSummaryLanguages
        case .wsusCleanup: .supcWSUSCleanup
        case .featureSupersedenceMode: .supcFeatureUpdateSupersedence
        case .featureSupersedenceAge: .supcFeatureUpdateWaitMonths
        case .otherSupersedenceMode: .supcNonFeatureUpdateSupersedence
        case .otherSupersedenceAge: .supcNonFeatureUpdateWaitMonths
        case .syncSchedule: .supcSchedule
        case .expressFiles: .supcExpressFiles
        case .thirdPartyUpdates: .supcThirdPartyUpdates
        case .featureRunTime: .supcFeatureUpdateMaximumRunTime
        case .otherRunTime: .supcNonFeatureUpdateMaximumRunTime
        default: nil
        }
    }
}
