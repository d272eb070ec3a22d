import Domain
import HTTPTypes
import Pages
import Workflow

// The proxies in use, and replacing one of them.
extension Portal {
    func proxies(_ visit: Visit) throws -> Answer {
        let last = visit.lastOfPage
        let limit = ProxiesPage.proxiesPerPage
        var (uses, overview) = try store.read { reading in
            (try reading.proxyAddresses(after: last, limit: limit + 1), try reading.overview())
        }
        let hasMore = uses.count > limit
        if hasMore { uses.removeLast() }
        let counts = ProxiesPage.Counts(
            withProxy: overview.withProxy, withoutProxy: overview.withoutProxy, notTold: overview.notTold)
        return try page(ProxiesPage(uses: uses, hasMore: hasMore, isContinued: last != nil, counts: counts))
    }

    func proxy(_ text: String, _ visit: Visit) throws -> Answer {
        guard let proxy = ProxyAddress(text) else { throw Refusal.noProxy(text) }
        var query = ServerListQuery()
        query.proxy = .users(ProxyUsers(of: proxy))
        query.limit = ServersPage.rowsPerPage
        query.after = visit.value("after").map { ServerListQuery.PageKey(value: $0, name: $0) }
        let found = try store.read { [query] reading in
            try reading.proxyOverview(proxy).map {
                ($0, try reading.serverList(query), try reading.flowCounts(through: proxy))
            }
        }
        guard let (overview, list, flows) = found else { throw Refusal.noProxy(text) }
        let stored = overview.use.proxy.text
        if stored != text { return .found(visit.withQuery(.proxy(stored))) }
        let number = query.after == nil ? 1 : max(1, visit.number("page") ?? 1)
        return try page(
            ProxyPage(
                overview: overview, rows: list.rows.map(ServersPage.Row.init), flows: flows.byKind, page: number,
                next: list.next?.name,
                notice: visit.asks("unchanged") ? .unchanged : nil))
    }

    // MARK: - Replacing

    func replaceProxy(_ visit: Visit) throws -> Answer {
        guard let text = visit.value(ReplaceProxyControl.proxy) else {
            let limit = ChooseProxyPage.proxiesOffered
            return try page(ChooseProxyPage(uses: try store.read { try $0.proxyAddresses(after: nil, limit: limit) }))
        }
        var form = FormState(revision: nil)
        form.typed[ReplaceProxyControl.account] = visit.value(ReplaceProxyControl.account)
        return try replacementForm(of: text, form)
    }

    /// The first step, holding what was typed.
    private func replacementForm(of text: String, _ form: FormState) throws -> Answer {
        guard let proxy = ProxyAddress(text), let overview = try store.read({ try $0.proxyOverview(proxy) }) else {
            throw Refusal.noProxy(text)
        }
        return try page(ReplaceProxyPage(overview: overview, form: form))
    }

    func replaceProxy(_ body: FormBody, _ visit: Visit) async throws -> Answer {
        var form = ProxyReplacementForm(body)
        guard let proxy = form.proxy else { throw Refusal.noProxy(form.reading.typed[ReplaceProxyControl.proxy] ?? "") }
        if form.asksToEdit && form.isReadable { return try replacementForm(of: proxy.text, form.state()) }
        if !form.reading.problems.isEmpty { return try refusedReplacement(of: proxy, form) }
        let replacement = form.replacement(of: proxy)
        if form.asksForPreview || replacement.basis == nil || !form.isReadable {
            return try await previewReplacement(replacement, &form, visit)
        }
        switch try await submit(.replaceProxy(replacement), form.reading, visit) {
        case .saved(let set?, _): return .seeOther("\(Route.changeSet(set).path)?saved=\(set)")
        case .saved(nil, _): return .seeOther(Route.proxy(proxy.text).path + "?unchanged")
        case .rejected: return try await previewReplacement(replacement, &form, visit)
        case .conflict(.servers(let changed)):
            return try await previewReplacement(replacement, &form, visit, overtakenBy: changed)
        default: throw Refusal.unexpected
        }
    }

    private func refusedReplacement(
        of proxy: ProxyAddress, _ form: ProxyReplacementForm, _ findings: [Finding] = []
    ) throws -> Answer {
        var answer = try replacementForm(of: proxy.text, form.state(findings))
        answer.status = .unprocessableContent
        return answer
    }

