import Domain
import Pages
import Workflow

extension Portal {
    func sites() throws -> Answer {
        let lines = try store.read { reading in
            try reading.sites().map { record in
                SiteLine(
                    site: record.site, servers: try reading.numberOfServers(at: record.site.code),
                    findings: try reading.findings(.site, key: record.site.code.text))
            }
        }
        return try page(SitesPage(lines: lines))
    }

    func site(_ code: String, _ visit: Visit) throws -> Answer {
        let found = try readSite(code, saved: visit.number("saved"))
        if found.record.site.code.text != code { return .found(visit.withQuery(.site(found.record.site.code.text))) }
        let notice = found.notice ?? (visit.asks("unchanged") ? .unchanged : nil)
        return try page(SitePage(found, form: nil, notice: notice))
    }

    /// What a site's page shows, read in one state.
    struct SiteReading: Sendable {
        let record: SiteRecord
        let servers: Int
        let children: [SiteCode]
        let findings: [Finding]
        let notice: Notice?
    }

    /// - Throws: ``Refusal/noSite(_:)``.
    func readSite(_ text: String, saved: Int?) throws -> SiteReading {
        guard let code = SiteCode.check(text).value else { throw Refusal.noSite(text) }
        let found = try store.read { reading in
            try reading.site(code).map { record in
                SiteReading(
                    record: record, servers: try reading.numberOfServers(at: code),
                    children: try reading.sites().filter { $0.site.parent == code }.map(\.site.code),
                    findings: try reading.findings(.site, key: code.text),
                    notice: try saved.flatMap { try savedNotice(of: $0, .site, key: code.text, reading) })
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
            children: reading.children, findings: reading.findings, form: form, notice: notice)
    }
}
