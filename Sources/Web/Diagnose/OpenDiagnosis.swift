import LogReading
import NIOCore
import Pages
import Synchronization

/// Lines and a log file on their way: they are read as they arrive, and what was pasted is kept only until the page is made.
///
/// All of it happens on a queue of its own: reading a large file must not keep a thread of the tasks.
actor OpenDiagnosis: UploadTaker {
    private let executor = QueueExecutor(label: "proxydesk.diagnose")
    private let patterns: LogPatterns
    private let textLimit: Int
    private let limit: Int
    /// Whether the form is known to be too long before its file comes.
    private var refusesFile = false
    private let bytes = SharedCount()
    private var multipart: MultipartParser?
    private var control = Control.none
    private var reader: LogReader?
    private var text: [UInt8] = []

    /// The pasted lines, as they came, up to the limit.
    var pasted: String { String(decoding: text, as: UTF8.self) }
    /// Whether more was pasted than is taken.
    private(set) var isTooLong = false
    /// What the file said; nil when none was sent.
    private(set) var file: LogDiagnosis?

    private enum Control { case none, lines, file, nothing }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    nonisolated var arrived: Int64 { bytes.current }

    /// - Parameters:
    ///   - textLimit: the bytes that pasted lines may have.
    ///   - limit: those of the whole form.
    init(_ patterns: LogPatterns, textLimit: Int, limit: Int) {
        self.patterns = patterns
        self.textLimit = textLimit
        self.limit = limit
    }

    /// Reads the pasted lines, and no file.
    func refuseFile() { refusesFile = true }

    func beginUpload(_ boundary: MultipartBoundary) { multipart = MultipartParser(boundary: boundary) }

    func takeUpload(_ piece: ByteBuffer) throws {
        guard var parser = multipart else { return }
        bytes.add(piece.readableBytes)
        if bytes.current > limit { throw Refusal.uploadTooLong(limit: limit) }
        do {
            try piece.withUnsafeReadableBytes { bytes in try parser.feed(bytes) { try take($0) } }
        } catch let refusal as MultipartRefusal {
            throw Self.refusal(of: refusal)
        }
        multipart = parser
    }

    func endUpload() throws {
        do {
            try multipart?.finish()
        } catch {
            throw Self.refusal(of: error)
        }
        multipart = nil
    }

    /// The words of an upload name the import's page.
    private static func refusal(of refusal: MultipartRefusal) -> Refusal {
        if refusal == .notMultipart { return .noUpload }
        let sentence = refusal.sentence.replacing("the portal’s import page", with: "the page Diagnose")
        return .badRequest("The form could not be read. \(sentence) Nothing of it was kept.")
    }

    /// What the pasted lines say; nil when there are none.
    func readPasted() -> LogDiagnosis? {
        guard text.contains(where: { $0 > 0x20 }) else { return nil }
        var reader = LogReader(patterns)
        text.withUnsafeBytes { reader.feed($0) }
        return reader.finish()
    }

    private func take(_ event: MultipartEvent) throws {
        switch event {
        case .begin(let part): try begin(part)
        case .content(let bytes):
            switch control {
            case .lines: keep(bytes)
            case .file: reader?.feed(bytes)
            case .none, .nothing: break
            }
        case .end:
            if control == .file, var reader {
                let diagnosis = reader.finish()
                if diagnosis.bytes > 0 { file = diagnosis }
                self.reader = nil
            }
            control = .none
        }
    }

    private func begin(_ part: PartHead) throws {
        switch part.name {
        case DiagnosePage.linesControl where part.fileName == nil: control = .lines
        case DiagnosePage.fileControl:
            // A browser sends an empty part without a name when no file was chosen.
            let name = part.fileName ?? ""
            control = name.isEmpty ? .nothing : .file
            if control == .file, refusesFile { throw Refusal.uploadTooLong(limit: limit) }
            if control == .file { reader = LogReader(patterns, file: name) }
        default:
            throw Refusal.badRequest("The form has a control that the page does not know. Open the page again.")
        }
    }

    private func keep(_ bytes: UnsafeRawBufferPointer) {
        let room = textLimit - text.count
        if bytes.count > room { isTooLong = true }
        text.append(contentsOf: bytes.prefix(max(0, room)))
    }
}

/// A count that one thread adds to and others read.
private final class SharedCount: Sendable {
    private let count = Mutex<Int64>(0)
    var current: Int64 { count.withLock { $0 } }
    func add(_ more: Int) { count.withLock { $0 += Int64(more) } }
}
