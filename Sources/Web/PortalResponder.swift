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

    init(portal: Portal, logger: Logger) {
        self.portal = portal
        log = RequestLog(logger: logger)
    }

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        let start = ContinuousClock.now
        let id = portal.makeID()
        var answer = try await answer(to: request, id: id)
        answer.headers[.requestID] = id
        // A body that nobody reads would otherwise be taken in for as long as somebody sends it.
        if answer.closesConnection || (request.method != .post && request.hasBody) {
            answer.headers[.connection] = "close"
            let channel = context.channel
            channel.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
        }
        let response = Response(status: answer.status, headers: answer.headers, body: answer.body)
        log.note(
            method: request.method.rawValue, target: request.head.path ?? "", status: answer.status.code,
            taken: .now - start, bytes: answer.body.contentLength, id: id)
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// - Throws: only what the connection itself failed with; there is nobody left to answer then.
    private func answer(to request: Request, id: String) async throws -> Answer {
        do {
            return try await answerOrRefuse(request, id: id)
        } catch let refusal as Refusal {
            return try page(for: refusal, id: id)
        } catch let failure as ProgramFailure {
            if case .storage(let cause) = failure { note(cause, id: id) }
            return try page(for: Refusal(failure) ?? .unexpected, id: id)
        } catch let error as ConnectionLost {
            throw error.cause
        } catch {
            note(String(reflecting: error), id: id)
            return try page(for: .unexpected, id: id)
        }
    }

    private func answerOrRefuse(_ request: Request, id: String) async throws -> Answer {
        try RequestCheck.check(request.head)
        let target = request.head.path ?? ""
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard let route = Route(path: String(halves.first ?? "")) else { throw Refusal.notFound }
        guard route.takes(request.method) else { throw Refusal.wrongMethod(allowed: route.allowedMethods) }
        let visit = Visit(request: request, route: route, queryText: halves.count > 1 ? halves[1] : "", id: id)
        return try await portal.answer(to: visit)
    }

    private func page(for refusal: Refusal, id: String) throws -> Answer {
        let page = ErrorPage(
            title: refusal.title, text: refusal.text, requestID: id, links: refusal.links, resend: refusal.resend)
        var answer = Answer.page(try portal.pages.render(page), refusal.status)
        answer.closesConnection = refusal.closesConnection
        if case .wrongMethod(let allowed) = refusal { answer.headers[.allow] = allowed }
        if refusal.status == .serviceUnavailable { answer.headers[.retryAfter] = "10" }
        return answer
    }

    private func note(_ cause: String, id: String) {
        log.logger.error("\(RequestLog.harmless(cause)) \(id)")
    }
}

extension Request {
    /// Whether the head announces a body.
    fileprivate var hasBody: Bool {
        headers.contains(.transferEncoding) || headers[.contentLength].map { $0 != "0" } ?? false
    }
}
