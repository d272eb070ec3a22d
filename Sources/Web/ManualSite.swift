import HTTPTypes
import HummingbirdCore
import Manual
import Pages

/// What is served without data, beside a portal and alone: the manual and its search, the files its pages name, and the word
/// that the program lives. Everything but the search is rendered and compressed once, at start.
public struct ManualSite: Sendable {
    public let manual: Manual
    let search: ManualSearch
    let pages: PageRenderer
    let assets: AssetTable
    /// By the path of a request. What is looked up here needs no reading of its address.
    let ready: [String: ReadyAnswer]
    /// An organisation's own documents; nil where no folder of them was named.
    let shelf: RunbookShelf?

    /// - Parameter runbooks: an organisation's own documents, shown as a section of their own.
    /// - Throws: `UnknownTemplate`, when a template's file is missing, or `SearchFailure`.
    public init(
        manual: Manual, pages: PageRenderer, assets: AssetTable, runbooks: Runbooks? = nil
    ) throws {
        self.manual = manual
        search = try ManualSearch(manual)
        self.pages = pages
        self.assets = assets
        var ready = assets.answers
        shelf = runbooks.map { RunbookShelf($0, manual: manual) }
        for (path, page) in Self.pages(of: manual, hasRunbooks: runbooks != nil) {
            ready[path] = ReadyAnswer(try pages.render(page), headers: .manualPage)
        }
        ready[Route.healthLive.path] = ReadyAnswer(Array("ok\n".utf8), headers: .plain, hasMark: false)
        self.ready = ready
    }

    /// The pages of the manual that are the same for everybody, with their addresses.
    private static func pages(of manual: Manual, hasRunbooks: Bool) -> [(path: String, page: any Page)] {
        [
            (Route.manual.path, ManualIndexPage(manual, hasRunbooks: hasRunbooks)),
            (Route.wholeManual.path, WholeManualPage(manual)),
            (Route.manualAlphabet.path, ManualAlphabetPage(ManualAlphabet(manual.pages))),
        ] + manual.pages.map { ($0.path, ManualArticlePage($0, of: manual, hasRunbooks: hasRunbooks)) }
    }

    /// The answer to an address that names one of these in another spelling, or with a query, or that was a page's before.
    func ready(_ visit: Visit) async throws -> Answer {
        let path = visit.route.path
        if let answer = ready[path] { return answer.answer(to: visit.request.head) }
        if let shelf, path == Runbooks.address || path.hasPrefix(Runbooks.address + "/") {
            return try await runbook(path, on: shelf, for: visit)
        }
        guard let today = manual.movedPath(from: path) else { throw Refusal.notFound }
        return .movedPermanently(today)
    }

    /// Finds pages of the manual; without a query, the form alone. Made for each: it holds what was typed.
    func search(_ visit: Visit) async throws -> Answer {
        let typed = visit.query.first { $0.name == "q" }?.value ?? ""
        let search = try await shelf?.search() ?? search
        return .page(try pages.render(SearchPage(try search.results(for: typed))))
    }
}
