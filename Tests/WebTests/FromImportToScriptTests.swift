import Foundation
import TestSupport
import Testing

@Suite("From an imported hierarchy to a script")
struct FromImportToScriptTests {
    private static let server = "cas-rsp01.corp.contoso.com"

    @Test(
        "a software update point is added to a server without a proxy, gets one, and changes the flows; the script follows"
    )
    func softwareUpdatePoint() async throws {
        try await withImportPortal { portal in
            let export = try String(
                contentsOfFile: Checkout.path + "/content/samples/sample-hierarchy-1-first-export.xml", encoding: .utf8)
            let preview = try #require(try await portal.upload([("site.xml", export)]).location)
            #expect(try await portal.decide(preview).status == 303)
            let before = try await portal.page("/servers/\(Self.server)/connections")
            #expect(before.text.contains("software-update-synchronization") == false)

            let wizards = WizardPortal(client: portal.client, store: portal.store)
            let wizard = try await wizards.begin(Self.server)
            try await wizards.send(wizard, "general")
            try await wizards.send(wizard, "proxy", WizardPortal.proxy)
            try await wizards.send(wizard, "roles", WizardPortal.ticked("SMS Software Update Point"))
            try await wizards.go(wizard, to: "proxy-and-accounts")
            try await wizards.send(
                wizard, "proxy-and-accounts",
                [
                    ("softwareUpdatePoint.useProxyForSynchronization", "true"),
                    ("softwareUpdatePoint.useProxyForADR", "true"),
                ])
            try await wizards.go(wizard, to: "summary")

            let summary = try await portal.page(wizard + "/summary")
            let flows = try #require(summary.part(from: "Which traffic flows change", to: "</section>"))
            for words in [
                "Software update synchronization", "Content download of automatic deployment rules", "Was not there",
            ] {
                #expect(flows.text.contains(words), "\(words)")
            }
            let sets = try wizards.numberOfSets
            #expect(try await wizards.send(wizard, "summary").location == wizard + "/completion")
            #expect(try wizards.numberOfSets == sets + 1)

            let after = try await portal.page("/servers/\(Self.server)/connections")
            #expect(after.text.contains(#"id="software-update-synchronization""#))
            #expect(after.text.contains(#"id="adr-content-download""#))
            let completion = try await portal.page(wizard + "/completion")
            let link = try #require(
                completion.values(of: "href").first { $0.hasPrefix("/export/script?set=\(sets + 1)") })
            let script = try await portal.client.get(
                link.replacingOccurrences(of: "/export/script?", with: "/export/script.ps1?").replacingOccurrences(
                    of: "&amp;", with: "&")
            ).body
            for words in [
                "Set-CMSiteSystemServer", "'proxy07.contoso.com'", "Add-CMSoftwareUpdatePoint",
                "UseProxyForAutoDeploymentRule",
            ] {
                #expect(script.contains(words), "\(words)")
            }
            #expect(!script.contains("Remove-"))
        }
    }
}
