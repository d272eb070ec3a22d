import Domain
import Foundation
import SQLiteStore
import Synchronization
import Workflow

/// A portal's data in a folder of its own, with a clock that stands still: what tests of the store and above work on.
public final class TestPortal: Sendable {
    public let path: String
    public let store: SQLiteStore
    public let clock: TestClock

    init(path: String, clock: TestClock) throws {
        self.path = path
        self.clock = clock
        store = try SQLiteStore(folder: DataFolder(path: path, use: .shared))
    }

    public var submission: Submission { Submission(store: store, clock: clock.now) }

    /// Sends an edit as the person at this computer.
    @discardableResult
    public func submit(_ edit: Edit, reason: String? = nil) throws -> Outcome {
        try submission.submit(edit, for: Request(actor: .local, reason: reason, id: "test"))
    }

    /// Goes through an edit as `submit` would, and stores nothing.
    public func rehearse(_ edit: Edit) throws -> Outcome {
        try submission.rehearse(edit, for: Request(actor: .local, reason: nil, id: "test"))
    }

    public func server(_ name: String) throws -> ServerRecord? {
        try store.read { reading in try HostName.check(name, label: "").value.flatMap { try reading.server($0) } }
    }
}

/// A clock that moves only when told.
public final class TestClock: Sendable {
    private let time: Mutex<Int64>

    /// - Parameter time: milliseconds since 1970, UTC; 21 November 2026, 07:50 unless said otherwise.
    public init(time: Int64 = 1_795_247_400_000) { self.time = Mutex(time) }

    public var now: @Sendable () -> Int64 { { [self] in time.withLock { $0 } } }
    public func advance(milliseconds: Int64) { time.withLock { $0 += milliseconds } }
}

/// Runs `body` on a new, empty portal, and removes it afterwards.
public func withPortal<Value>(_ body: (TestPortal) throws -> Value) throws -> Value {
    let path = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(TestPortal(path: path, clock: TestClock()))
}

/// The path of a folder that is not there yet, and nobody else uses.
public func temporaryFolder() -> String { NSTemporaryDirectory() + "proxydesk-test-" + UUID().uuidString }
