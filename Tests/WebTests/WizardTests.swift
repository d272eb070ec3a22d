import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Wizards")
struct WizardTests {
    @Test("roles, a proxy and the software update point's options become one change set, and nothing before that")
    func journey() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.central)
            let before = try portal.numberOfSets
            #expect(try await portal.send(wizard, "general").location == wizard + "/proxy")
            #expect(try await portal.send(wizard, "proxy", WizardPortal.proxy).location == wizard + "/roles")
            let roles = WizardPortal.ticked("SMS Software Update Point", "SMS Dmp Connector", "SMS SRS Reporting Point")
            #expect(try await portal.send(wizard, "roles", roles).location == wizard + "/software-update-point")
            try await portal.send(wizard, "software-update-point", [("softwareUpdatePoint.httpPort", "8530")])
            let options = [
                ("softwareUpdatePoint.useProxyForSynchronization", "true"),
                ("softwareUpdatePoint.useProxyForADR", "true"),
            ]
            #expect(
                try await portal.send(wizard, "proxy-and-accounts", options).location
                    == wizard + "/synchronization-source")
            try await portal.go(wizard, to: "summary")
            #expect(try portal.numberOfSets == before)
            #expect(try portal.record(WizardPortal.central)?.roles.isEmpty == true, "nothing is stored yet")

            let summary = try await portal.client.get(wizard + "/summary").body
            #expect(summary.contains("proxy07.contoso.com") && summary.contains("3128"))
            #expect(summary.contains("Reporting services point"))
            let stored = try await portal.send(wizard, "summary", [("reason", "Change 4711")])
            #expect(stored.status == 303 && stored.location == wizard + "/completion")
            #expect(try portal.numberOfSets == before + 1)

            let record = try #require(try portal.record(WizardPortal.central))
            #expect(record.proxy.intended?.configuration?.address == "proxy07.contoso.com:3128")
            #expect(record.general.isTold)
            #expect(
                record.roles.map(\.name.text).sorted() == [
                    "SMS Dmp Connector", "SMS SRS Reporting Point", "SMS Software Update Point",
                ])
            let point = try #require(record.intended.softwareUpdatePoint)
            #expect(point.useProxyForSynchronization && point.useProxyForADR)
            let set = try portal.store.read { try $0.changeSets(before: nil, limit: 1).first }
            #expect(set?.reason == "Change 4711")

            let completion = try await portal.client.get(wizard + "/completion")
            #expect(completion.status == 200 && completion.body.contains("/changes/\(before + 1)"))
            #expect(
                completion.body.contains("Reporting services point, Service connection point."), "to add in the console"
            )
        }
    }

    @Test("a second press on the Summary's button, and every page of a stored draft, show the first Completion")
    func secondSubmit() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            try await portal.send(wizard, "general")
            try await portal.send(wizard, "proxy")
            try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Distribution Point"))
            let form = try await portal.controls(wizard + "/summary")
            #expect(try await portal.client.post(wizard + "/summary", form).location == wizard + "/completion")
            let sets = try portal.numberOfSets
            #expect(try await portal.client.post(wizard + "/summary", form).location == wizard + "/completion")
            #expect(try portal.numberOfSets == sets)
            for step in ["general", "proxy", "roles", "summary"] {
                let reply = try await portal.client.get(wizard + "/" + step)
                #expect(reply.status == 303 && reply.location == wizard + "/completion")
                #expect(try await portal.client.post(wizard + "/" + step, form).location == wizard + "/completion")
            }
            #expect(try await portal.client.get(wizard + "/cancel").location == wizard + "/completion")
        }
    }

    @Test("a page behind one that has no answer leads there, whether it is opened or sent")
    func noSkipping() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            for step in ["proxy", "roles", "summary"] {
                let reply = try await portal.client.get(wizard + "/" + step)
                #expect(reply.status == 303 && reply.location == wizard + "/general")
                #expect(
                    try await portal.client.post(wizard + "/" + step, [("revision", "1")]).location == wizard
                        + "/general")
            }
            try await portal.send(wizard, "general")
            #expect(try await portal.client.get(wizard + "/summary").location == wizard + "/proxy")
            // A step that this wizard does not have, since no role asks for it.
            #expect(try await portal.client.get(wizard + "/products").location == wizard + "/proxy")
            #expect(try await portal.client.get(wizard + "/completion").location == wizard + "/summary")
            #expect(try await portal.client.get("/wizards/nosuchdraft/general").status == 404)
            #expect(try await portal.client.get(wizard + "/nosuchstep").status == 404)
        }
    }

    @Test("a refused page says why and keeps what was typed there and on all others, after a reload too")
    func refusal() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.central)
            try await portal.send(wizard, "general", [("general.internetFQDN", "cas.contoso.com")])
            let wrong = [
                ("proxy.use", "true"), ("proxy.server", "http://proxy07.contoso.com"), ("proxy.port", "70000"),
            ]
            let reply = try await portal.send(wizard, "proxy", wrong)
            #expect(reply.status == 422 && reply.body.contains("<title>Error: "))
            #expect(Markup(reply.body).fragmentLinks.contains("proxy-port"))
            #expect(Markup(reply.body).brokenReferences == [])
            for body in [reply.body, try await portal.client.get(wizard + "/proxy").body] {
                #expect(body.contains(#"value="70000""#) && body.contains(#"value="http://proxy07.contoso.com""#))
            }
            #expect(try await portal.client.get(wizard + "/general").body.contains(#"value="cas.contoso.com""#))
            #expect(try await portal.client.get(wizard + "/roles").location == wizard + "/proxy", "it is not answered")
            #expect(try await portal.send(wizard, "proxy", WizardPortal.proxy).status == 303)
        }
    }

    @Test("a page from an older state of the draft answers with both, and goes on from each")
    func olderState() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.central)
            try await portal.send(wizard, "general")
            let mine = try await portal.controls(
                wizard + "/proxy", [("proxy.use", "true"), ("proxy.server", "mine.contoso.com")])
            let theirs = [("proxy.use", "true"), ("proxy.server", "theirs.contoso.com")]
            #expect(try await portal.send(wizard, "proxy", theirs).status == 303)

            let reply = try await portal.client.post(wizard + "/proxy", mine)
            #expect(reply.status == 409)
            #expect(reply.body.contains("mine.contoso.com") && reply.body.contains("theirs.contoso.com"))
            #expect(Markup(reply.body).values(of: "href").contains(wizard + "/proxy"))
            #expect(try await portal.client.get(wizard + "/proxy").body.contains("theirs.contoso.com"))
            let kept = Markup(reply.body).controlsOfFirstForm
            #expect(try await portal.client.post(wizard + "/proxy", kept).status == 303)
            #expect(try await portal.client.get(wizard + "/proxy").body.contains("mine.contoso.com"))
        }
    }

    @Test("changing an answer leads back to the Summary, by way of the pages it brings along")
    func change() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            try await portal.send(wizard, "general")
            try await portal.send(wizard, "proxy")
            try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Distribution Point"))
            let summary = try await portal.client.get(wizard + "/summary").body
            #expect(Markup(summary).values(of: "href").contains(wizard + "/proxy?change"))
            #expect(
                try await portal.send(wizard, "proxy", [("proxy.port", "8081")], query: "?change").location
                    == wizard + "/summary")
            let more = WizardPortal.ticked("SMS Software Update Point")
            #expect(
                try await portal.send(wizard, "roles", more, query: "?change").location
                    == wizard + "/software-update-point")
            #expect(try await portal.client.get(wizard + "/summary").location == wizard + "/software-update-point")
            try await portal.go(wizard, to: "summary")
            #expect(try await portal.client.get(wizard + "/summary").body.contains("8081"))
        }
    }

    @Test("the steps stand on every page, with the number of this one")
    func progress() async throws {
        try await withWizardPortal { portal in
            let wizard = try await portal.begin(WizardPortal.child)
            try await portal.send(wizard, "general")
            let page = try await portal.client.get(wizard + "/proxy").body
            #expect(
                page.contains("<title>Proxy, step 2 of 5 – Add Site System Roles: \(WizardPortal.child) – ProxyDesk"))
            #expect(page.contains("Step 2 of 5") && page.contains(#"aria-current="step""#))
            let links = Markup(page).values(of: "href")
            #expect(links.contains(wizard + "/general"), "back")
            #expect(!links.contains(wizard + "/roles"), "not yet")
        }
    }
}
