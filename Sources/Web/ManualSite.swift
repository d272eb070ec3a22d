import HTTPTypes
import HummingbirdCore
import Manual
import Pages

/// What is served without data, beside a portal and alone: the manual, the files its pages name, and the word that the
/// program lives. Everything is rendered and compressed once, at start.
public struct ManualSite: Sendable {
    let manual: Manual
    let pages: PageRenderer
    let assets: AssetTable
    /// By the path of a request. What is looked up here needs no reading of its address.
    let ready: [String: ReadyAnswer]

    /// - Throws: `UnknownTemplate`, when a template's file is missing.
    public init(manual: Manual, pages: PageRenderer, assets: AssetTable) throws {
        self.manual = manual
        self.pages = pages
        self.assets = assets
        var ready = assets.answers
        for (path, page) in Self.pages(of: manual) {
            ready[path] = ReadyAnswer(try pages.render(page), headers: .manualPage)
        }
        ready[Route.healthLive.path] = ReadyAnswer(Array("ok\n".utf8), headers: .plain, hasMark: false)
        self.ready = ready
    }

    /// The pages of the manual that are the same for everybody, with their addresses.
    static func pages(of manual: Manual) -> [(path: String, page: any Page)] {
        [(Route.manual.path, ManualIndexPage(manual)), (Route.wholeManual.path, WholeManualPage(manual))]
            + manual.pages.map { ($0.path, ManualArticlePage($0, of: manual)) }
    }

    /// The answer to an address that names one of these in another spelling, or with a query.
    func ready(_ visit: Visit) throws -> Answer {
        guard let answer = ready[visit.route.path] else { throw Refusal.notFound }
        return answer.answer(to: visit.request.head)
    }
}
