import Domain

/// An import from its first byte to its last step: stage, compare, commit. The preview is the import, up to that step.
public final class ImportSubmission {
    private let store: any ConfigurationStore & ImportStore
    private let clock: @Sendable () -> Int64
    /// What was chosen; the comparison that follows takes it into account.
    public var options: ImportOptions
    public let staging: any ImportStaging
    public let batch: ImportBatch
    private var report = ImportReport(outcome: .rehearsed)
    private var isObservation = true
    private var bytes: Int64 = 0

    /// Opens the staging file.
    ///
    /// - Throws: ``ProgramFailure/importRunning`` when another import holds the folder.
    public init(
        store: any ConfigurationStore & ImportStore, options: ImportOptions, id: String,
        clock: @escaping @Sendable () -> Int64
    ) throws {
        self.store = store
        self.options = options
        self.clock = clock
        staging = try store.openStaging(id: id)
        batch = ImportBatch(staging: staging, options: options)
    }

    /// Ends the reading of all files.
    public func finishReading(_ summaries: [ReadSummary]) throws {
        report.records = summaries.reduce(0) { $0 + $1.records }
        bytes = summaries.reduce(0) { $0 + $1.bytes }
        report.format = summaries.compactMap(\.format).first
        isObservation = report.format?.isObservation ?? true
        let kinds = Set(summaries.compactMap { $0.format?.isObservation })
        if kinds.count > 1 {
            try staging.add(
                Finding(
                    code: .importOtherFile, severity: .error,
                    message:
                        "The files are of different kinds: exports of a site, and ProxyDesk's own XML. Import them one after the other."
                ))
        }
        try staging.finishReading()
    }

    /// Compares with what is stored; may be asked again when that has moved.
    public func compare() throws -> ImportReport {
        let time = clock()
        report.counts = try store.read { reading in
            try ImportComparison(
                staging: staging, stored: reading, options: options, isObservation: isObservation, time: time
            ).run()
        }
        report.findingCounts = try staging.findingCounts()
        report.canLeaveOut = !staging.refusesFile
        let hasErrors = (report.findingCounts[.error] ?? 0) > 0
        let isRefused = hasErrors && !(options.leaveOutRefused && report.canLeaveOut)
        report.outcome = isRefused ? .rejected : .rehearsed
        return report
    }

    /// Writes what was compared, unless its base has moved: then it is compared anew, and nothing was written.
    public func commit(facts: ImportFacts, request: Request) throws -> (report: ImportReport, conflict: ChangedRecords?)
    {
        switch try store.commit(staging, facts: facts, time: clock(), request: request) {
        case .saved(let changeSet):
            report.outcome = .saved
            report.changeSet = changeSet
            return (report, nil)
        case .conflict(let changed):
            return (try compare(), changed)
        }
    }

    /// Whether nothing stands in the way of saving what was compared.
    public var isAccepted: Bool { report.outcome == .rehearsed }

    /// What a change set remembers of the files, as they were compared.
    ///
    /// - Parameters:
    ///   - files: their names without folders.
    ///   - digest: the SHA-256 of their bytes, one file after another.
    public func facts(files: [String], digest: some Sequence<UInt8>) -> ImportFacts {
        let hexadecimal = digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return ImportFacts(
            format: report.format?.rawValue ?? "", file: files.joined(separator: ", "), bytes: bytes,
            sha256: hexadecimal, counts: report.counts)
    }

    /// What was compared, for a page.
    public func preview() throws -> ImportPreview {
        var preview = ImportPreview()
        preview.groups = try staging.previewGroups()
        preview.findingGroups = try staging.findingGroups()
        preview.findingCounts = report.findingCounts
        preview.options = options
        preview.isAccepted = isAccepted
        preview.canLeaveOut = report.canLeaveOut
        return preview
    }
}
