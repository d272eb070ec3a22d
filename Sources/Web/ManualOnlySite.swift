import HTTPTypes
import HummingbirdCore
import Pages

/// The manual served alone: no data folder, nothing that changes anything, nothing secret. It may be reached by everybody.
public struct ManualOnlySite: Sendable {
    let site: ManualSite
    let settings: WebSettings
    let makeID: @Sendable () -> String

    /// - Parameters:
    ///   - site: made with the edition `manualOnly`, so that no page leads to what is not here.
    ///   - makeID: makes the random id of a request.
    public init(site: ManualSite, settings: WebSettings, makeID: @escaping @Sendable () -> String) {
        self.site = site
        self.settings = settings
        self.makeID = makeID
        site.shelf?.prepare()
    }
}

extension ManualOnlySite: Answering {
    var readyAnswers: [String: ReadyAnswer] { site.ready }
    var check: RequestCheck { RequestCheck(takesAnyHost: true) }

    func checkMethod(_ method: HTTPRequest.Method, of route: Route) throws(Refusal) {
        guard Self.isServed(route) else { throw .notFound }
        guard method == .get || method == .head else { throw .wrongMethod(allowed: "GET, HEAD") }
    }

    /// What is served here, whether or not there is such a page.
    static func isServed(_ route: Route) -> Bool {
        switch route {
        case .overview, .manual, .wholeManual, .manualAlphabet, .manualPage, .search, .asset, .healthLive, .healthReady,
            .requirements,
            .requirementsFile:
            true
        default: false
        }
    }

    func answer(to visit: Visit) async throws -> Answer {
        switch visit.route {
        case .overview: .found(Route.manual.path)
        case .healthReady: .plain("ok\n")
        case .search: try await site.search(visit)
        case .requirements: try site.requirements(visit)
        case .requirementsFile(let file): try site.requirementsFile(file, visit)
        default: try await site.ready(visit)
        }
    }

    func page(for refusal: Refusal, path: Substring, id: String) throws -> [UInt8] {
        let text =
            if refusal.isUnknownAddress {
                "The manual is served alone here. Check the address, search the manual for its words, or start "
                    + "from its first page."
            } else {
                refusal.text
            }
        return try site.pages.render(
            ErrorPage(
                title: refusal.title, text: text, requestID: id, links: [("Go to the manual", Route.manual.path)],
                query: refusal.isUnknownAddress ? Route.words(ofUnknown: path) : nil))
    }
}
