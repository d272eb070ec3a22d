import Domain

/// The parameters of Set-CMSoftwareUpdatePointComponent for some fields of a component, and what it cannot take.
///
/// ConfigMgrCBDsc's resource has the same names but for lists, which it takes whole.
/// Source: Set-CMSoftwareUpdatePointComponent; rules between parameters: ConfigMgrCBDsc, CMSoftwareUpdatePointComponent (2023).
struct ComponentCall {
    private(set) var parameters: PowerShellParameters = []
    /// The fields that the parameters bring about.
    private(set) var fields: [FieldKey] = []
    /// Whether it gives a schedule made of its parts.
    private(set) var setsSchedule = false
    /// The lists no export has shown: what to add and to take away is found when the script runs.
    private(set) var untoldLists: [(name: String, field: FieldKey, wanted: [String])] = []
    var isEmpty: Bool { parameters.isEmpty && untoldLists.isEmpty }
    /// A sentence for each field that is left to the console.
    private(set) var notes: [String] = []

    private let target: SoftwareUpdatePointComponent
    /// Nil where lists are given whole.
    private let lists: ListForm

    enum ListForm {
        /// By what is to be added to, and taken away from, the states the site may have.
        case difference(from: [SoftwareUpdatePointComponent])
        case whole
    }

    /// - Parameter isChild: a site below another decides on its update files and its reporting alone.
    init(_ target: SoftwareUpdatePointComponent, fields wanted: [FieldKey], isChild: Bool, lists: ListForm) {
        self.target = target
        self.lists = lists
        let order = SoftwareUpdatePointComponent.fields.map(\.key).filter(wanted.contains)
        for field in order {
            if isChild, field != .supcFileLanguages, field != .supcReportingEvents {
                leave(field, "a site below another takes it from the site above.")
            } else {
                add(field)
            }
        }
    }

    private mutating func leave(_ field: FieldKey, _ why: String) { notes.append("“\(field.label)”: \(why)") }

    private mutating func set(_ name: String, _ value: PowerShellValue, for field: FieldKey) {
        if !parameters.contains(where: { $0.name == name }) { parameters.append((name, value)) }
        if !fields.contains(field) { fields.append(field) }
    }

    private mutating func add(_ field: FieldKey) {
        switch field {
        case .supcSynchronizationSource, .supcUpstreamServer, .supcUpstreamPort, .supcUpstreamSSL: addSource(field)
        case .supcDefaultServer: set("DefaultWsusServer", .text(target.value(field).text), for: field)
        case .supcReportingEvents: addReporting()
        case .supcSynchronizeOnSchedule, .supcSchedule: addSchedule(field)
        case _ where SoftwareUpdatePointComponent.recurrenceFields.contains(field): addSchedule(field)
        case .supcFeatureUpdateSupersedence, .supcFeatureUpdateWaitMonths:
            addSupersedence(
                field, ("ImmediatelyExpireSupersedenceForFeature", "WaitMonthForFeature"),
                target.featureUpdateSupersedence, target.featureUpdateWaitMonths)
        case .supcNonFeatureUpdateSupersedence, .supcNonFeatureUpdateWaitMonths:
            addSupersedence(
                field, ("ImmediatelyExpireSupersedence", "WaitMonth"), target.nonFeatureUpdateSupersedence,
                target.nonFeatureUpdateWaitMonths)
        case .supcFeatureUpdateMaximumRunTime:
            addNumber("FeatureUpdateMaxRuntimeMins", target.featureUpdateMaximumRunTime, field)
        case .supcNonFeatureUpdateMaximumRunTime:
            addNumber("NonFeatureUpdateMaxRuntimeMins", target.nonFeatureUpdateMaximumRunTime, field)
        case .supcWSUSCleanup, .supcExpressFiles, .supcThirdPartyUpdates: addUpdates(field)
        case .supcFileLanguages, .supcSummaryLanguages: addLanguages(field)
        case .supcClassifications: addList(field, "UpdateClassification", "UpdateClassifications") { $0 }
        case .supcProducts: addList(field, "Product", "Products") { $0 }
        default: leave(field, "no parameter takes it as it stands. Set it in the console.")
        }
    }

    private mutating func addNumber(_ name: String, _ number: Int?, _ field: FieldKey) {
        if let number { set(name, .number(number), for: field) }
    }

    private mutating func addSource(_ field: FieldKey) {
        switch target.synchronizationSource {
        case .microsoftUpdate: set("SynchronizeAction", .text("SynchronizeFromMicrosoftUpdate"), for: field)
        case .none?:
            set(
                "SynchronizeAction", .text("DoNotSynchronizeFromMicrosoftUpdateOrUpstreamDataSource"), for: field)
        case .upstream:
            guard let server = target.upstreamServer else { return leave(field, "the upstream server is not told.") }
            let port = target.upstreamPort.map { ":\($0)" } ?? ""
            set("SynchronizeAction", .text("SynchronizeFromAnUpstreamDataSourceLocation"), for: field)
            set(
                "UpstreamSourceLocation",
                .text("\(target.upstreamSSL == true ? "https" : "http")://\(server)\(port)"), for: field)
        case nil: leave(field, "the synchronization source is not told.")
        }
    }

    private mutating func addReporting() {
        guard let events = target.reportingEvents else { return }
        let word =
            switch events {
            case .none: "DoNotCreateWsusReportingEvents"
            case .status: "CreateOnlyWsusStatusReportingEvents"
            case .all: "CreateAllWsusReportingEvents"
            }
        set("ReportingEvent", .text(word), for: .supcReportingEvents)
    }

