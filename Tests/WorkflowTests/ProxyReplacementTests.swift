import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Replacing a proxy")
struct ProxyReplacementTests {
    private static let old = "proxy01.contoso.com:8080"
    private let values = Draft([.proxyServer: "proxy02.contoso.com", .proxyPort: "3128"])

    /// Six servers of the old proxy at two sites, three signing in as an account, and three others beside them.
    private func withServers(_ body: (TestPortal) throws -> Void) throws {
        try withPortal { portal in
            for code in ["PS1", "PS2"] { try portal.submit(.createSite(Draft([.siteCode: code]))) }
            for number in 1...6 {
                let account = number % 2 == 0 ? "CONTOSO\\svc-proxy" : nil
                try add(portal, "cm0\(number)", at: number < 4 ? "PS1" : "PS2", "Proxy01.contoso.com", "8080", account)
            }
            try add(portal, "other1", at: "PS1", "proxy01.contoso.com", "80", nil)
            try add(portal, "other2", at: "PS1", "proxy03.contoso.com", "8080", nil)
            try portal.submit(.createServer(Draft([.serverName: "untold.contoso.com", .serverSite: "PS1"])))
            try body(portal)
        }
    }

    private func add(
        _ portal: TestPortal, _ label: String, at site: String, _ proxy: String, _ port: String, _ account: String?
    ) throws {
        let name = label + ".contoso.com"
        try portal.submit(.createServer(Draft([.serverName: name, .serverSite: site])))
        var draft = Draft([.proxyUse: "true", .proxyServer: proxy, .proxyPort: port])
        if let account {
            draft[.proxyUseCredentials] = Sent("true")
            draft[.proxyAccount] = Sent(account)
        }
        try change(portal, label, draft)
    }

    private func change(_ portal: TestPortal, _ label: String, _ draft: Draft) throws {
        let record = try #require(try portal.server(label + ".contoso.com"))
        try portal.submit(.changeProxy(record.name, draft, revision: record.revision))
    }

    private func name(_ label: String) throws -> HostName {
        try #require(HostName.check(label + ".contoso.com", label: "").value)
    }

    private func replacement(
        _ draft: Draft, as identity: ConnectionIdentity? = nil, sites: [String] = [], text: String = ""
    ) throws -> ProxyReplacement {
        let proxy = try #require(ProxyAddress(Self.old))
        let codes = Set(sites.compactMap { SiteCode.check($0).value })
        return ProxyReplacement(
            selection: ProxySelection(ProxyUsers(of: proxy, as: identity), sites: codes, text: text), draft: draft)
    }

    private func preview(
        _ portal: TestPortal, _ replacement: ProxyReplacement
    ) throws -> (outcome: Outcome, preview: ProxyReplacementPreview) {
        try portal.submission.preview(replacement, for: Request(actor: .local, reason: nil, id: "test"))
    }

    private func proxies(_ portal: TestPortal) throws -> [String: String] {
        var proxies: [String: String] = [:]
        try portal.store.read { reading in
            try reading.eachServer(site: nil) { record in
                let configuration = record.proxy.intended?.configuration
                let account = configuration?.account.map { " as \($0)" } ?? ""
                proxies[record.name.firstLabel] = configuration.map { $0.address + account }
            }
        }
        return proxies
    }

