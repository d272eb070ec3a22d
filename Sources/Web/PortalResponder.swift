import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Pages
import Workflow

/// What the server knows of a request's connection.
struct ConnectionContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// The way of every request: checks, address, handler, answer, log line. Nothing that fails on it is shown to the visitor
/// in the words of the program.
struct PortalResponder: HTTPResponder {
    private let portal: Portal
    private let log: RequestLog

    /// How long a connection stays open for the peer to read an answer that ends it.
    private static let farewell = TimeAmount.seconds(2)

    /// The same for an upload that is refused on its way: browsers read the answer only when they have sent everything.
    private static let uploadFarewell = TimeAmount.seconds(20)

    init(portal: Portal, logger: Logger) {
        self.portal = portal
        log = RequestLog(logger: logger)
    }

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let start = ContinuousClock.now
        let id = portal.makeID()
        let upload = request.isUpload ? UploadBody(request.body) : nil
        var answer = try await answer(to: request, upload, id: id)
        answer.headers[.requestID] = id
        log.note(
            method: request.method.rawValue, target: request.head.path ?? "", status: answer.status.code,
            taken: .now - start, bytes: answer.body.contentLength, id: id)
        // A body that nobody reads would otherwise be taken in for as long as somebody sends it.
        let isLast = answer.closesConnection || (request.method != .post && request.hasBody)
        if isLast { answer.headers[.connection] = "close" }
        let response = Response(status: answer.status, headers: answer.headers, body: answer.body)
        let sent = request.method == .head ? response.createHeadResponse() : response
        guard isLast else { return sent }
        guard let upload else { return sent.ending(context.channel, after: Self.farewell) }
        return sent.ending(context.channel, after: Self.uploadFarewell, passingOver: upload)
    }

    /// - Throws: only what the connection itself failed with; there is nobody left to answer then.
    private func answer(to request: Request, _ upload: UploadBody?, id: String) async throws -> Answer {
        do {
            return try await answerOrRefuse(request, upload, id: id)
        } catch let refusal as Refusal {
            if case .notStored(_, let cause) = refusal { note(cause, id: id) }
            return try page(for: refusal, request, id: id)
        } catch let failure as ProgramFailure {
            if case .storage(let cause) = failure { note(cause, id: id) }
            return try page(for: Refusal(failure) ?? .unexpected, request, id: id)
        } catch let error as ConnectionLost {
            throw error.cause
        } catch {
            note(String(reflecting: error), id: id)
            return try page(for: .unexpected, request, id: id)
        }
    }

    private func answerOrRefuse(_ request: Request, _ upload: UploadBody?, id: String) async throws -> Answer {
        try RequestCheck.check(request.head)
        let target = request.head.path ?? ""
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let route = Route(path: String(halves.first ?? "")) else { throw Refusal.notFound }
        guard route.takes(request.method) else { throw Refusal.wrongMethod(allowed: route.allowedMethods) }
        let visit = Visit(
            request: request, upload: upload, route: route, queryText: halves.count > 1 ? halves[1] : "", id: id)
        return try await portal.answer(to: visit)
    }

    private func page(for refusal: Refusal, _ request: Request, id: String) throws -> Answer {
        let page = ErrorPage(
            title: refusal.title, text: refusal.text, requestID: id, links: refusal.links, resend: refusal.resend,
            query: refusal.isUnknownAddress
                ? Route.words(ofUnknown: (request.head.path ?? "").prefix { $0 != "?" }) : nil)
        var answer = Answer.page(try portal.pages.render(page, holdsSample: portal.holdsSample), refusal.status)
        // Whether a refused form was read to its end is not worth telling: its connection ends too.
        answer.closesConnection = refusal.closesConnection || request.hasBody
        if case .wrongMethod(let allowed) = refusal { answer.headers[.allow] = allowed }
        if refusal.status == .serviceUnavailable { answer.headers[.retryAfter] = "10" }
        return answer
    }

    private func note(_ cause: String, id: String) {
        log.logger.error("\(RequestLog.harmless(cause)) \(id)")
    }
}

extension Request {
    fileprivate var isUpload: Bool { headers[.contentType]?.lowercased().hasPrefix("multipart/") ?? false }

    /// Whether the head announces a body.
    fileprivate var hasBody: Bool {
        headers.contains(.transferEncoding) || headers[.contentLength].map { $0 != "0" } ?? false
    }
}

extension Response {
    /// The same answer, after which the connection ends.
    ///
    /// The server takes the next request when an answer is written, also one that was sent along in advance. So the
    /// answer stays unfinished, for the server, until the peer has had time to read it and the connection is closed.
    ///
    /// - Parameter rest: what is still to come of the request, and is passed over until then.
    fileprivate consuming func ending(
        _ channel: any Channel, after farewell: TimeAmount, passingOver rest: UploadBody? = nil
    ) -> Response {
        let body = self.body
        self.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(Unfinished(parent: writer))
            try await writer.finish(nil)
            channel.close(mode: .output, promise: nil)
            channel.eventLoop.scheduleTask(in: farewell) { channel.close(promise: nil) }
            if let rest {
                while try await rest.next() != nil {}
                channel.close(promise: nil)
            }
            try await channel.closeFuture.get()
            throw ChannelError.alreadyClosed
        }
        return self
    }
}

/// Lets a body be written without ending the answer.
private struct Unfinished: ResponseBodyWriter {
    var parent: any ResponseBodyWriter

    mutating func write(_ buffer: ByteBuffer) async throws { try await parent.write(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
