import Crypto
import Domain
import NIOCore
import Workflow
import XMLExchange

/// An import that was begun in the browser: it takes the files as they arrive, and keeps what was read until somebody
/// confirms or cancels it.
///
/// All of it happens on a queue of its own, because the staging file belongs to one thread at a time.
actor OpenImport {
    nonisolated let id: String
    /// Milliseconds since 1970, UTC.
    nonisolated let began: Int64
    private let executor: QueueExecutor
    private let submission: ImportSubmission
    private let seen = SharedProgress()
    private var hash = SHA256()
    private var reader: ConfigurationReader?
    private var summaries: [ReadSummary] = []
    /// What it was saved as; nil inside when there was nothing to write.
    private(set) var savedAs: Int??
    /// Whether it was decided, or cancelled while it was still arriving.
    private(set) var isDiscarded = false
    /// Takes the upload apart while it arrives.
    var multipart: MultipartParser?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// - Throws: ``ProgramFailure/importRunning`` when another import is being read.
    init(
        id: String, store: any ConfigurationStore & ImportStore, clock: @escaping @Sendable () -> Int64,
        announced: Int64?
    ) throws {
        self.id = id
        began = clock()
        executor = QueueExecutor(label: "proxydesk.import")
        submission = try ImportSubmission(store: store, options: ImportOptions(), id: id, clock: clock)
        seen.note { $0.announced = announced }
    }

    /// Can be asked at any time, also while it works.
    nonisolated var progress: ImportProgress { seen.current }

    func note(_ change: (inout ImportProgress) -> Void) { seen.note(change) }

    // MARK: - Reading

    /// Begins a file.
    func beginFile(named name: String) {
        let batch = submission.batch
        note { $0.files.append(name) }
        reader = ConfigurationReader(file: name) { [seen] event in
            try batch.receive(event)
            seen.note { progress in
                switch event {
                case .record: progress.records += 1
                case .finding: progress.problems += 1
                }
            }
        }
    }

    /// Reads more of the file that was begun.
    func take(_ bytes: UnsafeRawBufferPointer) throws {
        hash.update(bufferPointer: bytes)
        try reader?.feed(bytes)
    }

    func endFile() throws {
        guard let reader else { return }
        summaries.append(try reader.finish())
        self.reader = nil
    }

    /// Ends the reading and lets others begin theirs.
    func finishReading() throws {
        try submission.finishReading(summaries)
        submission.staging.releasePlace()
        let records = summaries.reduce(0) { $0 + $1.records }
        let bytes = summaries.reduce(0) { $0 + $1.bytes }
        let format = summaries.compactMap(\.format).first
        note { progress in
            progress.state = .comparing
            progress.records = records
            progress.bytes = bytes
            progress.format = format
        }
    }

    // MARK: - Deciding

    /// Compares with what is stored. Where the store fails, the import is kept and can be compared again.
    func compare() {
        guard !isDiscarded else { return }
        note { $0.state = .comparing }
        let result = Result { try submission.compare() }
        note { progress in
            progress.comparison += 1
            if case .failure = result { progress.state = .failed } else { progress.state = .waiting }
        }
    }

    /// Takes other choices, and compares anew.
    ///
    /// - Throws: ``ImportGone`` unless it waits for a decision: half of a file must never be compared.
    func choose(_ options: ImportOptions) throws {
        guard !isDiscarded, [.waiting, .failed].contains(progress.state) else { throw ImportGone() }
        submission.options = options
        compare()
    }

    func options() -> ImportOptions { submission.options }

    /// Reads what a page shows.
    func read<Value: Sendable>(_ body: (ImportSubmission) throws -> Value) throws -> Value {
        guard !isDiscarded else { throw ImportGone() }
        return try body(submission)
    }

    /// How a confirmation ended.
    enum Confirmation: Sendable {
        /// The change set's number; nil when there was nothing to write.
        case saved(changeSet: Int?)
        /// Others had changed these records; it was compared anew, and nothing was written.
        case conflict(ChangedRecords)
        /// Errors stand in the way.
        case rejected
    }

    /// Saves what the preview shows.
    ///
    /// - Parameter comparison: the one the person has seen.
    func confirm(comparison: Int, request: Workflow.Request) throws -> Confirmation {
        // Sent twice, it is saved once.
        if let savedAs { return .saved(changeSet: savedAs) }
        guard !isDiscarded, progress.comparison == comparison, progress.state == .waiting else { throw ImportGone() }
        guard submission.isAccepted else { return .rejected }
        note { $0.state = .saving }
        defer { note { $0.state = .waiting } }
        let facts = submission.facts(files: progress.files, digest: hash.finalize())
        let (report, conflict) = try submission.commit(facts: facts, request: request)
        if let conflict {
            note { $0.comparison += 1 }
            return .conflict(conflict)
        }
        savedAs = .some(report.changeSet)
        return .saved(changeSet: report.changeSet)
    }

    /// Gives it up, unless it was saved already.
    ///
    /// - Returns: whether it was given up.
    func cancel() -> Bool {
        guard savedAs == nil else { return false }
        discard()
        return true
    }

    /// Ends it and removes its file.
    func discard() {
        isDiscarded = true
        reader = nil
        submission.staging.discard()
    }
}

/// The import was saved or cancelled meanwhile, or compared anew.
struct ImportGone: Error {}
