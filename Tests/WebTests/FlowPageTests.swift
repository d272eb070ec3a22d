import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Pages that show traffic flows")
struct FlowPageTests {
    private static let tab = "/servers/\(FlowHierarchy.server)/connections"

    @Test(
        "a server's Connections tab says of each flow the route, the proxy, the account, the computer, where it is set, and why"
    )
    func connections() async throws {
        try await withFlows { portal in
            let page = try await portal.page(Self.tab)
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            let flow = try #require(page.part(from: #"id="software-update-synchronization""#, to: "</article>"))
            for words in [
                "Through a proxy", "proxy01.contoso.com:8080", #"CONTOSO\svc-proxy"#,
                "CM01.corp.contoso.com (this computer)", "Software update point",
            ] { #expect(flow.text.contains(words), "\(words)") }
            let links = flow.values(of: "href")
            let reasons = ["sup-sync-only-point", "sup-sync-source-assumed", "sup-sync-opted-in"]
            #expect(
                links.filter { $0.contains("/manual/flow-reasons/sup#") }.map {
                    String($0.drop { $0 != "#" }.dropFirst())
                } == reasons)
            #expect(flow.text.contains("only software update point of the top-level site"))
            #expect(links.contains("/manual/flow-reasons/proxy#proxy-account"))
            #expect(links.contains("/proxies/proxy01.contoso.com:8080"))
            for setting in [
                "/servers/\(FlowHierarchy.server)/proxy", "/servers/\(FlowHierarchy.server)/roles",
                "/sites/PS1/component",
            ] {
                #expect(links.contains(setting), "\(setting)")
            }
        }
    }

