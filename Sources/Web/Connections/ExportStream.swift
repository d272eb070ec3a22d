import Dispatch
import Hummingbird
import NIOCore
import Synchronization

/// Carries what a blocking writer writes to a client that may read slowly: the writer waits while enough is on its way.
final class ExportStream: Sendable {
    /// How many exports run at once; each keeps a thread and a read transaction.
    static let limit = 4
    private static let running = Atomic(0)

    /// Thrown at the writer when nobody reads any more.
    private struct ReaderGone: Error {}

    /// How many pieces may be on their way.
    private static let pieces = 8
    private let room = DispatchSemaphore(value: 0)
    private let isAbandoned = Atomic(false)

    /// The room is made by signals, not given at the start: a semaphore that is freed below the value it started with
    /// ends the program, and an export that is broken off leaves pieces on their way.
    private init() {
        for _ in 0..<Self.pieces { room.signal() }
    }

    /// Writes a whole export, piece by piece.
    typealias Writing = @Sendable (_ write: (_ bytes: [UInt8]) throws -> Void) throws -> Void

    /// The body of an export's answer; nil when too many run already.
    static func body(_ export: @escaping Writing) -> ResponseBody? {
        guard running.add(1, ordering: .relaxed).newValue <= limit else {
            running.subtract(1, ordering: .relaxed)
            return nil
        }
        let stream = ExportStream()
        let pieces = stream.start(export)
        return ResponseBody { writer in
            for try await piece in pieces {
                try await writer.write(piece)
                stream.room.signal()
            }
            try await writer.finish(nil)
        }
    }

    private func start(_ export: @escaping Writing) -> AsyncThrowingStream<ByteBuffer, any Error> {
        AsyncThrowingStream { continuation in
            continuation.onTermination = { _ in
                self.isAbandoned.store(true, ordering: .relaxed)
                self.room.signal()
            }
            Blocking.export {
                defer { Self.running.subtract(1, ordering: .relaxed) }
                do {
                    try export { bytes in try self.send(bytes, continuation) }
                    continuation.finish()
                } catch {
                    continuation.finish(throwing: error)
                }
            }
        }
    }

    private func send(_ bytes: [UInt8], _ continuation: AsyncThrowingStream<ByteBuffer, any Error>.Continuation) throws
    {
        room.wait()
        if isAbandoned.load(ordering: .relaxed) { throw ReaderGone() }
        continuation.yield(ByteBuffer(bytes: bytes))
    }
}
