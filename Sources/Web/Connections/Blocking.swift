import Dispatch

/// Threads for work that may wait: an event loop or a task's thread that waited would hold up every other request.
enum Blocking {
    /// Submissions take turns here. They take turns at the store's write lock anyway, and one after the other they keep
    /// one thread waiting for it instead of one each.
    ///
    /// Reads do not come here: in WAL mode a reader never waits for a writer, so a page's reads take less time than the
    /// way to another thread and back.
    private static let submissions = DispatchQueue(label: "proxydesk.submissions")
    /// Runs a submission, and waits for it without keeping a thread of the tasks.
    static func submit<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            submissions.async { continuation.resume(with: Result(catching: work)) }
        }
    }

    /// Starts an export on a thread of its own: each waits for its reader, and must not wait for another's.
    static func export(_ work: @escaping @Sendable () -> Void) {
        DispatchQueue(label: "proxydesk.export").async(execute: work)
    }
}
