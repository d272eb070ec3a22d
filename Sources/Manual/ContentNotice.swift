/// Something in `content/` that should be looked at and that stops nothing.
public struct ContentNotice: Sendable, Equatable, CustomStringConvertible {
    /// From the folder's name on: `content/docs/reference/limits.md`.
    public let file: String
    public let message: String

    public var description: String { "\(file): \(message)" }
}

/// A day of the calendar, for telling how old a page is without a clock.
public struct ReviewDay: Sendable, Comparable {
    public let year: Int
    public let month: Int
    public let day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads `2026-11-21`; nil for a day that no calendar has.
    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3, (1...12).contains(parts[1]) else { return nil }
        let isLeapYear = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0)
        let days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...days[parts[1] - 1]).contains(parts[2]) else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }

    /// The same day a year before.
    var aYearBefore: ReviewDay { ReviewDay(year: year - 1, month: month, day: day) }

    public static func < (one: ReviewDay, other: ReviewDay) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }
}

extension Manual {
    /// The pages that nobody has held against their sources for more than a year, those that no other page leads to,
    /// and those that use a word which the glossary has another for.
    ///
    /// - Parameter today: the day to count from.
    public func notices(on today: ReviewDay) -> [ContentNotice] {
        pages.flatMap { page in
            var messages: [String] = []
            if let reviewed = ReviewDay(page.reviewed), reviewed < today.aYearBefore {
                messages.append(
                    "Last reviewed on \(page.reviewed), more than a year ago. Hold it against its sources, and set “reviewed”."
                )
            }
            if page.file.hasPrefix("content/docs/"), page.usedOn.isEmpty, page.section != .reference {
                messages.append("No other page leads here. Link to it where its readers come from.")
            }
            for passage in page.passages where page.path != Glossary.path {
                messages += glossary.faults(in: passage.prose).map {
                    "“\($0.word)” under “\(passage.title)”: this manual says “\($0.term)”, see content/glossary.md."
                }
            }
            return messages.map { ContentNotice(file: page.file, message: $0) }
        }
    }
}
