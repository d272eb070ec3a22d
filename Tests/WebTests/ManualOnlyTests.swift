import Domain
import Foundation
import Hummingbird
import Manual
import Pages
import TestSupport
import Testing

@testable import Web

@Suite("The manual served alone")
struct ManualOnlyTests {
    static let site = Result {
        let manual = try Manual(contentDirectory: RunningPortal.root + "/content", edition: .manualOnly)
        let assets = try RunningPortal.assets.get()
        let pages = try PageRenderer(
            templateDirectory: RunningPortal.root + "/Templates", manual: manual, edition: .manualOnly,
            contact: ManualContact("proxies@contoso.com"), address: assets.address(of:))
        return try ManualSite(manual: manual, pages: pages, assets: assets)
    }

    static func withManual(_ body: @escaping @Sendable (HTTPClient, LogLines) async throws -> Void) async throws {
        var settings = WebSettings()
        settings.port = 0
        let site = ManualOnlySite(site: try site.get(), settings: settings, makeID: { "an-id" })
        try await run({ makeApplication(site, logger: $0, onRunning: $1) }, body)
    }

    @Test func everyAddressOfThePortalIsEitherOfTheManualOrNotThere() async throws {
        try await Self.withManual { client, _ in
            var pages = 0
            for route in Set(RouteTests.routes) {
                let reply = try await client.get(route.path)
                #expect(reply.headers["content-security-policy"]?.contains("frame-ancestors 'none'") == true)
                switch route {
                case .overview:
                    #expect(reply.status == 302 && reply.location == "/manual")
                case _ where ManualOnlySite.isServed(route) && reply.status == 200:
                    pages += 1
                default:
                    #expect(reply.status == 404, "\(route.path)")
                    #expect(reply.body.contains("The manual is served alone here"), "\(route.path)")
                }
                if !ManualOnlySite.isServed(route) { #expect(reply.status == 404, "\(route.path)") }
            }
            #expect(pages >= 4)
        }
    }

    @Test func nothingTakesAFormAndNothingButPagesIsAsked() async throws {
        try await Self.withManual { client, _ in
            for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
                for address in ["/manual", "/health/live", "/manual/fields/proxy"] {
                    let reply = try await client.get(address, method: method)
                    #expect(reply.status == 405 && reply.headers["allow"] == "GET, HEAD", "\(method) \(address)")
                }
                for address in ["/servers/new", "/import", "/wizards", "/export"] {
                    let status = try await client.get(address, method: method).status
                    #expect(status == 404, "\(method) \(address)")
                }
            }
            let head = try await client.get("/manual", method: "HEAD")
            #expect(head.status == 200 && head.bytes.isEmpty)
        }
    }

