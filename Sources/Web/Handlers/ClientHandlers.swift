import Domain
import HTTPTypes
import Pages
import Workflow

// How the clients of a site reach the internet: the plan is a part of the site, and shares its revision.
extension Portal {
    func clients(_ text: String, _ visit: Visit) throws -> Answer {
        let found = try readClients(text, saved: visit.number("saved"))
        let code = found.record.site.code.text
        if code != text { return .found(visit.withQuery(.siteClients(code))) }
        return try page(
            SiteClientsPage(
                found, form: nil, notice: found.notice ?? (visit.asks("unchanged") ? .unchanged : nil)))
    }

    func changeClients(_ text: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        let found = try readClients(text, saved: nil)
        let code = found.record.site.code
        let fields = ClientProxyPlan.fields
        let form = FormReading(body, FormReading.Form(fields: fields))
        switch try await submit(.changeSite(code, form.draft(fields), revision: form.revision ?? 0), form, visit) {
        case .saved(let set, _): return .seeOther(Self.saved(.siteClients(code.text), set))
        case .rejected(let findings):
            return try refused(SiteClientsPage(found, form: form.state(revision: form.revision, findings)))
        case .conflict(.site(let current)):
            let last = try store.read { try $0.history(.site, key: code.text, before: nil, limit: 1).first?.set }
            let conflict = ConflictPage(
                clientsOf: current.site, revision: current.revision, typed: form.sent, values: form.typed,
                lastChange: last)
            return try page(conflict).with(.conflict)
        case .missing: throw Refusal.noSite(text)
        case let outcome: throw refusal(of: outcome)
        }
    }

    /// What the page shows, read in one state.
    fileprivate struct ClientsReading: Sendable {
        let record: SiteRecord
        let findings: [Finding]
        let systems: ClientSystems
        let ports: ClientPorts
        let notice: Notice?
    }

    /// - Throws: ``Refusal/noSite(_:)``.
    private func readClients(_ text: String, saved: Int?) throws -> ClientsReading {
        guard let code = SiteCode.check(text).value else { throw Refusal.noSite(text) }
        let found = try store.read { reading in
            try reading.site(code).map { record in
                let sites = try reading.sites().map { ($0.site.code, $0.site) }
                return ClientsReading(
                    record: record, findings: try reading.findings(.site, key: code.text),
                    systems: try reading.clientSystems(at: code),
                    ports: record.site.effectiveClientPorts(among: Dictionary(uniqueKeysWithValues: sites)),
                    notice: try saved.flatMap { try savedNotice(of: $0, .site, key: code.text, reading) })
            }
        }
        guard let found else { throw Refusal.noSite(text) }
        return found
    }
}

extension SiteClientsPage {
    fileprivate init(_ reading: Portal.ClientsReading, form: FormState?, notice: Notice? = nil) {
        self.init(
            site: reading.record.site, revision: reading.record.revision, findings: reading.findings,
            systems: reading.systems, ports: reading.ports, form: form, notice: notice)
    }
}
