import Domain
import Foundation
import Workflow

/// A store in memory: what pages and forms need of one, without a file. The SQLite store has tests of its own.
final class MemoryStore: ConfigurationStore, @unchecked Sendable {
    private let lock = NSLock()
    private var state = MemoryState()
    private var failure: ProgramFailure?
    private var beforeReads: (@Sendable () -> Void)?

    func read<Value: Sendable>(_ body: (any ConfigurationReading) throws -> Value) throws -> Value {
        lock.withLock { beforeReads }?()
        return try body(MemorySession(lock.withLock { state }))
    }

    /// Does something before every read from now on, on the reader's thread; nil lets them be.
    func beforeReads(_ action: (@Sendable () -> Void)?) { lock.withLock { beforeReads = action } }

    func write<Value: Sendable>(_ body: (any ConfigurationWriting) throws -> Value) throws -> Value {
        try lock.withLock {
            if let failure { throw failure }
            let session = MemorySession(state)
            let value = try body(session)
            state = session.state
            return value
        }
    }

    func rehearse<Value: Sendable>(_ body: (any ConfigurationWriting) throws -> Value) throws -> Value {
        try lock.withLock {
            if let failure { throw failure }
            return try body(MemorySession(state))
        }
    }

    /// Lets every write fail from now on; nil lets them pass again.
    func failWrites(with failure: ProgramFailure?) { lock.withLock { self.failure = failure } }

    /// Puts a record in place as an import would, with what the site was seen to have.
    func place(_ record: ServerRecord) {
        lock.withLock { state.servers[record.name.folded] = record }
    }

    /// As if an export of a site had come.
    func place(_ export: SiteExport, of site: SiteCode) {
        lock.withLock { state.exports[site] = export }
    }

    /// As if an import had brought a component.
    func place(_ component: ComponentRecord) {
        lock.withLock { state.components[component.site] = component }
    }

    /// As if the rules had found something at a site.
    func place(_ findings: [Finding], at site: SiteCode) {
        lock.withLock { state.siteFindings[site] = findings }
    }
}

struct MemoryState {
    var servers: [String: ServerRecord] = [:]
    var sites: [SiteCode: SiteRecord] = [:]
    var siteFindings: [SiteCode: [Finding]] = [:]
    var exports: [SiteCode: SiteExport] = [:]
    var isSample = false
    var components: [SiteCode: ComponentRecord] = [:]
    var drafts: [String: WizardDraft] = [:]
    var sets: [ChangeSet] = []
    var changes: [(set: Int, change: Change)] = []
}

/// Imports need a file to stage in: they are tested over the SQLite store.
extension MemoryStore: ImportStore {
    private static let noImports = ProgramFailure.storage(cause: "this store takes no imports")

    func openStaging(id: String) throws -> any ImportStaging { throw Self.noImports }

    func commit(
        _ staging: any ImportStaging, facts: ImportFacts, time: Int64, request: Request
    ) throws -> CommitResult { throw Self.noImports }
}
