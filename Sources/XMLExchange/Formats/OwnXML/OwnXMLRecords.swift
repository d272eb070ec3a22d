import Domain

/// A `site` element while it is read.
struct OwnXMLSite {
    private let attributes: OwnXMLAttributes
    private let code: Sent
    private var lists: [FieldKey: [String]] = [:]
    private var groups: [OwnXMLAttributes] = []

    init(code: Sent, _ attributes: OwnXMLAttributes) {
        self.code = code
        self.attributes = attributes
    }

    /// Takes a group of the site's fields; one that is not there says nothing of them.
    mutating func setGroup(_ group: OwnXMLAttributes, _ report: Report) throws {
        guard !groups.contains(where: { $0.element == group.element }) else {
            return try report.finding(
                .xmlElement, at: group.position, entity: .site, key: code.text,
                "The element \(group.element.rawValue) is there twice. Remove the wrong one.")
        }
        groups.append(group)
    }

    /// Adds a name to one of the site's lists.
    mutating func add(
        _ attributes: OwnXMLAttributes, _ name: String, to field: FieldKey, _ report: Report
    ) throws {
        guard let text = try attributes.requireLine(name, report) else { return }
        lists[field, default: []].append(text)
        if lists[field, default: []].count > Limit.siteNames {
            throw Refusal(
                .xmlLimitProperties, at: attributes.position,
                "This site has more than 1,000 elements \(attributes.element.rawValue). No site has: correct the file.")
        }
    }

    func draft(_ report: Report) -> SiteDraft {
        var fields = attributes.draft(report)
        for field in [FieldKey.siteCloudDistributionPoints, .siteExchangeConnectors] {
            guard let names = lists[field] else { continue }
            fields[field] = report.sent(names.joined(separator: "\n"), at: attributes.position)
        }
        for group in groups {
            for entry in group.draft(report).entries { fields.append(entry.field, entry.sent) }
        }
        return SiteDraft(place: report.place(attributes.position), fields: fields)
    }
}

/// A `siteSystemServer` element while it is read: the server is told before its roles, in whatever order they stand.
struct OwnXMLServer {
    let position: Position
    let name: Sent
    let site: Sent
    private var general: Draft?
    private var proxy: Draft?
    private var roles: [RoleDraft] = []
    private var role: (position: Position, name: Sent, details: Draft?)?
    private var roleCount = 0

    init(position: Position, name: Sent, site: Sent) {
        self.position = position
        self.name = name
        self.site = site
    }

    mutating func setGeneral(_ attributes: OwnXMLAttributes, _ report: Report) throws {
        guard general == nil else { return try tellTwice(attributes, report) }
        general = attributes.draft(report)
    }

    /// An account says that credentials are used, an empty one that none are.
    mutating func setProxy(_ attributes: OwnXMLAttributes, _ report: Report) throws {
        guard proxy == nil else { return try tellTwice(attributes, report) }
        guard let use = try attributes.require("use", report) else { return }
        var draft = attributes.draft(report)
        if use.text == "false" {
            draft = Draft()
            draft[.proxyUse] = use
        } else if let account = draft[.proxyAccount] {
            draft[.proxyUseCredentials] = Sent(account.text.isEmpty ? "false" : "true", at: account.place)
        }
        proxy = draft
    }

    mutating func beginRole(_ attributes: OwnXMLAttributes, _ report: Report) throws {
        roleCount += 1
        if roleCount > Limit.properties {
            throw Refusal(
                .xmlLimitProperties, at: attributes.position,
                "This server has more than 1,000 roles. No server has: correct the file, or export it again.")
        }
        role = try attributes.require("name", report).map { (attributes.position, $0, nil) }
    }

    mutating func setDetails(_ attributes: OwnXMLAttributes, _ report: Report) throws {
        guard let open = role else { return }
        guard open.details == nil else { return try tellTwice(attributes, report) }
        guard let owner = attributes.element.role, owner == RoleName.check(open.name.text).value else {
            return try report.finding(
                .xmlElement, at: attributes.position, entity: .server, key: name.text,
                "The element \(attributes.element.rawValue) belongs to the role \(attributes.element.role?.text ?? ""), "
                    + "not to \(open.name.text.shown). Move or remove it.")
        }
        role?.details = attributes.draft(report)
    }

    mutating func endRole() {
        guard let role else { return }
        let place = Place(file: name.place.file, line: role.position.line, column: role.position.column)
        roles.append(
            RoleDraft(place: place, server: name, site: site, role: role.name, details: role.details ?? Draft()))
        self.role = nil
    }

    func tell(_ report: Report) throws {
        let place = report.place(position)
        let server = ServerDraft(
            place: place, name: name, site: site, source: .siteSystem, general: general, proxy: proxy)
        try report.record(.server(server))
        for role in roles { try report.record(.role(role)) }
    }

    private func tellTwice(_ attributes: OwnXMLAttributes, _ report: Report) throws {
        try report.finding(
            .xmlElement, at: attributes.position, entity: .server, key: name.text,
            "The element \(attributes.element.rawValue) is there twice. Remove the wrong one.")
    }
}
