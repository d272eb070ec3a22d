import Domain
import HTTPTypes
import Pages
import Workflow

extension Portal {
    func sites(_ visit: Visit) throws -> Answer {
        let saved = visit.number("saved")
        let (lines, notice) = try store.read { reading in
            let lines = try reading.sites().map { record in
                SiteLine(
                    site: record.site, servers: try reading.numberOfServers(at: record.site.code),
                    findings: try reading.findings(.site, key: record.site.code.text))
            }
            return (lines, try saved.flatMap { try removalNotice(of: $0, reading) })
        }
        return try page(SitesPage(lines: lines, notice: notice))
    }

    func site(_ code: String, _ visit: Visit) throws -> Answer {
        let found = try readSite(code, saved: visit.number("saved"))
        if found.record.site.code.text != code { return .found(visit.withQuery(.site(found.record.site.code.text))) }
        let notice = found.notice ?? (visit.asks("unchanged") ? .unchanged : nil)
        return try page(SitePage(found, form: nil, notice: notice))
    }

    func siteRemoval(_ code: String) throws -> Answer {
        let found = try readSite(code, saved: nil)
        if found.record.site.code.text != code { return .found(Route.removeSite(found.record.site.code.text).path) }
        return try page(SiteRemovePage(found))
    }

    func removeSite(_ text: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        let found = try readSite(text, saved: nil)
        let code = found.record.site.code
        let form = FormReading(body, FormReading.Form(fields: []))
        var answer: Answer
        switch try await submit(.removeSite(code, revision: form.revision ?? 0), form, visit) {
        case .saved(let set, _): return .seeOther(Route.sites.path + (set.map { "?saved=\($0)" } ?? ""))
        case .rejected(let findings):
            answer = try page(SiteRemovePage(found, form: form.state(revision: form.revision, findings)))
            answer.status = .unprocessableContent
        case .conflict:
            answer = try page(SiteRemovePage(try readSite(text, saved: nil), notice: .siteChanged))
            answer.status = .conflict
        case .missing: throw Refusal.noSite(text)
        default: throw Refusal.unexpected
        }
        return answer
    }

    /// What a site's page shows, read in one state.
    struct SiteReading: Sendable {
        let record: SiteRecord
        let servers: Int
        let children: [SiteCode]
        let findings: [Finding]
        let component: ComponentRecord?
        let flows: FlowsOfSite
        let notice: Notice?
        let drafts: [WizardDraft]
    }

    /// - Throws: ``Refusal/noSite(_:)``.
    func readSite(_ text: String, saved: Int?) throws -> SiteReading {
        guard let code = SiteCode.check(text).value else { throw Refusal.noSite(text) }
        let found = try store.read { reading in
            try reading.site(code).map { record in
                SiteReading(
                    record: record, servers: try reading.numberOfServers(at: code),
                    children: try reading.sites().filter { $0.site.parent == code }.map(\.site.code),
                    findings: try reading.findings(.site, key: code.text)
                        + reading.findings(.component, key: code.text),
                    component: try reading.component(of: code), flows: try flows(of: code, reading),
                    notice: try saved.flatMap { try savedNotice(of: $0, .site, key: code.text, reading) },
                    drafts: try reading.openWizardDrafts(.atSite(code)))
            }
        }
        guard let found else { throw Refusal.noSite(text) }
        return found
    }
}

extension SitePage {
    init(_ reading: Portal.SiteReading, form: FormState?, notice: Notice? = nil) {
        self.init(
            site: reading.record.site, revision: reading.record.revision, servers: reading.servers,
            children: reading.children, findings: reading.findings, component: reading.component,
            flows: reading.flows, form: form, notice: notice, drafts: reading.drafts)
    }
}

extension SiteRemovePage {
    fileprivate init(_ reading: Portal.SiteReading, form: FormState? = nil, notice: Notice? = nil) {
        self.init(
            site: reading.record.site, revision: reading.record.revision, servers: reading.servers,
            children: reading.children, form: form, notice: notice)
    }
}
