import Dispatch
import Workflow

/// Threads for work that may wait: an event loop or a task's thread that waited would hold up every other request.
enum Blocking {
    /// Submissions take turns here. They take turns at the store's write lock anyway, and one after the other they keep
    /// one thread waiting for it instead of one each.
    ///
    /// Reads do not come here: in WAL mode a reader never waits for a writer, so a page's reads take less time than the
    /// way to another thread and back.
    private static let submissions = DispatchQueue(label: "proxydesk.submissions")

    /// Runs a submission, and waits for it without keeping a thread of the tasks.
    ///
    /// Each waits for the store's lock in its turn, so those behind it would wait a multiple of that: whose turn comes
    /// too late is not run, and its visitor is told now what would be told then.
    ///
    /// - Throws: ``ProgramFailure/busy`` when the turn did not come within `patience`.
    static func submit<Value: Sendable>(
        within patience: Duration, _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        let start = ContinuousClock.now
        return try await withCheckedThrowingContinuation { continuation in
            submissions.async {
                let isLate = ContinuousClock.now - start > patience
                continuation.resume(with: isLate ? .failure(ProgramFailure.busy) : Result(catching: work))
            }
        }
    }

    /// Starts an export on a thread of its own: each waits for its reader, and must not wait for another's.
    static func export(_ work: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "proxydesk.export").async(execute: work)
    }
}
