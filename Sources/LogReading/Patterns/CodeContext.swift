/// Says whether a number in a line is a code, by what stands around it.
///
/// `12007` may as well be a thread, a port or a count of bytes, so a decimal number needs a word beside it that says what
/// it is; a number of eight or ten digits that is a known HRESULT speaks for itself.
struct CodeContext {
    let bytes: UnsafeRawBufferPointer
    /// The line, or the record, that the number stands in.
    let line: Range<Int>
    /// Whether a line that is nothing but a number is a code: somebody pasted what a window or a colleague said.
    let takesLone: Bool

    /// Words that call what follows them an error.
    private static let errorWords: Set<String> = [
        "error", "err", "errorcode", "errcode", "lasterror", "getlasterror", "code", "hr", "hresult", "hres", "result",
        "failed", "failure", "fail", "winhttp", "wininet", "win32", "win32error", "retcode", "returned", "exception",
        "fehler", "fehlercode", "fehlernummer",
    ]
    /// Words that may stand between.
    private static let fillers: Set<String> = ["with", "is", "was", "of", "the", "code", "error", "number", "value"]
    private static let statusWords: Set<String> = [
        "status", "statuscode", "http", "httpstatus", "http_status", "httpstatuscode", "http_status_code", "response",
        "responsecode",
    ]
    /// What is counted, where a number only looks like a code.
    private static let units: Set<String> = [
        "byte", "bytes", "kb", "mb", "kib", "mib", "ms", "msec", "milliseconds", "seconds", "rows", "files", "items",
    ]
    private static let reasonPhrases = [
        "400": "bad request", "401": "unauthorized", "403": "forbidden", "404": "not found", "407": "proxy auth",
        "408": "request time", "500": "internal", "502": "bad gateway", "503": "service un", "504": "gateway time",
        "511": "network auth",
    ]

    func isCode(_ number: Range<Int>, _ spelling: LogPatterns.Spelling) -> Bool {
        let next = byte(at: number.upperBound)
        if let next, next.isWord || (next == UInt8(ascii: "-") && spelling == .hexadecimal) { return false }
        if isFraction(number.upperBound) || isCount(number.upperBound) { return false }
        let start = start(of: number, spelling)
        guard isWhole(start) else { return false }
        if spelling == .signed || spelling == .shortHexadecimal, start == number.lowerBound { return false }
        if takesLone, isLone(start..<number.upperBound) { return true }
        switch spelling {
        case .name, .unsigned: return true
        case .decimal: return saysError(before: start, number)
        case .signed: return true
        // In brackets it is the thread, as all log files have it.
        case .shortHexadecimal: return byte(at: start - 1) != UInt8(ascii: "(") && saysError(before: start, number)
        case .hexadecimal: return start < number.lowerBound || saysError(before: start, number)
        case .status: return saysStatus(before: start, number)
        }
    }

    /// Where the number begins with what belongs to it: a sign, or the mark of hexadecimal digits.
    private func start(of number: Range<Int>, _ spelling: LogPatterns.Spelling) -> Int {
        var start = number.lowerBound
        switch spelling {
        case .signed: return byte(at: start - 1) == UInt8(ascii: "-") ? start - 1 : start
        case .shortHexadecimal where text(from: start - 4, length: 4) == "0000": start -= 4
        case .shortHexadecimal, .hexadecimal: break
        case .decimal, .unsigned, .status, .name: return start
        }
        return text(from: start - 2, length: 2) == "0x" ? start - 2 : number.lowerBound
    }

