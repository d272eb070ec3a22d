import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

/// Edits and imports that people could make in any order, as far as they concern flows; refused ones are part of it.
struct RandomFlowEdits {
    private var random: SeededGenerator
    private let portal: TestPortal
    private let sites = ["CAS", "PS1", "S01"]
    private let names = ["a.contoso.com", "b.contoso.com", "c.contoso.com", "d.contoso.com"]
    private let roles = [
        "SMS Software Update Point", "SMS Software Update Point", "SMS Software Update Point", "SMS Dmp Connector",
        "SMS Distribution Point", "SMS Management Point",
        "SMS Cloud Proxy Connector", "SMS Endpoint Protection Point",
    ]

    init(seed: UInt64, portal: TestPortal) {
        random = SeededGenerator(seed: seed)
        self.portal = portal
    }

    /// Something to change: two sites and a server each, one of them the site server of both.
    mutating func begin() throws {
        for (code, type) in [("CAS", "central administration"), ("PS1", "primary")] {
            try portal.submit(
                .createSite(Draft([.siteCode: code, .siteType: type, .siteServer: "a.contoso.com"])))
        }
        for (name, site) in zip(names, ["PS1", "PS1", "CAS", "PS1"]) {
            try portal.submit(.createServer(Draft([.serverName: name, .serverSite: site])))
        }
    }

    mutating func next() throws {
        switch Int.random(in: 0..<16, using: &random) {
        case 0: try portal.submit(.createSite(siteDraft(code: pick(sites))))
        case 1: try changeSite()
        case 2: try portal.submit(.createServer(Draft([.serverName: pick(names), .serverSite: pick(sites)])))
        case 3...7: try changeProxy()
        case 8...13: try changeRoles()
        case 14: try importSomething()
        default: try remove()
        }
    }

    private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }

    private mutating func siteDraft(code: String?) -> Draft {
        var draft = Draft([
            .siteType: pick(["", "primary", "central administration", "secondary"]),
            .siteParent: pick(["", "", "CAS"]), .siteServer: pick(names + [""]),
            .siteVersion: pick(["", "5.00.9146.1000", "5.00.9128.1000"]),
            .siteExchangeConnectors: pick(["", "a.contoso.com\nB.contoso.com", "d.contoso.com"]),
            .siteCloudDistributionPoints: pick(["", "cloud-1"]),
        ])
        if let code { draft[.siteCode] = Sent(code) }
        return draft
    }

    private mutating func changeSite() throws {
        guard let code = SiteCode.check(pick(sites)).value,
            let record = try portal.store.read({ try $0.site(code) })
        else { return }
        try portal.submit(.changeSite(code, siteDraft(code: nil), revision: record.revision))
    }

    private mutating func changeProxy() throws {
        guard let record = try portal.server(pick(names)) else { return }
        let draft = Draft([
            .proxyUse: pick(["true", "true", "false"]), .proxyServer: pick(["proxy01", "proxy02"]), .proxyPort: "8080",
            .proxyUseCredentials: "true", .proxyAccount: pick(["CONTOSO\\svc", "CONTOSO\\other"]),
        ])
        try portal.submit(.changeProxy(record.name, draft, revision: record.revision))
    }

    private mutating func changeRoles() throws {
        guard let record = try portal.server(pick(names)) else { return }
        var changes = RoleChanges(adding: Sent(pick(roles + [""])))
        if Bool.random(using: &random), let role = record.roles.randomElement(using: &random) {
            changes.removing = [role.name]
        }
        changes.details = [
            (
                .softwareUpdatePoint,
                Draft([
                    .supUseProxyForSynchronization: pick(["true", "false"]),
                    .supUseProxyForADR: pick(["true", "false"]),
                ])
            ),
            (.serviceConnectionPoint, Draft([.scpMode: pick(["online", "offline"])])),
            (.distributionPoint, Draft([.dpConnectedCache: pick(["true", "false"])])),
        ]
        try portal.submit(.changeRoles(record.name, changes, revision: record.revision))
    }

    private mutating func importSomething() throws {
        let site = pick(sites)
        let component =
            "<softwareUpdatePointComponent site=\"\(site)\" synchronizationSource=\"\(pick(["microsoftUpdate", "none"]))\" defaultServer=\"\(pick(names))\" thirdPartyUpdates=\"\(pick(["off", "automatic"]))\"/>"
        let server = """
            <siteSystemServer name="\(pick(names))" site="\(site)"><proxy use="\(pick(["false", "true"]))" server="proxy03" port="80" account=""/>
            <role name="\(pick(roles))"/></siteSystemServer>
            """
        try portal.importing(
            file: "<configuration xmlns=\"urn:proxydesk:configuration:1\">\(component)\(server)</configuration>")
    }

    private mutating func remove() throws {
        guard let record = try portal.server(pick(names)) else { return }
        try portal.submit(.removeServer(record.name, revision: record.revision))
    }
}
