/// A site of the hierarchy.
public struct Site: FieldGroup {
    public let code: SiteCode
    public let name: DisplayText?
    /// Nil when nobody has told it: a site first met on a server is only a code.
    public let type: SiteType?
    /// The site it reports to; nil for the top of the hierarchy, and when not told.
    public let parent: SiteCode?
    public let siteServer: HostName?
    /// As the product prints it, such as 5.00.9128.1000.
    public let version: DisplayText?
    /// Distribution points in Microsoft Azure the site manages, by name.
    public let cloudDistributionPoints: [DisplayText]
    /// Servers that run an Exchange Server connector of the site; no export tells them.
    public let exchangeConnectors: [HostName]
    /// As they were told at this site; see ``effectiveClientPorts(among:)``.
    public let clientPorts: ClientPorts
    /// Nil where nobody told any of it.
    public let clients: ClientProxyPlan?

    public enum SiteType: String, Sendable, CaseIterable {
        case centralAdministration = "central administration"
        case primary
        case secondary
    }

    public static let fields: [Field] = ownFields + ClientPorts.fields + ClientProxyPlan.fields

    /// Those of the form on the site's page.
    public static let formFields: [Field] = ownFields + ClientPorts.fields

    /// What a site is, and what it manages: the fields of its own, without its groups.
    public static let ownFields: [Field] = [
        Field(.siteCode, "Site code", .text, longest: 3),
        Field(.siteName, "Site name", .text),
        Field(
            .siteType, "Site type",
            .choice([
                FieldChoice(value: "", label: "Not told"),
                FieldChoice(value: "central administration", label: "Central administration site"),
                FieldChoice(value: "primary", label: "Primary site"),
                FieldChoice(value: "secondary", label: "Secondary site"),
            ])),
        Field(.siteParent, "Parent site", .text, longest: 3),
        Field(.siteServer, "Site server", .text),
        Field(.siteVersion, "Version", .text),
        Field(.siteCloudDistributionPoints, "Cloud distribution points", .lines, longest: 10_000),
        Field(.siteExchangeConnectors, "Exchange Server connectors", .lines, longest: 10_000),
    ]

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .siteCode: .text(code.text)
        case .siteName: .optional(name?.text)
        case .siteType: .optional(type?.rawValue)
        case .siteParent: .optional(parent?.text)
        case .siteServer: .optional(siteServer?.text)
        case .siteVersion: .optional(version?.text)
        case .siteCloudDistributionPoints: .list(cloudDistributionPoints.map(\.text))
        case .siteExchangeConnectors: .list(exchangeConnectors.map(\.text))
        default: key.group == ClientProxyPlan.groupName ? clients?.value(key) ?? .nothing : clientPorts.value(key)
        }
    }

    /// A site of which nothing is known but its code.
    public init(firstMet code: SiteCode) {
        self.init(
            code: code, name: nil, type: nil, parent: nil, siteServer: nil, version: nil, cloudDistributionPoints: [],
            exchangeConnectors: [], clientPorts: .notTold, clients: nil)
    }

    private init(
        code: SiteCode, name: DisplayText?, type: SiteType?, parent: SiteCode?, siteServer: HostName?,
        version: DisplayText?, cloudDistributionPoints: [DisplayText], exchangeConnectors: [HostName],
        clientPorts: ClientPorts,
        clients: ClientProxyPlan?
    ) {
        self.code = code
        self.name = name
        self.type = type
        self.parent = parent
        self.siteServer = siteServer
        self.version = version
        self.cloudDistributionPoints = cloudDistributionPoints
        self.exchangeConnectors = exchangeConnectors
        self.clientPorts = clientPorts
        self.clients = clients
    }

    public static func check(_ draft: Draft, base: Site?, _ judge: inout Judge) -> Site? {
        let start = judge.findings.count
        let code = checkCode(draft, base: base, &judge)
        let fallback = code.map(Site.init(firstMet:))
        guard let known = base ?? fallback else { return nil }
        let site = Site(
            code: code ?? known.code,
            name: draft.displayText(.siteName, base: known.name, &judge),
            type: checkType(draft, base: known.type, &judge),
            parent: draft.optional(.siteParent, base: known.parent, &judge, SiteCode.check),
            siteServer: draft.host(.siteServer, base: known.siteServer, &judge),
            version: draft.displayText(.siteVersion, base: known.version, &judge),
            cloudDistributionPoints: draft.list(
                .siteCloudDistributionPoints, base: known.cloudDistributionPoints, &judge
            ) { DisplayText.check($0, label: "The name of a cloud distribution point") },
            exchangeConnectors: draft.list(.siteExchangeConnectors, base: known.exchangeConnectors, &judge) {
                HostName.check($0, label: "The server of an Exchange Server connector")
            }, clientPorts: ClientPorts.check(draft, base: known.clientPorts, &judge) ?? known.clientPorts,
            clients: ClientProxyPlan.check(draft, base: known.clients, &judge))
        return judge.refused(since: start) ? nil : site
    }

    private static func checkCode(_ draft: Draft, base: Site?, _ judge: inout Judge) -> SiteCode? {
        guard let sent = draft[.siteCode] else {
            if base == nil {
                judge.find([Problem(.siteCodeBlank, "Enter a site code such as PS1.")], .siteCode, at: .form)
            }
            return base?.code
        }
        let checked = SiteCode.check(sent.text)
        judge.find(checked.problems, .siteCode, at: sent.place)
        if let code = checked.value, code.text != sent.text, judge.occasion == .fileImport {
            judge.find(
                .siteCodeLowerCase, .siteCode, at: sent.place,
                "Site code \(sent.text.quoted) was read as \(code): site codes are upper case. There is nothing to do.")
        }
        return checked.value
    }

    private static func checkType(_ draft: Draft, base: SiteType?, _ judge: inout Judge) -> SiteType? {
        guard let sent = draft[.siteType] else { return base }
        if sent.text.isEmpty { return nil }
        return draft.choice(.siteType, base: base ?? .primary, &judge)
    }

    public var doubts: [(field: FieldKey, problem: Problem)] {
        let servers = siteServer?.doubts(label: FieldKey.siteServer.label).map { (FieldKey.siteServer, $0) } ?? []
        return code.doubts.map { (.siteCode, $0) } + servers + (clients?.doubts ?? [])
    }

    /// The fields in which two states differ. "No" differs from not told, as everywhere but in the empty lists of a site.
    public static func difference(_ left: Site?, _ right: Site?) -> [FieldKey] {
        fields.map(\.key).filter { told(left, $0) != told(right, $0) }
    }

    private static func told(_ site: Site?, _ key: FieldKey) -> FieldValue {
        let value = site?.value(key) ?? .nothing
        return value == .list([]) ? .nothing : value
    }
}

extension Draft {
    /// Texts one a line, blank lines left out.
    func list<Value>(
        _ field: FieldKey, base: [Value], _ judge: inout Judge, _ check: (String) -> Checked<Value>
    ) -> [Value] {
        guard let sent = self[field] else { return base }
        return sent.text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.isBlank }.compactMap { line in
            let checked = check(String(line.trimmingBlanks))
            judge.find(checked.problems, field, at: sent.place)
            return checked.value
        }
    }
}
