import Domain

/// Reads a log file as its bytes come, and says what it tells of connections.
///
/// It keeps the line, or the record, that is not complete yet, and what it has found: its memory does not grow with the
/// file. What it finds does not depend on how the bytes were cut up, lines and records longer than ``longestLine``
/// excepted, of which the samples may begin elsewhere.
public struct LogReader {
    private let patterns: LogPatterns
    private var intake = TextIntake()
    private var tally: LogTally
    private var diagnosis: LogDiagnosis
    /// What is not looked at yet, and before it what a long line may need to be understood.
    private var buffer: [UInt8] = []
    private var scratch: [Automaton.Match] = []
    /// Up to here a long line was looked at already.
    private var seen = 0
    /// Where the last line that is complete ends, and up to where its end was looked for.
    private var lastBreak: Int?
    private var searched = 0
    /// How much of the text is gone from the buffer, in bytes and in lines.
    private var passed = 0
    private var passedLines = 0
    private var isInLongLine = false
    private var sniffed = 0
    private var formats: [LogFormat: Int] = [:]

    /// Bytes of a line that are looked at as one.
    public static let longestLine = 64 << 10
    private static let piece = 256 << 10
    /// What is kept of a long line, and how much of that is still to be looked at.
    private static let overlap = (kept: 2_048, unseen: 1_024)
    /// The lines that tell the format.
    private static let tellingLines = 50

    /// - Parameter file: its name, as it was handed over; nil for pasted lines.
    public init(_ patterns: LogPatterns, file: String? = nil) {
        self.patterns = patterns
        tally = LogTally(patterns)
        diagnosis = LogDiagnosis(fileName: file)
    }

    /// How many bytes have come so far.
    public var bytes: Int64 { diagnosis.bytes }

