import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Many traffic flows on one page")
struct FlowLimitTests {
    private static let siteServer = "cm-ps1.contoso.com"

    /// A site whose site server downloads for 25 software update points, each with a proxy that it does not have.
    private static var xml: String {
        let points = (10..<35).map { number in
            """
            <siteSystemServer name="sup\(number).contoso.com" site="PS1">
              <proxy use="true" server="proxy01.contoso.com" port="8080" account=""/>
              <role name="SMS Software Update Point">
                <softwareUpdatePoint useProxyForSynchronization="true" useProxyForADR="true" httpPort="8530" httpsPort="8531"
                  requireSSL="false" clientConnections="intranet" allowCMGTraffic="false" wsusAccount=""/>
              </role>
            </siteSystemServer>
            """
        }
        return """
            <configuration xmlns="urn:proxydesk:configuration:1">
              <site code="PS1" type="primary" siteServer="\(siteServer)" version="5.00.9128.1000"/>
              <siteSystemServer name="\(siteServer)" site="PS1"><proxy use="false"/></siteSystemServer>
              \(points.joined(separator: "\n"))
            </configuration>
            """
    }

    @Test("what a computer does for many others, and what changes of many flows, is cut with the way to the rest")
    func cut() async throws {
        try await withImportPortal { portal in
            let preview = try #require(try await portal.upload([("site.xml", Self.xml)]).location)
            #expect(try await portal.decide(preview).status == 303)

            let tab = try await portal.page("/servers/\(Self.siteServer)/connections")
            #expect(tab.text.contains("The first 20 are shown."))
            #expect(tab.text.components(separatedBy: "<article").count == 21)
            #expect(tab.values(of: "href").contains("/flows?flow=adr-content-download&site=PS1"))

            let proxy = "/servers/\(Self.siteServer)/proxy"
            let controls = try await portal.page(proxy).controlsOfFirstForm.filter { !$0.0.hasPrefix("proxy.") }
            let typed = [
                ("proxy.use", "true"), ("proxy.server", "proxy01.contoso.com"), ("proxy.port", "8080"),
                ("proxy.useCredentials", "false"),
            ]
            let before = try await portal.client.post(proxy, controls + typed + [("preview", "true")])
            #expect(before.body.contains("25 traffic flows change.") && before.body.contains("The first 20 are shown."))
            #expect(!before.body.contains("See the others in the change set"), "there is none yet")

            let saved = try await portal.page(
                try #require(try await portal.client.post(proxy, controls + typed).location))
            #expect(saved.text.contains("25 traffic flows changed.") && saved.text.contains("The first 20 are shown."))
            #expect(saved.text.contains(#"<a href="/changes/2">See the others in the change set</a>"#))
            let set = try #require(try await portal.page("/changes/2").part(from: "<ul class=\"changes\"", to: "</ul>"))
            #expect(set.text.components(separatedBy: "<dt>Before</dt>").count == 26)
        }
    }

    @Test("a list of more than fifty flows goes on, page by page, until all were shown once")
    func pages() async throws {
        try await withImportPortal { portal in
            let preview = try #require(try await portal.upload([("site.xml", Self.xml)]).location)
            #expect(try await portal.decide(preview).status == 303)
            var seen: [String] = []
            var address: String? = "/flows"
            while let next = address, seen.count < 200 {
                let page = try await portal.page(next)
                let rows = try #require(page.part(from: "<ul class=\"found\"", to: "</ul>"))
                seen += rows.values(of: "href").filter { $0.contains("/connections#") }
                let pages = page.part(from: "<nav class=\"pages\"", to: "</nav>")?.text ?? ""
                address = Markup(pages.components(separatedBy: "First page").last ?? "").values(of: "href").last
                if !pages.contains("Next page") { address = nil }
            }
            let total = try portal.store.read { try $0.flowList(FlowListQuery()).total }
            #expect(Set(seen).count == seen.count && seen.count == total && seen.count > 50)
        }
    }
}