    /// Whether nothing else stands in the line.
    private func isLone(_ number: Range<Int>) -> Bool {
        let isWholeLine =
            (line.lowerBound == 0 || bytes[line.lowerBound - 1] == 0x0A)
            && (line.upperBound == bytes.count || bytes[line.upperBound] == 0x0A || bytes[line.upperBound] == 0x0D)
        return isWholeLine && bytes[line.lowerBound..<number.lowerBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
            && bytes[number.upperBound..<line.upperBound].allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// Whether a number says how many of something there are.
    private func isCount(_ end: Int) -> Bool {
        guard byte(at: end) == UInt8(ascii: " ") else { return false }
        var stop = end + 1
        while let byte = byte(at: stop), byte.isWord, stop - end < 16 { stop += 1 }
        return Self.units.contains(text(from: end + 1, length: stop - end - 1))
    }

    private func byte(at index: Int) -> UInt8? { line.contains(index) ? bytes[index] : nil }

    /// Whether a number begins here, and not before.
    private func isWhole(_ start: Int) -> Bool {
        guard let before = byte(at: start - 1) else { return true }
        return !before.isWord && before != UInt8(ascii: "-") && before != UInt8(ascii: ".")
            && before != UInt8(ascii: "{")
    }

    /// Whether a number goes on behind a point, a colon or a comma: a version, an address, a time.
    private func isFraction(_ end: Int) -> Bool {
        guard let mark = byte(at: end), let next = byte(at: end + 1) else { return false }
        return next.isDigit && (mark == UInt8(ascii: ".") || mark == UInt8(ascii: ":"))
    }

    private func saysError(before start: Int, _ number: Range<Int>) -> Bool {
        if text(from: number.upperBound, length: 8).contains("error_") { return true }
        let isBracketed = byte(at: start - 1) == UInt8(ascii: "(") && byte(at: number.upperBound) == UInt8(ascii: ")")
        var end = start
        for step in 0..<3 {
            guard let word = word(before: end, mayCross: step == 0) else { break }
            if Self.errorWords.contains(word.text) { return true }
            guard Self.fillers.contains(word.text) else { break }
            end = word.start
        }
        guard isBracketed else { return false }
        let before = text(from: max(line.lowerBound, start - 80), length: min(80, start - line.lowerBound))
        return before.contains("error") || before.contains("fail") || before.contains("could not")
    }

    private func saysStatus(before start: Int, _ number: Range<Int>) -> Bool {
        let before = text(from: max(line.lowerBound, start - 12), length: min(12, start - line.lowerBound))
        if ["http/1.1 ", "http/1.0 ", "http/2 ", "http/2.0 ", "http/3 "].contains(where: before.hasSuffix) {
            return true
        }
        var end = start
        for step in 0..<2 {
            guard let word = word(before: end, mayCross: step == 0) else { break }
            if Self.statusWords.contains(word.text) { return true }
            guard word.text == "code" || word.text == "error" else { break }
            end = word.start
        }
        let isBracketed = byte(at: start - 1) == UInt8(ascii: "(") && byte(at: number.upperBound) == UInt8(ascii: ")")
        guard isBracketed else { return false }
        if let word = word(before: start, mayCross: true), word.text == "error" || word.text == "returned" {
            return true
        }
        let digits = text(from: number.lowerBound, length: number.count)
        guard let phrase = Self.reasonPhrases[digits] else { return false }
        return text(from: number.upperBound + 1, length: phrase.utf8.count + 1).hasSuffix(phrase)
    }

    /// The word that ends before `end`, past blanks and the signs that stand between a name and its value.
    private func word(before end: Int, mayCross: Bool) -> (text: String, start: Int)? {
        var stop = end
        while let byte = byte(at: stop - 1), byte == UInt8(ascii: " ") || (mayCross && "=:('\"[,#".utf8.contains(byte))
        {
            stop -= 1
            if end - stop > 6 { return nil }
        }
        var start = stop
        while let byte = byte(at: start - 1), byte.isWord, stop - start < 24 { start -= 1 }
        return start == stop ? nil : (text(from: start, length: stop - start), start)
    }

    /// In small letters.
    private func text(from start: Int, length: Int) -> String {
        let end = min(line.upperBound, start + length)
        guard start >= line.lowerBound, start < end else { return "" }
        return String(decoding: bytes[start..<end].map(\.asciiLowercased), as: UTF8.self)
    }
}
