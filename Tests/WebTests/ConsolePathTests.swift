import Domain
import Foundation
import TestSupport
import Testing
import Workflow

@Suite("The console's way to a proxy")
struct ConsolePathTests {
    /// The texts of the breadcrumb, without the links around them.
    private func crumbs(_ page: String) -> [String] {
        let start = page.components(separatedBy: #"aria-label="Breadcrumb""#).dropFirst().first ?? ""
        let list = start.components(separatedBy: "</nav>").first ?? ""
        return list.components(separatedBy: "<li>").dropFirst().map { item in
            item.replacing(/<[^>]*>/, with: "").trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    @Test("a server's proxy is reached and saved by the steps of the console, under its words")
    func steps() async throws {
        try await withPortal { running in
            let list = try await running.client.get("/servers").body
            #expect(crumbs(list) == ["Administration", "Site Configuration"])
            #expect(list.contains("<h1>Servers and Site System Roles</h1>"))
            let server = "/servers/\(Known.withoutProxy)"
            #expect(Markup(list).values(of: "href").contains { $0.hasPrefix(server) })

            let properties = try await running.client.get(server).body
            #expect(
                crumbs(properties) == [
                    "Administration", "Site Configuration", "Servers and Site System Roles", Known.withoutProxy,
                ])
            #expect(properties.contains(#"aria-label="Properties""#) && properties.contains(">Proxy</a>"))
            #expect(Markup(properties).values(of: "href").contains(server + "/proxy"))

            let form = Markup(try await running.client.get(server + "/proxy").body).controlsOfFirstForm
            let typed = [("proxy.use", "true"), ("proxy.server", "proxy02.contoso.com"), ("proxy.port", "8080")]
            let kept = form.filter { control in !typed.contains { $0.0 == control.0 } }
            let saved = try await running.client.post(server + "/proxy", kept + typed)
            #expect(saved.status == 303)
            let proxy = try running.store.record(Known.withoutProxy)?.proxy.intended?.configuration
            #expect(proxy?.address == "proxy02.contoso.com:8080")
        }
    }
}
