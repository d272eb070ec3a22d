import Domain
import XMLExchange

/// Reads the input as a file: whole and in pieces it must tell the same, protected values never come out, and what our
/// own XML tells is written and read again as it was.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzReader(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: bytes, count: count)
    let whole = FileReading(input, longest: nil)
    let pieces = FileReading(input, longest: 90)
    hold(whole.log == pieces.log && whole.summary == pieces.summary, "in pieces it is another file")
    whole.check()
    if let marked = Secrets.marked(input) {
        let log = marked.withUnsafeBytes { FileReading($0, longest: nil).log }
        hold(!log.contains { $0.contains(Secrets.canary) }, "a protected value came out")
    }
    if whole.summary.format == .proxydesk { whole.checkRoundTrip() }
    return 0
}

/// What a reader told of a file.
struct FileReading {
    private(set) var records: [RecordDraft] = []
    private(set) var findings: [Finding] = []
    private(set) var log: [String] = []
    private(set) var summary = ReadSummary()
    private(set) var isRefused = false

    init(_ input: UnsafeRawBufferPointer, longest: Int?) {
        var reading = FileReading()
        let reader = ConfigurationReader(file: "input.xml") { event in reading.take(event) }
        do {
            if let longest {
                try input.forEachPiece(upTo: longest) { try reader.feed($0) }
            } else {
                try reader.feed(input)
            }
            reading.summary = try reader.finish()
        } catch {
            fatalError("the reader threw something: \(error)")
        }
        reading.isRefused = reader.isRefused
        self = reading
    }

    private init() {}

    private mutating func take(_ event: ReadEvent) {
        switch event {
        case .record(let record): records.append(record)
        case .finding(let finding): findings.append(finding)
        }
        log.append(String(describing: event))
    }

    func check() {
        hold(!log.isEmpty, "nothing was told")
        hold(!isRefused || findings.last?.severity == .error, "it is refused without an error at the end")
        for finding in findings {
            hold(!finding.message.isEmpty, "a finding has no words")
            hold(finding.place.line != nil || summary.bytes == 0, "a finding has no line")
        }
    }
}

/// Protected values that are put into an input.
enum Secrets {
    static let canary = "c4n4ry5ecret"

    /// The input with the canary for the text of each `SS` element; nil when it has none, or when a character data
    /// section may make text of what looks like one.
    static func marked(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let text = String(validating: input, as: UTF8.self), !text.contains("<![CDATA["),
            !text.contains(canary)
        else { return nil }
        var marked = ""
        var rest = text[...]
        while let tag = rest.firstRange(of: "<SS") {
            guard let close = rest[tag.upperBound...].firstIndex(of: ">") else { break }
            let head = rest[tag.upperBound..<close]
            let isElement = head.isEmpty || (head.first == " " && head.last != "/")
            marked += rest[...close]
            rest = rest[rest.index(after: close)...]
            guard isElement else { continue }
            marked += canary
            rest = rest[(rest.firstIndex(of: "<") ?? rest.endIndex)...]
        }
        return marked.isEmpty ? nil : Array((marked + rest).utf8)
    }
}
