import Glibc

/// One message of a log file, as ranges of the bytes it stands in.
struct LogRecord {
    var format: LogFormat
    /// What the message says.
    var text: Range<Int>
    var component: Range<Int>?
    var time: LogTime?

    private static let opening = Array("<![LOG[".utf8)
    private static let closing = Array("]LOG]!>".utf8)
    /// A record that goes on for longer is looked at line by line.
    static let longest = 64 << 10

    /// - Parameters:
    ///   - message: what a record of CMTrace's says; nil where the line is in none.
    ///   - line: the line, where it is in none.
    init(message: Range<Int>?, line: Range<Int>, in bytes: UnsafeRawBufferPointer) {
        if let message {
            self = Self.cmTrace(message, bytes)
        } else {
            self = LogRecord(line: line, bytes)
        }
    }

    static var openingLength: Int { opening.count }

    /// Whether the mark stands here that begins a record.
    static func begins(at index: Int, in bytes: UnsafeRawBufferPointer) -> Bool { bytes.holds(opening, at: index) }

    /// Whether the mark stands here that ends what a record says.
    static func ends(at index: Int, in bytes: UnsafeRawBufferPointer) -> Bool { bytes.holds(closing, at: index) }

    /// A line alone, in any form but CMTrace's.
    private init(line: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
        self.init(format: .plain, text: line)
        if let mark = bytes.firstIndex(of: "$$<", in: line) {
            takeLegacy(mark, line, bytes)
        } else if !line.isEmpty, bytes[line.lowerBound] == UInt8(ascii: "<") {
            takeSetup(line, bytes)
        } else if !takeTabs(line, bytes) {
            var scan = TimeScan(bytes, line)
            let date = scan.isoDate()
            scan.skipBlanks()
            time = LogTime(date, scan.clock())
        }
    }

    private init(format: LogFormat, text: Range<Int>) {
        self.format = format
        self.text = text
    }

