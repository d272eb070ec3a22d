import Domain
import Foundation
import TestSupport
import Testing
import Workflow

@testable import Pages

@Suite("Pages")
struct PageTests {
    static let addresses =
        [
            "/", "/import", "/import/scripts/with-module", "/servers", "/servers?q=none", "/servers?colour=red",
            "/servers?proxy=not-told&sort=proxy&order=descending", "/servers?stale=true", "/servers/new", "/sites",
            "/sites/new", "/sites/PS1", "/sites/PS1/remove", "/sites/CAS/remove",
            "/sites/PS1/component", "/sites/CAS/component",
            "/proxies", "/changes", "/changes/1", "/changes/7", "/export", "/export/script",
            "/export/script?server=\(Known.server)&direction=back",
            "/manual", "/manual/fields/proxy", "/style",
            "/flows", "/flows?route=proxy&site=PS1", "/flows?colour=red&after=x",
        ]
        + [Known.server, Known.withoutProxy, Known.untold].flatMap { name in
            ["", "/proxy", "/roles", "/connections", "/compare", "/history", "/remove"].map { "/servers/\(name)\($0)" }
        }
        + ["PS1", "CAS"].flatMap { code in
            ComponentPart.allCases.map { "/sites/\(code)/component/\($0.rawValue)" }
        }

    @Test(arguments: addresses)
    func everyPageHoldsTogether(address: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get(address)
            #expect(reply.status == 200)
            let page = Markup(reply.body)
            #expect(page.brokenReferences == [])
            #expect(reply.body.components(separatedBy: "<h1").count == 2)
            #expect(reply.body.contains("<title>") && reply.body.contains("lang=\"en\""))
            #expect(!reply.body.contains("{{"))
            if address != "/style" { #expect(page.headingJumps == []) }
        }
    }

    @Test func linksLeadToPages() async throws {
        try await withPortal { running in
            var waiting = Self.addresses
            var seen: Set<String> = []
            while let address = waiting.popLast() {
                guard seen.insert(address).inserted else { continue }
                let reply = try await running.client.get(address)
                #expect(reply.status == 200, "\(address)")
                guard reply.headers["content-type"]?.hasPrefix("text/html") == true else { continue }
                let links = Markup(reply.body).values(of: "href").map { String($0.prefix { $0 != "#" }) }
                waiting += links.filter { $0.hasPrefix("/") && !seen.contains($0) }
            }
            #expect(seen.count > 40)
        }
    }

    @Test func markupThatIsTypedIsShownAsText() async throws {
        try await withPortal { running in
            let probe = #"<script>alert("'&1")</script>"#
            let forms: [(String, [FieldKey])] = [
                ("/servers/new", [.serverName, .serverSite]),
                ("/servers/\(Known.server)", General.fields.map(\.key)),
                ("/servers/\(Known.server)/proxy", Proxy.fields.map(\.key)),
                ("/servers/\(Known.server)/roles", SoftwareUpdatePoint.fields.map(\.key)),
                ("/sites/new", Site.formFields.map(\.key)), ("/sites/PS1", [.siteName, .siteParent, .siteServer]),
            ]
            for (address, fields) in forms {
                let controls =
                    fields.map { ($0.rawValue, probe) } + [("reason", probe), (probe, probe), ("revision", probe)]
                let reply = try await running.client.post(address, controls)
                #expect(reply.status == 422)
                #expect(!reply.body.contains("<script"))
            }
            for address in [
                "/servers/\(probe.pathSegment)", "/servers?q=\(probe.pathSegment)&role=\(probe.pathSegment)",
                "/\(probe.pathSegment)",
            ] {
                #expect(!(try await running.client.get(address)).body.contains("<script"))
            }
        }
    }

    @Test func notToldIsSaidInWords() async throws {
        try await withPortal { running in
            let page = try await running.client.get("/servers/\(Known.untold)/proxy").body
            #expect(page.contains("Not told.") && page.contains("not the same as “no proxy”"))
            #expect(!(try await running.client.get("/servers/\(Known.withoutProxy)/proxy")).body.contains("Not told."))
        }
    }

    @Test func theProxyTabSaysWhatSavingOverwritesAndWhatTheSiteHas() async throws {
        try await withPortal { running in
            let page = try await running.client.get("/servers/\(Known.server)/proxy").body
            #expect(page.contains(#"proxy01.contoso.com:80, signing in as CONTOSO\svc-proxy"#))
            #expect(page.contains("3128") && page.contains("pending") && page.contains("21 Nov 2026 07:50 UTC"))
            #expect(page.contains("Use a proxy server when synchronizing software updates: <strong>On</strong>"))
        }
    }

