import Domain
import HTTPTypes
import Manual
import Pages

// Which address is answered by what. The addresses themselves are `Route`.
extension Portal {
    func answer(to visit: Visit) async throws -> Answer {
        if visit.isPost { return try await answerForm(visit) }
        switch visit.route {
        case .overview: return try await overview(visit)
        case .importing: return try page(await importPage(isFirstStart: false, visit))
        case .importScript(let name): return try importScript(name)
        case .importPreview(let id): return try await importPreview(id, visit)
        case .sampleFile(let name): return try sampleFile(name)
        case .servers: return try servers(visit)
        case .newServer: return try newServer(visit)
        case .server(let name, let tab): return try server(name, tab, visit)
        case .sites: return try sites(visit)
        case .newSite: return try page(NewSitePage())
        case .site(let code): return try site(code, visit)
        case .removeSite(let code): return try siteRemoval(code)
        case .siteClients(let code): return try clients(code, visit)
        case .siteComponent(let code, let part): return try component(code, part, visit)
        case .wizard(let id, let step): return try await wizardStep(id, step, visit)
        case .cancelWizard(let id): return try wizardCancellation(id)
        case .proxies: return try proxies(visit)
        case .proxy(let address): return try proxy(address, visit)
        case .replaceProxy: return try replaceProxy(visit)
        case .flows: return try flows(visit)
        case .changes: return try changes(visit)
        case .changeSet(let number): return try changeSet(number, visit)
        case .export: return try exportPage()
        case .exportFile(let format): return try exportFile(format, visit)
        case .script: return try script(visit)
        case .scriptFile: return try scriptFile(visit)
        case .requirements: return try requirements(visit)
        case .requirementsFile(let file): return try requirementsFile(file, visit)
        case .diagnose: return try page(diagnosePage())
        case .manual, .wholeManual, .manualAlphabet, .manualPage, .asset, .healthLive:
            return try await site.ready(visit)
        case .search: return try await site.search(visit)
        case .style: return try page(StylePage(examples: pages.examples))
        case .schema(let file): return try schema(file, visit)
        case .healthReady: return try ready()
        case .removeSample: return try sampleRemoval()
        case .importConfirm, .importCancel, .loadSample, .wizards:
            throw Refusal.wrongMethod(allowed: visit.route.allowedMethods)
        }
    }

    private func answerForm(_ visit: Visit) async throws -> Answer {
        if visit.route == .importing { return try await upload(visit) }
        if visit.route == .diagnose { return try await diagnose(visit) }
        let form = try await FormBody(reading: visit.request, settings)
        switch visit.route {
        case .newServer: return try await beginCreatingServer(form, visit)
        case .wizards: return try await beginWizard(form, visit)
        case .wizard(let id, let step): return try await answerWizard(id, step, form, visit)
        case .cancelWizard(let id): return try await cancelWizard(id, form, visit)
        case .server(let name, let tab): return try await changeServer(name, tab, form, visit)
        case .newSite: return try await createSite(form, visit)
        case .site(let code): return try await changeSite(code, form, visit)
        case .removeSite(let code): return try await removeSite(code, form, visit)
        case .siteClients(let code): return try await changeClients(code, form, visit)
        case .siteComponent(let code, let part?): return try await changeComponent(code, part, form, visit)
        case .siteComponent(let code, nil): return try await changePoints(code, form, visit)
        case .importConfirm(let id): return try await confirmImport(id, form, visit)
        case .importCancel(let id): return try await cancelImport(id)
        case .replaceProxy: return try await replaceProxy(form, visit)
        case .loadSample: return try await loadSample(visit)
        case .removeSample: return try await removeSample(visit)
        default: throw Refusal.wrongMethod(allowed: visit.route.allowedMethods)
        }
    }

    func page(_ page: some Page) throws -> Answer { .page(try pages.render(page, holdsSample: holdsSample)) }
}

extension Route {
    /// Whether the address has a form that is sent to it.
    private var takesForms: Bool {
        switch self {
        case .newServer, .newSite, .site, .removeSite, .siteComponent, .siteClients, .importing, .importConfirm,
            .importCancel, .loadSample, .removeSample, .wizards, .cancelWizard, .replaceProxy, .diagnose:
            true
        case .wizard(_, let step): step != .completion
        case .server(_, let tab): tab != .history && tab != .compare && tab != .connections
        default: false
        }
    }

    func takes(_ method: HTTPRequest.Method) -> Bool {
        (method == .post && takesForms) || ((method == .get || method == .head) && isPage)
    }

    /// Whether there is something to open; otherwise the address only takes what a page sends to it.
    private var isPage: Bool {
        switch self {
        case .importConfirm, .importCancel, .loadSample, .wizards: false
        default: true
        }
    }

    var allowedMethods: String { takesForms ? (isPage ? "GET, HEAD, POST" : "POST") : "GET, HEAD" }
}
