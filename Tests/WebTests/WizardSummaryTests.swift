import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("What a wizard tells around storing")
struct WizardSummaryTests {
    private static let nothing = "The rules find nothing to warn of."

    /// A new server with a service connection point and no proxy, up to its Summary.
    private func newServer(_ portal: WizardPortal) async throws -> String {
        let wizard = try await portal.create("CAS02.corp.contoso.com", at: "CAS")
        try await portal.send(wizard, "general")
        try await portal.send(wizard, "proxy", [("proxy.use.shown", "true")])
        try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Dmp Connector"))
        try await portal.go(wizard, to: "summary")
        return wizard
    }

    private func codes(_ portal: WizardPortal, _ entity: Entity, _ key: String) throws -> Set<FindingCode> {
        try portal.store.read { try Set($0.findings(entity, key: key).map(\.code)) }
    }

    @Test("the Summary of a new server without a proxy tells what will go straight to the internet")
    func direct() async throws {
        try await withWizardPortal { portal in
            let wizard = try await newServer(portal)
            let summary = try await portal.client.get(wizard + "/summary").body
            let notice = "goes straight from CAS02.corp.contoso.com to the internet"
            #expect(summary.contains("flow.direct") && summary.contains(notice) && !summary.contains(Self.nothing))
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
            #expect(try codes(portal, .server, "CAS02.corp.contoso.com").contains(.flowDirect))
        }
    }

    @Test(
        "the Summary tells that a second software update point is not set like the first, and what stood is told no more"
    )
    func differ() async throws {
        try await withWizardPortal { portal in
            let first = try await portal.begin(WizardPortal.child)
            try await portal.send(first, "general")
            try await portal.send(first, "proxy")
            try await portal.send(first, "roles", WizardPortal.ticked("SMS Software Update Point"))
            try await portal.go(first, to: "summary")
            try await portal.send(first, "summary")
            let wizard = try await portal.create("PS102.corp.contoso.com", at: "PS1")
            try await portal.send(wizard, "general")
            try await portal.send(wizard, "proxy", WizardPortal.proxy)
            try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Software Update Point"))
            try await portal.send(wizard, "software-update-point")
            let option = ("softwareUpdatePoint.useProxyForSynchronization", "true")
            try await portal.send(wizard, "proxy-and-accounts", [option])
            try await portal.go(wizard, to: "summary")
            let summary = try await portal.client.get(wizard + "/summary").body
            #expect(summary.components(separatedBy: "The software update points of PS1 are not set alike").count == 2)
            try await portal.send(wizard, "summary")
            #expect(try codes(portal, .site, "PS1").contains(.supSiteDiffer))

            let other = try await portal.create("PS103.corp.contoso.com", at: "PS1")
            try await portal.go(other, to: "summary")
            #expect(try await !portal.client.get(other + "/summary").body.contains("not set alike"))
        }
    }

    @Test("a button of a Summary that another tab overtook stores nothing and says so first")
    func overtaken() async throws {
        try await withWizardPortal { portal in
            let wizard = try await newServer(portal)
            let old = try await portal.controls(wizard + "/summary")
            try await portal.send(wizard, "general", [("general.forest", "contoso.com")])
            for form in [old, old + [("take", "true")]] {
                let reply = try await portal.client.post(wizard + "/summary", form)
                #expect(reply.status == 409 && reply.body.contains("<title>Not stored: Summary, step "))
                #expect(reply.body.contains("The draft was changed since you opened this page; nothing was stored"))
                #expect(reply.body.contains(#"id="overtaken" tabindex="-1" autofocus"#))
                #expect(reply.body.contains("<dd>contoso.com</dd>") && Markup(reply.body).brokenReferences == [])
                #expect(Markup(reply.body).headingJumps == [])
            }
            #expect(try portal.record("CAS02.corp.contoso.com") == nil)
            #expect(try await !portal.client.get(wizard + "/summary").body.contains("overtaken"))
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
        }
    }

    @Test("the Completion of a new server has the script make it before the console adds roles to it")
    func completion() async throws {
        try await withWizardPortal { portal in
            let wizard = try await newServer(portal)
            try await portal.send(wizard, "summary")
            let page = try await portal.client.get(wizard + "/completion").body
            let script = try #require(page.range(of: "take the PowerShell script"))
            let console = try #require(page.range(of: "Add in the console"))
            #expect(script.lowerBound < console.lowerBound)
            #expect(page.contains("It includes what no export has shown yet"))
            let link = try #require(
                Markup(page).values(of: "href").first { $0.contains("include-never-observed=true") })
            #expect(link.contains("set="))
        }
    }
}
