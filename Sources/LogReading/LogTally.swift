import Domain

/// Counts what is found, and keeps the first few lines of each.
struct LogTally {
    private let patterns: LogPatterns
    private var codes: [Entry]
    private var signatures: [Entry]
    /// HRESULTs that the table does not have.
    private var unlisted: [UInt32: Entry] = [:]
    private(set) var hosts: [String] = []
    private(set) var shortNames: [String] = []
    private(set) var sites: [String] = []
    private(set) var isUTF8 = true
    /// The log files that the lines with findings are of, as their components tell; no more than tell whether it is one.
    private var written: [LogFile] = []
    /// The components that were looked up last, as they stand in the lines.
    private var lookedUp: [[UInt8]] = []
    /// Lines in which names of computers were looked for.
    private var searchedLines = 0
    private var lastSearched = -1

    /// What is known of a code or a line so far.
    private struct Entry {
        var sightings = LogSightings()
        var values: [String] = []
        /// Where the line begins that was counted last: a line counts once for each.
        var lastLine = -1

        /// Whether there is no use in adding the value.
        func knows(_ value: String) -> Bool { values.count >= LogTally.mostValues || values.contains(value) }

        mutating func add(value: String) { if !knows(value) { values.append(value) } }
    }

    /// A place in the text that is looked at.
    struct Place {
        let bytes: UnsafeRawBufferPointer
        let range: Range<Int>
        /// The line's number, from 1, and where it begins in the whole text.
        let line: Int
        let lineStart: Int
    }

    private static let mostValues = 20
    private static let mostHosts = 50
    private static let mostLookedUp = 8
    private static let mostShortNames = 100
    private static let mostSearched = 2_000
    /// Bytes of a component that are looked at.
    private static let componentLength = 100
    /// Bytes of a line that are kept as a sample.
    private static let sampleLength = 800

    init(_ patterns: LogPatterns) {
        self.patterns = patterns
        codes = Array(repeating: Entry(), count: patterns.knowledge.codes.count)
        signatures = Array(repeating: Entry(), count: patterns.knowledge.signatures.count)
    }

    /// Whether the line was counted for this already, and nothing is left to be said of the spelling.
    func hasCounted(_ target: LogPatterns.Target, _ note: String?, inLine line: Int) -> Bool {
        switch target {
        case .code(let index, _): codes[index].lastLine == line && (note.map(codes[index].knows) ?? true)
        case .signature(let index): signatures[index].lastLine == line
        case .origin: false
        }
    }

    func hasCounted(unlisted hresult: UInt32, inLine line: Int) -> Bool { unlisted[hresult]?.lastLine == line }

    /// - Parameter note: what is to be said of the spelling; nil for most.
    mutating func note(code index: Int, _ note: String?, at place: Place, _ lines: inout LineCursor) {
        if let note { codes[index].add(value: note) }
        guard codes[index].lastLine != place.lineStart else { return }
        codes[index].lastLine = place.lineStart
        let record = lines.record(holding: place.range, in: place.bytes)
        var sightings = LogSightings()
        swap(&sightings, &codes[index].sightings)
        see(record, at: place, &sightings)
        swap(&sightings, &codes[index].sightings)
    }

    mutating func note(unlisted hresult: UInt32, at place: Place, _ lines: inout LineCursor) {
        guard unlisted[hresult] != nil || unlisted.count < LogDiagnosis.mostUnlisted else { return }
        var entry = unlisted[hresult] ?? Entry()
        guard entry.lastLine != place.lineStart else { return }
        entry.lastLine = place.lineStart
        see(lines.record(holding: place.range, in: place.bytes), at: place, &entry.sightings)
        unlisted[hresult] = entry
    }

    mutating func note(signature index: Int, at place: Place, _ lines: inout LineCursor) {
        guard signatures[index].lastLine != place.lineStart else { return }
        signatures[index].lastLine = place.lineStart
        let signature = patterns.knowledge.signatures[index]
        let record = lines.record(holding: place.range, in: place.bytes)
        let value = signature.capture.flatMap { self.value($0, in: record, at: place) }
        if let value, let kind = signature.capture?.kind {
            if kind.isCode {
                let number = kind == .status ? "http-" + value : value
                if let code = patterns.codeByID[number] ?? patterns.code(number: value) {
                    let carrier = LogPatterns.hresult(in: value)
                    let text = carrier.flatMap { LogPatterns.note(on: $0, of: patterns.knowledge.codes[code]) }
                    note(code: code, text, at: place, &lines)
                }
            } else if kind == .host {
                add(host: value)
            }
        }
        if let value { signatures[index].add(value: value) }
        var sightings = LogSightings()
        swap(&sightings, &signatures[index].sightings)
        see(record, at: place, &sightings)
        swap(&sightings, &signatures[index].sightings)
    }

