import Domain
import HTTPTypes
import Pages
import Workflow

// The software update point component of a site, tab by tab.
extension Portal {
    func component(_ code: String, _ part: ComponentPart?, _ visit: Visit) throws -> Answer {
        let found = try readComponent(code, saved: visit.number("saved"))
        let stored = found.site.code.text
        if stored != code { return .found(visit.withQuery(.siteComponent(stored, part))) }
        return try componentPage(found, part, notice: found.notice ?? (visit.asks("unchanged") ? .unchanged : nil))
    }

    private func componentPage(
        _ found: ComponentReading, _ part: ComponentPart?, form: FormState? = nil, notice: Notice? = nil
    ) throws -> Answer {
        let head = ComponentHead(
            site: found.site, record: found.record, findings: found.findings, points: found.points, top: found.top,
            notice: notice)
        guard let part else { return try page(ComponentGeneralPage(head: head, history: found.history, form: form)) }
        return try page(ComponentPartPage(head: head, part: part, form: form))
    }

    func changeComponent(
        _ text: String, _ part: ComponentPart, _ body: FormBody, _ visit: Visit
    ) async throws -> Answer {
        let found = try readComponent(text, saved: nil)
        let code = found.site.code
        let form = part.reading(of: body, found.record)
        let edit = Edit.changeComponent(code, form.draft(of: part, found.record), revision: form.revision ?? 0)
        switch try await submit(edit, form, visit) {
        case .saved(let set, _): return .seeOther(Self.saved(.siteComponent(code.text, part), set))
        case .rejected(let findings):
            let state = form.state(revision: form.revision, findings)
            return try componentPage(found, part, form: state).with(.unprocessableContent)
        case .conflict(.component(let current)):
            let last = try store.read { try $0.history(.component, key: code.text, before: nil, limit: 1).first?.set }
            let conflict = ConflictPage(
                component: current, part: part, typed: form.sent, values: form.values(of: part), lastChange: last)
            return try page(conflict).with(.conflict)
        case .missing: throw Refusal.noSite(text)
        case let outcome: throw refusal(of: outcome)
        }
    }

    /// Saves the two proxy options of the software update points that a form names.
    func changePoints(_ text: String, _ body: FormBody, _ visit: Visit) async throws -> Answer {
        let found = try readComponent(text, saved: nil)
        let code = found.site.code
        let points = PointsReading(body)
        let findings = points.missingRevisions
        let outcome =
            try await findings.isEmpty
            ? submit(.changeSoftwareUpdatePoints(code, points.changes), points.form, visit)
            : .rejected(findings: findings)
        switch outcome {
        case .saved(let set, _): return .seeOther(Self.saved(.siteComponent(code.text, nil), set))
        case .rejected(let findings):
            let state = points.form.state(revision: nil, findings)
            return try componentPage(found, nil, form: state).with(.unprocessableContent)
        case .conflict(.softwareUpdatePoints(let current)):
            let changed = current.first { server in
                points.changes.contains { $0.server == server.name && $0.revision != server.revision }
            }
            let last = try changed.flatMap { server in
                try store.read { try $0.history(.server, key: server.name.text, before: nil, limit: 1).first?.set }
            }
            let conflict = ConflictPage(
                softwareUpdatePoints: current, of: code, typed: points.form.sent, values: points.form.typed,
                lastChange: last)
            return try page(conflict).with(.conflict)
        case .missing: throw Refusal.noSite(text)
        case let outcome: throw refusal(of: outcome)
        }
    }

    // MARK: - Reading

    /// What the component's pages show, read in one state.
    private struct ComponentReading: Sendable {
        let site: Site
        let record: ComponentRecord
        let findings: [Finding]
        let points: [ServerRecord]
        let top: SiteCode?
        let history: [HistoryLine]
        let notice: Notice?
    }

    /// How many of the newest changes the General tab shows.
    private static let shownChanges = 5

    /// - Throws: ``Refusal/noSite(_:)``.
    private func readComponent(_ text: String, saved: Int?) throws -> ComponentReading {
        guard let code = SiteCode.check(text).value else { throw Refusal.noSite(text) }
        let found = try store.read { reading in
            try reading.site(code).map { record in
                let names = try reading.softwareUpdatePointServers(at: code).sorted()
                return ComponentReading(
                    site: record.site, record: try reading.component(of: code) ?? ComponentRecord(site: code),
                    findings: try reading.findings(.component, key: code.text)
                        + reading.findings(.site, key: code.text).filter { $0.code == .supSiteDiffer },
                    points: try names.compactMap { name in
                        try HostName.check(name, label: "").value.flatMap { try reading.server($0) }
                    }, top: try top(above: record.site, reading),
                    history: try reading.history(.component, key: code.text, before: nil, limit: Self.shownChanges)
                        .map { HistoryLine(set: $0.set, change: $0.change) },
                    notice: try saved.flatMap { try componentNotice(of: $0, at: code, reading) })
            }
        }
        guard let found else { throw Refusal.noSite(text) }
        return found
    }

    /// The last site that can be reached from one to the next above it; nil where the site stands below none.
    private func top(above site: Site, _ reading: any ConfigurationReading) throws -> SiteCode? {
        var seen: Set<SiteCode> = [site.code]
        var top: SiteCode?
        var next = site.parent
        while let code = next, seen.insert(code).inserted, let above = try reading.site(code) {
            (top, next) = (code, above.site.parent)
        }
        return top
    }

    private func componentNotice(
        of number: Int, at code: SiteCode, _ reading: any ConfigurationReading
    ) throws -> Notice? {
        if let notice = try savedNotice(of: number, .component, key: code.text, reading) { return notice }
        guard let set = try reading.changeSet(number), set.origin == .form else { return nil }
        let changes = try reading.changes(ofSet: number, after: nil, limit: ComponentGeneralPage.most)
        let points = Set(try reading.softwareUpdatePointServers(at: code))
        let isOfSite = !changes.isEmpty && changes.allSatisfy { points.contains($0.key.asciiFolded) }
        guard isOfSite else { return nil }
        var notice = Notice.savedOptions(set, changes: changes, manual)
        notice.flows = try reading.flowChanges(ofSet: number)
        return notice
    }
}
