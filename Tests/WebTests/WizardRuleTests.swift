import Domain
import Foundation
import TestSupport
import Testing
import Workflow

@Suite("What a wizard refuses")
struct WizardRuleTests {
    private func reachAccounts(
        _ portal: WizardPortal, _ server: String, proxy: [(String, String)]
    ) async throws -> String {
        let wizard = try await portal.begin(server)
        try await portal.send(wizard, "general")
        try await portal.send(wizard, "proxy", proxy)
        try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Software Update Point"))
        try await portal.send(wizard, "software-update-point")
        return wizard
    }

    @Test("without a proxy the two options are not there, say why, and are refused when they are sent")
    func optionsWithoutProxy() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachAccounts(portal, WizardPortal.central, proxy: [("proxy.use.shown", "true")])
            let page = try await portal.client.get(wizard + "/proxy-and-accounts").body
            #expect(page.contains("not available, because \(WizardPortal.central) has no proxy"))
            #expect(page.contains("Without them the software update point reaches the internet directly."))
            #expect(!Markup(page).ids.contains("softwareUpdatePoint-useProxyForADR"))
            let reply = try await portal.send(
                wizard, "proxy-and-accounts", [("softwareUpdatePoint.useProxyForADR", "true")])
            #expect(reply.status == 422 && reply.body.contains("the server has none"))
            #expect(Markup(reply.body).brokenReferences == [])
        }
    }

    @Test("a software update point that synchronizes from another is not said to reach the internet")
    func wayWithoutProxy() async throws {
        try await withWizardPortal { portal in
            let off = [("proxy.use.shown", "true")]
            let below = try await reachAccounts(portal, WizardPortal.secondary, proxy: off)
            let child = try await portal.client.get(below + "/proxy-and-accounts").body
            #expect(child.contains("This software update point synchronizes from site PS1."))
            try portal.addRole("SMS Software Update Point", to: WizardPortal.central)
            let second = try await portal.create("CAS02.corp.contoso.com", at: "CAS")
            try await portal.send(second, "general")
            try await portal.send(second, "proxy", off)
            try await portal.send(second, "roles", WizardPortal.ticked("SMS Software Update Point"))
            try await portal.send(second, "software-update-point")
            let further = try await portal.client.get(second + "/proxy-and-accounts").body
            #expect(further.contains("synchronizes from the default one of site CAS."))
            for page in [child, further] { #expect(!page.contains("reaches the internet directly")) }
        }
    }

    @Test("taking the proxy away again while an option needs it leads to the option")
    func proxyTakenAway() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachAccounts(portal, WizardPortal.child, proxy: [])
            try await portal.send(
                wizard, "proxy-and-accounts",
                [
                    ("softwareUpdatePoint.useProxyForSynchronization", "true"),
                    ("softwareUpdatePoint.useProxyForADR", "true"),
                ])
            let form = try await portal.controls(wizard + "/proxy").filter { $0.0 != "proxy.use" }
            let reply = try await portal.client.post(wizard + "/proxy", form)
            #expect(reply.status == 422)
            let option = wizard + "/proxy-and-accounts#softwareUpdatePoint-useProxyForSynchronization"
            #expect(Markup(reply.body).values(of: "href").contains(option))
            #expect(
                reply.body.contains("Set a proxy on Proxy, or turn both options off on Proxy and Account Settings."))
            #expect(!reply.body.contains("tab, or turn"), "the wizard has pages, not tabs")
            #expect(reply.body.components(separatedBy: "the server has none").count == 2, "it is said once")
            #expect(try await portal.client.get(wizard + "/proxy-and-accounts").status == 200, "it can be mended there")
        }
    }

    @Test("roles that the page does not offer are shown with the reason, and refused when they are sent")
    func roles() async throws {
        try await withWizardPortal { portal in
            try portal.addRole("SMS Dmp Connector", to: WizardPortal.central)
            let wizard = try await portal.begin(WizardPortal.untyped)
            try await portal.send(wizard, "general")
            try await portal.send(wizard, "proxy")
            let page = try await portal.client.get(wizard + "/roles").body
            #expect(page.contains("One per hierarchy, and it stands on \(WizardPortal.central)."))
            #expect(page.contains("was not told what type of site XYZ is"))
            #expect(!page.contains("SMS Site Server"))
            for (role, words) in [
                (
                    "SMS Dmp Connector",
                    "Service connection point cannot be added to \(WizardPortal.untyped). One per hierarchy"
                ),
                ("SMS Enrollment Server", "cannot be added to"),
                ("SMS Site Server", "does not know"), ("No Such Role", "does not know"),
            ] {
                let reply = try await portal.send(wizard, "roles", WizardPortal.ticked(role))
                #expect(reply.status == 422 && reply.body.contains(words), "\(role)")
            }
            let unticked = try await portal.send(wizard, "roles", [("role.add.SMS Dmp Connector.shown", "true")])
            #expect(!unticked.body.contains("does not know"), "it was offered when the page was opened")
            let none = try await portal.send(wizard, "roles")
            #expect(none.status == 422 && none.body.contains("Choose at least one role"))
            #expect(Markup(none.body).fragmentLinks.contains("role-name"))
            #expect(Markup(none.body).brokenReferences == [])
        }
    }

    @Test("a role that was taken by another server meanwhile is told on the Summary, with a link to the choice")
    func roleTaken() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.untyped)
            try await portal.send(wizard, "general")
            try await portal.send(wizard, "proxy")
            try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Dmp Connector"))
            try await portal.go(wizard, to: "summary")
            let form = try await portal.controls(wizard + "/summary")
            try portal.addRole("SMS Dmp Connector", to: WizardPortal.central)
            for reply in [
                try await portal.client.get(wizard + "/summary"),
                try await portal.client.post(wizard + "/summary", form),
            ] {
                #expect(reply.body.contains("One per hierarchy, and it stands on \(WizardPortal.central)."))
                #expect(Markup(reply.body).values(of: "href").contains(wizard + "/roles#role-name"))
            }
            #expect(try portal.record(WizardPortal.untyped)?.roles.isEmpty == true)
        }
    }

    @Test("a secondary site takes one software update point")
    func secondary() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachAccounts(portal, WizardPortal.secondary, proxy: WizardPortal.proxy)
            let page = try await portal.client.get(wizard + "/proxy-and-accounts").body
            #expect(page.contains("At a secondary site the option for automatic deployment rules has no effect"))
            try await portal.send(wizard, "proxy-and-accounts", [("softwareUpdatePoint.useProxyForADR", "true")])
            let source = try await portal.client.get(wizard + "/synchronization-source").body
            #expect(source.contains("synchronizes from site PS1"))
            try await portal.go(wizard, to: "summary")
            let summary = try await portal.client.get(wizard + "/summary").body
            #expect(summary.contains("sup.adr.secondary"), "a warning")
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")

            let second = try await portal.create("SEC02.corp.contoso.com", at: "SEC")
            try await portal.send(second, "general")
            try await portal.send(second, "proxy")
            #expect(
                try await portal.client.get(second + "/roles").body.contains(
                    "A secondary site can have one, and it stands on \(WizardPortal.secondary)."))
        }
    }

    @Test("a control that a page does not have, one sent twice, and a page without its state are refused")
    func brokenForms() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            let form = try await portal.controls(wizard + "/general")
            for extra in [("proxy.port", "1"), ("colour", "red"), ("general.internetFQDN", "a.contoso.com")] {
                let reply = try await portal.client.post(wizard + "/general", form + [extra])
                #expect(reply.status == 422, "\(extra.0)")
            }
            let stray = form.filter { $0.0 != "revision" }
            #expect(try await portal.client.post(wizard + "/general", stray).status == 422)
            #expect(try await portal.client.get(wizard + "/proxy").location == wizard + "/general")
            for start in [[], [("kind", "x"), ("server", WizardPortal.child)], [("kind", "add-roles"), ("a", "b")]] {
                #expect(try await portal.client.post("/wizards", start).status == 400)
            }
            #expect(
                try await portal.client.post("/wizards", [("kind", "add-roles"), ("server", "no.contoso.com")]).status
                    == 404)
            #expect(try await portal.client.get("/wizards").status == 405)
        }
    }
}
