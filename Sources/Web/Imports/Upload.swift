import HTTPTypes
import Hummingbird
import NIOCore

/// An upload on its way: it is read as it arrives, within its limits of length and time.
struct Upload: Sendable {
    /// The bytes the head announced; nil when it did not.
    let announced: Int64?
    private let boundary: MultipartBoundary
    private let body: UploadBody
    private let settings: WebSettings

    /// - Throws: ``Refusal`` where the head alone says that it cannot be taken.
    init(_ visit: Visit, _ settings: WebSettings) throws(Refusal) {
        let request = visit.request
        guard let body = visit.upload else { throw .noUpload }
        self.body = body
        do {
            boundary = try MultipartBoundary(ofContentType: request.headers[.contentType])
        } catch { throw Refusal(error) }
        announced = request.headers[.contentLength].flatMap { Int64($0) }
        if let announced, announced > settings.uploadLimit { throw .uploadTooLong(limit: settings.uploadLimit) }
        self.settings = settings
    }

    /// Reads all of it.
    ///
    /// - Throws: ``Refusal``, ``ConnectionLost``, or what the staging failed with.
    func read(into opened: OpenImport) async throws {
        await opened.beginUpload(boundary)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await take(into: opened) }
            group.addTask { try await watch(opened) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private struct HalfBody: Error {}

    private func take(into opened: OpenImport) async throws {
        var length: Int64 = 0
        while let piece = try await next() {
            length += Int64(piece.readableBytes)
            guard length <= settings.uploadLimit else { throw Refusal.uploadTooLong(limit: settings.uploadLimit) }
            try await opened.takeUpload(piece)
        }
        // A connection that ends early looks like the end of the body.
        if let announced, announced != length { throw ConnectionLost(cause: HalfBody()) }
        try await opened.endUpload()
    }

    private func next() async throws -> ByteBuffer? {
        do {
            return try await body.next()
        } catch {
            throw ConnectionLost(cause: error)
        }
    }

    /// Throws when the upload stands still, or crawls: it keeps everybody else from importing.
    private func watch(_ opened: OpenImport) async throws {
        let start = ContinuousClock.now
        var last = (bytes: Int64(-1), time: start)
        while true {
            try await Task.sleep(for: .seconds(1))
            let (bytes, now) = (opened.progress.bytes, ContinuousClock.now)
            if bytes != last.bytes { last = (bytes, now) }
            let seconds = Int64((now - start).components.seconds)
            let isCrawling = seconds > 60 && bytes < seconds * Int64(settings.slowestUpload)
            if now - last.time > settings.uploadPause || isCrawling { throw Refusal.bodyTooSlow }
        }
    }
}