    /// What turns synchronization on must give the schedule too. The token of an export has no parameter: only parts do.
    private mutating func addSchedule(_ field: FieldKey) {
        if target.synchronizeOnSchedule == false {
            set("EnableSynchronization", .flag(false), for: .supcSynchronizeOnSchedule)
            if case .difference = lists { set("Schedule", .null, for: .supcSynchronizeOnSchedule) }
            return
        }
        guard target.tellsSchedule else {
            return leave(
                field,
                "it is on, and nobody entered when. Enter how often on the component’s page, or set it in the console.")
        }
        guard let recurrence = target.recurrence else {
            return leave(field, "no parameter takes a schedule as the site stores it. Set it in the console.")
        }
        guard let call = ScheduleCall(recurrence) else {
            return leave(
                field, "the schedule lacks a part, or one is out of range. Mend it on the site’s page.")
        }
        switch lists {
        case .difference: addSchedule(call, field)
        case .whole:
            guard let resource = call.resource else {
                return leave(field, "the resource has no such schedule. Set it in the console.")
            }
            set("EnableSynchronization", .flag(true), for: field)
            for parameter in resource { set(parameter.name, parameter.value, for: field) }
        }
    }

    private mutating func addSchedule(_ call: ScheduleCall, _ field: FieldKey) {
        setsSchedule = true
        set("EnableSynchronization", .flag(true), for: .supcSynchronizeOnSchedule)
        set("Schedule", .schedule(arguments: call.arguments), for: field)
    }

    private mutating func addSupersedence(
        _ field: FieldKey, _ names: (immediately: String, months: String),
        _ supersedence: SoftwareUpdatePointComponent.Supersedence?, _ months: Int?
    ) {
        switch (supersedence, months) {
        case (.immediately, _): set(names.immediately, .flag(true), for: field)
        case (.wait, let months?):
            set(names.immediately, .flag(false), for: field)
            set(names.months, .number(months), for: field)
        case (.wait, nil): leave(field, "the months to wait are not told.")
        case (nil, _): leave(field, "whether superseded updates expire at once is not told.")
        }
    }

    private mutating func addUpdates(_ field: FieldKey) {
        switch field {
        case .supcWSUSCleanup:
            if let flag = target.wsusCleanup { set("EnableCallWsusCleanupWizard", .flag(flag), for: field) }
        case .supcExpressFiles:
            if let flag = target.expressFiles {
                set("ContentFileOption", .text(flag ? "ExpressForWindows10Only" : "FullFilesOnly"), for: field)
            }
        default:
            guard let updates = target.thirdPartyUpdates else { return }
            set("EnableThirdPartyUpdates", .flag(updates != .off), for: field)
            if updates != .off { set("EnableManualCertManagement", .flag(updates == .manual), for: field) }
        }
    }

    // MARK: Lists

    private mutating func addLanguages(_ field: FieldKey) {
        if target.value(field) == .list([]) { return leave(field, "a component keeps at least one language.") }
        if field == .supcFileLanguages {
            addList(field, "LanguageUpdateFile", "LanguageUpdateFiles", UpdateLanguage.name)
        } else {
            addList(field, "LanguageSummaryDetail", "LanguageSummaryDetails", UpdateLanguage.name)
        }
    }

    private mutating func addList(
        _ field: FieldKey, _ one: String, _ many: String, _ name: (String) -> String?
    ) {
        let wanted = target.value(field).items
        switch lists {
        case .whole:
            // An empty list says nothing to the resource.
            if wanted.isEmpty { return leave(field, "the resource takes no empty list. Set it in the console.") }
            if let names = names(wanted, field, name) { set(many, .list(names), for: field) }
        case .difference(let seen):
            let known = seen.map { $0.value(field) }.filter { $0 != .nothing }.map(\.items)
            if known.isEmpty {
                guard names(wanted, field, name) != nil else { return }
                untoldLists.append((one, field, wanted))
                fields.append(field)
                return
            }
            let isEverywhere = { (value: String) in
                known.allSatisfy { $0.contains(value, folded: true) }
            }
            var surplus: [String] = []
            for value in known.joined() where !(wanted + surplus).contains(value, folded: true) {
                surplus.append(value)
            }
            guard let added = names(wanted.filter { !isEverywhere($0) }, field, name),
                let dropped = names(surplus, field, name)
            else { return }
            let value = { field == .supcClassifications ? PowerShellValue.classifications($0) : .list($0) }
            if !added.isEmpty { set("Add" + one, value(added), for: field) }
            if !dropped.isEmpty { set("Remove" + one, value(dropped), for: field) }
        }
    }

    /// Nil, and a note, when one of the values has no name a cmdlet takes.
    private mutating func names(_ values: [String], _ field: FieldKey, _ name: (String) -> String?) -> [String]? {
        if let stranger = values.first(where: { name($0) == nil }) {
            leave(field, "no name is known for \(stranger). Set the whole list in the console.")
            return nil
        }
        return values.compactMap(name)
    }
}

extension FieldValue {
    /// The values of a list; none for anything else.
    var items: [String] { if case .list(let items) = self { items } else { [] } }
}

extension [String] {
    /// Whether a text is among these, by the case folding that names compare with.
    func contains(_ text: String, folded: Bool) -> Bool {
        let wanted = text.asciiFolded
        return contains { $0.asciiFolded == wanted }
    }
}
