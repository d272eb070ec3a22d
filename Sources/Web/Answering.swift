import HTTPTypes
import Pages

/// What stands behind the way of a request: the portal, or the manual alone.
protocol Answering: Sendable {
    var settings: WebSettings { get }
    /// Makes the random id of a request.
    var makeID: @Sendable () -> String { get }
    /// The answers that are the same for everybody, by path.
    var readyAnswers: [String: ReadyAnswer] { get }
    /// What is asked of a request before anybody looks at its address.
    var check: RequestCheck { get }

    /// - Throws: ``Refusal/notFound`` where the address is not served, ``Refusal/wrongMethod(allowed:)``.
    func checkMethod(_ method: HTTPRequest.Method, of route: Route) throws(Refusal)

    /// - Throws: ``Refusal``, `ProgramFailure`, or what went wrong.
    func answer(to visit: Visit) async throws -> Answer

    /// The page that says why there is no other.
    ///
    /// - Parameter path: of the address that was asked for; the manual may have its words.
    func page(for refusal: Refusal, path: Substring, id: String) throws -> [UInt8]
}

extension Portal: Answering {
    var readyAnswers: [String: ReadyAnswer] { site.ready }
    var check: RequestCheck { RequestCheck() }

    func checkMethod(_ method: HTTPRequest.Method, of route: Route) throws(Refusal) {
        guard route.takes(method) else { throw .wrongMethod(allowed: route.allowedMethods) }
    }

    func page(for refusal: Refusal, path: Substring, id: String) throws -> [UInt8] {
        let page = ErrorPage(
            title: refusal.title, text: refusal.text, requestID: id, links: refusal.links, resend: refusal.resend,
            query: refusal.isUnknownAddress ? Route.words(ofUnknown: path) : nil)
        return try pages.render(page, holdsSample: holdsSample)
    }
}
