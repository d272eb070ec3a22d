import Foundation
import Manual
import TestSupport
import Testing
import Web

@Suite("Guides")
struct GuideTests {
    @Test(arguments: [true, false])
    func theStepsComeFirstAndTheirCommandsWorkAsPrinted(isEmpty: Bool) async throws {
        try await withPortal(isEmpty: isEmpty) {
            $0.commandPath = "/opt/proxydesk/bin/proxydesk"
            $0.dataPath = "/srv/proxy \"desk\"/$data"
        } _: { running in
            let page = Markup(try await running.client.get(isEmpty ? "/" : "/import").body)
            #expect(page.brokenReferences == [])
            let command = #"/opt/proxydesk/bin/proxydesk import --data "/srv/proxy \"desk\"/\$data""#
            #expect(page.text.unescaped.contains(command + " --preview configuration-manager.xml\n" + command))
            #expect(page.text.contains("Get-CMSite"), "the script is shown, to copy")
            let steps = page.text.components(separatedBy: "<h2>").count - 1
            #expect(steps == 2, "and nothing else of their weight")
            #expect(page.headingJumps == [])
        }
    }

    @Test func tablesOfTheManualScrollAlone() throws {
        let style = try String(contentsOfFile: RunningPortal.root + "/Public/css/site.css", encoding: .utf8)
        let rule = try #require(style.split(separator: "\n").first { $0.contains(".scrolling {") })
        #expect(rule.contains("overflow-x: auto") && rule.contains("position: relative"))
        let regions = try RunningPortal.manual.get().exportScripts.map(\.explanation.html)
        #expect(regions.allSatisfy { !$0.contains("<table") || $0.contains(#"class="scrolling""#) })
    }
}
