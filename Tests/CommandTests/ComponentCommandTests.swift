import Foundation
import TestSupport
import Testing

@Suite("The software update point component on the command line")
struct ComponentCommandTests {
    @Test("a site's export goes in, XML comes out byte for byte as it is released, JSON has the components by site")
    func wholeWay() throws {
        try withDataFolder { data in
            let file = Checkout.fixtures + "component-iresult.xml"
            let run = try ProgramRun.proxydesk("import", file, "--data", data, "--format", "json")
            #expect(run.exitCode == 0, "\(run.errors)")
            let report = try run.json()
            #expect(report["records"] as? Int == 16)
            let changes = try #require(report["changes"] as? [[String: Any]])
            let component = try #require(
                changes.first { $0["entity"] as? String == "software update point component" })
            #expect(component["key"] as? String == "CAS" && component["kind"] as? String == "added")
            let released = try #require(
                FileManager.default.contents(atPath: Checkout.fixtures + "configuration-1-components.xml"))
            let exported = try ProgramRun.proxydesk("export", "--data", data).text
            #expect(exported == String(decoding: released, as: UTF8.self))
            try check(try ProgramRun.proxydesk("export", "--format", "json", "--data", data).json())
            let one = try ProgramRun.proxydesk("export", "--site", "PS1", "--data", data).text
            #expect(one.contains("<softwareUpdatePointComponent site=\"PS1\"") && !one.contains("site=\"CAS\""))
        }
    }

    private func check(_ document: [String: Any]) throws {
        let components = try #require(document["components"] as? [[String: Any]])
        #expect(components.map { $0["site"] as? String } == ["CAS", "PS1"])
        let first = components[0]
        #expect(first["synchronizationSource"] as? String == "microsoftUpdate" && first["upstreamServer"] is NSNull)
        #expect(first["featureUpdateMaximumRunTime"] as? Int == 120 && first["expressFiles"] as? Bool == false)
        #expect(first["classifications"] as? [String] == ["Security Updates", "Upgrades"])
        #expect(first["pending"] as? [String] == [] && (first["revision"] as? Int ?? 0) > 0)
        #expect(components[1]["products"] is NSNull, "nobody told the products of a site below the top")
    }
}
