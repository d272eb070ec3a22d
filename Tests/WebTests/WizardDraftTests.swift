import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("The drafts of wizards")
struct WizardDraftTests {
    private func reachSummary(_ portal: WizardPortal) async throws -> String {
        let wizard = try await portal.begin(WizardPortal.child)
        try await portal.send(wizard, "general")
        try await portal.send(wizard, "proxy", [("proxy.port", "8081")])
        try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Distribution Point"))
        return wizard
    }

    @Test("a server that was changed meanwhile is told on the Summary with both, and what is answered can be kept")
    func keptOverChange() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSummary(portal)
            let form = try await portal.controls(wizard + "/summary")
            try portal.changeProxy(WizardPortal.child, Draft([.proxyPort: "9999"]))
            let sets = try portal.numberOfSets

            let reply = try await portal.client.post(wizard + "/summary", form)
            #expect(reply.status == 409)
            let shown = try await portal.client.get(wizard + "/summary")
            #expect(shown.status == 200)
            for body in [reply.body, shown.body] {
                #expect(body.contains("was changed since this draft began"))
                #expect(body.contains("<td>8081</td><td>9999</td>"))
                #expect(body.components(separatedBy: "<tr><th scope=\"row\">").count == 2, "nothing else differs")
                #expect(Markup(body).brokenReferences == [])
            }
            #expect(try portal.numberOfSets == sets, "nothing is stored by it")
            let kept = Markup(reply.body).controlsOfFirstForm
            #expect(try await portal.client.post(wizard + "/summary", kept).location == wizard + "/completion")
            #expect(try portal.record(WizardPortal.child)?.proxy.intended?.configuration?.port.number == 8081)
        }
    }

    @Test("or what is stored is taken, and the pages it stands on are answered again")
    func takenOverChange() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSummary(portal)
            #expect(try await portal.send(wizard, "proxy", [("proxy.port", "70000")]).status == 422)
            try portal.changeProxy(WizardPortal.child, Draft([.proxyPort: "9999"]))
            let taken = try await portal.send(wizard, "summary", [("take", "true")])
            #expect(taken.location == wizard + "/general")
            try await portal.send(wizard, "general")
            let proxy = try await portal.client.get(wizard + "/proxy").body
            #expect(proxy.contains(#"value="9999""#) && !proxy.contains("refused"), "nor what was refused there")
            try await portal.send(wizard, "proxy")
            let summary = try await portal.client.get(wizard + "/summary")
            #expect(summary.status == 200 && !summary.body.contains("was changed since this draft began"))
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
            let record = try portal.record(WizardPortal.child)
            #expect(record?.proxy.intended?.configuration?.port.number == 9999)
            #expect(record?.roles.map(\.name) == [.distributionPoint])
        }
    }

    @Test("open drafts are listed where they belong, and go once they are cancelled or stored")
    func lists() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            let new = try await portal.create("PS102.corp.contoso.com", at: "PS1")
            func listing(_ address: String, _ draft: String) async throws -> Bool {
                Markup(try await portal.client.get(address).body).values(of: "href").contains(draft + "/summary")
            }
            let server = "/servers/" + WizardPortal.child
            for address in [server, server + "/proxy", server + "/roles", "/sites/PS1"] {
                #expect(try await listing(address, wizard), "\(address)")
            }
            #expect(try await listing("/sites/PS1", new))
            #expect(try await listing("/servers/new", new))
            #expect(try await !listing("/servers/new", wizard))
            #expect(try await !listing("/sites/CAS", wizard))

            let asked = try await portal.client.get(wizard + "/cancel")
            #expect(asked.status == 200 && asked.body.contains("Remove the draft"))
            #expect(try await listing("/sites/PS1", wizard), "asking removes nothing")
            #expect(try await portal.client.post(wizard + "/cancel", []).location == server + "/roles")
            #expect(try await !listing("/sites/PS1", wizard))
            #expect(try await portal.client.get(wizard + "/general").status == 404)
            #expect(try await portal.client.post(wizard + "/cancel", []).status == 404)

            try await portal.go(new, to: "summary")
            #expect(try await portal.send(new, "summary").status == 303)
            #expect(try await !listing("/sites/PS1", new))
        }
    }

    @Test("a new server is named first, judged at once, and stored with all of it")
    func create() async throws {
        try await withWizardPortal { portal in
            for (name, site, part) in [
                (WizardPortal.child, "PS1", "has a server"), ("new.contoso.com", "ZZZ", "no site ZZZ"),
                ("a b", "PS1", "space"), ("new.contoso.com", "", "Site code"),
            ] {
                let reply = try await portal.client.post(
                    "/servers/new", [("server.name", name), ("server.site", site)])
                #expect(reply.status == 422 && reply.body.contains(part), "\(name) \(site)")
                #expect(Markup(reply.body).brokenReferences == [])
            }
            let page = try await portal.client.get("/servers/new?site=PS1").body
            #expect(page.contains(#"<option value="PS1" selected>"#))
            let wizard = try await portal.create("new.contoso.com", at: "PS1")
            let general = try await portal.client.get(wizard + "/general").body
            #expect(
                general.contains(#"value="new.contoso.com""#) && general.contains(#"<option value="PS1" selected>"#))
            #expect(
                try await portal.send(
                    wizard, "general", [("server.name", "newer.contoso.com"), ("server.site", "PS1")]
                ).status == 303)
            try await portal.send(wizard, "proxy", WizardPortal.proxy)
            #expect(
                try await portal.send(wizard, "roles").location == wizard + "/summary", "a server may have no role yet")
            #expect(try portal.record("newer.contoso.com") == nil)
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
            let record = try #require(try portal.record("newer.contoso.com"))
            #expect(record.site.text == "PS1" && record.proxy.intended?.configuration?.port.number == 3128)
            let changes = try portal.store.read {
                try $0.history(.server, key: record.name.text, before: nil, limit: 9)
            }
            #expect(changes.count == 1 && changes.first?.change.kind == .added)
        }
    }

    @Test("a name that somebody else gave away meanwhile is told on the Summary")
    func nameTaken() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.create("new.contoso.com", at: "PS1")
            try await portal.go(wizard, to: "summary")
            try portal.submit(.createServer(Draft([.serverName: "new.contoso.com", .serverSite: "PS1"])))
            let reply = try await portal.client.get(wizard + "/summary")
            #expect(reply.body.contains("has a server new.contoso.com already"))
            #expect(Markup(reply.body).values(of: "href").contains(wizard + "/general#server-name"))
        }
    }

    @Test("a server that was removed meanwhile takes the wizard with it, and its draft is listed no more")
    func serverRemoved() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            let form = try await portal.controls(wizard + "/general")
            let record = try #require(try portal.record(WizardPortal.child))
            try portal.submit(.removeServer(record.name, revision: record.revision))
            for reply in [
                try await portal.client.get(wizard + "/general"),
                try await portal.client.post(wizard + "/general", form),
            ] {
                #expect(reply.status == 404 && reply.body.contains("was removed from the portal"))
                #expect(Markup(reply.body).values(of: "href").contains(wizard + "/cancel"))
            }
            #expect(try await !portal.client.get("/sites/PS1").body.contains(wizard))
            #expect(try await portal.client.get(wizard + "/cancel").status == 200)
            #expect(try await portal.client.post(wizard + "/cancel", []).location == "/servers")
        }
    }

    @Test("two tabs on two steps lose nothing: the second is told what the first did")
    func twoTabs() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            try await portal.send(wizard, "general")
            let proxy = try await portal.controls(wizard + "/proxy", [("proxy.port", "8081")])
            try await portal.send(wizard, "general", [("general.forest", "contoso.com")])
            let reply = try await portal.client.post(wizard + "/proxy", proxy)
            #expect(reply.status == 409)
            #expect(
                try await portal.client.post(wizard + "/proxy", Markup(reply.body).controlsOfFirstForm).status == 303)
            #expect(try await portal.client.get(wizard + "/general").body.contains(#"value="contoso.com""#))
            #expect(try await portal.client.get(wizard + "/proxy").body.contains(#"value="8081""#))
        }
    }
}

@Suite("A new server that moves to another site in its wizard")
struct WizardSiteTests {
    @Test("what was answered for the site it was to be at first is not stored at the other")
    func moved() async throws {
        try await withWizardPortal { portal in
            let site = try #require(SiteCode.check("PS1").value)
            try portal.submit(.changeComponent(site, Draft([.supcReportingEvents: "all"]), revision: 0))
            let wizard = try await portal.create("new.contoso.com", at: "CAS")
            try await portal.send(wizard, "general")
            try await portal.send(wizard, "proxy", WizardPortal.proxy)
            try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Software Update Point"))
            try await portal.go(wizard, to: "summary")
            try await portal.send(wizard, "general", [("server.site", "PS1")], query: "?change")
            let summary = try await portal.client.get(wizard + "/summary")
            #expect(summary.status == 200 && !summary.body.contains("was changed since this draft began"))
            #expect(!summary.body.contains("Synchronize from Microsoft Update"))
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
            #expect(try portal.record("new.contoso.com")?.site.text == "PS1")
            #expect(try portal.component("CAS") == nil)
            #expect(try portal.component("PS1")?.synchronizationSource == nil)
        }
    }
}
