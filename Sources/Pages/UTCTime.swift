/// A moment as pages write it.
///
/// By hand, because a date formatter costs more than the rest of a page.
public struct UTCTime: Sendable {
    private let year: Int
    private let month: Int
    private let day: Int
    private let minuteOfDay: Int

    /// - Parameter milliseconds: since 1970, UTC.
    public init(milliseconds: Int64) {
        let minutes = Int(milliseconds.floored(by: 60_000))
        let days = minutes.floored(by: 1440)
        minuteOfDay = minutes - days * 1440
        (year, month, day) = Self.civil(daysSince1970: days)
    }

    /// Such as `21 Nov 2026 07:50 UTC`.
    public var text: String {
        "\(day) \(Self.months[month - 1]) \(year) \(padded(minuteOfDay / 60)):\(padded(minuteOfDay % 60)) UTC"
    }

    /// Such as `2026-11-21T07:50Z`, for machines.
    var attribute: String {
        "\(year)-\(padded(month))-\(padded(day))T\(padded(minuteOfDay / 60)):\(padded(minuteOfDay % 60))Z"
    }

    /// A day as pages write it: `2026-11-21` becomes `21 Nov 2026`, anything else stays as it is.
    static func day(_ text: String) -> String {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return text }
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }

    /// Such as `2026-11-21T07:50`: the beginning of an RFC 3339 time, for the log.
    public var minute: String { String(attribute.dropLast()) }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`: years begin in March,
    /// so that the leap day is the last of its year.
    private static func civil(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = daysSince1970 + 719_468
        let era = shifted.floored(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension FixedWidthInteger {
    /// The quotient rounded down, also for moments before 1970.
    fileprivate func floored(by divisor: Self) -> Self {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