    /// How a line is built, as far as the line alone tells.
    static func format(ofLine line: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> LogFormat {
        if bytes.firstIndex(of: "<![LOG[", in: line) != nil || bytes.firstIndex(of: "]LOG]!><time=", in: line) != nil {
            return .cmTrace
        }
        return LogRecord(line: line, bytes).format
    }

    /// Where a record begins that does not end before `end`; nil where none is open.
    static func openRecord(before end: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
        let lowest = max(0, end - longest)
        var stop = end
        while stop - lowest >= opening.count, let found = bytes.lastIndex(of: UInt8(ascii: "L"), in: lowest..<stop) {
            if bytes.holds(closing, at: found - 1) { return nil }
            if bytes.holds(opening, at: found - 3) { return found - 3 }
            stop = found
        }
        return nil
    }

    // MARK: - CMTrace

    private static func cmTrace(_ message: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> LogRecord {
        var record = LogRecord(format: .cmTrace, text: message)
        let end = message.upperBound
        let attributes = end..<(bytes.firstIndex(of: 0x0A, in: end..<bytes.count) ?? bytes.count)
        if let range = bytes.attribute("component=\"", in: attributes) { record.component = range }
        if let time = bytes.attribute("time=\"", in: attributes), let date = bytes.attribute("date=\"", in: attributes)
        {
            var clock = TimeScan(bytes, time)
            var day = TimeScan(bytes, date)
            record.time = LogTime(day.date("-"), clock.clock())
        }
        return record
    }

    // MARK: - Lines

    /// `message~  $$<COMPONENT><MM-dd-yyyy HH:mm:ss.fff+bias><thread=…>`
    private mutating func takeLegacy(_ mark: Int, _ line: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
        format = .legacy
        var end = mark
        while end > line.lowerBound, bytes[end - 1] == 0x20 || bytes[end - 1] == UInt8(ascii: "~") { end -= 1 }
        text = line.lowerBound..<end
        guard let close = bytes.firstIndex(of: "><", in: mark..<line.upperBound) else { return }
        component = mark + 3..<close
        var scan = TimeScan(bytes, close + 2..<line.upperBound)
        let date = scan.date("-")
        scan.skipBlanks()
        time = LogTime(date, scan.clock())
    }

    /// `<02/09/14 22:53:28> text`
    private mutating func takeSetup(_ line: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
        var scan = TimeScan(bytes, line.lowerBound + 1..<line.upperBound)
        let date = scan.date("/")
        scan.skipBlanks()
        guard let time = LogTime(date, scan.clock()), scan.skip(">") else { return }
        scan.skipBlanks()
        format = .setup
        text = scan.index..<line.upperBound
        self.time = time
    }

    /// `text`, component, time and thread, with tabs between.
    private mutating func takeTabs(_ line: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        var tabs: [Int] = []
        var end = line.upperBound
        while tabs.count < 3, let tab = bytes.lastIndex(of: 0x09, in: line.lowerBound..<end) {
            tabs.append(tab)
            end = tab
        }
        guard tabs.count == 3 else { return false }
        let column = tabs[1] + 1..<tabs[0]
        // The date is as the computer writes dates; its time of day tells the column.
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":"), in: column) else { return false }
        var start = colon
        while start > column.lowerBound, bytes[start - 1].isDigit, colon - start < 2 { start -= 1 }
        var scan = TimeScan(bytes, start..<column.upperBound)
        guard var clock = scan.clock() else { return false }
        scan.skipBlanks()
        if scan.skip("P") { clock.hour = clock.hour % 12 + 12 } else if scan.skip("A") { clock.hour %= 12 }
        time = LogTime(TimeScan.columnDate(bytes, column.lowerBound..<start), clock)
        format = .tabs
        text = line.lowerBound..<tabs[2]
        component = tabs[2] + 1..<tabs[1]
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// The line that holds a place, without its end.
    func line(around place: Range<Int>, in region: Range<Int>) -> Range<Int> {
        let start = lastIndex(of: 0x0A, in: region.lowerBound..<place.lowerBound).map { $0 + 1 } ?? region.lowerBound
        var end = firstIndex(of: 0x0A, in: place.upperBound..<region.upperBound) ?? region.upperBound
        if end > place.upperBound, self[end - 1] == 0x0D { end -= 1 }
        return start..<Swift.max(start, end)
    }

    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let baseAddress, !range.isEmpty,
            let found = memchr(baseAddress + range.lowerBound, Int32(byte), range.count)
        else { return nil }
        return baseAddress.distance(to: UnsafeRawPointer(found))
    }

    func lastIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
        guard let baseAddress else { return nil }
        var index = range.upperBound
        while index > range.lowerBound {
            index -= 1
            if baseAddress.load(fromByteOffset: index, as: UInt8.self) == byte { return index }
        }
        return nil
    }

    func firstIndex(of text: StaticString, in range: Range<Int>) -> Int? {
        firstIndex(of: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), in: range)
    }

    func firstIndex(of text: [UInt8], in range: Range<Int>) -> Int? {
        text.withUnsafeBytes { firstIndex(of: $0, in: range) }
    }

    private func firstIndex(of text: UnsafeRawBufferPointer, in range: Range<Int>) -> Int? {
        guard let baseAddress, let start = text.baseAddress, let first = text.first else { return nil }
        var index = range.lowerBound
        while let found = firstIndex(of: first, in: index..<range.upperBound), found + text.count <= range.upperBound {
            if memcmp(baseAddress + found, start, text.count) == 0 { return found }
            index = found + 1
        }
        return nil
    }

    fileprivate func holds(_ text: [UInt8], at index: Int) -> Bool {
        guard let baseAddress, index >= 0, index + text.count <= count else { return false }
        return memcmp(baseAddress + index, text, text.count) == 0
    }

    /// What stands in the quotes behind a name.
    fileprivate func attribute(_ name: StaticString, in range: Range<Int>) -> Range<Int>? {
        guard let start = firstIndex(of: name, in: range) else { return nil }
        let value = start + name.utf8CodeUnitCount
        return firstIndex(of: UInt8(ascii: "\""), in: value..<range.upperBound).map { value..<$0 }
    }
}
