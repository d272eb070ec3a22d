import HTTPTypes
import Manual
import Pages

// Which address is answered by what. The addresses themselves are `Route`.
extension Portal {
    func answer(to visit: Visit) async throws -> Answer {
        if visit.isPost { return try await answerForm(visit) }
        switch visit.route {
        case .overview: return try overview()
        case .importing: return try page(importPage(isFirstStart: false))
        case .importScript(let name): return try importScript(name)
        case .servers: return try servers(visit)
        case .newServer: return try newServer()
        case .server(let name, let tab): return try server(name, tab, visit)
        case .sites: return try sites()
        case .newSite: return try page(NewSitePage())
        case .site(let code): return try site(code, visit)
        case .proxies: return try proxies()
        case .changes: return try changes(visit)
        case .changeSet(let number): return try changeSet(number, visit)
        case .export: return try page(ExportPage())
        case .exportFile(let format): return try exportFile(format, visit)
        case .manual: return try page(ManualIndexPage(pages: manual.pages))
        case .manualPage: return try manualPage(visit.route.path)
        case .style: return try page(StylePage(examples: pages.examples))
        case .schema(let file): return try asset(assets.schema(file), visit)
        case .asset(let file): return try asset(assets.asset(file), visit)
        case .healthLive: return .plain("ok\n")
        case .healthReady: return try ready()
        }
    }

    private func answerForm(_ visit: Visit) async throws -> Answer {
        let form = try await FormBody(reading: visit.request, settings)
        switch visit.route {
        case .newServer: return try await createServer(form, visit)
        case .server(let name, let tab): return try await changeServer(name, tab, form, visit)
        case .newSite: return try await createSite(form, visit)
        case .site(let code): return try await changeSite(code, form, visit)
        default: throw Refusal.wrongMethod(allowed: visit.route.allowedMethods)
        }
    }

    func page(_ page: some Page) throws -> Answer { .page(try pages.render(page)) }
}

extension Route {
    /// Whether the address has a form that is sent to it.
    private var takesForms: Bool {
        switch self {
        case .newServer, .newSite, .site: true
        case .server(_, let tab): tab != .history
        default: false
        }
    }

    func takes(_ method: HTTPRequest.Method) -> Bool {
        method == .get || method == .head || (method == .post && takesForms)
    }

    var allowedMethods: String { takesForms ? "GET, HEAD, POST" : "GET, HEAD" }
}
