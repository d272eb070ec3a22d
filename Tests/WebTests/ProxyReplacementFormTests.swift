import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Replacing a proxy in the browser")
struct ProxyReplacementFormTests {
    private static let page = "/proxies/replace"
    private static let old = "proxy01.contoso.com:8080"

    /// Four servers of the old proxy at two sites, one of them with an account, in a real data folder.
    private func withProxies(_ body: @escaping @Sendable (ImportPortal) async throws -> Void) async throws {
        try await withImportPortal { portal in
            for code in ["PS1", "PS2"] { try portal.submit(.createSite(Draft([.siteCode: code]))) }
            for number in 1...4 {
                try portal.add(
                    "cm0\(number)", at: number < 3 ? "PS1" : "PS2", account: number == 2 ? "CONTOSO\\svc" : nil)
            }
            try await body(portal)
        }
    }

    /// The first step as a browser sends it, with some of its controls changed, added or (nil) left out.
    private func typed(_ portal: ImportPortal, _ changes: [String: String?] = [:]) async throws -> [(String, String)] {
        var controls = try await portal.page(Self.page + "?proxy=\(Self.old)").controlsOfFirstForm
        // The list and the text area are no inputs.
        controls += [("account", ""), ("leaveOut", ""), ("preview", "true")]
        let given = ["proxy.server": "proxy02.contoso.com", "proxy.port": "3128"].merging(changes) { $1 }
        controls.removeAll { given.keys.contains($0.0) }
        return controls + given.compactMap { name, value in value.map { (name, $0) } }
    }

    private func preview(_ portal: ImportPortal, _ changes: [String: String?] = [:]) async throws -> Markup {
        let reply = try await portal.client.post(Self.page, try await typed(portal, changes))
        try #require(reply.status == 200, "\(reply.body)")
        return Markup(reply.body)
    }

    private func addresses(_ portal: ImportPortal) throws -> [String?] {
        try (1...4).map { number in
            try portal.server("cm0\(number).contoso.com")?.proxy.intended?.configuration?.address
        }
    }

    private let untouched = Array(repeating: Optional(old), count: 4)

    @Test func aProxyIsReplacedInTwoSteps() async throws {
        try await withProxies { portal in
            let preview = try await preview(portal)
            #expect(preview.text.contains("Preview: replace \(Self.old)"))
            #expect(preview.text.contains("Save: change 4 servers"))
            #expect(preview.brokenReferences == [] && preview.headingJumps == [])
            let before = try addresses(portal)
            #expect(before == untouched)

            let reply = try await portal.client.post(
                Self.page, preview.controlsOfFirstForm.filter { $0.0 != "reason" } + [("reason", "proxy01 goes")])
            #expect(reply.status == 303)
            let set = try portal.store.read { try $0.changeSets(before: nil, limit: 1).first }
            #expect(reply.location == "/changes/\(set?.number ?? 0)?saved=\(set?.number ?? 0)")
            #expect(set?.reason == "proxy01 goes")
            let after = try addresses(portal)
            #expect(after == Array(repeating: "proxy02.contoso.com:3128", count: 4))
            let account = try portal.server("cm02.contoso.com")?.proxy.intended?.configuration?.account?.text
            #expect(account == "CONTOSO\\svc", "each keeps its own, as the box says")
            let saved = try await portal.page(reply.location ?? "").text
            #expect(saved.contains(#"role="alert""#) && saved.contains("cm04.contoso.com"))
        }
    }

    @Test func theServersAreNarrowedAndLeftOutByHand() async throws {
        try await withProxies { portal in
            let sites = try await preview(portal, ["site.PS2": "true"])
            #expect(sites.text.contains("Save: change 2 servers") && !sites.text.contains("leaveOut.cm01"))
            let account = try await preview(portal, ["account": "as:contoso\\SVC"])
            #expect(account.text.contains("Save: change 1 server<"))
            let part = try await preview(portal, ["contains": "M03", "leaveOut": ""])
            #expect(part.text.contains("Save: change 1 server<"))

            let listed = try await preview(portal, ["leaveOut": "CM01.contoso.com\ncm02.contoso.com"])
            #expect(listed.text.contains("Save: change 2 servers"))
            let ticked = listed.controlsOfFirstForm + [("leaveOut.cm03.contoso.com", "true")]
            let again = try await portal.client.post(Self.page, ticked + [("preview", "true")])
            #expect(again.status == 200 && again.body.contains("Save: change 1 server<"))
            let back = try await portal.client.post(
                Self.page, Markup(again.body).controlsOfFirstForm + [("edit", "true")])
            #expect(back.status == 200 && back.body.contains(#"value="3128""#))
            #expect(back.body.contains("CM01.contoso.com\ncm02.contoso.com\ncm03.contoso.com</textarea>"))

            let saved = try await portal.client.post(Self.page, ticked)
            #expect(saved.status == 303)
            let after = try addresses(portal)
            #expect(after == [Self.old, Self.old, Self.old, "proxy02.contoso.com:3128"])
        }
    }