    @Test func everyLinkOfEveryPageLeadsSomewhereAndNoPageHasAFormButQuestions() async throws {
        try await Self.withManual { client, log in
            var waiting = ["/manual"]
            var met: Set<String> = ["/manual"]
            var pages = 0
            while let address = waiting.popLast() {
                let reply = try await client.get(address)
                #expect(reply.status == 200, "\(address)")
                guard reply.headers["content-type"]?.hasPrefix("text/html") == true else { continue }
                pages += 1
                let page = Markup(reply.body)
                // The one page with all of them takes long to look through; what it refers to is looked at in the plain files.
                if address != "/manual/all" { #expect(page.brokenReferences == [], "\(address)") }
                for form in reply.body.components(separatedBy: "<form").dropFirst() {
                    let tag = form.prefix { $0 != ">" }
                    let isQuestion = [#"action="/search""#, #"action="/requirements""#].contains(where: tag.contains)
                    #expect(isQuestion && tag.contains(#"method="get""#), "\(address): \(tag)")
                }
                for link in page.values(of: "href") + page.values(of: "src") where link.hasPrefix("/") {
                    let target = String(link.unescaped.prefix { $0 != "#" })
                    if met.insert(target).inserted { waiting.append(target) }
                }
            }
            #expect(pages > 20)
            #expect(log.lines.count >= pages, "each is in the log")
        }
    }

    @Test func requirementsAreThoseOfARoleAlone() async throws {
        try await Self.withManual { client, _ in
            let choice = try await client.get("/requirements")
            #expect(choice.status == 200 && !choice.body.contains("For what the portal keeps"))
            for query in ["?server=cm01.contoso.com", "?site=PS1", "?scope=hierarchy", "?role=no-such-role"] {
                let reply = try await client.get("/requirements" + query)
                #expect(reply.status == 404, "\(query)")
                let file = try await client.get("/requirements/endpoints.csv" + query)
                #expect(file.status == 404, "\(query)")
            }
        }
    }

    @Test func anAddressWithASlashAtItsEndLeadsToThePage() async throws {
        try await Self.withManual { client, _ in
            for (typed, meant) in [
                ("/manual/", "/manual"), ("/manual/a-z/", "/manual/a-z"),
                ("/manual/fields/proxy/?x=1", "/manual/fields/proxy?x=1"),
            ] {
                let reply = try await client.get(typed)
                #expect(reply.status == 301 && reply.location == meant, "\(typed)")
            }
            for address in ["/manual//", "//manual/", "/search/", "/servers/", "/manual//x/"] {
                let status = try await client.get(address).status
                #expect(status == 404, "\(address)")
            }
        }
    }

    @Test func aProbeNeedsNoHost() async throws {
        try await Self.withManual { client, _ in
            for (address, status) in [("/health/live", 200), ("/health/ready", 200), ("/manual", 400)] {
                let reply = try await client.send("GET \(address) HTTP/1.1\r\nConnection: close\r\n\r\n")
                #expect(reply.status == status, "\(address)")
            }
        }
    }

    @Test func nothingSpeaksOfAPortalOrItsServers() async throws {
        try await Self.withManual { client, _ in
            for address in ["/nothing", "/requirements", "/requirements?role=client", "/search?q=zzzyqx"] {
                let page = try await client.get(address).body
                for word in ["portal", "Portal", "the server’s"] {
                    #expect(!page.contains(word), "\(address): \(word)")
                }
            }
            for file in ["windows-firewall.ps1", "iptables.sh"] {
                let status = try await client.get("/requirements/\(file)?role=client").status
                #expect(status == 404, "\(file): rules are for addresses, and a role has none")
            }
            let file = "/requirements/endpoints.csv?role=client"
            let (whole, head) = (try await client.get(file), try await client.get(file, method: "HEAD"))
            #expect(head.headers["content-length"] == String(whole.bytes.count) && head.bytes.isEmpty)
        }
    }

    @Test(arguments: [
        "manual.contoso.com", "manual.contoso.com:8080", "10.1.2.3:80", "[2001:db8::1]:8080", "help_desk", "MANUAL",
    ])
    func itAnswersUnderAnyName(host: String) async throws {
        try await Self.withManual { client, _ in
            let manual = try await client.get("/manual", headers: ["Host": host]).status
            #expect(manual == 200)
            let nothing = try await client.get("/nothing", headers: ["Host": host]).status
            #expect(nothing == 404)
        }
    }

    @Test(arguments: ["a b", "a:", "a:123456", "a:x", "[::1", "[]", "[::1]x", "<x>", "a/b", "a@b", "ä", ":80"])
    func aHostThatIsNoneIsRefused(host: String) async throws {
        try await Self.withManual { client, _ in
            let status = try await client.get("/manual", headers: ["Host": host]).status
            #expect(status == 400)
        }
    }

    @Test func pagesNameTheVersionAndWhomToTell() async throws {
        try await Self.withManual { client, _ in
            let page = try await client.get("/manual/concepts/one-proxy-per-computer").body
            #expect(page.contains(#"Tell <a href="mailto:proxies@contoso.com">proxies@contoso.com</a>."#))
            #expect(page.contains("ProxyDesk \(ProgramVersion.text)"))
            #expect(!page.contains("The portal keeps an intention"))
        }
        try await withPortal { running in
            let page = try await running.client.get("/manual/concepts/one-proxy-per-computer").body
            #expect(!page.contains("Something wrong or missing?"), "nobody was named")
            #expect(page.contains("ProxyDesk \(ProgramVersion.text)"))
        }
    }

    @Test(arguments: [
        ("proxies@contoso.com", "mailto:proxies@contoso.com"),
        ("it?cc=x@contoso.com", "mailto:it%3Fcc%3Dx@contoso.com"),
        ("https://desk.contoso.com/new?a=1", "https://desk.contoso.com/new?a=1"),
        ("https://desk:8443", "https://desk:8443"),
        ("http://desk.contoso.com", nil), ("javascript:alert(1)", nil), ("a@b@c", nil), ("@contoso.com", nil),
        ("a@", nil), ("a b@contoso.com", nil), ("https://", nil), ("https://a@b/", nil), ("https://a:0/", nil),
        ("https://a/\"x", nil), ("", nil), ("ä@contoso.com", nil), ("a@-b.com", nil),
    ])
    func aContactIsAMailAddressOrASafePage(text: String, link: String?) {
        #expect(ManualContact(text)?.link == link)
    }
}
