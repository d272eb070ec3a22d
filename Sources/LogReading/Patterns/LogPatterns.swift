import Domain

/// What to look for in log files, put together once.
public struct LogPatterns: Sendable {
    /// What is known, as it was handed over.
    public let knowledge: LogKnowledge
    let automaton: Automaton
    let targets: [Target]
    /// The bytes of each text.
    let lengths: [Int]
    let codeByID: [String: Int]
    /// The codes by their HRESULT, and by the HRESULT that carries their number.
    private let codeByHRESULT: [UInt32: Int]
    /// What is to be said of a text that carries the number of its code; nil for most.
    let notes: [String?]
    private let logByName: [String: Int]
    private let logByComponent: [String: Int]

    /// What a text that was found may be.
    enum Target: Sendable {
        /// A code, by its index, in one of its spellings.
        case code(Int, Spelling)
        case signature(Int)
        /// Where an HRESULT of a known origin may begin.
        case origin(Spelling)
    }

    /// How a code is written.
    enum Spelling: Sendable {
        /// `12007`: means nothing in a line without a word that says what it is.
        case decimal
        /// `2EE7`, the decimal number behind `0x` or `0x0000`.
        case shortHexadecimal
        /// `ERROR_WINHTTP_NAME_NOT_RESOLVED`
        case name
        /// `80072EE7`, with or without `0x`.
        case hexadecimal
        /// `-2147012889`
        case signed
        /// `2147954407`
        case unsigned
        /// `407`: means nothing alone.
        case status
    }

    public init(_ knowledge: LogKnowledge) {
        self.knowledge = knowledge
        var texts: [[UInt8]] = []
        var targets: [Target] = []
        var notes: [String?] = []
        var note: String?
        func look(for text: String, _ target: Target) {
            texts.append(Array(text.utf8))
            targets.append(target)
            notes.append(note)
        }
        for (index, code) in knowledge.codes.enumerated() {
            if let decimal = code.decimal {
                look(for: String(decimal), .code(index, .decimal))
                look(for: String(decimal, radix: 16), .code(index, .shortHexadecimal))
            }
            // A name in plain words, such as that of a status, is in lines that mean something else.
            for name in Set(code.names.map(\.text)).sorted()
            where name.contains("_") && name.utf8.allSatisfy(\.isWord) {
                look(for: name, .code(index, .name))
            }
            if let status = code.status, code.hresult == nil {
                look(for: String(status), .code(index, .status))
            }
        }
        let byHRESULT = Self.byHRESULT(knowledge.codes)
        for (hresult, index) in byHRESULT.sorted(by: { $0.key < $1.key }) {
            note = Self.note(on: hresult, of: knowledge.codes[index])
            look(for: String(hresult, radix: 16), .code(index, .hexadecimal))
            look(for: String(Int32(bitPattern: hresult).magnitude), .code(index, .signed))
            look(for: String(hresult), .code(index, .unsigned))
        }
        note = nil
        codeByHRESULT = byHRESULT
        for (text, spelling) in Self.origins { look(for: text, .origin(spelling)) }
        for (index, signature) in knowledge.signatures.enumerated() { look(for: signature.text, .signature(index)) }
        automaton = Automaton(texts)
        lengths = texts.map(\.count)
        self.targets = targets
        self.notes = notes
        codeByID = Dictionary(knowledge.codes.enumerated().map { ($1.id, $0) }) { first, _ in first }
        logByName = Dictionary(knowledge.logs.enumerated().map { ($1.name.lowercased(), $0) }) { first, _ in first }
        logByComponent = Dictionary(
            knowledge.logs.enumerated().flatMap { index, log in log.components.map { ($0.lowercased(), index) } }
        ) { first, _ in first }
    }

    /// The log file of this name; older ones, which end in `.lo_` or carry a date, are the same file.
    func log(named name: String) -> LogFile? {
        var folded = String(name.lowercased().split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? "")
        if folded.hasSuffix(".lo_") { folded = folded.dropLast() + "g" }
        if let index = logByName[folded] { return knowledge.logs[index] }
        guard folded.hasSuffix(".log"), let dash = folded.firstIndex(where: { $0 == "-" || $0 == "(" }) else {
            return nil
        }
        let stem = folded[..<dash].reversed().drop { $0 == " " }.reversed()
        return logByName[String(stem) + ".log"].map { knowledge.logs[$0] }
    }

    /// The log file that a component writes.
    func log(writtenBy component: String) -> LogFile? {
        logByComponent[component.lowercased()].map { knowledge.logs[$0] }
    }

    /// The code that a number behind a signature stands for: 12007, 404, or an HRESULT in any spelling.
    func code(number text: String) -> Int? {
        let hresult = Self.hresult(in: text)
        // Digits alone are a number before they are an HRESULT.
        if let index = codeByID[text] ?? codeByID["http-" + text] { return index }
        return hresult.flatMap(code(ofHRESULT:))
    }

    func code(ofHRESULT hresult: UInt32) -> Int? { codeByHRESULT[hresult] }

    /// `0x80072EE7`, `80072ee7`, `-2147012889` and `2147954407` as what they have in common.
    static func hresult(in text: String) -> UInt32? {
        let digits = text.hasPrefix("0x") || text.hasPrefix("0X") ? text.dropFirst(2) : text[...]
        if let signed = Int32(text), signed < 0 { return UInt32(bitPattern: signed) }
        let isHexadecimal = digits.startIndex != text.startIndex || digits.utf8.count == 8
        return UInt32(digits, radix: isHexadecimal ? 16 : 10)
    }

    /// A code that has an HRESULT of its own comes before one whose number it carries.
    private static func byHRESULT(_ codes: [ErrorCode]) -> [UInt32: Int] {
        var found: [UInt32: Int] = [:]
        for (index, code) in codes.enumerated() {
            if let hresult = code.hresult, found[hresult] == nil { found[hresult] = index }
        }
        for (index, code) in codes.enumerated() {
            if let hresult = code.carrier, found[hresult] == nil { found[hresult] = index }
        }
        return found
    }
}
