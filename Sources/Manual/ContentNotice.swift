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

    /// Reads `2026-11-21`.
    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
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
