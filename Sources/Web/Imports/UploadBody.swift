import Hummingbird
import NIOCore

/// The body of an upload, for those who read it one after the other: first the import, and where that refuses it, whoever
/// passes the rest over. The framework gives a body out once.
///
/// Never read by two at once, which is why it needs no lock.
final class UploadBody: @unchecked Sendable {
    private var pieces: RequestBody.AsyncIterator

    init(_ body: RequestBody) { pieces = body.makeAsyncIterator() }

    func next() async throws -> ByteBuffer? {
        var pieces = pieces
        defer { self.pieces = pieces }
        return try await pieces.next()
    }
}
