import Domain

/// A schedule that was entered here, as New-CMSchedule and ConfigMgrCBDsc take it.
///
/// Source: New-CMSchedule; ConfigMgrCBDsc, CMSoftwareUpdatePointComponent (2023).
struct ScheduleCall {
    /// Of New-CMSchedule.
    let parameters: PowerShellParameters
    /// Of the DSC resource; nil where its schema has no such kind.
    let resource: PowerShellParameters?

    /// Nil while a part that the kind needs is missing.
    init?(_ recurrence: Recurrence) {
        guard let interval = recurrence.interval else { return nil }
        var parameters: PowerShellParameters = []
        var resource: PowerShellParameters? = [("RecurInterval", .number(interval))]
        switch recurrence.kind {
        case .hours:
            parameters = [("RecurInterval", .text("Hours"))]
            resource = nil
        case .days:
            parameters = [("RecurInterval", .text("Days"))]
            resource?.insert(("ScheduleType", .text("Days")), at: 0)
        case .weekly:
            guard let weekday = recurrence.weekday else { return nil }
            parameters = [("DayOfWeek", .text(weekday.label))]
            resource?.insert(("ScheduleType", .text("Weekly")), at: 0)
            resource?.append(("DayOfWeek", .text(weekday.label)))
        case .monthlyByWeek:
            guard let weekday = recurrence.weekday, let week = recurrence.weekOrder else { return nil }
            parameters = [("DayOfWeek", .text(weekday.label)), ("WeekOrder", .text(week.label))]
            resource?.insert(("ScheduleType", .text("MonthlyByWeek")), at: 0)
            resource? += [("DayOfWeek", .text(weekday.label)), ("MonthlyWeekOrder", .text(week.label))]
        case .monthlyByDay:
            guard let day = recurrence.dayOfMonth else { return nil }
            parameters = [("DayOfMonth", .number(day))]
            resource?.insert(("ScheduleType", .text("MonthlyByDay")), at: 0)
            resource?.append(("DayOfMonth", .number(day)))
        }
        parameters.append(("RecurCount", .number(interval)))
        if let start = recurrence.start?.text {
            let iso = start.split(separator: " ").joined(separator: "T") + ":00"
            parameters.append(("Start", .time(iso)))
            resource?.append(("Start", .text(Self.american(start))))
        }
        self.parameters = parameters
        self.resource = resource
    }

    /// `2026-11-21 03:00` as the resource reads it: `11/21/2026 03:00`.
    private static func american(_ start: String) -> String {
        let parts = start.split(whereSeparator: { $0 == " " || $0 == "-" })
        return parts.count == 4 ? "\(parts[1])/\(parts[2])/\(parts[0]) \(parts[3])" : start
    }
}

extension SoftwareUpdatePointComponent {
    /// The fields that say together when a site synchronizes: the product's token, or the parts that were entered here.
    static let scheduleFields: [FieldKey] = [.supcSchedule] + recurrenceFields

    /// Whether anything says when the site synchronizes.
    var tellsSchedule: Bool { schedule != nil || recurrence != nil }

    /// The schedule as a script compares it with the site's token.
    var comparableSchedule: PowerShellValue {
        recurrence.flatMap(ScheduleCall.init).map { .scheduleToken($0.parameters) } ?? .text(schedule?.text ?? "")
    }
}