    @Test func rolesAreAddedRemovedAndTold() async throws {
        try await withPortal { running in
            let address = "/servers/\(Known.server)/roles"
            var controls = Markup(try await running.client.get(address).body).controlsOfFirstForm
            controls.removeAll { $0.0 == "role.remove.SMS Dmp Connector" }
            controls += [
                ("role.remove.SMS Dmp Connector", "true"), ("role.add", "SMS Management Point"),
                ("distributionPoint.connectedCache", ""),
            ]
            let reply = try await running.client.post(address, controls)
            #expect(reply.status == 303)
            let roles = try running.store.record(Known.server)?.roles ?? []
            #expect(
                roles.map(\.name.text) == [
                    "SMS Distribution Point", "SMS Management Point", "SMS Software Update Point",
                ])
            #expect(roles.first?.intended == nil, "a list left at “not told” tells nothing")
            #expect(roles.last?.intended?.softwareUpdatePoint?.useProxyForSynchronization == true)
        }
    }

    @Test func rolesThatWaitToBeRemovedAtTheSiteAreListed() async throws {
        try await withPortal { running in
            let title = "Taken out here, still at the site"
            let address = "/servers/\(Known.server)/roles"
            #expect(!(try await running.client.get(address)).body.contains(title))
            var record = try #require(try running.store.record(Known.server))
            record.droppedRoles = [record.roles.removeLast()]
            running.store.place(record)
            let page = try await running.client.get(address).body
            let list = try #require(page.components(separatedBy: title).last?.components(separatedBy: "</ul>").first)
            #expect(list.contains(record.droppedRoles[0].name.text) && list.contains("pending"))
        }
    }

    @Test func aRoleThatIsThereAlreadyIsRefusedAtItsList() async throws {
        try await withPortal { running in
            let revision = String(try running.store.revision(Known.server))
            let reply = try await running.client.post(
                "/servers/\(Known.server)/roles", [("role.add", "sms distribution point"), ("revision", revision)])
            #expect(reply.status == 422)
            #expect(Markup(reply.body).fragmentLinks.contains("role-add"))
            #expect(Markup(reply.body).brokenReferences == [])
        }
    }

    @Test func aRemovedServerIsGoneAndItsHistoryStays() async throws {
        try await withPortal { running in
            let address = "/servers/\(Known.untold)"
            let ask = try await running.client.get(address + "/remove").body
            #expect(ask.contains("changes nothing in Configuration Manager"))
            let reply = try await running.client.post(address + "/remove", Markup(ask).controlsOfFirstForm)
            #expect(reply.status == 303)
            let list = try await running.client.get(try #require(reply.location)).body
            #expect(list.contains("\(Known.untold) was removed from the portal"))
            for gone in [
                try await running.client.get(address), try await running.client.get(address.lowercased() + "/proxy"),
                try await running.client.post(address + "/proxy", [("proxy.port", "80"), ("revision", "1")]),
            ] {
                #expect(gone.status == 404)
                #expect(Markup(gone.body).values(of: "href").contains(address + "/history"))
            }
            let history = try await running.client.get(address + "/history")
            #expect(history.status == 200)
            #expect(history.body.contains("Removed from the portal"))
        }
    }

    @Test func aServerThatWasChangedIsNotRemovedUnseen() async throws {
        try await withPortal { running in
            let address = "/servers/\(Known.server)"
            let ask = try await running.client.get(address + "/remove").body
            #expect(ask.contains(#"<button class="destructive">Remove"#))
            let stale = Markup(ask).controlsOfFirstForm.filter { $0.0 != "reason" } + [("reason", "Old <iron>")]
            _ = try await running.client.post(
                FormTests.proxy, try FormTests.typed(running, ["proxy.port": "8082"]))
            let reply = try await running.client.post(address + "/remove", stale)
            #expect(reply.status == 409)
            #expect(reply.body.contains("The server was changed since you opened this page"))
            #expect(reply.body.contains("8082") && !reply.body.contains("you typed"))
            #expect(Markup(reply.body).values(of: "href").contains(address))
            let again = Markup(reply.body).controlsOfFirstForm
            #expect(again.contains { $0 == ("reason", "Old <iron>") })
            #expect(try await running.client.post(address + "/remove", again).status == 303)
            #expect(try running.store.record(Known.server) == nil)
        }
    }

    @Test func findingsOfSitesStandInTheListAndOnTheirPages() async throws {
        try await withPortal { running in
            let code = try #require(SiteCode.check("PS1").value)
            let finding = { (severity: Severity, message: String) in
                Finding(code: .siteParentMissing, severity: severity, entity: .site, key: "PS1", message: message)
            }
            running.store.place(
                [finding(.warning, "First."), finding(.warning, "Second."), finding(.error, "Third.")], at: code)
            let list = try await running.client.get("/sites").body
            #expect(list.contains("2 warnings") && list.contains("1 error") && list.contains(">State<"))
            let page = try await running.client.get("/sites/PS1").body
            #expect(page.contains("First.") && page.contains("Third."))
        }
    }

    @Test func everyTabLeadsToRemoving() async throws {
        try await withPortal { running in
            for tab in ["", "/proxy", "/roles", "/history"] {
                let page = Markup(try await running.client.get("/servers/\(Known.untold)\(tab)").body)
                #expect(page.values(of: "href").contains("/servers/\(Known.untold)/remove"))
            }
        }
    }

    @Test func aServerAndASiteAreAdded() async throws {
        try await withPortal { running in
            let site = try await running.client.post("/sites/new", [("site.code", "ps2"), ("site.name", "Two")])
            #expect(site.location?.hasPrefix("/sites/PS2?saved=") == true)
            let begun = try await running.client.post(
                "/servers/new", [("server.name", "cm09.corp.contoso.com"), ("server.site", "PS2"), ("reason", "New")])
            let wizard = try #require(begun.location).replacing("/general", with: "")
            let name = [("server.name", "cm09.corp.contoso.com"), ("server.site", "PS2"), ("revision", "1")]
            _ = try await running.client.post(wizard + "/general", name)
            _ = try await running.client.post(wizard + "/proxy", [("proxy.use", "false"), ("revision", "2")])
            _ = try await running.client.post(wizard + "/roles", [("revision", "3")])
            let stored = try await running.client.post(wizard + "/summary", [("revision", "4")])
            #expect(stored.location == wizard + "/completion")
            let page = try await running.client.get(wizard + "/completion").body
            #expect(page.contains("cm09.corp.contoso.com") && page.contains("No proxy"))
            #expect(try running.store.record("cm09.corp.contoso.com")?.site.text == "PS2")
        }
    }
}

