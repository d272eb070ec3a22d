import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("What an import says about software update points and their component")
struct ComponentDoubtTests {
    private func own(_ content: String) -> String {
        "<configuration xmlns=\"urn:proxydesk:configuration:1\">\n\(content)\n</configuration>"
    }

    @Test("values out of range are warnings with their line, and stay on the component")
    func ranges() throws {
        try withPortal { portal in
            let file = own(
                """
                <site code="CAS" type="central administration"/>
                <softwareUpdatePointComponent site="CAS" nonFeatureUpdateWaitMonths="0" featureUpdateSupersedence="wait"
                  featureUpdateMaximumRunTime="3" scheduleKind="weekly" scheduleInterval="5" upstreamServer="http://wsus"/>
                """)
            let done = try portal.importing(file: file)
            let expected: [FindingCode] = [
                .componentUpstreamName, .componentScheduleIncomplete, .componentScheduleRange,
                .componentSupersedenceWait, .componentSupersedenceMonths, .componentRunTimeRange,
            ]
            #expect(done.outcome == .saved && done.findings.map(\.code) == expected)
            #expect(done.findings.allSatisfy { $0.severity == .warning && $0.place.line == 3 })
            let stored = try portal.store.read { try $0.findings(.component, key: "CAS").map(\.code) }
            #expect(stored == expected)
        }
    }

    @Test("an export's values out of range are told where the item stands")
    func exported() throws {
        try withPortal { portal in
            let items =
                ComponentImportTests.item(
                    "SMS_WSUS_SYNC_MANAGER", [("MaxInstallTime-ServicePack", 60), ("MaxInstallTime-Windows", 3600)])
                + ComponentImportTests.item(
                    "SMS_WSUS_CONFIGURATION_MANAGER",
                    [("Sync Supersedence Mode For Feature", 1), ("Sync Supersedence Age For Feature", 120)])
            let done = try portal.importing(file: ComponentImportTests.objs(items))
            let told = done.findings.filter { $0.entity == .component }
            #expect(told.map(\.code) == [.componentRunTimeRange, .componentSupersedenceMonths])
            #expect(told.map(\.place.line) == [2, 3])
        }
    }

    @Test("a component of a site that nobody knows makes the site, with a notice that has its line")
    func unknownSite() throws {
        try withPortal { portal in
            let done = try portal.importing(
                file: own("<softwareUpdatePointComponent site=\"XYZ\" expressFiles=\"true\"/>"))
            #expect(done.findings.map(\.code) == [.siteFirstMet] && done.findings.first?.place.line == 2)
        }
    }

    @Test("a software update point without its server is a warning with its line, unless the portal knows the server")
    func withoutServer() throws {
        try withPortal { portal in
            let file = ServerItem.file(
                [], roles: [RoleItem("sup1.contoso.com", role: "SMS Software Update Point")])
            let done = try portal.importing(file: file)
            let untold = done.findings.filter { $0.code == .importServerUntold }
            #expect(untold.map(\.key) == ["sup1.contoso.com"] && untold.first?.place.line == 2)
            #expect(done.outcome == .saved)
            let record = try #require(try portal.server("sup1.contoso.com"))
            try portal.submit(.changeProxy(record.name, Draft([.proxyUse: "false"]), revision: record.revision))
            let again = try portal.importing(file: file)
            #expect(!again.findings.contains { $0.code == .importServerUntold })
        }
    }

    @Test("so is a default software update point that neither the file nor the portal has")
    func defaultServer() throws {
        try withPortal { portal in
            let file = own(
                """
                <softwareUpdatePointComponent site="P01" defaultServer="sup1.contoso.com"/>
                <softwareUpdatePointComponent site="P02" defaultServer="sup2.contoso.com"/>
                <siteSystemServer name="SUP2.contoso.com" site="P02"/>
                """)
            let untold = try portal.importing(file: file).findings.filter { $0.code == .importServerUntold }
            #expect(untold.map(\.key) == ["P01"] && untold.first?.field == .supcDefaultServer)
        }
    }
}
