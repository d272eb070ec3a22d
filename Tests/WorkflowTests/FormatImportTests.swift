import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow
import XMLExchange

@Suite("The same site systems in every way an admin can have exported them")
struct FormatImportTests {
    static let wholeShapes = ["wmi-3", "cim-3", "selected-3", "sqlrow-3", "convertto-3", "cimxml-3"]
    static let reportShapes = ["flat-3", "convertto-flat-3"]

    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("XMLExchangeTests/Fixtures")

    private func text(_ name: String) throws -> String {
        let data = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
        let isWide = data.starts(with: [0xFF, 0xFE])
        return try #require(String(data: data, encoding: isWide ? .utf16 : .utf8))
    }

    /// What a portal holds of servers after it imported a file into an empty store.
    private func stored(_ name: String) throws -> [ServerRecord] {
        try withPortal { portal in
            let done = try portal.importing(file: text(name))
            #expect(done.outcome == .saved, "\(done.findings)")
            #expect(done.findings.allSatisfy { $0.severity != .error })
            var records: [ServerRecord] = []
            try portal.store.read { reading in try reading.eachServer(site: nil) { records.append($0) } }
            return records
        }
    }

    @Test("Objects, rows and CIM-XML are imported to the same configuration", arguments: wholeShapes)
    func sameConfiguration(_ shape: String) throws {
        let expected = try stored("iresult-3.xml")
        #expect(expected.count == 3 && expected[0].proxy.intended?.configuration != nil)
        #expect(try stored("\(shape).xml") == expected)
    }

    @Test("A flattened report tells the same proxies, and neither General nor roles", arguments: reportShapes)
    func reports(_ shape: String) throws {
        let expected = try stored("iresult-3.xml").map { server in
            var server = server
            server.general = Held()
            server.roles = []
            server.sightings.general = nil
            server.sightings.roles = nil
            return server
        }
        #expect(try stored("\(shape).xml") == expected)
    }

    /// Reads files as one batch, up to its preview.
    private func batch(_ files: [String], _ portal: TestPortal) throws -> ImportReport {
        let run = try ImportSubmission(
            store: portal.store, options: ImportOptions(), id: "test", clock: portal.clock.now)
        defer { run.staging.discard() }
        let summaries = try files.enumerated().map { number, text in
            let reader = ConfigurationReader(file: "\(number).xml") { try run.batch.receive($0) }
            try Array(text.utf8).withUnsafeBytes { try reader.feed($0) }
            return try reader.finish()
        }
        try run.finishReading(summaries)
        return try run.compare()
    }

    @Test("Exports of different formats are judged together, as one batch")
    func severalFiles() throws {
        try withPortal { portal in
            let report = try batch(["cimxml-3.xml", "flat-3.xml", "convertto-3.xml"].map { try text($0) }, portal)
            #expect(report.outcome == .rehearsed)
            #expect(report.counts.added == 3 && report.records == 12)
            #expect(report.findingCounts[.error] == nil, "they agree")
            let other = try text("flat-3.xml").replacing("proxy00.contoso.com", with: "other.contoso.com")
            let disagreeing = try batch([text("cimxml-3.xml"), other], portal)
            #expect(disagreeing.outcome == .rejected)
        }
    }

    @Test("An export and the portal's own XML are not one batch")
    func mixedKinds() throws {
        try withPortal { portal in
            let own = "<configuration xmlns=\"urn:proxydesk:configuration:1\"><site code=\"PS1\"/></configuration>"
            let report = try batch([text("flat-3.xml"), own], portal)
            #expect(report.outcome == .rejected)
        }
    }
}