@Suite("Components")
struct ComponentTests {
    @Test func everyComponentHasAnExampleThatFillsIt() throws {
        let renderer = try RunningPortal.renderer.get()
        let files = try FileManager.default.contentsOfDirectory(atPath: RunningPortal.root + "/Templates/components")
        let names = files.filter { $0.hasSuffix(".mustache") }.map { String($0.dropLast(9)) }
        #expect(names.count > 10)
        for name in names {
            let examples = try #require(renderer.examples.models[name], "\(name) has no example")
            for example in examples {
                let html = String(decoding: try renderer.render(component: name, example), as: UTF8.self)
                #expect(html.contains("<"))
            }
        }
    }

    @Test func templatesNameNoAddressOfThePortal() throws {
        let folder = RunningPortal.root + "/Templates"
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasSuffix(".mustache") {
            let text = try String(contentsOfFile: folder + "/" + file, encoding: .utf8)
            #expect(!text.contains(#"href="/"#) && !text.contains(#"action="/"#), "\(file)")
        }
    }

    @Test func onlyTheManualsWordsGoIntoAPageAsTheyAre() throws {
        let folder = RunningPortal.root + "/Templates"
        let templates = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".mustache") }
        let raw = try templates.filter {
            try String(contentsOfFile: folder + "/" + $0, encoding: .utf8).contains("{{{")
        }
        #expect(
            raw.sorted() == [
                "pages/export-script.mustache", "pages/manual-all.mustache", "pages/manual-article.mustache",
                "pages/search.mustache",
            ])
    }
}

@Suite("Words of pages")
struct WordTests {
    @Test(
        arguments: [
            (0, "1 Jan 1970 00:00 UTC"), (1_795_247_400_000, "21 Nov 2026 07:50 UTC"),
            (951_782_399_999, "28 Feb 2000 23:59 UTC"),
            (951_782_400_000, "29 Feb 2000 00:00 UTC"), (-1, "31 Dec 1969 23:59 UTC"),
            (4_107_542_400_000, "1 Mar 2100 00:00 UTC"),
        ] as [(Int64, String)])
    func timesAreWrittenOut(milliseconds: Int64, text: String) {
        #expect(UTCTime(milliseconds: milliseconds).text == text)
    }

    @Test func aDifferenceListsTheFieldsThatChanged() throws {
        let store = MemoryStore()
        try store.fill()
        let changes = try store.read { try $0.history(.server, key: Known.server, before: nil, limit: 50) }
        let added = try #require(changes.last?.change)
        let rows = DocumentDifference(before: added.before, after: added.after).rows
        #expect(rows.contains { $0.label == "Name" && $0.right == Known.server })
        #expect(rows.contains { $0.label == "Proxy" && $0.right == "Not told" })
        #expect(DocumentDifference(before: added.after, after: added.after).rows.isEmpty)
    }
}
