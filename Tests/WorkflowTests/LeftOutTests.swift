import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow
import XMLExchange

@Suite("What an import could not read is neither removed nor forgotten")
struct LeftOutTests {
    private let one = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))
    private let two = ServerItem("cm02.contoso.com")
    private let distributionPoint = RoleItem("cm01.contoso.com", role: "SMS Distribution Point")
    private let managementPoint = RoleItem("cm01.contoso.com", role: "SMS Management Point")

    private var leaving: ImportOptions {
        var options = ImportOptions()
        options.leaveOutRefused = true
        return options
    }

    private var removing: ImportOptions {
        var options = leaving
        options.removeMissing = true
        return options
    }

    private func roles(_ portal: TestPortal) throws -> [String] {
        try #require(try portal.server("cm01.contoso.com")).roles.map(\.name.text)
    }

    @Test(
        "while a record cannot be tied to a server nothing is removed",
        arguments: [#"\cm02.contoso.com"#, #"\\cm02.contoso.com "#])
    func untiedServer(path: String) throws {
        try withPortal { portal in
            try portal.importing([one, two], roles: [distributionPoint])
            let file = ServerItem.file([one, two], roles: [distributionPoint])
                .replacing(#"\\cm02.contoso.com"#, with: path)
            let report = try portal.importing(file: file, options: removing)
            #expect(report.outcome == .saved && report.counts.removed == 0 && report.counts.notInFile == 1)
            #expect(report.findings.contains { $0.code == .importMissingKept })
            #expect(try portal.server("cm02.contoso.com") != nil)
            let whole = try portal.importing([one], roles: [distributionPoint], options: removing)
            #expect(whole.counts.removed == 1 && !whole.findings.contains { $0.code == .importMissingKept })
        }
    }

    @Test("nor is a role, whose item may be the one that names no server")
    func untiedRole() throws {
        try withPortal { portal in
            try portal.importing([one], roles: [distributionPoint, managementPoint])
            let broken = RoleItem("cm09", role: "SMS Distribution Point")
            let file = ServerItem.file([one], roles: [broken, managementPoint]).replacing(#"\\cm09"#, with: #"\cm01"#)
            let report = try portal.importing(file: file, options: removing)
            #expect(report.changes.contains { $0.entity == .role && $0.kind == .notInFile })
            #expect(try roles(portal).count == 2)
            let record = try #require(try portal.server("cm01.contoso.com"))
            #expect(record.staleRoles.isEmpty, "it may be in the file")
        }
    }

    @Test("a role that our own XML takes out is pending, and an export does not bring it back")
    func roleTakenOut() throws {
        try withPortal { portal in
            try portal.importing([one], roles: [distributionPoint, managementPoint])
            let own = """
                <configuration xmlns="urn:proxydesk:configuration:1"><site code="PS1"/>
                <siteSystemServer name="cm01.contoso.com" site="PS1"><role name="SMS Management Point"/></siteSystemServer>
                </configuration>
                """
            try portal.importing(file: own, options: removing)
            let record = try #require(try portal.server("cm01.contoso.com"))
            #expect(record.droppedRoles.map(\.name.text) == ["SMS Distribution Point"])
            #expect(record.pending.contains(.roleName))
            let report = try portal.importing([one], roles: [distributionPoint, managementPoint])
            #expect(report.findings.contains { $0.code == .importPendingKept })
            #expect(try roles(portal) == ["SMS Management Point"])
            try portal.importing([one], roles: [managementPoint], options: removing)
            #expect(try #require(try portal.server("cm01.contoso.com")).droppedRoles.isEmpty, "the site has removed it")
        }
    }

    @Test("what was left out of the proxy stays told, once, until the proxy is told again")
    func proxyProperty() throws {
        try withPortal { portal in
            let file = ServerItem.file([one]).replacing(">UseProxy<", with: ">useProxy<")
            for _ in 0..<2 { try portal.importing(file: file, options: leaving) }
            let left = try portal.allFindings()
            #expect(left.map(\.code) == [.valueCase] && left.first?.field == .proxyUse)
            try portal.importing([ServerItem("cm01.contoso.com", tellsProxy: false)])
            #expect(try portal.allFindings().map(\.code) == [.valueCase])
            try portal.importing([one])
            #expect(try portal.allFindings().isEmpty)
        }
    }

    @Test("two sites for a server in two files: both files are named")
    func twoFiles() throws {
        try withPortal { portal in
            let run = try ImportSubmission(
                store: portal.store, options: ImportOptions(), id: "test", clock: portal.clock.now)
            defer { run.staging.discard() }
            let items = [("a.xml", one), ("b.xml", ServerItem("cm01.contoso.com", site: "PS2"))]
            let summaries = try items.map { name, item in
                let reader = ConfigurationReader(file: name) { try run.batch.receive($0) }
                try Array(ServerItem.file([item]).utf8).withUnsafeBytes { try reader.feed($0) }
                return try reader.finish()
            }
            try run.finishReading(summaries)
            _ = try run.compare()
            var message = ""
            try run.staging.eachFinding { if $0.code == .serverTwoSites { message = $0.message } }
            #expect(message.contains("of a.xml") && message.contains("of b.xml"), "\(message)")
        }
    }

    @Test("a cloud distribution point brings its site along")
    func cloud() throws {
        try withPortal { portal in
            let item = RoleItem("dp.cloudapp.net", role: "SMS Distribution Point", site: "PS7")
            let file = ServerItem.file([one], roles: [item])
                .replacing(
                    "<S N=\"SiteCode\">PS7</S>", with: "<S N=\"SiteCode\">PS7</S><S N=\"NALType\">Windows Azure</S>")
            let report = try portal.importing(file: file)
            #expect(report.findings.contains { $0.code == .siteFirstMet && $0.key == "PS7" })
            let site = try portal.store.read { try $0.sites() }.first { $0.site.code.text == "PS7" }
            #expect(site?.site.cloudDistributionPoints.map(\.text) == ["dp.cloudapp.net"])
        }
    }
}
