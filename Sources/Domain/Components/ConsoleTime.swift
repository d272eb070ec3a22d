/// A date and a time of day on the clock of the computer on which the console runs. It belongs to no time zone, and is
/// never converted.
public struct ConsoleTime: Sendable, Hashable, CustomStringConvertible {
    /// Always `2026-11-21 03:00`.
    public let text: String

    public var description: String { text }

    /// Reads `2026-11-21 03:00`, with a `T` in place of the blank too, and with one digit where one is enough.
    public static func check(_ text: String) -> Checked<ConsoleTime> {
        let parts = text.trimmingBlanks.split(whereSeparator: { $0 == " " || $0 == "T" })
        guard parts.count == 2, let date = numbers(parts[0], "-"), date.count == 3,
            let time = numbers(parts[1], ":"), time.count == 2
        else { return .problems([unreadable(text)]) }
        guard (1980...2100).contains(date[0]), (1...12).contains(date[1]),
            (1...days(of: date[1], in: date[0])).contains(date[2]), (0...23).contains(time[0]),
            (0...59).contains(time[1])
        else {
            return .problems([
                Problem(
                    .componentScheduleStart,
                    "There is no such time as \(text.quoted). Enter a date of the years 1980 to 2100 and a time from 00:00 to 23:59."
                )
            ])
        }
        return .value(
            ConsoleTime(
                text: padded(date[0], 4) + "-" + padded(date[1], 2) + "-" + padded(date[2], 2) + " "
                    + padded(time[0], 2) + ":" + padded(time[1], 2)))
    }

    private static func unreadable(_ text: String) -> Problem {
        Problem(
            .componentScheduleStart,
            "Enter the start as year, month, day and time, such as 2026-11-21 03:00. This one is \(text.quoted).")
    }

    private static func numbers(_ text: Substring, _ separator: Character) -> [Int]? {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            (1...4).contains(part.utf8.count) && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        return isPlain ? parts.compactMap { Int($0) } : nil
    }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
