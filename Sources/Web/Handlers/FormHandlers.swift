import Domain
import HTTPTypes
import Pages
import Workflow

// Forms that save: decode, submit, and one answer for each way in which a submission can end.
extension Portal {
    func changeServer(
        _ name: String, _ tab: Route.ServerTab, _ body: FormBody, _ visit: Visit
    ) async throws -> Answer {
        guard let host = HostName.check(name, label: "").value else { throw Refusal.noServer(name) }
        guard let (record, findings) = try readServer(host) else { throw try missing(host) }
        let form = tab.reading(of: body, record)
        let edit = form.edit(of: record, tab)
        switch try await submit(edit, form, visit) {
        case .rehearsed(let found, let flows):
            return try serverPage(
                tab, head: ServerHead(record: record, findings: findings), form: form.state(revision: form.revision),
                preview: SavePreview(flows: flows, findings: found))
        case .saved(let set, _):
            return .seeOther(Self.saved(tab == .remove ? .servers : .server(record.name.text, tab), set))
        case .rejected(let found):
            let head = ServerHead(record: record, findings: findings)
            let state = form.state(revision: form.revision, found)
            return try serverPage(tab, head: head, form: state).with(.unprocessableContent)
        case .conflict(.server(let current)):
            let last = try store.read {
                try $0.history(.server, key: current.name.text, before: nil, limit: 1).first?.set
            }
            if tab == .remove {
                let conflict = RemovalConflictPage(current: current, reason: form.reason ?? "", lastChange: last)
                return try page(conflict).with(.conflict)
            }
            let conflict = ConflictPage(
                server: current, tab: tab, typed: form.sent, values: form.typed, lastChange: last)
            return try page(conflict).with(.conflict)
        case .missing: throw try missing(host)
        case let outcome: throw refusal(of: outcome)
        }
    }

    private func readServer(_ name: HostName) throws -> (ServerRecord, [Finding])? {
        try store.read { reading in
            try reading.server(name).map { ($0, try reading.findings(.server, key: $0.name.text)) }
        }
    }

    func createSite(_ body: FormBody, _ visit: Visit) async throws -> Answer {
        let reading = FormReading(body, FormReading.Form(fields: Site.formFields, hasRevision: false))
        let outcome = try await submit(.createSite(reading.draft(Site.formFields)), reading, visit)
        switch outcome {
        case .saved(let set, _):
            let code = SiteCode.check(reading.typed[FieldKey.siteCode.rawValue] ?? "").value?.text ?? ""
            return .seeOther(Self.saved(.site(code), set))
        case .rejected(let findings): return try refused(NewSitePage(form: reading.state(revision: nil, findings)))
        default: throw refusal(of: outcome)
        }
    }

    func changeSite(_ text: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        let found = try readSite(text, saved: nil)
        let code = found.record.site.code
        let fields = Site.formFields.filter { $0.key != .siteCode }
        let form = FormReading(body, FormReading.Form(fields: fields))
        switch try await submit(.changeSite(code, form.draft(fields), revision: form.revision ?? 0), form, visit) {
        case .saved(let set, _): return .seeOther(Self.saved(.site(code.text), set))
        case .rejected(let findings):
            let state = form.state(revision: form.revision, findings)
            return try refused(SitePage(found, form: state))
        case .conflict(.site(let current)):
            let last = try store.read { try $0.history(.site, key: code.text, before: nil, limit: 1).first?.set }
            let conflict = ConflictPage(
                site: current.site, revision: current.revision, typed: form.sent, values: form.typed, lastChange: last)
            return try page(conflict).with(.conflict)
        case .missing: throw Refusal.noSite(text)
        case let outcome: throw refusal(of: outcome)
        }
    }

    // MARK: - What all forms share

    /// Submits unless the form itself is broken: what a page did not send cannot be judged. A form that was sent with the
    /// button for it is only rehearsed.
    func submit(_ edit: Edit, _ form: FormReading, _ visit: Visit) async throws -> Outcome {
        if !form.problems.isEmpty { return .rejected(findings: []) }
        let request = Workflow.Request(actor: .local, reason: form.reason, id: visit.id)
        let submission = submission
        do {
            return try await Blocking.submit(within: settings.submissionWait) {
                form.asksForPreview
                    ? try submission.rehearse(edit, for: request) : try submission.submit(edit, for: request)
            }
        } catch ProgramFailure.busy {
            throw Refusal.busy(ErrorPage.Resend(action: visit.route.path, controls: form.sent))
        } catch ProgramFailure.storage(let cause) {
            throw Refusal.notStored(ErrorPage.Resend(action: visit.route.path, controls: form.sent), cause: cause)
        }
    }

    func refused(_ page: some Page) throws -> Answer { try self.page(page).with(.unprocessableContent) }

    func refusal(of outcome: Outcome) -> Refusal {
        if case .forbidden = outcome { .forbidden } else { .unexpected }
    }

    /// Where a save leads; its notice is read from the change set, so that the address alone says nothing untrue.
    static func saved(_ route: Route, _ changeSet: Int?) -> String {
        route.path + (changeSet.map { "?saved=\($0)" } ?? "?unchanged")
    }
}

extension Answer {
    func with(_ status: HTTPResponse.Status) -> Answer {
        var answer = self
        answer.status = status
        return answer
    }
}
