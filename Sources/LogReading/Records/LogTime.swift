/// A time as a log line has it: that of the computer's clock, with what lies between it and UTC where the line says so.
public struct LogTime: Sendable, Equatable {
    public let year: Int
    public let month: Int
    public let day: Int
    public let hour: Int
    public let minute: Int
    public let second: Int
    /// Minutes to add for UTC; nil when the line does not say.
    public let bias: Int?

    init?(year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int, bias: Int?) {
        guard 1...12 ~= month, 1...31 ~= day, 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second, 1980...9999 ~= year
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.bias = bias
    }

    /// `2020-02-08 02:13:11`, on the clock of the computer.
    public var text: String {
        "\(padded(year, 4))-\(padded(month))-\(padded(day)) \(padded(hour)):\(padded(minute)):\(padded(second))"
    }

    /// `UTC+5:30`, `UTC-8`, or nothing where the line does not say.
    public var zone: String? {
        guard let bias else { return nil }
        let offset = -bias
        let minutes = offset.magnitude % 60
        let sign = offset < 0 ? "-" : "+"
        return offset == 0
            ? "UTC" : "UTC\(sign)\(offset.magnitude / 60)" + (minutes == 0 ? "" : ":" + padded(Int(minutes)))
    }

    private func padded(_ number: Int, _ length: Int = 2) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, length - digits.utf8.count)) + digits
    }
}

/// Reads numbers and marks one after the other, as times are written.
struct TimeScan {
    private let bytes: UnsafeRawBufferPointer
    private(set) var index: Int
    private let end: Int

    init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
        self.bytes = bytes
        index = range.lowerBound
        end = range.upperBound
    }

    /// A number of so many digits.
    mutating func number(_ digits: ClosedRange<Int>) -> Int? {
        var value = 0
        var count = 0
        while index < end, bytes[index].isDigit, count < digits.upperBound {
            value = value * 10 + Int(bytes[index] - 0x30)
            index += 1
            count += 1
        }
        return count >= digits.lowerBound ? value : nil
    }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard index < end, UInt32(bytes[index]) == mark.value else { return false }
        index += 1
        return true
    }

    mutating func skipBlanks() { while index < end, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 } }

    /// `HH:mm:ss`, with a fraction and a bias if they stand there. A bias has a sign: the digits before it are the fraction's.
    mutating func clock() -> (hour: Int, minute: Int, second: Int, bias: Int?)? {
        guard let hour = number(1...2), skip(":"), let minute = number(1...2), skip(":"), let second = number(1...2)
        else { return nil }
        if skip(".") || skip(":") { _ = number(1...7) }
        var bias: Int?
        if skip("+") { bias = number(1...4) } else if skip("-") { bias = number(1...4).map { -$0 } }
        return (hour, minute, second, bias)
    }

    /// `month-day-year` with the mark between, the year with two or four digits.
    mutating func date(_ mark: Unicode.Scalar) -> (year: Int, month: Int, day: Int)? {
        guard let month = number(1...2), skip(mark), let day = number(1...2), skip(mark), let year = number(2...4)
        else { return nil }
        return (year < 100 ? (year < 80 ? 2000 + year : 1900 + year) : year, month, day)
    }

    /// `month/day/year`, `day.month.year` or `year-month-day`. `27/04/2021` is none: where `03/04/2021` stands beside it, nothing
    /// tells which is the month.
    static func columnDate(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> (year: Int, month: Int, day: Int)? {
        var (american, german, iso) = (TimeScan(bytes, range), TimeScan(bytes, range), TimeScan(bytes, range))
        if let date = american.date("/") { return date }
        if let date = german.date(".") { return (date.year, date.day, date.month) }
        return iso.isoDate()
    }

    /// `year-month-day`.
    mutating func isoDate() -> (year: Int, month: Int, day: Int)? {
        guard let year = number(4...4), skip("-") || skip("/"), let month = number(2...2), skip("-") || skip("/"),
            let day = number(2...2)
        else { return nil }
        return (year, month, day)
    }
}

extension LogTime {
    init?(
        _ date: (year: Int, month: Int, day: Int)?, _ clock: (hour: Int, minute: Int, second: Int, bias: Int?)?
    ) {
        guard let date, let clock else { return nil }
        self.init(
            year: date.year, month: date.month, day: date.day, hour: clock.hour, minute: clock.minute,
            second: clock.second, bias: clock.bias)
    }
}
