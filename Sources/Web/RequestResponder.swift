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
struct RequestResponder<Site: Answering>: HTTPResponder {
    private let site: Site
    private let log: RequestLog

    /// How long a connection stays open for the peer to read an answer that ends it.
    private var farewell: TimeAmount { .seconds(2) }

    /// The same for an upload that is refused on its way: browsers read the answer only when they have sent everything.
    private var uploadFarewell: TimeAmount { .seconds(20) }

    init(site: Site, log: RequestLog) {
        self.site = site
        self.log = log
    }

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let start = ContinuousClock.now
        let id = site.makeID()
        if let answer = readyAnswer(to: request) { return response(with: answer, to: request, id: id, since: start) }
        let upload = request.isUpload ? UploadBody(request.body) : nil
        // Reading, storing and rendering take their time: not on the event loop, which serves other connections too.
        var answer = try await withTaskExecutorPreference(globalConcurrentExecutor) {
            try await self.answer(to: request, upload, id: id)
        }
        // A body that nobody reads would otherwise be taken in for as long as somebody sends it.
        let isLast = answer.closesConnection || (request.method != .post && request.hasBody)
        if isLast { answer.headers[.connection] = "close" }
        let sent = response(with: answer, to: request, id: id, since: start)
        guard isLast else { return sent }
        guard let upload else { return sent.ending(context.channel, after: farewell) }
        return sent.ending(context.channel, after: uploadFarewell, passingOver: upload)
    }

    /// What is the same for everybody is looked up by the address as it was sent, before anything of it is read. Whatever
    /// is strange about the request goes the long way, to be refused there.
    private func readyAnswer(to request: Request) -> Answer? {
        guard request.method == .get || request.method == .head, let path = request.head.path,
            let ready = site.readyAnswers[path], !request.hasBody, (try? site.check.check(request.head)) != nil
        else { return nil }
        return ready.answer(to: request.head)
    }

    /// The answer with what belongs to the single request, and its line in the log.
    private func response(
        with answer: Answer, to request: Request, id: String, since start: ContinuousClock.Instant
    ) -> Response {
        var headers = answer.headers
        // One copy, with room for the id and for the date that the server adds.
        headers.reserveCapacity(headers.count + 3)
        headers.append(HTTPField(name: .requestID, value: id))
        log.note(
            method: request.method.rawValue, target: request.head.path ?? "", status: answer.status.code,
            taken: .now - start, bytes: answer.body.contentLength, id: id)
        let response = Response(status: answer.status, headers: headers, body: answer.body)
        return request.method == .head ? response.createHeadResponse() : response
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
        try site.check.check(request.head)
        let target = request.head.path ?? ""
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = String(halves.first ?? "")
        guard let route = Route(path: path) else {
            if request.method == .get || request.method == .head, let manual = Route(manualWithSlash: path) {
                return .movedPermanently(([manual.path] + halves.dropFirst().map(String.init)).joined(separator: "?"))
            }
            throw Refusal.notFound
        }
        try site.checkMethod(request.method, of: route)
        let visit = Visit(
            request: request, upload: upload, route: route, queryText: halves.count > 1 ? halves[1] : "", id: id)
        return try await site.answer(to: visit)
    }

    private func page(for refusal: Refusal, _ request: Request, id: String) throws -> Answer {
        let path = (request.head.path ?? "").prefix { $0 != "?" }
        var answer = Answer.page(try site.page(for: refusal, path: path, id: id), refusal.status)
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
