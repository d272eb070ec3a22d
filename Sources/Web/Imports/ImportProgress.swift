import Domain
import Synchronization

/// How far an import has come, for those who look at it while it works.
struct ImportProgress: Sendable {
    var state = State.reading
    var files: [String] = []
    var format: FileFormat?
    var bytes: Int64 = 0
    /// The bytes the upload announced; nil when it did not.
    var announced: Int64?
    var records = 0
    var problems = 0
    /// Counts the comparisons.
    var comparison = 0

    enum State: Sendable, Equatable {
        case reading, comparing
        /// Compared, and waiting for a decision.
        case waiting
        case saving
        /// The store failed while it was compared.
        case failed
    }
}

/// The progress as one thread notes it and others read it.
final class SharedProgress: Sendable {
    private let progress = Mutex(ImportProgress())

    var current: ImportProgress { progress.withLock { $0 } }
    func note(_ change: (inout ImportProgress) -> Void) { progress.withLock { change(&$0) } }
}
