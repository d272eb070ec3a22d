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
    private let limit: Int

    /// - Parameter limit: the bytes it may have; those of an import unless another limit is named.
    /// - Throws: ``Refusal`` where the head alone says that it cannot be taken.
    init(_ visit: Visit, _ settings: WebSettings, limit: Int? = nil) throws(Refusal) {
        self.limit = limit ?? settings.uploadLimit
        let request = visit.request
        guard let body = visit.upload else { throw .noUpload }
        self.body = body
        do {
            boundary = try MultipartBoundary(ofContentType: request.headers[.contentType])
        } catch { throw Refusal(error) }
        announced = request.headers[.contentLength].flatMap { Int64($0) }
        if let announced, announced > self.limit { throw .uploadTooLong(limit: self.limit) }
        self.settings = settings
    }

    /// Reads all of it.
    ///
    /// - Throws: ``Refusal``, ``ConnectionLost``, or what the staging failed with.
    func read(into opened: some UploadTaker) async throws {
        await opened.beginUpload(boundary)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await take(into: opened) }
            group.addTask { try await watch(opened) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private struct HalfBody: Error {}

    private func take(into opened: some UploadTaker) async throws {
        var length: Int64 = 0
        while let piece = try await next() {
            length += Int64(piece.readableBytes)
            guard length <= limit else { throw Refusal.uploadTooLong(limit: limit) }
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
    private func watch(_ opened: some UploadTaker) async throws {
        let start = ContinuousClock.now
        var last = (bytes: Int64(-1), time: start)
        while true {
            try await Task.sleep(for: .seconds(1))
            let (bytes, now) = (opened.arrived, ContinuousClock.now)
            if bytes != last.bytes { last = (bytes, now) }
            let seconds = Int64((now - start).components.seconds)
            let isCrawling = seconds > 60 && bytes < seconds * Int64(settings.slowestUpload)
            if now - last.time > settings.uploadPause || isCrawling { throw Refusal.bodyTooSlow }
        }
    }
}

/// Who takes an upload apart while it arrives.
protocol UploadTaker: Sendable {
    /// The bytes of the body so far; can be asked at any time.
    var arrived: Int64 { get }

    func beginUpload(_ boundary: MultipartBoundary) async
    func takeUpload(_ piece: ByteBuffer) async throws
    /// - Throws: ``Refusal`` where the form is not complete.
    func endUpload() async throws
}
