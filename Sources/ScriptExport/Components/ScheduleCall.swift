import Domain

/// A schedule that was entered here, as New-CMSchedule and ConfigMgrCBDsc take it.
///
/// Source: New-CMSchedule; ConfigMgrCBDsc, CMSoftwareUpdatePointComponent (2023).
struct ScheduleCall {
    /// Of New-CMSchedule, as they stand in a script: words of the product, numbers and a time, none of them typed by anybody.
    let arguments: String
    /// Of the DSC resource; nil where its schema has no such kind.
    let resource: PowerShellParameters?

    /// Whether it says when it begins; else it begins when it is made.
    let hasStart: Bool

    /// Nil while a part that the kind needs is missing or out of range, which New-CMSchedule would refuse.
    init?(_ recurrence: Recurrence) {
        guard recurrence.doubts.isEmpty else { return nil }
        hasStart = recurrence.start != nil
        guard let interval = recurrence.interval, let kind = Kind(recurrence) else { return nil }
        let start = recurrence.start?.text
        let iso = start.map { $0.split(separator: " ").joined(separator: "T") + ":00" }
        arguments =
            "\(kind.arguments) -RecurCount \(interval)" + (iso.map { " -Start ([datetime]'\($0)')" } ?? "")
        resource = kind.resource.map { name, parameters in
            [("ScheduleType", .text(name)), ("RecurInterval", .number(interval))] + parameters
                + (start.map { [("Start", .text(Self.american($0)))] } ?? [])
        }
    }

    /// What depends on the kind.
    private struct Kind {
        let arguments: String
        let resource: (name: String, parameters: PowerShellParameters)?

        init?(_ recurrence: Recurrence) {
            let weekday = recurrence.weekday?.label
            let week = recurrence.weekOrder?.label
            switch (recurrence.kind, weekday, week, recurrence.dayOfMonth) {
            case (.hours, _, _, _):
                (arguments, resource) = ("-RecurInterval Hours", nil)
            case (.days, _, _, _):
                (arguments, resource) = ("-RecurInterval Days", ("Days", []))
            case (.weekly, let weekday?, _, _):
                (arguments, resource) = ("-DayOfWeek \(weekday)", ("Weekly", [("DayOfWeek", .text(weekday))]))
            case (.monthlyByWeek, let weekday?, let week?, _):
                arguments = "-DayOfWeek \(weekday) -WeekOrder \(week)"
                resource = ("MonthlyByWeek", [("DayOfWeek", .text(weekday)), ("MonthlyWeekOrder", .text(week))])
            case (.monthlyByDay, _, _, let day?):
                (arguments, resource) = ("-DayOfMonth \(day)", ("MonthlyByDay", [("DayOfMonth", .number(day))]))
            default: return nil
            }
        }
    }

    /// `2026-11-21 03:00` as the resource reads it: `11/21/2026 03:00`.
    private static func american(_ start: String) -> String {
        let parts = start.split(whereSeparator: { $0 == " " || $0 == "-" })
        return parts.count == 4 ? "\(parts[1])/\(parts[2])/\(parts[0]) \(parts[3])" : start
    }
}

extension SoftwareUpdatePointComponent {
    /// The fields that a script writes in a step of their own: whether the site synchronizes by itself, and when.
    static let timingFields: [FieldKey] = [.supcSynchronizeOnSchedule] + scheduleFields

    /// The fields that say together when a site synchronizes: the product's token, or the parts that were entered here.
    static let scheduleFields: [FieldKey] = [.supcSchedule] + recurrenceFields

    /// Whether anything says when the site synchronizes.
    var tellsSchedule: Bool { schedule != nil || recurrence != nil }

    /// The schedule as a script compares it with the site's token; nil for parts that make no schedule.
    ///
    /// Without a start the product begins when the schedule is made, so that no two tokens are equal: then the rest alone
    /// is compared.
    var comparableSchedule: (name: String, value: PowerShellValue)? {
        guard let recurrence else { return (FieldKey.supcSchedule.name, .text(schedule?.text ?? "")) }
        return ScheduleCall(recurrence).map {
            $0.hasStart
                ? (FieldKey.supcSchedule.name, .scheduleToken(arguments: $0.arguments))
                : ("scheduleWithoutStart", .scheduleWithoutStart(arguments: $0.arguments))
        }
    }
}
