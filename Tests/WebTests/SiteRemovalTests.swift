import Domain
import TestSupport
import Testing
import Workflow

@Suite("Removing a site")
struct SiteRemovalTests {
    private func revision(_ running: RunningPortal, _ code: String) throws -> String {
        let site = try #require(SiteCode.check(code).value)
        return String(try running.store.read { try $0.site(site)?.revision } ?? 0)
    }

    @Test("a site with servers says what to do first, and is not removed whatever is sent")
    func withServers() async throws {
        try await withPortal { running in
            let address = "/sites/PS1/remove"
            let page = Markup(try await running.client.get(address).body)
            #expect(page.text.contains("3 servers") && !page.text.contains("Remove site PS1 from the portal</button>"))
            let reply = try await running.client.post(address, [("revision", try revision(running, "PS1"))])
            #expect(reply.status == 422 && reply.body.contains("Remove them from the portal first"))
            #expect(try await running.client.get("/sites/PS1").status == 200)
        }
    }

    @Test("one without servers goes with one form, and the list says so")
    func empty() async throws {
        try await withPortal { running in
            #expect(try await running.client.get("/sites/CAS").body.contains(#"href="/sites/CAS/remove""#))
            let page = Markup(try await running.client.get("/sites/CAS/remove").body)
            #expect(page.text.contains(#"<a href="/sites/PS1">PS1</a>"#), "who names it as the parent")
            let reply = try await running.client.post("/sites/CAS/remove", page.controlsOfFirstForm)
            #expect(reply.status == 303)
            let list = try await running.client.get(try #require(reply.location)).body
            #expect(list.contains("CAS was removed from the portal"))
            #expect(try await running.client.get("/sites/CAS").status == 404)
            #expect(try await running.client.get("/sites/CAS/remove").status == 404)
        }
    }

    @Test("one that was changed meanwhile is shown again")
    func changed() async throws {
        try await withPortal { running in
            let reply = try await running.client.post("/sites/CAS/remove", [("revision", "999")])
            #expect(reply.status == 409 && reply.body.contains("was changed since you opened this page"))
            #expect(try await running.client.get("/sites/CAS").status == 200)
            let current = Markup(reply.body).controlsOfFirstForm
            #expect(try await running.client.post("/sites/CAS/remove", current).status == 303)
        }
    }
}
