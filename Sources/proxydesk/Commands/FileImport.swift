import Crypto
import Domain
import Foundation
import Workflow
import XMLExchange

/// An import of files from disk: each byte is read once, hashed and fed to the reader.
struct FileImport {
    let store: any ConfigurationStore & ImportStore
    let options: ImportOptions
    let reason: String?
    let printsTimings: Bool

    /// How often the commit is tried again when others change what it was compared with.
    private static let attempts = 5

    func run(files: [String], previewOnly: Bool) throws -> (report: ImportReport, staging: any ImportStaging) {
        let submission = try ImportSubmission(store: store, options: options, id: Wiring.makeID(), clock: Wiring.clock)
        do {
            let report = try timed(submission, files: files, previewOnly: previewOnly)
            return (report, submission.staging)
        } catch {
            submission.staging.discard()
            throw error
        }
    }

    private func timed(_ submission: ImportSubmission, files: [String], previewOnly: Bool) throws -> ImportReport {
        var hash = SHA256()
        try time("read-to-staging") {
            try submission.finishReading(files.map { try read($0, into: submission.batch, &hash) })
        }
        var report = try time("compare") { try submission.compare() }
        guard !previewOnly, report.outcome != .rejected else { return report }
        let digest = hash.finalize()
        try time("commit") {
            for _ in 0..<Self.attempts {
                let facts = submission.facts(files: files.map(name), digest: digest)
                let request = Request(actor: Wiring.commandLineActor, reason: reason, id: Wiring.makeID())
                let (next, conflict) = try submission.commit(facts: facts, request: request)
                report = next
                if conflict == nil || report.outcome == .rejected { return }
            }
            throw ProgramFailure.busy
        }
        return report
    }

    private func time<Value>(_ part: String, _ body: () throws -> Value) rethrows -> Value {
        guard printsTimings else { return try body() }
        let start = ContinuousClock.now
        let value = try body()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        FileHandle.standardError.write(Data("timing \(part) \((seconds * 1000).rounded() / 1000) s\n".utf8))
        return value
    }

    private func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

    private func read(_ path: String, into batch: ImportBatch, _ hash: inout SHA256) throws -> ReadSummary {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ProgramFailure.storage(cause: "\(path) cannot be read. Check the name.") }
        defer { close(descriptor) }
        let reader = ConfigurationReader(file: name(path)) { try batch.receive($0) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        while !reader.isRefused {
            let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw ProgramFailure.storage(cause: "\(path) cannot be read (\(errno))") }
            if count == 0 { break }
            let chunk = UnsafeRawBufferPointer(rebasing: buffer[0..<count])
            hash.update(bufferPointer: chunk)
            try reader.feed(chunk)
        }
        return try reader.finish()
    }
}