    /// Goes through the replacement and shows what came of it: the second step, or the first when the values or the choice
    /// of servers are what is wrong.
    private func previewReplacement(
        _ replacement: ProxyReplacement, _ form: inout ProxyReplacementForm, _ visit: Visit,
        overtakenBy changed: ChangedRecords? = nil
    ) async throws -> Answer {
        let proxy = replacement.selection.users.proxy
        let (outcome, preview) = try await rehearsed(replacement, form.reading, visit)
        if changed == nil {
            form.findStrangers(preview.strangers)
            let isWrong = !form.isReadable || preview.servers == 0 || preview.isRefusedThroughout
            if isWrong { return try refusedReplacement(of: proxy, form, outcome.rejections) }
        }
        let status: HTTPResponse.Status =
            changed != nil ? .conflict : form.asksForPreview ? .ok : .unprocessableContent
        let basis = PreviewBasis(servers: preview.servers, newestChange: preview.newestChange)
        let shown = ReplaceProxyPreviewPage(
            proxy: proxy, preview: preview, flows: outcome.flows, choices: form.choices,
            carried: form.carried(basis: basis),
            leftOut: form.leftOut.union(form.ticked).sorted { $0.folded < $1.folded },
            form: previewState(form, outcome, status), notice: changed.map(Notice.overtaken))
        var answer = try page(shown)
        answer.status = status
        return answer
    }

    /// What stands above a preview that was asked to be saved and was not.
    private func previewState(
        _ form: ProxyReplacementForm, _ outcome: Outcome, _ status: HTTPResponse.Status
    ) -> FormState {
        var state = FormState(revision: nil)
        state.typed["reason"] = form.reading.typed["reason"]
        guard status == .unprocessableContent else { return state }
        if form.basis == nil {
            let sentence =
                "This was not saved: it did not say which preview it was decided on. Look at this one, then save."
            state.problems = [
                FormProblem(Finding(code: .proxyReplaceUnseen, severity: .error, message: sentence))
            ]
        }
        state.problems += outcome.rejections.filter { $0.severity == .error }.map { finding in
            FormProblem(finding, control: finding.key.map { ReplaceProxyControl.leaveOutPrefix + $0 })
        }
        return state
    }

    private func rehearsed(
        _ replacement: ProxyReplacement, _ form: FormReading, _ visit: Visit
    ) async throws -> (outcome: Outcome, preview: ProxyReplacementPreview) {
        let request = Workflow.Request(actor: .local, reason: form.reason, id: visit.id)
        let submission = submission
        do {
            return try await Blocking.submit(within: settings.submissionWait) {
                try submission.preview(replacement, for: request)
            }
        } catch ProgramFailure.busy {
            throw Refusal.busy(ErrorPage.Resend(action: visit.route.path, controls: form.sent))
        }
    }
}

extension Visit {
    /// The first value of the query by that name; nil for none, or a blank one.
    fileprivate func value(_ name: String) -> String? {
        queryText.isEmpty ? nil : query.first { $0.name == name && !$0.value.isEmpty }?.value
    }

    /// The last proxy of the page before.
    fileprivate var lastOfPage: ProxyAddressUse? {
        guard let proxy = value("after").flatMap({ ProxyAddress($0) }), let servers = number("servers") else {
            return nil
        }
        return ProxyAddressUse(proxy: proxy, servers: servers, pending: 0, identities: [], numberOfIdentities: 0)
    }
}

extension Outcome {
    fileprivate var rejections: [Finding] {
        if case .rejected(let findings) = self { findings } else { [] }
    }
}

extension ProxyReplacementPreview {
    /// Whether one error stands on every server that would change: then the new values are wrong, and no server is.
    fileprivate var isRefusedThroughout: Bool {
        problems.contains { $0.severity == .error && $0.count == changed && $0.first.field?.group == "proxy" }
    }
}

extension Notice {
    fileprivate static func overtaken(by changed: ChangedRecords) -> Notice {
        let names = changed.names.joined(separator: ", ")
        let more = changed.count > changed.names.count ? " and \(changed.count - changed.names.count) more" : ""
        return Notice(
            isSuccess: false, title: "Nothing was saved: servers were changed since the preview",
            lines: [
                changed.names.isEmpty
                    ? "Other servers match now than did then."
                    : "They changed, came to this proxy or left it: \(names)\(more).",
                "This is a new preview, made of what is stored now. Look at it, then save.",
            ])
    }
}

extension [FlowCount] {
    /// How many flows there are of each kind that has any.
    fileprivate var byKind: [(flow: TrafficFlowID, number: Int)] {
        TrafficFlowID.allCases.compactMap { flow in
            let number = filter { $0.flow == flow }.map(\.number).reduce(0, +)
            return number > 0 ? (flow, number) : nil
        }
    }
}
