import Crypto
import Domain
import Manual
import Workflow
import XMLExchange

/// Brings the sample hierarchy into an empty portal, the way any file comes in: its files are imports, one after the other.
struct SampleLoading {
    let store: any ConfigurationStore & ImportStore
    let clock: @Sendable () -> Int64
    let makeID: @Sendable () -> String

    /// The portal has data already.
    struct NotEmpty: Error {}
    /// A file of the sample has an error, which a test would have found.
    struct Refused: Error { let file: String }

    /// - Returns: the last change set.
    /// - Throws: ``NotEmpty``; ``ProgramFailure``, above all ``ProgramFailure/importRunning``.
    func load(_ files: [SampleFile], actor: Actor) throws -> Int? {
        var last: Int?
        for file in files {
            var options = ImportOptions()
            options.isSample = true
            let run = try ImportSubmission(store: store, options: options, id: makeID(), clock: clock)
            defer { run.staging.discard() }
            // The place for an import is held from here on, so nobody else's file comes between the two.
            if last == nil { try markEmptyPortal() }
            last = try save(file, run, actor)
        }
        return last
    }

    private func markEmptyPortal() throws {
        try store.write { writing in
            guard try writing.numberOfServers() == 0, try writing.sites().isEmpty else { throw NotEmpty() }
            try writing.markSample(true)
        }
    }

    private func save(_ file: SampleFile, _ run: ImportSubmission, _ actor: Actor) throws -> Int? {
        let reader = ConfigurationReader(file: file.name) { try run.batch.receive($0) }
        try file.bytes.withUnsafeBytes { try reader.feed($0) }
        try run.finishReading([try reader.finish()])
        let compared = try run.compare()
        guard compared.outcome == .rehearsed else { throw Refused(file: file.name) }
        let facts = run.facts(files: [file.name], digest: SHA256.hash(data: file.bytes))
        let request = Workflow.Request(actor: actor, reason: file.reason, id: makeID())
        return try run.commit(facts: facts, request: request).report.changeSet
    }
}