    // MARK: - What a line carries

    private mutating func value(_ capture: LogSignature.Capture, in record: LogRecord, at place: Place) -> String? {
        let end = max(place.range.upperBound, record.text.upperBound)
        var start = place.range.upperBound
        if !capture.after.isEmpty {
            let after = Array(capture.after.utf8)
            guard let found = place.bytes.firstIndex(of: after, in: start..<end) else { return nil }
            start = found + after.count
        }
        var stop = start
        if capture.kind.isCode {
            while stop < end, place.bytes[stop].isWord || place.bytes[stop] == UInt8(ascii: "-"), stop - start < 12 {
                stop += 1
            }
        } else {
            let reach = start..<min(end, start + 300)
            stop = reach.upperBound
            if !capture.until.isEmpty, let found = place.bytes.firstIndex(of: Array(capture.until.utf8), in: reach) {
                stop = found
            }
        }
        guard start < stop else { return nil }
        return Self.part(start..<stop, place.bytes)
    }

    /// A text that may be cut. Halves of characters at its ends say nothing of the encoding, and are left out.
    private static func part(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> String {
        var isUTF8 = true
        return VisibleText.text(UnsafeRawBufferPointer(rebasing: bytes[whole(range, bytes)]), isUTF8: &isUTF8)
    }

    // MARK: - Where it was

    private mutating func see(_ record: LogRecord, at place: Place, _ sightings: inout LogSightings) {
        sightings.count += 1
        if let time = record.time {
            if sightings.first == nil { sightings.first = time }
            sightings.last = time
        }
        searchHosts(record, at: place)
        if let component = record.component { noteLog(writtenBy: component.prefix(Self.componentLength), place.bytes) }
        guard sightings.samples.count < LogSightings.mostSamples else { return }
        let component = record.component.map { Self.part($0.prefix(Self.componentLength), place.bytes) }
        if let component, !sightings.components.contains(component) { sightings.components.append(component) }
        sightings.samples.append(
            LogSample(line: place.line, text: sample(record, at: place), component: component, time: record.time))
    }

    /// Every line that counts is asked, also where its sample is not kept: the second log of a file may come late.
    private mutating func noteLog(writtenBy component: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
        guard written.count < 2 else { return }
        let name = UnsafeRawBufferPointer(rebasing: bytes[component])
        // Most lines are of the component of the line before.
        if lookedUp.contains(where: { $0.count == name.count && $0.elementsEqual(name) }) { return }
        if lookedUp.count == Self.mostLookedUp { lookedUp.removeFirst() }
        lookedUp.append(Array(name))
        if let log = patterns.log(writtenBy: Self.part(component, bytes)), !written.contains(log) {
            written.append(log)
        }
    }

    /// The message, or the part of it around what was found.
    private mutating func sample(_ record: LogRecord, at place: Place) -> String {
        var range = record.text
        var (before, after) = ("", "")
        if range.count > Self.sampleLength {
            let start = max(range.lowerBound, min(place.range.lowerBound - Self.sampleLength / 2, range.upperBound))
            let end = min(range.upperBound, max(start, place.range.lowerBound) + Self.sampleLength / 2)
            if start > range.lowerBound { before = "… " }
            if end < range.upperBound { after = " …" }
            range = Self.whole(start..<max(start, end), place.bytes)
        }
        let text = VisibleText.text(UnsafeRawBufferPointer(rebasing: place.bytes[range]), isUTF8: &isUTF8)
        return before + text + after
    }

    /// The range without halves of characters at its ends.
    private static func whole(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        var steps = 0
        while start < end, bytes[start] & 0xC0 == 0x80, steps < 3 { (start, steps) = (start + 1, steps + 1) }
        steps = 0
        while end > start, end < bytes.count, bytes[end] & 0xC0 == 0x80, steps < 3 {
            (end, steps) = (end - 1, steps + 1)
        }
        return start..<end
    }

    // MARK: - Names of computers

    /// Looks for names such as `CM01.contoso.com`, `\\CM01\share` and `10.0.0.5:8080`.
    private mutating func searchHosts(_ record: LogRecord, at place: Place) {
        guard place.lineStart != lastSearched, searchedLines < Self.mostSearched, hosts.count < Self.mostHosts else {
            return
        }
        lastSearched = place.lineStart
        searchedLines += 1
        var words = HostWords(bytes: place.bytes, text: record.text.prefix(2_000))
        while let word = words.next() {
            switch word {
            case .host(let name): add(host: name)
            case .short(let name): add(short: name)
            case .site(let code): if sites.count < Self.mostHosts, !sites.contains(code) { sites.append(code) }
            }
        }
    }

    private mutating func add(host: String) {
        let folded = host.lowercased()
        guard hosts.count < Self.mostHosts, !hosts.contains(where: { $0.lowercased() == folded }) else { return }
        hosts.append(host)
    }

    private mutating func add(short: String) {
        let folded = short.lowercased()
        guard shortNames.count < Self.mostShortNames, !shortNames.contains(where: { $0.lowercased() == folded }) else {
            return
        }
        shortNames.append(short)
    }

    // MARK: - The end

    func fill(_ diagnosis: inout LogDiagnosis) {
        let knowledge = patterns.knowledge
        diagnosis.hosts = hosts
        diagnosis.shortNames = shortNames
        diagnosis.sites = sites
        let named = diagnosis.fileName.flatMap(patterns.log(named:))
        // Lines that were put together out of several files are of none.
        diagnosis.log = named ?? (written.count == 1 ? written.first : nil)
        diagnosis.signatures = signatures.enumerated().filter { $1.sightings.count > 0 }
            .sorted { ($1.element.sightings.count, $0.offset) < ($0.element.sightings.count, $1.offset) }
            .map { index, entry in
                let signature = knowledge.signatures[index]
                return SignatureFinding(
                    signature: signature, sightings: entry.sightings, values: entry.values,
                    flows: flows(of: signature, entry.sightings, named))
            }
        diagnosis.codes = codes.enumerated().filter { $1.sightings.count > 0 }
            .sorted { ($1.element.sightings.count, $0.offset) < ($0.element.sightings.count, $1.offset) }
            .map { index, entry in
                CodeFinding(
                    code: knowledge.codes[index], sightings: entry.sightings, values: entry.values,
                    flows: flows(entry.sightings, named))
            }
        diagnosis.unlisted = unlisted.sorted { ($1.value.sightings.count, $0.key) < ($0.value.sightings.count, $1.key) }
            .compactMap { hresult, entry in
                patterns.unlisted(hresult).map {
                    UnlistedFinding(code: $0, sightings: entry.sightings, flows: flows(entry.sightings, named))
                }
            }
    }
    /// The log files that lines are of, as far as that is known.
    private func logs(_ sightings: LogSightings, _ named: LogFile?) -> [LogFile] {
        if sightings.components.isEmpty { return [named].compactMap(\.self) }
        return sightings.components.compactMap(patterns.log(writtenBy:))
    }

    private func flows(_ sightings: LogSightings, _ named: LogFile?) -> [TrafficFlowID] {
        var flows: [TrafficFlowID] = []
        for flow in logs(sightings, named).flatMap(\.flows) where !flows.contains(flow) { flows.append(flow) }
        return flows
    }

    /// A line that is known to be of one log is of its flow; sentences of .NET stand in more logs than those that are known to
    /// have them, and say nothing where the log is not known.
    private func flows(of signature: LogSignature, _ sightings: LogSightings, _ named: LogFile?) -> [TrafficFlowID] {
        let own = [signature.flow].compactMap(\.self)
        let logs = logs(sightings, named)
        if logs.isEmpty { return signature.isGeneric ? [] : own }
        var flows: [TrafficFlowID] = []
        for log in logs {
            let isOwn = log.name == signature.logs.first
            for flow in isOwn ? own : log.flows where !flows.contains(flow) { flows.append(flow) }
        }
        return flows
    }
}
