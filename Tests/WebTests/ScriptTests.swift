import Domain
import Foundation
import TestSupport
import Testing

@testable import Pages

@Suite("Scripts for the site, on pages")
struct ScriptTests {
    @Test("a server's Compare tab leads to its script, which is shown and can be saved")
    func fromTheCompareTab() async throws {
        try await withPortal { running in
            let compare = Markup(try await running.client.get("/servers/\(Known.server)/compare").body)
            let address = try #require(compare.values(of: "href").first { $0.hasPrefix("/export/script?") })
            let page = try await running.client.get(address)
            #expect(page.body.contains("<h1>Script for server \(Known.server)</h1>"))
            let text = page.body.unescaped
            #expect(text.contains("ProxyServerName = 'proxy01.contoso.com'\n            ProxyServerPort = 80\n"))
            #expect(text.contains("port = '3128'"), "what was seen is what it expects")
            #expect(text.contains("<h2>What it does</h2>"))
            let link = try #require(Markup(page.body).values(of: "href").first { $0.contains("script.ps1") })
            let file = try await running.client.get(link)
            #expect(
                file.headers["content-disposition"] == "attachment; filename=\"proxydesk-apply-\(Known.server).ps1\"")
            #expect(file.headers["content-type"] == "text/plain; charset=utf-8")
            // The body comes in chunks, whose sizes stand between its parts.
            #expect(file.body.contains("\u{FEFF}# Brings server \(Known.server) to what ProxyDesk intends.\r\n"))
            #expect(file.body.contains("ProxyServerPort = 80\r\n"))
        }
    }

    @Test("the page's choices make another script: back, and what was never observed")
    func choices() async throws {
        try await withPortal { running in
            let back = try await running.client.get("/export/script?server=\(Known.server)&direction=back").body
            #expect(back.contains("Script to take server \(Known.server) back"))
            #expect(back.contains(#"<option value="back" selected>"#))
            #expect(back.unescaped.contains("ProxyServerPort = 3128"))
            let plain = try await running.client.get("/export/script?server=\(Known.withoutProxy)").body
            #expect(!plain.contains("New-CMSiteSystemServer @values"))
            let compare = try await running.client.get("/servers/\(Known.withoutProxy)/compare").body.unescaped
            #expect(compare.contains("server=\(Known.withoutProxy)&include-never-observed=true"))
            let all = try await running.client.get(
                "/export/script?server=\(Known.withoutProxy)&include-never-observed=true"
            ).body
            #expect(all.contains("New-CMSiteSystemServer @values") && all.contains(#"value="true" checked"#))
        }
    }

    @Test("a site's page and a change set's page lead to theirs")
    func sitesAndChangeSets() async throws {
        try await withPortal { running in
            let site = Markup(try await running.client.get("/sites/PS1").body)
            #expect(site.values(of: "href").contains("/export/script?site=PS1"))
            let newest = try running.store.numberOfSets
            let set = Markup(try await running.client.get("/changes/\(newest)").body)
            #expect(set.values(of: "href").contains("/export/script?set=\(newest)"))
            let script = try await running.client.get("/export/script?set=\(newest)").body
            #expect(script.contains("Brings the site to what change set \(newest) set down in ProxyDesk."))
            let file = try await running.client.get("/export/script.ps1?set=\(newest)&direction=back")
            #expect(
                file.headers["content-disposition"]?.contains("proxydesk-take-back-change-set-\(newest).ps1") == true)
        }
    }

    @Test("the export page offers a script, a table and a DSC configuration")
    func exportPage() async throws {
        try await withPortal { running in
            let page = Markup(try await running.client.get("/export").body)
            #expect(page.text.contains(#"<option value="PS1">Site PS1</option>"#))
            for (file, type) in [("proxydesk-configuration.csv", "text/csv"), ("proxydesk-dsc.ps1", "text/plain")] {
                #expect(page.values(of: "href").contains("/export/\(file)"))
                let reply = try await running.client.get("/export/\(file)")
                #expect(reply.headers["content-type"] == "\(type); charset=utf-8")
            }
            let all = try await running.client.get("/export/script?site=").body
            #expect(all.contains("<h1>Script for the whole hierarchy</h1>"), "the form sends a blank site for all")
        }
    }

    @Test(
        "what the portal does not have is said so",
        arguments: ["server=nope", "site=XYZ", "site=x", "set=99", "set=x", "server=%00"])
    func missing(query: String) async throws {
        try await withPortal { running in
            for path in ["/export/script", "/export/script.ps1"] {
                let reply = try await running.client.get("\(path)?\(query)")
                #expect(reply.status == 404)
            }
        }
    }

    @Test func theAddressOfAScriptIsReadAsItWasMade() {
        for scope in [ScriptAddress.Scope.hierarchy, .site("PS1"), .server("a b&c"), .changeSet("7")] {
            var address = ScriptAddress(scope, includesNeverObserved: true)
            address.takesBack = true
            let pairs = address.link.drop { $0 != "?" }.dropFirst().split(separator: "&").map { part in
                let halves = part.split(separator: "=")
                return (String(halves[0]), String(halves[1]).percentDecoded(plusIsSpace: true) ?? "")
            }
            #expect(ScriptAddress(pairs: pairs) == address)
        }
    }
}