    @Test("where it is not established whose proxy is taken, both answers stand there with when each holds")
    func alternatives() async throws {
        try await withFlows { portal in
            let page = try await portal.page(Self.tab)
            let flow = try #require(page.part(from: #"id="adr-content-download""#, to: "</article>"))
            #expect(flow.text.contains("<strong>Unknown</strong>"))
            #expect(flow.text.contains(#"Through proxy01.contoso.com:8080, as CONTOSO\svc-proxy"#))
            #expect(
                flow.text.contains("Straight to the internet, as the System account of \(FlowHierarchy.siteServer)"))
            let links = flow.values(of: "href")
            #expect(links.contains("/servers/\(FlowHierarchy.siteServer)/connections"), "the computer that connects")
            #expect(links.contains("/manual/flow-reasons/sup#sup-adr-point-proxy"))
        }
    }

    @Test("a computer shows what it does for other servers and for its site, and a server with nothing says so")
    func carriedOut() async throws {
        try await withFlows { portal in
            let page = try await portal.page("/servers/\(FlowHierarchy.siteServer)/connections")
            #expect(page.text.contains("no role on this server that brings about a traffic flow"))
            let others = try #require(page.part(from: "What this computer does for others", to: "</main>"))
            #expect(others.text.contains("Content download of automatic deployment rules"))
            #expect(others.text.contains("Cloud distribution point"))
            #expect(others.values(of: "href").contains(Self.tab + "#adr-content-download"))
            #expect(others.values(of: "href").contains("/sites/PS1#flows"))
            let bare = try await portal.page("/servers/\(FlowHierarchy.bare)/connections")
            #expect(bare.text.contains("no role on this server that brings about a traffic flow"))
            #expect(!bare.text.contains("What this computer does for others"))
            let spelled = try await portal.client.get(Self.tab.lowercased())
            #expect(spelled.status == 302 && spelled.location == Self.tab)
            #expect(try await portal.client.get("/servers/none.contoso.com/connections").status == 404)
            #expect(try await portal.client.post(Self.tab, []).status == 405)
        }
    }

    @Test("a computer that the portal does not have is named without a link")
    func unknownComputer() async throws {
        try await withFlows { portal in
            let page = try await portal.page("/sites/PS1")
            let own = try #require(page.part(from: "Flows that the site itself brings about", to: "</main>"))
            #expect(own.text.contains("exc01.contoso.com") && own.text.contains("which the portal does not have"))
            #expect(!own.values(of: "href").contains { $0.hasPrefix("/servers/exc01") })
            #expect(own.text.contains("Cloud distribution point"))
        }
    }

    @Test("a site's page counts its flows, and each number leads to the list of those it counts")
    func site() async throws {
        try await withFlows { portal in
            let page = try await portal.page("/sites/PS1")
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            let table = try #require(page.part(from: "Number of flows at site PS1", to: "</table>"))
            let links = table.values(of: "href").filter { $0.contains("flow=") && $0.contains("route=") }
            #expect(links.count == 7)
            for link in links {
                #expect(link.contains("site=PS1"))
                #expect(try await portal.page(link).text.contains("1 traffic flow found."), "\(link)")
            }
            #expect(try await portal.page("/sites/PS1").values(of: "href").contains("/flows?site=PS1"))
        }
    }

    private static let filters = [
        ("", 7), ("flow=service-connection", 1), ("q=cm01", 5), ("site=PS1", 7), ("site=XYZ", 0),
        ("identity=system", 1), (#"identity=contoso%5CSVC-proxy"#, 3), ("route=proxy", 3),
        ("route=proxy&identity=system", 0), ("proxy=PROXY01.contoso.com:8080", 3), ("proxy=proxy01.contoso.com:80", 0),
        ("proxy=none", 0), ("identity=nobody", 0), ("site=toolong", 0),
    ]

    @Test("the list is filtered by flow, server, site, account, route and proxy")
    func filtered() async throws {
        try await withFlows { portal in
            for (query, number) in Self.filters {
                let page = try await portal.page("/flows?" + query)
                let rows = page.part(from: "<ul class=\"found\"", to: "</ul>")?.text
                #expect((rows?.components(separatedBy: "<li>").count ?? 1) - 1 == number, "\(query)")
                #expect(page.text.contains("No traffic flow matches") == (number == 0), "\(query)")
                #expect(page.brokenReferences == [])
            }
        }
    }

    @Test("the list goes on from where a page ended, and asked for what it does not know it says so")
    func pages() async throws {
        try await withFlows { portal in
            let after = "cm01.corp.contoso.com,PS1,connected-cache,"
            let page = try await portal.page("/flows?after=\(after)&page=2")
            let rows = try #require(page.part(from: "<ul class=\"found\"", to: "</ul>"))
            #expect(!rows.text.contains("Content download") && rows.text.contains("Service connection"))
            #expect(page.text.contains("First page") && page.text.contains("<title>Traffic flows (page 2"))
            let first = try await portal.page("/flows?page=99")
            #expect(!first.text.contains("page 99"), "without a row to start behind it is the first page")
            let strange = try await portal.page("/flows?colour=red")
            #expect(strange.text.contains("it was left out"))
        }
    }

    @Test("after a save the page shows which flows changed, and so does the change set")
    func afterSaving() async throws {
        try await withFlows { portal in
            let proxy = "/servers/\(FlowHierarchy.siteServer)/proxy"
            let controls = try await portal.page(proxy).controlsOfFirstForm.filter { !$0.0.hasPrefix("proxy.") }
            let typed = [
                ("proxy.use", "true"), ("proxy.use.shown", "true"), ("proxy.server", "proxy01.contoso.com"),
                ("proxy.port", "8080"), ("proxy.useCredentials", "true"), ("proxy.useCredentials.shown", "true"),
                ("proxy.account", "CONTOSO\\svc-proxy"),
            ]
            let reply = try await portal.client.post(proxy, controls + typed)
            let saved = try await portal.page(try #require(reply.location))
            let changed = try #require(saved.part(from: "class=\"changed\"", to: "</section>"))
            #expect(changed.text.contains("2 traffic flows changed.") && changed.text.contains("Before"))
            #expect(changed.text.contains("Unknown") && changed.text.contains("Cloud distribution point"))
            #expect(changed.values(of: "href").contains(Self.tab + "#adr-content-download"))
            let set = try await portal.page("/changes/2")
            #expect(set.text.contains("2 traffic flows changed.") && set.brokenReferences == [])
            #expect(try await portal.page("/changes/1").text.contains("Of an import the portal does not note"))
        }
    }

    @Test("a save that changes no flow says so")
    func nothingChanges() async throws {
        try await withFlows { portal in
            let general = "/servers/\(FlowHierarchy.bare)"
            let controls = try await portal.page(general).controlsOfFirstForm.filter { $0.0 != "general.domain" }
            let reply = try await portal.client.post(general, controls + [("general.domain", "corp.contoso.com")])
            let saved = try await portal.page(try #require(reply.location))
            #expect(
                saved.part(from: "class=\"changed\"", to: "</section>")?.text.contains("No traffic flow changed.")
                    == true)
        }
    }

    @Test("removing a server takes its flows out of the list, and so does removing the sample")
    func removed() async throws {
        try await withImportPortal { portal in
            _ = try await portal.client.post("/import/sample", [])
            #expect(try portal.store.read { try $0.flowCounts(site: nil) }.count > 5)
            _ = try await portal.client.post("/import/sample/remove", [])
            #expect(try portal.store.read { try $0.flowCounts(site: nil) }.isEmpty)
            #expect(try await portal.page("/flows").text.contains("No traffic flow matches"))
        }
        try await withFlows { portal in
            let address = "/servers/\(FlowHierarchy.server)/remove"
            let reply = try await portal.client.post(address, try await portal.page(address).controlsOfFirstForm)
            let list = try await portal.page(try #require(reply.location))
            #expect(list.text.contains("traffic flows changed.") && list.text.contains("Is gone"))
            #expect(try await portal.page("/flows?q=cm01").text.contains("No traffic flow matches"))
        }
    }
}

@Suite("Show what changes")
struct SavePreviewTests {
    private static let proxy = "/servers/\(FlowHierarchy.server)/proxy"

    private func typed(_ portal: ImportPortal, _ changes: [String: String]) async throws -> [(String, String)] {
        try await portal.page(Self.proxy).controlsOfFirstForm.map { ($0.0, changes[$0.0] ?? $0.1) }
            + [("preview", "true")]
    }

    @Test("the Proxy tab answers 200 with the form as typed and the flows before and after, and stores nothing")
    func shown() async throws {
        try await withFlows { portal in
            let before = try portal.server(FlowHierarchy.server)
            let form = try await typed(portal, ["proxy.server": "proxy02.contoso.com", "reason": "Change <4711>"])
            let reply = try await portal.client.post(Self.proxy, form)
            #expect(reply.status == 200)
            let page = Markup(reply.body)
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            #expect(reply.body.contains("<title>What changes: Proxy"))
            let preview = try #require(page.part(from: "id=\"what-changes\"", to: "</section>"))
            #expect(preview.text.contains("4 traffic flows change."))
            #expect(
                preview.text.contains("proxy01.contoso.com:8080") && preview.text.contains("proxy02.contoso.com:8080"))
            let controls = page.controlsOfFirstForm
            #expect(controls.contains { $0 == ("proxy.server", "proxy02.contoso.com") })
            #expect(controls.contains { $0 == ("reason", "Change <4711>") })
            #expect(try portal.server(FlowHierarchy.server) == before)
            #expect(try portal.store.read { try $0.changeSets(before: nil, limit: 10) }.count == 1)
            let saved = try await portal.client.post(Self.proxy, controls)
            #expect(saved.status == 303, "the form of the preview saves")
            #expect(
                try portal.server(FlowHierarchy.server)?.proxy.intended?.configuration?.server.text
                    == "proxy02.contoso.com")
        }
    }

    @Test("what a save would refuse is refused, and what it would tell is told")
    func findings() async throws {
        try await withFlows { portal in
            let refused = try await portal.client.post(Self.proxy, try await typed(portal, ["proxy.port": "70000"]))
            #expect(refused.status == 422 && refused.body.contains("<title>Error: "))
            #expect(!refused.body.contains("What saving would change"))
            let stale = try await portal.client.post(
                Self.proxy, try await typed(portal, ["revision": "1", "proxy.port": "81"]))
            #expect(stale.status == 409)
            let kept = Markup(stale.body).controlsOfFirstForm
            #expect(!kept.contains { $0.0 == "preview" }, "keeping one's own saves it")
            #expect(try await portal.client.post(Self.proxy, kept).status == 303)
            let same = try await portal.client.post(Self.proxy, try await typed(portal, [:]))
            #expect(same.status == 200 && same.body.contains("No traffic flow changes."))
        }
    }

    @Test("the Roles tab shows it too: a role that goes takes its flows along")
    func roles() async throws {
        try await withFlows { portal in
            let address = "/servers/\(FlowHierarchy.server)/roles"
            let form =
                try await portal.page(address).controlsOfFirstForm + [
                    ("role.remove.SMS Dmp Connector", "true"), ("preview", "true"),
                ]
            let reply = try await portal.client.post(address, form)
            #expect(reply.status == 200)
            let preview = try #require(Markup(reply.body).part(from: "id=\"what-changes\"", to: "</section>"))
            #expect(preview.text.contains("2 traffic flows change.") && preview.text.contains("Is gone"))
            #expect(reply.body.contains(#"name="role.remove.SMS Dmp Connector" value="true" checked"#))
            #expect(try portal.server(FlowHierarchy.server)?.roles.count == 2)
        }
    }

    @Test("a tab without the button does not know its control")
    func elsewhere() async throws {
        try await withFlows { portal in
            let address = "/servers/\(FlowHierarchy.server)"
            let form = try await portal.page(address).controlsOfFirstForm + [("preview", "true")]
            #expect(try await portal.client.post(address, form).status == 422)
        }
    }
}