    @Test("every server of the proxy gets the new values in one change set, and no other server is touched")
    func allServers() throws {
        try withServers { portal in
            let before = try proxies(portal)
            let (rehearsed, preview) = try preview(portal, try replacement(values))
            guard case .rehearsed = rehearsed else {
                Issue.record("\(rehearsed)")
                return
            }
            #expect(preview.changed == 6 && preview.unchanged == 0)
            #expect(preview.lines.map(\.name.firstLabel) == ["cm01", "cm02", "cm03", "cm04", "cm05", "cm06"])
            #expect(preview.lines.first?.before.address == "Proxy01.contoso.com:8080")
            #expect(preview.lines.first?.after.address == "proxy02.contoso.com:3128")
            #expect(try proxies(portal) == before, "a preview stores nothing")

            var seen = try replacement(values)
            seen.basis = PreviewBasis(servers: preview.servers, newestChange: preview.newestChange)
            let outcome = try portal.submit(.replaceProxy(seen), reason: "proxy01 goes")
            guard case .saved(let set?, _) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            let changes = try portal.store.read { try $0.changes(ofSet: set, after: nil, limit: 100) }
            #expect(changes.map(\.key) == preview.lines.map(\.name.text))
            let after = try proxies(portal)
            for number in 1...6 {
                let account = number % 2 == 0 ? " as CONTOSO\\svc-proxy" : ""
                #expect(
                    after["cm0\(number)"] == "proxy02.contoso.com:3128" + account, "an account that is not sent stays")
            }
            #expect(after["other1"] == before["other1"] && after["other2"] == before["other2"])
        }
    }

    @Test("the servers are narrowed by account, by site, by name and by hand")
    func narrowed() throws {
        try withServers { portal in
            let account = try #require(AccountName.check("contoso\\SVC-proxy", label: "").value)
            let cases: [(ProxyReplacement, [String])] = [
                (try replacement(values, as: .account(account)), ["cm02", "cm04", "cm06"]),
                (try replacement(values, as: .system), ["cm01", "cm03", "cm05"]),
                (try replacement(values, sites: ["PS2"]), ["cm04", "cm05", "cm06"]),
                (try replacement(values, as: .system, sites: ["PS1", "PS2"], text: "CM03"), ["cm03"]),
            ]
            for (replacement, expected) in cases {
                let found = try preview(portal, replacement).preview.lines.map(\.name.firstLabel)
                #expect(found == expected)
            }
            var byHand = try replacement(values)
            byHand.excluded = [try name("CM01"), try name("other1")]
            let preview = try preview(portal, byHand).preview
            #expect(preview.changed == 5 && preview.leftOut == 1)
            #expect(preview.strangers.map(\.firstLabel) == ["other1"], "it was not among them")
        }
    }

    @Test("servers that are so already are counted, and keep their revision")
    func unchanged() throws {
        try withServers { portal in
            let account = Draft([.proxyUseCredentials: "true", .proxyAccount: "contoso\\svc-PROXY"])
            let before = try portal.server("cm02.contoso.com")
            let (_, preview) = try preview(portal, try replacement(account))
            #expect(preview.changed == 3 && preview.unchanged == 3)
            try portal.submit(.replaceProxy(try replacement(account)))
            let after = try portal.server("cm02.contoso.com")
            #expect(after == before)
            guard case .saved(changeSet: nil, _) = try portal.submit(.replaceProxy(try replacement(account))) else {
                Issue.record("a change set came of nothing")
                return
            }
        }
    }

    @Test("wrong values are told once, with the fields they stand in, and nothing is stored")
    func wrongValues() throws {
        try withServers { portal in
            let before = try proxies(portal)
            let wrong = Draft([
                .proxyServer: "http://proxy02", .proxyPort: "70000", .proxyUseCredentials: "true", .proxyAccount: "",
            ])
            guard case .rejected(let findings) = try preview(portal, try replacement(wrong)).outcome else {
                Issue.record("it was not refused")
                return
            }
            #expect(findings.map(\.code) == [.proxyServerURL, .proxyPortRange, .proxyAccountMissing])
            let doubtful = Draft([.proxyServer: "proxy_02.contoso.com", .proxyPort: "80"])
            let (outcome, preview) = try preview(portal, try replacement(doubtful))
            guard case .rejected(let doubts) = outcome else {
                Issue.record("it was not refused")
                return
            }
            #expect(doubts.map(\.code) == [.nameUnderscore])
            #expect(preview.problems.map(\.count) == [6] && preview.numberOfRefused == 6)
            guard case .rejected = try portal.submit(.replaceProxy(try replacement(doubtful))) else {
                Issue.record("it was stored")
                return
            }
            #expect(try proxies(portal) == before)
        }
    }

    @Test("a proxy that nobody uses cannot be replaced, and neither can none of its servers")
    func nobody() throws {
        try withServers { portal in
            var everyone = try replacement(values, text: "cm01")
            everyone.excluded = [try name("cm01")]
            for nothing in [try replacement(values, sites: ["XXX"]), everyone] {
                guard case .rejected(let findings) = try portal.submit(.replaceProxy(nothing)) else {
                    Issue.record("it was stored")
                    return
                }
                #expect(findings.map(\.code) == [.proxyReplaceNone])
            }
        }
    }

    @Test("servers that changed, came or left after the preview are a conflict that names them")
    func conflicts() throws {
        let disturbances: [(String, (TestPortal) throws -> Void)] = [
            ("cm02", { try self.change($0, "cm02", Draft([.proxyUse: "true", .proxyUseCredentials: "false"])) }),
            ("cm03", { try self.change($0, "cm03", Draft([.proxyUse: "false"])) }),
            ("other1", { try self.change($0, "other1", Draft([.proxyUse: "true", .proxyPort: "8080"])) }),
            (
                "cm05",
                { portal in
                    let record = try #require(try portal.server("cm05.contoso.com"))
                    try portal.submit(.removeServer(record.name, revision: record.revision))
                }
            ),
        ]
        for (label, disturb) in disturbances {
            try withServers { portal in
                var seen = try replacement(values)
                let preview = try preview(portal, seen).preview
                seen.basis = PreviewBasis(servers: preview.servers, newestChange: preview.newestChange)
                try disturb(portal)
                let before = try proxies(portal)
                guard case .conflict(.servers(let changed)) = try portal.submit(.replaceProxy(seen)) else {
                    Issue.record("\(label) was overlooked")
                    return
                }
                #expect(changed.names == [label + ".contoso.com"])
                #expect(try proxies(portal) == before)
            }
        }
    }

    @Test("of many servers each is changed once, in one change set, and the first hundred are shown")
    func manyServers() throws {
        try withServers { portal in
            let proxy = try #require(ProxyAddress(Self.old))
            let site = try #require(SiteCode.check("PS2").value)
            let names = try (1...1_100).map { try name("many\($0)") }
            try portal.store.write { writing in
                _ = try writing.openChangeSet(
                    time: 0, actor: .local, reason: nil, requestID: "test", origin: .form)
                for name in names {
                    let tab = Proxy.on(ProxyConfiguration(proxy, as: .system))
                    try writing.save(ServerRecord(name: name, site: site, proxy: Held(intended: tab)), before: nil)
                }
            }
            let preview = try preview(portal, try replacement(values, text: "many")).preview
            #expect(preview.changed == 1_100 && preview.lines.count == ProxyReplacementPreview.linesShown)
            guard case .saved(let set?, _) = try portal.submit(.replaceProxy(try replacement(values, text: "many")))
            else {
                Issue.record("it was not saved")
                return
            }
            let changes = try portal.store.read { try $0.changes(ofSet: set, after: nil, limit: 2_000) }
            #expect(changes.count == 1_100 && Set(changes.map(\.key)).count == 1_100)
            let left = try portal.store.read { try $0.proxyOverview(proxy)?.use.servers }
            #expect(left == 6)
        }
    }

    @Test("what happens to servers that are left out or were never meant is no conflict")
    func noConflict() throws {
        try withServers { portal in
            var seen = try replacement(values)
            seen.excluded = [try name("cm02")]
            let preview = try preview(portal, seen).preview
            seen.basis = PreviewBasis(servers: preview.servers, newestChange: preview.newestChange)
            seen.alsoExcluded = [try name("cm04")]
            try change(portal, "cm02", Draft([.proxyUse: "false"]))
            try change(portal, "other2", Draft([.proxyUse: "false"]))
            guard case .saved(.some, _) = try portal.submit(.replaceProxy(seen)) else {
                Issue.record("it was not saved")
                return
            }
            let after = try proxies(portal)
            #expect(after["cm04"] == "Proxy01.contoso.com:8080 as CONTOSO\\svc-proxy", "left out with the save")
            #expect(after["cm06"] == "proxy02.contoso.com:3128 as CONTOSO\\svc-proxy")
        }
    }
}
