import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Web
import Workflow

@Suite("An import in the browser")
struct ImportTests {
    private static let server = ServerItem(
        "cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))
    private static let other = ServerItem("cm02.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))
    private static let broken = ServerItem(
        "cm03.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 70000))

    @Test("shows what would happen, stores nothing before it is confirmed, and then is one change set")
    func wholeWay() async throws {
        try await withImportPortal { portal in
            let preview = try await portal.previewing([Self.server, Self.other])
            let page = try await portal.page(preview)
            #expect(page.text.contains("Import: add 3"))
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            #expect(try portal.server("cm01.contoso.com") == nil, "nothing is stored yet")
            let reply = try await portal.decide(preview, [("reason", "First export")])
            #expect(reply.status == 303)
            #expect(reply.location == "/changes/1?saved=1")
            let stored = try #require(try portal.server("cm01.contoso.com"))
            #expect(stored.proxy.observed?.configuration?.port.number == 8080)
            let set = try await portal.page("/changes/1")
            #expect(set.text.contains("site.xml") && set.text.contains("First export"))
            #expect(portal.stagedFiles == [], "what was staged is gone")
            #expect(try await portal.client.post(preview + "/confirm", []).location == "/changes/1?saved=1")
        }
    }

    @Test("several files are one import, and a file name is shown without its folder")
    func severalFiles() async throws {
        try await withImportPortal { portal in
            let reply = try await portal.upload([
                ("C:\\temp\\one.xml", ServerItem.file([Self.server])), ("two.xml", ServerItem.file([Self.other])),
            ])
            let page = try await portal.page(try #require(reply.location))
            #expect(page.text.contains("Import: add 3") && page.text.contains("one.xml, two.xml"))
            #expect(!page.text.contains("C:\\temp"))
        }
    }

    @Test("can be cancelled: nothing is left behind, and its address says so")
    func cancelled() async throws {
        try await withImportPortal { portal in
            let preview = try await portal.previewing([Self.server])
            #expect(portal.stagedFiles.count == 2)
            #expect(try await portal.page("/import").text.contains(preview), "it can be come back to")
            let reply = try await portal.client.post(preview + "/cancel", [("cancel", "true")])
            #expect(reply.status == 303)
            #expect(portal.stagedFiles == [])
            let gone = try await portal.client.get(preview)
            #expect(gone.status == 404 && gone.body.contains("There is no such import"))
        }
    }

    @Test("an error stands in the way until it is left out, and the choice's effect is shown first")
    func leavingOut() async throws {
        try await withImportPortal { portal in
            let preview = try await portal.previewing([Self.server, Self.broken])
            let page = try await portal.page(preview)
            #expect(page.text.contains("Not as it is.") && !page.text.contains("<button>Import"))
            #expect(page.text.contains("Port must be between 1 and 65535"))
            #expect(try await portal.client.post(preview + "/confirm", [("revision", "1")]).status == 422)
            let chosen = try await portal.decide(preview, [("leaveOutRefused", "true")])
            #expect(chosen.location == preview + "?shown", "not even the button that saves takes what was not shown")
            #expect(try portal.server("cm01.contoso.com") == nil)
            #expect(try await portal.page(preview).text.contains("Import: add 3"))
            #expect(try await portal.decide(preview).location == "/changes/1?saved=1")
            let stored = try #require(try portal.server("cm03.contoso.com"))
            #expect(!stored.proxy.isTold && stored.general.isTold)
        }
    }

    @Test("a file as a whole that cannot be read is named, and offers no choice")
    func refusedFile() async throws {
        try await withImportPortal { portal in
            let reply = try await portal.upload([
                ("bad.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>")
            ])
            let page = try await portal.page(try #require(reply.location))
            #expect(page.text.contains("DOCTYPE") && page.text.contains("A file as a whole cannot be read"))
            #expect(!page.text.contains("leaveOutRefused"))
        }
    }

    @Test("nothing chosen is asked for again, in the page's own words")
    func noFile() async throws {
        try await withImportPortal { portal in
            let reply = try await portal.upload([("", "")])
            #expect(reply.status == 422 && reply.body.contains("Select a file to import."))
            #expect(Markup(reply.body).brokenReferences == [])
            #expect(portal.stagedFiles == [])
        }
    }

    @Test("what waits to be applied is kept, and the site's values can be taken for one server alone")
    func takingOverOne() async throws {
        try await withImportPortal { portal in
            _ = try await portal.decide(try await portal.previewing([Self.server, Self.other]))
            for name in ["cm01.contoso.com", "cm02.contoso.com"] {
                let record = try #require(try portal.server(name))
                let form = [
                    ("revision", String(record.revision)), ("proxy.use", "true"), ("proxy.use.shown", "true"),
                    ("proxy.server", "proxy01.contoso.com"), ("proxy.port", "3128"),
                    ("proxy.useCredentials.shown", "true"),
                ]
                #expect(try await portal.client.post("/servers/\(name)/proxy", form).status == 303)
            }
            let preview = try await portal.previewing([Self.server, Self.other])
            let kept = try await portal.page(preview + "?show=kept")
            #expect(kept.text.contains("cm01.contoso.com") && kept.text.contains("3128") && kept.text.contains("8080"))
            let reply = try await portal.client.post(
                preview + "/confirm", [("revision", "1"), ("take", "cm01.contoso.com")])
            #expect(reply.location == preview + "?show=kept")
            _ = try await portal.decide(preview)
            #expect(try portal.server("cm01.contoso.com")?.proxy.intended?.configuration?.port.number == 8080)
            #expect(try portal.server("cm02.contoso.com")?.proxy.intended?.configuration?.port.number == 3128)
        }
    }

    @Test("servers that the file lacks stay, unless their removal is chosen")
    func removing() async throws {
        try await withImportPortal { portal in
            _ = try await portal.decide(try await portal.previewing([Self.server, Self.other]))
            let preview = try await portal.previewing([Self.server])
            #expect(try await portal.page(preview + "?show=not-in-file").text.contains("cm02.contoso.com"))
            _ = try await portal.decide(preview, [("removeMissing", "true")], button: "preview")
            #expect(try await portal.page(preview).text.contains("Import: remove 1"))
            _ = try await portal.decide(preview)
            #expect(try portal.server("cm02.contoso.com") == nil)
        }
    }

    @Test("what others changed meanwhile makes the preview anew and says what it was")
    func conflict() async throws {
        try await withImportPortal { portal in
            _ = try await portal.decide(try await portal.previewing([Self.server]))
            let preview = try await portal.previewing([Self.server, Self.other])
            _ = try await portal.page(preview)
            let record = try #require(try portal.server("cm01.contoso.com"))
            let submission = Submission(store: portal.store, clock: { RunningPortal.now })
            _ = try submission.submit(
                .changeProxy(record.name, Draft([.proxyPort: "3128"]), revision: record.revision),
                for: Workflow.Request(actor: .local, reason: nil, id: "other"))
            let reply = try await portal.decide(preview)
            #expect(reply.status == 409)
            #expect(reply.body.contains("Changed meanwhile: cm01.contoso.com."))
            #expect(try portal.server("cm02.contoso.com") == nil, "nothing was imported")
            #expect(try await portal.decide(preview).status == 303, "and now it is")
            #expect(try portal.server("cm01.contoso.com")?.proxy.intended?.configuration?.port.number == 3128)
        }
    }

    @Test("records without a site ask which site they are of")
    func withoutSite() async throws {
        try await withImportPortal { portal in
            let file = ServerItem.file([Self.server]).replacing("<S N=\"SiteCode\">PS1</S>", with: "")
                .replacing("SMS_SITE=PS1", with: "SMS_SITE=")
            let preview = try #require(try await portal.upload([("site.xml", file)]).location)
            let page = try await portal.page(preview)
            #expect(page.text.contains("name=\"server.site\"") && page.text.contains("Say which site"))
            #expect(try await portal.decide(preview, [("server.site", "P")]).status == 422)
            #expect(try await portal.decide(preview, [("server.site", "ps1")]).location == preview + "?shown")
            #expect(try await portal.decide(preview).status == 303)
            #expect(try portal.server("cm01.contoso.com")?.site.text == "PS1")
        }
    }

    @Test("cancelling what was saved, from a tab that still shows the preview, leads to its change set")
    func cancelledTooLate() async throws {
        try await withImportPortal { portal in
            let preview = try await portal.previewing([Self.server])
            #expect(try await portal.decide(preview).location == "/changes/1?saved=1")
            #expect(try await portal.client.post(preview + "/cancel", []).location == "/changes/1?saved=1")
            #expect(try await portal.client.post("/imports/nosuch/cancel", []).status == 404)
        }
    }

    @Test("where the site's values are taken everywhere, one server can keep the portal's")
    func keepingOne() async throws {
        try await withImportPortal { portal in
            _ = try await portal.decide(try await portal.previewing([Self.server, Self.other]))
            for name in ["cm01.contoso.com", "cm02.contoso.com"] {
                let record = try #require(try portal.server(name))
                let edit = Edit.changeProxy(record.name, Draft([.proxyPort: "3128"]), revision: record.revision)
                _ = try Submission(store: portal.store, clock: { RunningPortal.now }).submit(
                    edit, for: Workflow.Request(actor: .local, reason: nil, id: "edit"))
            }
            let preview = try await portal.previewing([Self.server, Self.other])
            _ = try await portal.decide(preview, [("takeOver", "true")], button: "preview")
            let kept = try await portal.page(preview + "?show=kept")
            #expect(kept.text.contains("Keep the portal’s values") && kept.text.contains("3128"))
            let revision = try await portal.page(preview).controlsOfFirstForm.first { $0.0 == "revision" }?.1 ?? ""
            _ = try await portal.client.post(
                preview + "/confirm", [("revision", revision), ("keep", "cm01.contoso.com")])
            _ = try await portal.decide(preview)
            #expect(try portal.server("cm01.contoso.com")?.proxy.intended?.configuration?.port.number == 3128)
            #expect(try portal.server("cm02.contoso.com")?.proxy.intended?.configuration?.port.number == 8080)
        }
    }

    @Test("the history of a form tells nothing of what was seen, and taking the site's values loses none of it")
    func differences() async throws {
        try await withImportPortal { portal in
            _ = try await portal.decide(try await portal.previewing([Self.server]))
            let record = try #require(try portal.server("cm01.contoso.com"))
            let edit = Edit.changeProxy(record.name, Draft([.proxyPort: "3128"]), revision: record.revision)
            _ = try Submission(store: portal.store, clock: { RunningPortal.now }).submit(
                edit, for: Workflow.Request(actor: .local, reason: nil, id: "edit"))
            #expect(try await !portal.page("/servers/cm01.contoso.com/history").text.contains("Last seen: "))
            let preview = try await portal.previewing([Self.server])
            _ = try await portal.decide(preview, [("takeOver", "true")], button: "preview")
            #expect(try await !portal.page(preview + "?show=changed").text.contains("Last seen: "))
        }
    }
}
