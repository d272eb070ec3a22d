import Domain
import TestSupport
import Testing
import Web
import Workflow

@Suite("The client ports on a site's page")
struct ClientPortFormTests {
    private func controls(_ running: RunningPortal, _ changes: [String: String]) async throws -> [(String, String)] {
        let page = Markup(try await running.client.get("/sites/PS1").body)
        let revision = try #require(page.controlsOfFirstForm.first { $0.0 == "revision" })
        return changes.map { ($0.key, $0.value) } + [revision]
    }

    @Test("the form offers the ports, empty where nobody told them, and says what counts then")
    func offered() async throws {
        try await withPortal { running in
            let page = try await running.client.get("/sites/PS1").body
            for name in ["clientHTTPPort", "clientHTTPSPort", "clientNotificationPort", "wakeOnLANPort"] {
                #expect(page.contains(#"name="site.\#(name)" value="""#))
            }
            #expect(page.contains("80 unless changed") && page.contains("10123 unless changed"))
            #expect(try await running.client.get("/sites/new").body.contains("site.customWebsite"))
        }
    }

    @Test("a saved port stands in the form and in the notice")
    func saved() async throws {
        try await withPortal { running in
            let reply = try await running.client.post(
                "/sites/PS1",
                try await controls(running, ["site.clientHTTPPort": "8080", "site.customWebsite": "false"]))
            #expect(reply.status == 303)
            let page = try await running.client.get(try #require(reply.location)).body
            #expect(page.contains("HTTP port of clients: –, now 8080"))
            #expect(page.contains(#"name="site.clientHTTPPort" value="8080""#))
        }
    }

    @Test("one port for HTTP and HTTPS is refused beside its control, and what was typed stays")
    func refused() async throws {
        try await withPortal { running in
            let reply = try await running.client.post(
                "/sites/PS1", try await controls(running, ["site.clientHTTPPort": "443"]))
            #expect(reply.status == 422)
            #expect(reply.body.contains("Clients would use port 443 for HTTP and for HTTPS."))
            #expect(reply.body.contains(##"href="#site-clientHTTPPort""##))
            #expect(reply.body.contains(#"name="site.clientHTTPPort" value="443""#))
        }
    }

    @Test("a form that was overtaken shows both ports")
    func conflict() async throws {
        try await withPortal { running in
            let mine = try await controls(running, ["site.clientHTTPPort": "8081"])
            let theirs = try await running.client.post(
                "/sites/PS1", try await controls(running, ["site.clientHTTPPort": "8080"]))
            #expect(theirs.status == 303)
            let reply = try await running.client.post("/sites/PS1", mine)
            #expect(reply.status == 409)
            #expect(reply.body.contains("8080") && reply.body.contains("8081"))
        }
    }
}
