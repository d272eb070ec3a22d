// The field catalogue of a site's client ports, and how they are read.
extension ClientPorts {
    public static let fields: [Field] = [
        Field(.siteClientHTTPPort, "HTTP port of clients", .number, longest: 20),
        Field(.siteClientHTTPSPort, "HTTPS port of clients", .number, longest: 20),
        Field(.siteClientNotificationPort, "Client notification port", .number, longest: 20),
        Field(.siteWakeOnLANPort, "Wake On LAN port", .number, longest: 20),
        Field(
            .siteCustomWebsite, "Site systems use the custom website SMSWEB",
            .choice([
                FieldChoice(value: "", label: "Not told"), FieldChoice(value: "true", label: "Yes"),
                FieldChoice(value: "false", label: "No"),
            ])),
    ]

    /// The name of the group in documents and in our own XML.
    public static let groupName = "clientPorts"

    public var isTold: Bool { self != .notTold }

    public func value(_ key: FieldKey) -> FieldValue {
        switch key {
        case .siteClientHTTPPort: .optional(http)
        case .siteClientHTTPSPort: .optional(https)
        case .siteClientNotificationPort: .optional(notification)
        case .siteWakeOnLANPort: .optional(wakeOnLAN)
        case .siteCustomWebsite: .optional(customWebsite)
        default: .nothing
        }
    }

    /// Reads what was sent; a blank field becomes untold. Nil only where a finding refuses it.
    public static func check(_ draft: Draft, base: ClientPorts?, _ judge: inout Judge) -> ClientPorts? {
        let start = judge.findings.count
        let base = base ?? .notTold
        var customWebsite = base.customWebsite
        draft.read(.siteCustomWebsite, into: &customWebsite, &judge)
        let ports = ClientPorts(
            http: draft.clientPort(.siteClientHTTPPort, base: base.http, &judge),
            https: draft.clientPort(.siteClientHTTPSPort, base: base.https, &judge),
            notification: draft.clientPort(.siteClientNotificationPort, base: base.notification, &judge),
            wakeOnLAN: draft.clientPort(.siteWakeOnLANPort, base: base.wakeOnLAN, &judge),
            customWebsite: customWebsite)
        return judge.refused(since: start) ? nil : ports
    }

    public var doubts: [(field: FieldKey, problem: Problem)] { [] }
}

extension Draft {
    fileprivate func clientPort(_ field: FieldKey, base: Int?, _ judge: inout Judge) -> Int? {
        optional(field, base: base.flatMap(Port.init), &judge) {
            Port.check($0, label: field.label, family: .clients)
        }?.number
    }
}

extension FieldValue {
    static func optional(_ number: Int?) -> FieldValue { number.map(FieldValue.number) ?? .nothing }
    static func optional(_ flag: Bool?) -> FieldValue { flag.map(FieldValue.flag) ?? .nothing }
}

extension Site {
    /// The ports that the clients in this site's boundaries use: a secondary site takes those of its primary site, whatever
    /// was told at the secondary one.
    ///
    /// - Returns: ``ClientPorts/notTold`` for a secondary site whose primary site the portal does not have.
    public func effectiveClientPorts(among sites: [SiteCode: Site]) -> ClientPorts {
        guard type == .secondary else { return clientPorts }
        return parent.flatMap { sites[$0] }?.clientPorts ?? .notTold
    }
}
