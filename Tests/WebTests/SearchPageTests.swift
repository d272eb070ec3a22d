import Foundation
import Manual
import TestSupport
import Testing
import Web

/// The search in the portal: `/search`, the index by letter, and addresses that are not there.
@Suite("Search")
struct SearchPageTests {
    @Test(arguments: ["0x80072EE7", "12007", "ruleengine", "proxy+account", "port%208530", "SUP"])
    func aQueryLeadsToPagesWithWhatWasFoundMarked(query: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get("/search?q=" + query)
            #expect(reply.status == 200)
            let page = Markup(reply.body)
            #expect(reply.body.contains("<mark>") && reply.body.contains("<ol class=\"hits\">"))
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            let link = try #require(
                page.values(of: "href").first { $0.hasPrefix("/manual/") && $0.contains("/manual/") })
            let target = String(link.prefix { $0 != "#" })
            #expect(try await running.client.get(target).status == 200)
        }
    }

    @Test func theTitleSaysWhatWasLookedFor() async throws {
        try await withPortal { running in
            let found = try await running.client.get("/search?q=proxy%20account")
            #expect(found.body.contains("<title>Search: proxy account – ProxyDesk</title>"))
            let empty = try await running.client.get("/search")
            #expect(empty.body.contains("<title>Search the manual – ProxyDesk</title>"))
            #expect(!empty.body.contains("found."))
        }
    }

    @Test(arguments: [
        "%3Cscript%3Ealert(1)%3C/script%3E", "%22%3E%3Cimg%20src=x%3E", "proxy%3Cmark%3E", "%00%01%1Bproxy",
        "%22%20OR%20*", "%ff",
    ])
    func aHostileQueryIsShownAsText(query: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get("/search?q=" + query)
            #expect(reply.status == 200)
            #expect(!reply.body.contains("<script>alert") && !reply.body.contains("<img"))
            #expect(!reply.body.contains("\u{0}") && !reply.body.contains("\u{1B}"))
        }
    }

    @Test func aLongQueryIsCutOffAndNothingFoundSaysWhatToTry() async throws {
        try await withPortal { running in
            let long = try await running.client.get("/search?q=" + String(repeating: "qzx", count: 500))
            #expect(long.status == 200)
            #expect(long.body.contains("What to try") && long.body.contains("href=\"/manual/a-z\""))
            #expect(!long.body.contains(String(repeating: "qzx", count: 80)))
            let head = try await running.client.get("/search?q=proxy", method: "HEAD")
            #expect(head.status == 200 && head.body.isEmpty)
        }
    }

    @Test func aMisspeltWordIsToldAndReplaced() async throws {
        try await withPortal { running in
            let reply = try await running.client.get("/search?q=proxy+acount")
            #expect(reply.body.contains("Nothing found for “acount”. Showing <strong>account</strong>."))
        }
    }

    @Test func everyPageHasOneSearchBox() async throws {
        try await withPortal { running in
            for address in [
                "/", "/servers/new", "/manual", "/manual/a-z", "/search", "/manual/reference/roles", "/nothing",
            ] {
                let body = try await running.client.get(address).body
                #expect(body.components(separatedBy: "action=\"/search\"").count == 2, "\(address)")
                #expect(Markup(body).brokenReferences == [], "\(address)")
            }
        }
    }

    @Test func anUnknownAddressOffersItsWords() async throws {
        try await withPortal { running in
            let addresses = [
                ("/manual/how-to/change-the-proxys.html", "change the proxys"),
                ("/docs/error-12007", "docs error 12007"),
                ("/manual/rules/proxy.port.rage", "proxy.port.rage"), ("/%3Cb%3Ex%3C/b%3E", "b x b"),
            ]
            for (address, words) in addresses {
                let reply = try await running.client.get(address)
                #expect(reply.status == 404)
                #expect(reply.body.contains("id=\"q\" name=\"q\" value=\"\(words)\""), "\(address)")
            }
            let server = try await running.client.get("/servers/none.contoso.com")
            #expect(!server.body.contains("id=\"q\""), "a server is not looked for in the manual")
        }
    }

    @Test func theIndexByLetterLeadsToEveryPage() async throws {
        let pages = try RunningPortal.manual.get().pages.map(\.path)
        try await withPortal { running in
            let reply = try await running.client.get("/manual/a-z")
            let page = Markup(reply.body)
            #expect(reply.status == 200 && page.brokenReferences == [] && page.headingJumps == [])
            let links = Set(page.values(of: "href"))
            #expect(Set(pages).subtracting(links) == [])
            for link in ["/manual/rules/proxy#proxy-port-range", "/manual/fields/proxy#proxy-server"] {
                #expect(links.contains(link))
            }
        }
    }
}
