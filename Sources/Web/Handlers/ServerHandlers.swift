import Domain
import Pages
import Workflow

extension Portal {
    func server(_ name: String, _ tab: Route.ServerTab, _ visit: Visit) throws -> Answer {
        guard let host = HostName.check(name, label: "").value else { throw Refusal.noServer(name) }
        if tab == .history { return try history(of: host, visit) }
        if tab == .compare { return try compare(host, visit) }
        if tab == .connections { return try connections(host, visit) }
        let saved = visit.number("saved")
        // One read for the whole page, so that all of it shows one state.
        let found = try store.read { reading in
            try reading.server(host).map { record in
                (
                    record, try reading.findings(.server, key: record.name.text),
                    try saved.flatMap { try savedNotice(of: $0, .server, key: record.name.text, reading) },
                    try reading.openWizardDrafts(.ofServer(record.name))
                )
            }
        }
        guard let (record, findings, notice, drafts) = found else { throw try missing(host) }
        if record.name.text != name { return .found(visit.withQuery(.server(record.name.text, tab))) }
        let head = ServerHead(
            record: record, findings: findings, notice: notice ?? (visit.asks("unchanged") ? .unchanged : nil),
            drafts: drafts)
        return try serverPage(tab, head: head)
    }

    /// Why there is no page of a server: it never was, or was removed, and then under the name it had.
    func missing(_ name: HostName) throws -> Refusal {
        let last = try store.read { try $0.history(.server, key: name.text, before: nil, limit: 1).first }
        return last.map { .removedServer($0.change.key) } ?? .noServer(name.text)
    }

    /// - Parameters:
    ///   - form: what was sent; nil when the page shows what is stored.
    ///   - preview: what saving it would change; nil unless somebody asked.
    func serverPage(
        _ tab: Route.ServerTab, head: ServerHead, form: FormState? = nil, preview: SavePreview? = nil
    ) throws -> Answer {
        switch tab {
        case .general: try page(ServerGeneralPage(head: head, form: form))
        case .proxy: try page(ServerProxyPage(head: head, form: form, preview: preview))
        case .roles:
            try page(
                ServerRolesPage(
                    head: head,
                    isAtSecondarySite: try store.read { try $0.site(head.record.site)?.site.type == .secondary },
                    form: form, preview: preview))
        case .remove: try page(ServerRemovePage(head: head, form: form))
        case .connections, .compare, .history: throw Refusal.notFound
        }
    }

    /// The notice a change set gives on the page of a record it touched.
    func savedNotice(
        of number: Int, _ entity: Entity, key: String, _ reading: any ConfigurationReading
    ) throws -> Notice? {
        guard let set = try reading.changeSet(number), set.origin == .form else { return nil }
        let changes = try reading.changes(ofSet: number, after: nil, limit: 10)
        var notice = Notice.saved(set, changes: changes, entity: entity, key: key, manual)
        notice?.flows = try reading.flowChanges(ofSet: number)
        return notice
    }

    func servers(_ visit: Visit) throws -> Answer {
        let address = ServerListAddress(pairs: visit.query)
        let query = ServerListQuery(address)
        let saved = visit.number("saved")
        let (list, choices, notice) = try store.read { reading in
            (
                try query.map(reading.serverList), try Self.choices(reading),
                try saved.flatMap { try removalNotice(of: $0, reading) }
            )
        }
        return try page(
            ServersPage(
                address: address, rows: (list?.rows ?? []).map(ServersPage.Row.init), total: list?.total ?? 0,
                next: list?.next.map { ServerListAddress.After(value: $0.value, name: $0.name) }, choices: choices,
                notice: notice))
    }

    private static func choices(_ reading: any ConfigurationReading) throws -> ServersPage.Choices {
        ServersPage.Choices(
            sites: try reading.sites().map(\.site.code), roles: try reading.rolesInUse(),
            proxies: try reading.proxiesInUse().map(\.server))
    }

    /// The notice of a list that no longer shows what a change set took out.
    func removalNotice(of number: Int, _ reading: any ConfigurationReading) throws -> Notice? {
        guard let set = try reading.changeSet(number) else { return nil }
        var notice = Notice.removed(set, changes: try reading.changes(ofSet: number, after: nil, limit: 1))
        notice?.flows = try reading.flowChanges(ofSet: number)
        return notice
    }
}

extension ServerListQuery {
    /// Nil when the address asks for a site or role that cannot be: then no server matches.
    fileprivate init?(_ address: ServerListAddress) {
        self.init()
        text = address.text
        if !address.site.isEmpty {
            guard let code = SiteCode.check(address.site).value else { return nil }
            site = code
        }
        if !address.role.isEmpty {
            guard let name = RoleName.check(address.role).value else { return nil }
            role = name
        }
        proxy =
            switch address.proxy {
            case nil: nil
            case .anyProxy?: .anyProxy
            case .off?: .off
            case .notTold?: .notTold
            case .server(let name)?: .server(name)
            case .users(let users)?: .users(users)
            }
        isPending = address.isPending
        isStale = address.isStale
        severity = address.severity
        sort = Sort(rawValue: address.sort.rawValue) ?? .name
        isDescending = address.isDescending
        after = address.after.map { PageKey(value: $0.value, name: $0.name) }
        limit = ServersPage.rowsPerPage
    }
}

extension ServersPage.Row {
    init(_ row: ServerListRow) {
        self.init(
            name: row.name, site: row.site, proxy: row.proxy, roles: row.roles, isPending: row.isPending,
            isStale: row.isStale, staleRoles: row.staleRoles, errors: row.errors, warnings: row.warnings)
    }
}
