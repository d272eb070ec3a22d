/// A synchronization schedule that was entered here, part by part. Each part can be missing while the kind is chosen: what
/// is missing is a finding.
///
/// Source: Microsoft Learn, "New-CMSchedule"; the ranges are those of the classes SMS_ST_RecurInterval, SMS_ST_RecurWeekly,
/// SMS_ST_RecurMonthlyByWeekday and SMS_ST_RecurMonthlyByDate.
public struct Recurrence: Sendable, Equatable {
    public var kind: Kind
    /// Every how many of the kind's units: hours, days, weeks or months.
    public var interval: Int?
    /// Told only where the kind is weekly or monthly by week.
    public var weekday: Weekday?
    /// Told only where the kind is monthly by week.
    public var weekOrder: WeekOrder?
    /// Told only where the kind is monthly by day: 1 to 31, and 0 for the last day of the month.
    public var dayOfMonth: Int?
    /// When it begins, on the clock of the computer that applies it; nil leaves that to the product.
    public var start: ConsoleTime?

    public init(_ kind: Kind) { self.kind = kind }

    public enum Kind: String, Sendable, CaseIterable {
        case hours, days, weekly, monthlyByWeek, monthlyByDay

        public var label: String {
            switch self {
            case .hours: "Every some hours"
            case .days: "Every some days"
            case .weekly: "On a day of the week"
            case .monthlyByWeek: "Monthly, on a day of a week"
            case .monthlyByDay: "Monthly, on a day of the month"
            }
        }

        /// What an interval counts.
        public var unit: String {
            switch self {
            case .hours: "hours"
            case .days: "days"
            case .weekly: "weeks"
            case .monthlyByWeek, .monthlyByDay: "months"
            }
        }

        /// Which intervals the product's schedules can hold.
        public var intervals: ClosedRange<Int> {
            switch self {
            case .hours: 1...23
            case .days: 1...31
            case .weekly: 1...4
            case .monthlyByWeek, .monthlyByDay: 1...12
            }
        }

        /// The parts that mean something where this kind is chosen; the others are neither judged nor kept.
        public var parts: Set<FieldKey> {
            let own: Set<FieldKey> =
                switch self {
                case .hours, .days: []
                case .weekly: [.supcScheduleWeekday]
                case .monthlyByWeek: [.supcScheduleWeekday, .supcScheduleWeekOrder]
                case .monthlyByDay: [.supcScheduleDayOfMonth]
                }
            return own.union([.supcScheduleInterval, .supcScheduleStart])
        }
    }

    public enum Weekday: String, Sendable, CaseIterable {
        case sunday, monday, tuesday, wednesday, thursday, friday, saturday

        /// As the product names it too.
        public var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    public enum WeekOrder: String, Sendable, CaseIterable {
        case first, second, third, fourth, last

        /// As the product names it too.
        public var label: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .supcScheduleKind: .text(kind.rawValue)
        case .supcScheduleInterval: interval.map(FieldValue.number) ?? .nothing
        case .supcScheduleWeekday: .optional(weekday?.rawValue)
        case .supcScheduleWeekOrder: .optional(weekOrder?.rawValue)
        case .supcScheduleDayOfMonth: dayOfMonth.map(FieldValue.number) ?? .nothing
        case .supcScheduleStart: .optional(start?.text)
        default: .nothing
        }
    }

    /// What is missing or out of range.
    public var doubts: [(field: FieldKey, problem: Problem)] {
        var doubts: [(field: FieldKey, problem: Problem)] = []
        let needed = FieldKey.allCases.filter { kind.parts.contains($0) && $0 != .supcScheduleStart }
        for field in needed where value(field) == .nothing {
            doubts.append((field, Problem(.componentScheduleIncomplete, Self.question(field, kind))))
        }
        if let interval, !kind.intervals.contains(interval) {
            doubts.append(
                (
                    .supcScheduleInterval,
                    Problem(
                        .componentScheduleRange,
                        "A schedule can recur every \(kind.intervals.lowerBound) to \(kind.intervals.upperBound) \(kind.unit). This one is \(interval): enter another number, or choose another kind."
                    )
                ))
        }
        if let dayOfMonth, !(0...31).contains(dayOfMonth) {
            doubts.append(
                (
                    .supcScheduleDayOfMonth,
                    Problem(
                        .componentScheduleRange,
                        "The day of the month must be 1 to 31, or 0 for the last one. This one is \(dayOfMonth).")
                ))
        }
        return doubts
    }

    private static func question(_ field: FieldKey, _ kind: Kind) -> String {
        switch field {
        case .supcScheduleInterval: "Enter every how many \(kind.unit) the site synchronizes."
        case .supcScheduleWeekday: "Choose the day of the week on which the site synchronizes."
        case .supcScheduleWeekOrder: "Choose the week of the month in which the site synchronizes."
        default: "Enter the day of the month on which the site synchronizes, 0 for the last one."
        }
    }
}

extension Recurrence {
    /// Reads the parts that were sent. A blank kind takes all of them away; parts that mean nothing under the kind are
    /// neither judged nor kept.
    static func check(_ draft: Draft, base: Recurrence?, _ judge: inout Judge) -> Recurrence? {
        var kind = base?.kind
        draft.read(.supcScheduleKind, into: &kind, &judge)
        guard let kind else { return nil }
        var recurrence = base ?? Recurrence(kind)
        recurrence.kind = kind
        draft.read(.supcScheduleInterval, upTo: 999, into: &recurrence.interval, &judge)
        recurrence.start = draft.optional(.supcScheduleStart, base: recurrence.start, &judge, ConsoleTime.check)
        let parts = kind.parts
        if parts.contains(.supcScheduleWeekday) {
            draft.read(.supcScheduleWeekday, into: &recurrence.weekday, &judge)
        } else {
            recurrence.weekday = nil
        }
        if parts.contains(.supcScheduleWeekOrder) {
            draft.read(.supcScheduleWeekOrder, into: &recurrence.weekOrder, &judge)
        } else {
            recurrence.weekOrder = nil
        }
        if parts.contains(.supcScheduleDayOfMonth) {
            draft.read(.supcScheduleDayOfMonth, upTo: 999, into: &recurrence.dayOfMonth, &judge)
        } else {
            recurrence.dayOfMonth = nil
        }
        return recurrence
    }
}