    @Test func wrongValuesLeadBackToTheFirstStepWithEverythingTyped() async throws {
        try await withProxies { portal in
            let wrong: [([String: String?], [String])] = [
                (["proxy.server": "http://proxy02", "proxy.port": "70000"], ["proxy-server", "proxy-port"]),
                (["proxy.server": "proxy_02.contoso.com"], ["proxy-server"]),
                (
                    [
                        "keepAccounts": nil, "keepAccounts.shown": "true", "proxy.useCredentials": "true",
                        "proxy.account": "svc@contoso.com",
                    ], ["proxy-account"]
                ),
                (["leaveOut": "cm99.contoso.com"], ["leaveOut"]), (["leaveOut": "cm 01:8"], ["leaveOut"]),
                (["account": "as:"], ["account"]), (["contains": "nothing like it"], []),
            ]
            for (changes, expected) in wrong {
                let reply = try await portal.client.post(Self.page, try await typed(portal, changes))
                #expect(reply.status == 422)
                let page = Markup(reply.body)
                #expect(reply.body.contains("There is a problem") && page.brokenReferences == [])
                for id in expected { #expect(page.fragmentLinks.contains(id), "\(changes)") }
                for (name, value) in changes where name != "account" && name != "leaveOut" {
                    if let value { #expect(reply.body.contains("value=\"\(value)\""), "\(name) is kept") }
                }
            }
            let after = try addresses(portal)
            #expect(after == untouched)
        }
    }

    @Test func anErrorOnSomeServersIsMendedByLeavingThemOut() async throws {
        try await withProxies { portal in
            // As an import leaves it behind: what stood before does not refuse a save, and what is new does.
            try portal.keep("svc@contoso.com", on: "cm02")
            let values = [
                "keepAccounts": nil, "keepAccounts.shown": "true", "proxy.useCredentials": "true",
                "proxy.account": "svc@contoso.com", "proxy.server": "proxy02.contoso.com", "proxy.port": "3128",
            ]
            let preview = try await preview(portal, values)
            #expect(
                preview.text.contains("On 3 servers, cm01.contoso.com the first.")
                    && preview.text.contains("Not as it is"))
            #expect(preview.brokenReferences == [])
            let refused = try await portal.client.post(Self.page, preview.controlsOfFirstForm)
            #expect(refused.status == 422)
            #expect(Markup(refused.body).fragmentLinks.contains("leaveOut-cm01-contoso-com"))
            #expect(Markup(refused.body).brokenReferences == [])
            let ticks = [1, 3, 4].map { ("leaveOut.cm0\($0).contoso.com", "true") }
            let saved = try await portal.client.post(Self.page, preview.controlsOfFirstForm + ticks)
            #expect(saved.status == 303)
            let after = try addresses(portal)
            #expect(after == [Self.old, "proxy02.contoso.com:3128", Self.old, Self.old])
        }
    }

    @Test func wrongValuesAndWrongNamesAreToldTogether() async throws {
        try await withProxies { portal in
            let reply = try await portal.client.post(
                Self.page, try await typed(portal, ["proxy.port": "0", "leaveOut": "cm99.contoso.com a:b"]))
            #expect(reply.status == 422)
            let links = Markup(reply.body).fragmentLinks
            #expect(links.filter { $0 == "leaveOut" }.count == 2 && links.contains("proxy-port"))
        }
    }

    @Test func serversThatChangedSinceThePreviewAreNamedAndPreviewedAnew() async throws {
        try await withProxies { portal in
            let preview = try await preview(portal)
            try portal.change("cm02", Draft([.proxyUse: "true", .proxyPort: "9090"]))
            let reply = try await portal.client.post(Self.page, preview.controlsOfFirstForm)
            #expect(reply.status == 409)
            #expect(reply.body.contains("cm02.contoso.com") && reply.body.contains("Save: change 3 servers"))
            #expect(try addresses(portal).filter { $0 == Self.old }.count == 3)
            let saved = try await portal.client.post(Self.page, Markup(reply.body).controlsOfFirstForm)
            #expect(saved.status == 303)
            #expect(try addresses(portal)[1] == "proxy01.contoso.com:9090")
        }
    }

    @Test func nothingIsSavedThatNobodySaw() async throws {
        try await withProxies { portal in
            let unseen = try await typed(portal).filter { $0.0 != "preview" }
            let reply = try await portal.client.post(Self.page, unseen)
            #expect(reply.status == 422 && reply.body.contains("which preview it was decided on"))
            let after = try addresses(portal)
            #expect(after == untouched)
            let saved = try await portal.client.post(Self.page, Markup(reply.body).controlsOfFirstForm)
            #expect(saved.status == 303)
        }
    }

    @Test func whatIsSoAlreadyIsNotSaved() async throws {
        try await withProxies { portal in
            let same = try await preview(portal, ["proxy.server": "PROXY01.contoso.com", "proxy.port": "8080"])
            #expect(same.text.contains("Every server has these values already"))
            let reply = try await portal.client.post(Self.page, same.controlsOfFirstForm)
            #expect(reply.location == "/proxies/\(Self.old)?unchanged")
        }
    }

    @Test func aProxyHasOneAddressAndNoOtherHasAny() async throws {
        try await withProxies { portal in
            let proxy = try await portal.page("/proxies/\(Self.old)").text
            #expect(proxy.contains("4 servers") && proxy.contains("CONTOSO\\svc"))
            let spelled = try await portal.client.get("/proxies/PROXY01.contoso.com:8080?page=1")
            #expect(spelled.status == 302 && spelled.location == "/proxies/\(Self.old)?page=1")
            for address in ["/proxies/proxy01.contoso.com:80", "/proxies/proxy01:x", "/proxies/replace?proxy=nobody:1"]
            {
                let reply = try await portal.client.get(address)
                #expect(reply.status == 404 && reply.body.contains("No server is meant to use"))
            }
            try portal.change("cm01", Draft([.proxyUse: "true", .proxyServer: "2001:DB8::1", .proxyPort: "80"]))
            let list = try await portal.page("/proxies")
            let link = try #require(list.values(of: "href").first { $0.contains("%3A%3A1") })
            #expect(link == "/proxies/%5B2001%3ADB8%3A%3A1%5D:80")
            let page = try await portal.client.get(link)
            #expect(page.status == 200 && page.body.contains("[2001:DB8::1]:80"))
        }
    }
}

extension ImportPortal {
    @discardableResult
    fileprivate func submit(_ edit: Edit) throws -> Outcome {
        try Submission(store: store, clock: { RunningPortal.now }).submit(
            edit, for: Workflow.Request(actor: .local, reason: nil, id: "setup"))
    }

    fileprivate func add(_ label: String, at site: String, account: String?) throws {
        try submit(.createServer(Draft([.serverName: label + ".contoso.com", .serverSite: site])))
        var draft = Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080"])
        if let account {
            draft[.proxyUseCredentials] = Sent("true")
            draft[.proxyAccount] = Sent(account)
        }
        try change(label, draft)
    }

    /// Stores an account without asking the rules.
    fileprivate func keep(_ account: String, on label: String) throws {
        guard let before = try server(label + ".contoso.com"), let proxy = ProxyAddress("proxy01.contoso.com:8080"),
            let name = AccountName.check(account, label: "").value
        else { return }
        var record = before
        record.proxy.intended = .on(ProxyConfiguration(proxy, as: .account(name)))
        try store.write { [record] writing in
            _ = try writing.openChangeSet(
                time: RunningPortal.now, actor: .local, reason: nil, requestID: "setup", origin: .form)
            try writing.save(record, before: before)
        }
    }

    fileprivate func change(_ label: String, _ draft: Draft) throws {
        guard let record = try server(label + ".contoso.com") else { return }
        try submit(.changeProxy(record.name, draft, revision: record.revision))
    }
}
