import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow
import XMLExchange

@Suite("Importing the software update point component")
struct ComponentImportTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("XMLExchangeTests/Fixtures")

    private func text(_ name: String) throws -> String {
        let data = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
        let isWide = data.starts(with: [0xFF, 0xFE])
        return try #require(String(data: data, encoding: isWide ? .utf16 : .utf8))
    }

    private func component(_ portal: TestPortal, _ site: String = "CAS") throws -> ComponentRecord? {
        try portal.store.read { reading in
            try SiteCode.check(site).value.flatMap { try reading.component(of: $0) }
        }
    }

    /// Everything stored, as our own XML.
    private func exported(_ portal: TestPortal) throws -> String {
        var bytes: [UInt8] = []
        try portal.store.read { reading in
            var writer = ConfigurationWriter { bytes += $0 }
            try writer.begin()
            for site in try reading.sites() { try writer.site(site.site) }
            for component in try reading.components() { try writer.component(component) }
            try reading.eachServer(site: nil) { try writer.server($0) }
            try writer.end()
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func own(_ attributes: String, site: String = "CAS", lists: String = "") -> String {
        "<configuration xmlns=\"urn:proxydesk:configuration:1\"><softwareUpdatePointComponent site=\"\(site)\" \(attributes)>"
            + "\(lists)</softwareUpdatePointComponent></configuration>"
    }

    @Test(
        "every format gives the same components: observed, and intended where nothing was stored",
        arguments: ["iresult", "wmi", "convertto", "cimxml"])
    func shapes(_ shape: String) throws {
        try withPortal { portal in
            let done = try portal.importing(file: text("component-\(shape).xml"))
            #expect(done.outcome == .saved, "\(done.findings)")
            #expect(done.counts.added == 2, "counts are of servers")
            #expect(done.changes.filter { $0.entity == .component }.map(\.key) == ["CAS", "PS1"])
            #expect(
                done.changes.filter { $0.entity == .component }.allSatisfy { $0.kind == .added && !$0.fields.isEmpty })
            let record = try #require(try component(portal))
            #expect(record.component.observed == record.component.intended && record.pending.isEmpty)
            #expect(record.seen == Sighting(changeSet: 1, time: portal.clock.now()))
            #expect(try exported(portal) == text("configuration-1-components.xml"))
        }
    }

    @Test("an import that says the same again writes no change, and notes that it was seen")
    func unchanged() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            let before = try #require(try component(portal))
            portal.clock.advance(milliseconds: 1_000)
            let done = try portal.importing(file: text("component-wmi.xml"))
            #expect(done.changes.filter { $0.entity == .component }.isEmpty)
            let after = try #require(try component(portal))
            #expect(after.revision == before.revision && after.component == before.component)
            #expect(after.seen == Sighting(changeSet: 2, time: portal.clock.now()))
        }
    }

    @Test("export then import changes nothing, import then export is stable byte for byte")
    func stable() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            let document = try exported(portal)
            let done = try portal.importing(file: document)
            #expect(done.outcome == .saved && done.changeSet == nil && done.changes.isEmpty)
            try withPortal { other in
                try other.importing(file: document)
                #expect(try exported(other) == document)
                #expect(try component(other)?.seen == nil, "our own XML carries no observation")
                #expect(try component(other)?.component.observed == nil)
            }
        }
    }

    @Test("a value set here stays with a warning for its field, everything else follows the site")
    func pending() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            try portal.importing(file: own("reportingEvents=\"all\""))
            #expect(try component(portal)?.pending == [.supcReportingEvents])
            let newer = try text("component-iresult.xml").replacingOccurrences(of: "en,de,zh-CN", with: "en")
            let done = try portal.importing(file: newer)
            let kept = done.findings.filter { $0.code == .importPendingKept }
            #expect(kept.map(\.field) == [.supcReportingEvents])
            #expect(kept.allSatisfy { $0.entity == .component && $0.key == "CAS" && $0.place.line != nil })
            let record = try #require(try component(portal))
            #expect(record.component.intended?.reportingEvents == .all)
            #expect(record.component.observed?.reportingEvents == .status)
            #expect(record.component.intended?.fileLanguages?.map(\.text) == ["en"])
            var options = ImportOptions()
            options.takeOver = true
            try portal.importing(file: newer, options: options)
            #expect(try component(portal)?.pending == [])
        }
    }

    @Test(
        "a schedule entered here stays as a whole while the site's changes, and goes as a whole when the site's is taken"
    )
    func scheduleTogether() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            try portal.importing(file: own("scheduleKind=\"days\" scheduleInterval=\"2\""))
            #expect(try component(portal)?.pending == [.supcSchedule, .supcScheduleKind, .supcScheduleInterval])
            let newer = try text("component-iresult.xml")
                .replacingOccurrences(of: "0001200000100008", with: "0001200000100010")
            let done = try portal.importing(file: newer)
            #expect(done.findings.filter { $0.code == .importPendingKept }.contains { $0.field == .supcSchedule })
            let kept = try #require(try component(portal)?.component)
            #expect(kept.intended?.recurrence?.kind == .days && kept.intended?.schedule == nil)
            #expect(kept.observed?.schedule?.text == "0001200000100010")
            var options = ImportOptions()
            options.takeOver = true
            try portal.importing(file: newer, options: options)
            #expect(try component(portal)?.component.intended?.recurrence == nil)
            #expect(try component(portal)?.pending == [])
        }
    }

    @Test("a source without its server is told where it stands, and stays on the component as a warning")
    func doubts() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "CAS"])))
            let done = try portal.importing(file: own("synchronizationSource=\"upstream\""))
            #expect(done.outcome == .saved && done.findings.map(\.code) == [.componentUpstreamMissing])
            #expect(done.findings.first?.place.line == 1)
            let stored = try portal.store.read { try $0.findings(.component, key: "CAS") }
            #expect(stored.map(\.code) == [.componentUpstreamMissing])
            let unrelated = try portal.importing(file: own("expressFiles=\"true\""))
            #expect(unrelated.findings.isEmpty, "it was told when it came")
        }
    }

    @Test("a part that a file does not bring stays as it was")
    func parts() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            let before = try #require(try component(portal)?.component.observed)
            let sync = Self.item("SMS_WSUS_SYNC_MANAGER", [("Sync ExpressFiles", 1)])
            let done = try portal.importing(file: Self.objs(sync))
            #expect(done.outcome == .saved, "\(done.findings)")
            var expected = before
            expected.expressFiles = true
            let record = try #require(try component(portal))
            #expect(record.component.observed == expected && record.component.intended == expected)
            #expect(done.changes.first { $0.entity == .component }?.fields == [.supcExpressFiles])
        }
    }

    @Test("two items of one site that say different things are an error that names both lines")
    func disagreement() throws {
        try withPortal { portal in
            let file = Self.objs(
                Self.item("SMS_WSUS_SYNC_MANAGER", [("Sync ExpressFiles", 1)])
                    + Self.item("SMS_WSUS_SYNC_MANAGER", [("Sync ExpressFiles", 0)]))
            let done = try portal.importing(file: file)
            #expect(done.outcome == .rejected)
            let finding = try #require(done.findings.first { $0.code == .importRecordDiffers })
            #expect(finding.entity == .component && finding.message.contains("line 2 and line 3"))
            #expect(done.changes.contains { $0.entity == .component && $0.kind == .rejected })
            let same = Self.objs(
                String(repeating: Self.item("SMS_WSUS_SYNC_MANAGER", [("Sync ExpressFiles", 1)]), count: 2))
            let agreed = try portal.importing(file: same)
            #expect(agreed.outcome == .saved && agreed.findings.contains { $0.code == .importRecordSame })
        }
    }

    @Test("a refused part is left out when asked, and the rest of the file arrives")
    func leftOut() throws {
        try withPortal { portal in
            let file = try text("component-iresult.xml").replacingOccurrences(
                of: "<S N=\"Value2\">cas-sup1.corp.contoso.com</S>", with: "<S N=\"Value2\">cas sup1</S>")
            #expect(try portal.importing(file: file).outcome == .rejected)
            var options = ImportOptions()
            options.leaveOutRefused = true
            let done = try portal.importing(file: file, options: options)
            #expect(done.outcome == .saved && done.counts.added == 2)
            let record = try #require(try component(portal))
            #expect(record.component.intended?.synchronizationSource == nil)
            #expect(record.component.intended?.schedule != nil)
        }
    }

    @Test("products and classifications of a hierarchy whose top is not known are passed over with a warning")
    func noTop() throws {
        try withPortal { portal in
            let categories = """
                <Obj RefId="9"><TN RefId="9"><T>IResultObject#SMS_UpdateCategoryInstance</T></TN><Props>
                <S N="CategoryTypeName">Product</S><B N="IsSubscribed">true</B>
                <S N="LocalizedCategoryInstanceName">Windows 11</S></Props></Obj>
                """
            let done = try portal.importing(file: Self.objs(categories))
            #expect(done.findings.map(\.code) == [.importCategoriesNoSite])
            try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary"])))
            try portal.importing(file: Self.objs(categories))
            #expect(try component(portal, "PS1")?.component.intended?.products?.map(\.text) == ["Windows 11"])
        }
    }

    @Test("an item that names no site asks for one, and a site first met on a component comes to be")
    func sites() throws {
        try withPortal { portal in
            let file = Self.objs(Self.item("SMS_WSUS_SYNC_MANAGER", [("Sync ExpressFiles", 1)], site: nil))
            #expect(try portal.importing(file: file).findings.map(\.code) == [.importSiteMissing])
            let run = try portal.comparing(file: file)
            #expect(try run.staging.previewGroups() == [.withoutSite: 1], "so that the preview asks for it")
            let lines = try run.staging.preview(.withoutSite, after: nil, limit: 10).lines
            #expect(lines.map(\.name) == ["Line 2 of test.xml"])
            run.staging.discard()
            var options = ImportOptions()
            options.site = SiteCode.check("PS9").value
            let done = try portal.importing(file: file, options: options)
            #expect(done.findings.map(\.code) == [.siteFirstMet])
            #expect(try component(portal, "PS9")?.component.intended?.expressFiles == true)
        }
    }

    @Test("the preview lists the component with its fields, as added and as kept")
    func preview() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            try portal.importing(file: own("reportingEvents=\"all\""))
            let run = try portal.comparing(file: text("component-iresult.xml"))
            defer { run.staging.discard() }
            let before = try #require(try component(portal)).site
            let kept = try run.staging.preview(.kept, after: nil, limit: 10).lines
            #expect(kept.map(\.entity) == [.component] && kept.map(\.name) == ["CAS"])
            #expect(kept.first?.after?.contains("\"reportingEvents\":\"status\"") == true)
            run.options.choose(ImportOptions.choice(try #require(kept.first)), true)
            #expect(try run.compare().outcome == .rehearsed)
            let taken = try run.staging.preview(.kept, after: nil, limit: 10).lines
            #expect(taken.first?.after?.contains("\"observed\":\"the same\"") == true)
            run.options.choose("component:CAS", false)
            #expect(!run.options.isChosen("component:CAS") && !run.options.takesOver(componentOf: before))
        }
    }

    @Test("a form that was faster than the import makes a conflict of it, never a lost change")
    func conflict() throws {
        try withPortal { portal in
            try portal.importing(file: text("component-iresult.xml"))
            let run = try portal.comparing(
                file: text("component-iresult.xml").replacingOccurrences(of: "en,de,zh-CN", with: "en"))
            defer { run.staging.discard() }
            run.staging.releasePlace()
            try portal.importing(file: own("reportingEvents=\"all\""))
            let facts = ImportFacts(format: "clixml", file: "a", bytes: 0, sha256: "0", counts: ImportCounts())
            let end = try run.commit(facts: facts, request: Request(actor: .local, reason: nil, id: "t"))
            #expect(end.conflict?.names == ["CAS"])
            #expect(try component(portal)?.component.intended?.fileLanguages?.count == 3)
        }
    }

    static func objs(_ content: String) -> String {
        "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n\(content)</Objs>"
    }

    /// An item of the component on one line.
    static func item(_ name: String, _ properties: [(String, Int)], site: String? = "CAS") -> String {
        let slots = properties.map {
            "<Obj RefId=\"2\"><Props><S N=\"PropertyName\">\($0.0)</S><U32 N=\"Value\">\($0.1)</U32></Props></Obj>"
        }.joined()
        return "<Obj RefId=\"0\"><TN RefId=\"0\"><T>IResultObject#SMS_SCI_Component</T></TN><Props>"
            + "<S N=\"ComponentName\">\(name)</S>" + (site.map { "<S N=\"SiteCode\">\($0)</S>" } ?? "")
            + "<Obj N=\"Props\" RefId=\"1\"><LST>\(slots)</LST></Obj></Props></Obj>\n"
    }
}
