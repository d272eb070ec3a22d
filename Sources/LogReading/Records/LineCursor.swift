/// The line and the record that hold a place, asked for one place after the other: no byte is looked at for each place again.
struct LineCursor {
    /// The line, without its end.
    private(set) var line = 0..<0
    /// What tells this line from all others of the text.
    var place = 0
    private var lineBreak = 0
    private var isSet = false
    private var record: LogRecord?
    private var bounds = RecordBounds()

    /// What tells the line that holds the range; nil where that is not the line that was asked for last.
    func counted(_ range: Range<Int>) -> Int? { holds(range) ? place : nil }

    private func holds(_ range: Range<Int>) -> Bool {
        isSet && line.lowerBound <= range.lowerBound && range.upperBound <= lineBreak
    }

    /// Goes on to the line that holds the range.
    mutating func move(to range: Range<Int>, in bytes: UnsafeRawBufferPointer) {
        if holds(range) { return }
        let from = isSet ? min(lineBreak, range.lowerBound) : 0
        line = bytes.line(around: range, in: from..<bytes.count)
        lineBreak = bytes.firstIndex(of: 0x0A, in: line.upperBound..<bytes.count) ?? bytes.count
        isSet = true
    }

    /// The message that holds a place of this line.
    mutating func record(holding place: Range<Int>, in bytes: UnsafeRawBufferPointer) -> LogRecord {
        let text = bounds.message(holding: place, in: bytes)
        if let record, record.text.contains(place), text == nil || record.text == text,
            (record.format == .cmTrace) == (text != nil)
        {
            return record
        }
        let made = LogRecord(message: text, line: line, in: bytes)
        record = made
        return made
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}

/// Where CMTrace's records begin and end, asked for one place after the other.
private struct RecordBounds {
    /// The marks before here are known.
    private var index = 0
    /// Where the record begins that is open at `index`.
    private var open: Int?
    /// The mark that was found last, and up to where marks were looked for.
    private var next: (place: Int, isEnd: Bool)?
    private var searched = 0

    /// What the record says that holds the place; nil where there is none, or none that ends.
    mutating func message(holding place: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int>? {
        // The sign stands in both marks, and seldom elsewhere.
        while let mark = bytes.firstIndex(of: UInt8(ascii: "!"), in: index..<max(index, place.lowerBound)) {
            if LogRecord.begins(at: mark - 1, in: bytes) {
                open = mark - 1
            } else if LogRecord.ends(at: mark - 5, in: bytes) {
                open = nil
            }
            index = mark + 1
        }
        index = max(index, place.lowerBound)
        guard let open, open >= place.lowerBound - LogRecord.longest else { return nil }
        let start = open + LogRecord.openingLength
        guard start <= place.lowerBound, let end = end(after: place.upperBound, in: bytes) else { return nil }
        return start..<end
    }

    /// Where the record that is open at a place ends; nil where another begins before, or nothing ends it.
    private mutating func end(after place: Int, in bytes: UnsafeRawBufferPointer) -> Int? {
        let reach = min(bytes.count, place + LogRecord.longest)
        if next.map({ $0.place < place }) ?? true { next = mark(after: place, before: reach, bytes) }
        guard let next, next.isEnd, next.place < reach else { return nil }
        return next.place
    }

    private mutating func mark(
        after place: Int, before reach: Int, _ bytes: UnsafeRawBufferPointer
    ) -> (place: Int, isEnd: Bool)? {
        searched = max(place, searched)
        while let sign = bytes.firstIndex(of: UInt8(ascii: "!"), in: searched..<max(searched, reach)) {
            searched = sign + 1
            if sign - 5 >= place, LogRecord.ends(at: sign - 5, in: bytes) { return (sign - 5, true) }
            if sign - 1 >= place, LogRecord.begins(at: sign - 1, in: bytes) { return (sign - 1, false) }
        }
        searched = max(searched, reach)
        return nil
    }
}

/// Counts the lines of a text, going on from where it was.
struct LineCount {
    private(set) var lines = 0
    private var index = 0

    mutating func advance(to end: Int, _ bytes: UnsafeRawBufferPointer) {
        // A byte holds the count of as many bytes as it can hold.
        while index < end {
            let stop = min(end, index + 255)
            var count: UInt8 = 0
            for place in index..<stop { count &+= bytes[place] == 0x0A ? 1 : 0 }
            lines += Int(count)
            index = stop
        }
    }
}
