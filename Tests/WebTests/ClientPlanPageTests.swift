import Domain
import Pages
import TestSupport
import Testing
import Web
import Workflow

@Suite("The page of a site's clients")
struct ClientPlanPageTests {
    private func controls(_ running: RunningPortal, _ changes: [String: String]) async throws -> [(String, String)] {
        let page = Markup(try await running.client.get("/sites/PS1/clients").body)
        let revision = try #require(page.controlsOfFirstForm.first { $0.0 == "revision" })
        return changes.map { ($0.key, $0.value) } + [revision]
    }

    private static let plan = [
        "clients.winHTTP": "proxy", "clients.winHTTPServer": "proxy01.contoso.com", "clients.winHTTPPort": "8080",
        "clients.winHTTPBypass": "*.contoso.com\n<local>", "clients.system": "proxy",
        "clients.systemServer": "2001:db8::1", "clients.systemPort": "3128",
        "clients.systemBypass": "*.contoso.com;<local>", "clients.userProxyForScans": "false",
    ]

    @Test("what nobody told is said in words, and the site's page leads here")
    func notTold() async throws {
        try await withPortal { running in
            #expect(try await running.client.get("/sites/PS1").body.contains(#"href="/sites/PS1/clients""#))
            let page = try await running.client.get("/sites/PS1/clients")
            #expect(page.status == 200)
            #expect(page.body.contains("Not told.") && page.body.contains("Nothing yet"))
            #expect(Markup(page.body).brokenReferences.isEmpty)
            #expect(Markup(page.body).headingJumps.isEmpty)
            #expect(try await running.client.get("/sites/ps1/clients").location == "/sites/PS1/clients")
            #expect(try await running.client.get("/sites/XXX/clients").status == 404)
        }
    }

    @Test("a saved plan stands in the form, in the notice and in the commands")
    func saved() async throws {
        try await withPortal { running in
            let reply = try await running.client.post("/sites/PS1/clients", try await controls(running, Self.plan))
            #expect(reply.status == 303)
            let address = try #require(reply.location)
            #expect(address.hasPrefix("/sites/PS1/clients?saved="))
            let page = try await running.client.get(address).body
            #expect(page.contains("WinHTTP proxy: –, now This proxy server"))
            let text = page.unescaped
            #expect(
                text.contains(
                    #"netsh winhttp set proxy proxy-server="proxy01.contoso.com:8080" bypass-list="*.contoso.com;<local>""#
                ))
            #expect(
                text.contains(
                    #"bitsadmin /util /setieproxy localsystem MANUAL_PROXY "[2001:db8::1]:3128" "*.contoso.com <local>""#
                ))
            #expect(text.contains("netsh winhttp show proxy") && text.contains("/getieproxy localsystem"))
            #expect(text.contains("Allow user proxy for software update scans: No"))
            let again = try await running.client.post("/sites/PS1/clients", try await controls(running, Self.plan))
            #expect(again.location == "/sites/PS1/clients?unchanged")
        }
    }

    @Test("what cannot be is refused beside its controls, and what was typed stays")
    func refused() async throws {
        try await withPortal { running in
            let typed = [
                "clients.winHTTP": "proxy", "clients.winHTTPServer": "http://proxy01", "clients.winHTTPPort": "",
                "clients.winHTTPBypass": "a,b", "clients.system": "script", "clients.pac": #"http://a/"&calc"#,
            ]
            let reply = try await running.client.post("/sites/PS1/clients", try await controls(running, typed))
            #expect(reply.status == 422)
            for id in ["clients-winHTTPServer", "clients-winHTTPPort", "clients-winHTTPBypass", "clients-pac"] {
                #expect(reply.body.contains("href=\"#\(id)\""))
            }
            #expect(reply.body.unescaped.contains(#"http://a/"&calc"#))
            #expect(try running.store.read { try $0.sites() }.allSatisfy { $0.site.clients == nil })
        }
    }

    @Test("a plan that was overtaken is not stored, and shows what is")
    func conflict() async throws {
        try await withPortal { running in
            let mine = try await controls(running, ["clients.system": "autoDetect"])
            let theirs = try await controls(running, ["clients.system": "noProxy"])
            #expect(try await running.client.post("/sites/PS1/clients", theirs).status == 303)
            let reply = try await running.client.post("/sites/PS1/clients", mine)
            #expect(reply.status == 409)
            #expect(reply.body.contains("Detect automatically") && reply.body.contains("No proxy (direct)"))
            #expect(reply.body.contains("Keep mine: save the plan"))
        }
    }

    @Test("the site's own form leaves the plan as it is")
    func apart() async throws {
        try await withPortal { running in
            let plan = try await controls(running, ["clients.system": "noProxy"])
            #expect(try await running.client.post("/sites/PS1/clients", plan).status == 303)
            let site = try await controls(running, ["site.name": "Another name"])
            #expect(try await running.client.post("/sites/PS1", site).status == 303)
            let stored = try running.store.read { try $0.sites() }.first { $0.site.code.text == "PS1" }
            #expect(stored?.site.clients?.system == .noProxy)
            let strange = try await controls(running, ["clients.password": "x"])
            #expect(try await running.client.post("/sites/PS1/clients", strange).status == 422)
        }
    }

    @Test("each kind of plan comes to its command")
    func commands() throws {
        func commands(_ draft: Draft) throws -> [String] {
            var judge = Judge(.edit)
            let plan = try #require(ClientProxyPlan.check(draft, base: nil, &judge))
            return plan.steps.compactMap(\.command)
        }
        let show = "bitsadmin /util /getieproxy localsystem"
        let set = "bitsadmin /util /setieproxy localsystem "
        #expect(
            try commands(Draft([.clientsWinHTTP: "direct"])) == [
                "netsh winhttp reset proxy", "netsh winhttp show proxy",
            ])
        #expect(try commands(Draft([.clientsWinHTTP: "import"])).first == "netsh winhttp import proxy source=ie")
        #expect(try commands(Draft([.clientsSystem: "noProxy"])) == [set + "NO_PROXY", show])
        #expect(try commands(Draft([.clientsSystem: "autoDetect"])) == [set + "AUTODETECT", show])
        let script = Draft([.clientsSystem: "script", .clientsPAC: "http://pac/a.pac?x=1&y=2"])
        #expect(try commands(script) == [set + #"AUTOSCRIPT "http://pac/a.pac?x=1&y=2""#, show])
        var judge = Judge(.edit)
        let percent = Draft([.clientsSystem: "script", .clientsPAC: "http://pac/a%20b.pac"])
        let steps = try #require(ClientProxyPlan.check(percent, base: nil, &judge)).steps
        #expect(steps.map(\.batch) == [set + #"AUTOSCRIPT "http://pac/a%%20b.pac""#, nil])
        #expect(steps.first?.command == set + #"AUTOSCRIPT "http://pac/a%20b.pac""#)
        let proxy = Draft([.clientsSystem: "proxy", .clientsSystemServer: "p1", .clientsSystemPort: "80"])
        #expect(try commands(proxy) == [set + #"MANUAL_PROXY "p1:80" NULL"#, show])
        #expect(try commands(Draft([.clientsUserProxyForScans: "true"])).isEmpty)
    }
}