    /// Reads more of the file.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        diagnosis.bytes += Int64(bytes.count)
        var rest = bytes[...]
        while !rest.isEmpty {
            let next = rest.prefix(Self.piece)
            intake.take(UnsafeRawBufferPointer(rebasing: next), into: &buffer)
            rest = rest.dropFirst(next.count)
            takeWholeLines()
        }
    }

    /// Ends the file.
    public mutating func finish() -> LogDiagnosis {
        intake.finish(into: &buffer)
        takeWholeLines()
        // The last line need not be ended.
        let endsInLine = buffer.last.map { $0 != 0x0A } ?? false
        if !buffer.isEmpty { look(upTo: buffer.count, keeping: 0) }
        diagnosis.lines = passedLines + (endsInLine ? 1 : 0)
        tally.fill(&diagnosis)
        diagnosis.encoding = tally.isUTF8 ? intake.encoding : .windows1252
        diagnosis.format = formats.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key ?? .plain
        return diagnosis
    }

    // MARK: - Lines

    private mutating func takeWholeLines() {
        let isNews = buffer.withUnsafeBytes { bytes in
            guard let found = bytes.lastIndex(of: 0x0A, in: searched..<bytes.count) else { return false }
            lastBreak = found
            return true
        }
        searched = buffer.count
        if let last = lastBreak {
            // The bytes before a line's end were judged when it came, until there are too many of them.
            guard isNews || buffer.count >= 2 * LogRecord.longest else { return }
            let end = buffer.withUnsafeBytes { wholeLines(in: $0, last: last) }
            if end > 0 { look(upTo: end, keeping: 0) }
        } else if buffer.count >= Self.longestLine {
            if !isInLongLine {
                diagnosis.cutLines += 1
                isInLongLine = true
            }
            look(upTo: buffer.count - Self.overlap.unseen, keeping: Self.overlap.kept - Self.overlap.unseen)
        }
    }

    /// Where the lines end that can be looked at: before the line in which a record begins that is still open. One that
    /// stays open is looked at without its end.
    private func wholeLines(in bytes: UnsafeRawBufferPointer, last: Int) -> Int {
        var end = last + 1
        // That line may be the one in which the record before it ends.
        while end > 0, let open = LogRecord.openRecord(before: end, in: bytes), open >= seen {
            end = bytes.line(around: open..<open, in: 0..<bytes.count).lowerBound
        }
        return end > 0 || bytes.count < 2 * LogRecord.longest ? end : last + 1
    }

    /// Looks for everything that ends before `end`, and lets go of what is before it.
    ///
    /// - Parameter kept: how many bytes before `end` stay, for what follows them in the same line.
    private mutating func look(upTo end: Int, keeping kept: Int) {
        let from = seen
        var count = LineCount()
        var lines = LineCursor()
        var matches = scratch
        scratch = []
        var text: [UInt8] = []
        swap(&text, &buffer)
        text.withUnsafeBytes { bytes in
            sniff(bytes, end)
            matches.removeAll(keepingCapacity: true)
            patterns.automaton.scan(bytes, in: max(0, from - Self.overlap.unseen)..<end, into: &matches)
            for match in matches where match.end > from { take(match, bytes, &count, &lines) }
            count.advance(to: end - kept, bytes)
        }
        passedLines += count.lines
        passed += end - kept
        if kept == 0 { isInLongLine = false }
        swap(&text, &buffer)
        scratch = matches
        buffer.removeFirst(end - kept)
        seen = kept
        searched = max(0, searched - (end - kept))
        lastBreak = lastBreak.flatMap { $0 < end - kept ? nil : $0 - (end - kept) }
    }

    private mutating func take(
        _ match: Automaton.Match, _ bytes: UnsafeRawBufferPointer, _ count: inout LineCount, _ lines: inout LineCursor
    ) {
        let (target, end) = (patterns.targets[match.text], match.end)
        var range = end - patterns.lengths[match.text]..<end
        var unlisted: UInt32?
        let note = patterns.notes[match.text]
        // A line counts once for each, however often it has it.
        if let line = lines.counted(range), tally.hasCounted(target, note, inLine: line) { return }
        switch target {
        case .signature: break
        case .code(_, let spelling):
            // Most numbers are ruled out by the byte behind them; the others are worth a look at their line.
            if end < bytes.count, bytes[end].isWord { return }
            if !isCode(range, spelling, bytes) { return }
        case .origin(let spelling):
            guard let found = patterns.unlisted(beginning: end, spelling, in: bytes) else { return }
            if let line = lines.counted(found.range), tally.hasCounted(unlisted: found.hresult, inLine: line) { return }
            // A number without a sign says nothing alone.
            if !isCode(found.range, spelling == .unsigned ? .decimal : spelling, bytes) { return }
            (unlisted, range) = (found.hresult, found.range)
        }
        lines.move(to: range, in: bytes)
        count.advance(to: lines.line.lowerBound, bytes)
        let number = passedLines + count.lines + 1
        // The beginning of a long line is gone: its number stands for it, below all places of the text.
        lines.place = isInLongLine ? -1 - number : passed + lines.line.lowerBound
        let place = LogTally.Place(bytes: bytes, range: range, line: number, lineStart: lines.place)
        switch target {
        case .code(let index, _): tally.note(code: index, note, at: place, &lines)
        case .signature(let index): tally.note(signature: index, at: place, &lines)
        case .origin: if let unlisted { tally.note(unlisted: unlisted, at: place, &lines) }
        }
    }

    private func isCode(_ range: Range<Int>, _ spelling: LogPatterns.Spelling, _ bytes: UnsafeRawBufferPointer) -> Bool
    {
        let near = max(0, range.lowerBound - 160)..<min(bytes.count, range.upperBound + 64)
        let context = CodeContext(
            bytes: bytes, line: bytes.line(around: range, in: near), takesLone: diagnosis.fileName == nil)
        return context.isCode(range, spelling)
    }

    /// Finds out how the lines are built.
    private mutating func sniff(_ bytes: UnsafeRawBufferPointer, _ end: Int) {
        var start = 0
        while sniffed < Self.tellingLines, start < end, !isInLongLine {
            let line = bytes.line(around: start..<start, in: 0..<end)
            let format = LogRecord.format(ofLine: line, bytes)
            if format != .plain { formats[format, default: 0] += 1 }
            sniffed += 1
            start = (bytes.firstIndex(of: 0x0A, in: line.upperBound..<end) ?? end) + 1
        }
    }
}
