import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("An import of a site's export")
struct ImportTests {
    private let server = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))

    private func change(_ portal: TestPortal, _ draft: Draft) throws {
        let record = try #require(try portal.server("cm01.contoso.com"))
        try portal.submit(.changeProxy(record.name, draft, revision: record.revision))
    }

    @Test("importing the same file again changes nothing, and the server keeps its revision")
    func again() throws {
        try withPortal { portal in
            let first = try portal.importing([server])
            #expect(first.outcome == .saved && first.counts.added == 1)
            let before = try #require(try portal.server("cm01.contoso.com"))
            portal.clock.advance(milliseconds: 1000)
            let second = try portal.importing([server])
            #expect(second.counts.unchanged == 1 && second.counts.changed == 0)
            let after = try #require(try portal.server("cm01.contoso.com"))
            #expect(after.revision == before.revision)
            #expect(after.seen?.changeSet == second.changeSet, "it was seen again")
            #expect(after.pending.isEmpty)
        }
    }

    @Test("what was changed here and not applied there stays, with a warning for each field, and is pending")
    func pendingIsKept() throws {
        try withPortal { portal in
            try portal.importing([server])
            try change(portal, Draft([.proxyPort: "3128"]))
            #expect(try #require(try portal.server("cm01.contoso.com")).pending == [.proxyPort])
            let report = try portal.importing([server])
            #expect(report.findings.map(\.code) == [.importPendingKept])
            #expect(report.findings.first?.field == .proxyPort)
            let kept = try #require(try portal.server("cm01.contoso.com"))
            #expect(kept.proxy.intended?.configuration?.port.number == 3128)
            #expect(kept.proxy.observed?.configuration?.port.number == 8080)
        }
    }

    @Test("once the site has what was intended, nothing is pending and the site is followed again")
    func applied() throws {
        try withPortal { portal in
            try portal.importing([server])
            try change(portal, Draft([.proxyPort: "3128"]))
            let applied = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 3128))
            #expect(try portal.importing([applied]).findings.isEmpty)
            #expect(try #require(try portal.server("cm01.contoso.com")).pending.isEmpty)
            try portal.importing([server])
            #expect(try portal.server("cm01.contoso.com")?.proxy.intended?.configuration?.port.number == 8080)
        }
    }

    @Test("taking over takes the site's value")
    func takeOver() throws {
        try withPortal { portal in
            try portal.importing([server])
            try change(portal, Draft([.proxyPort: "3128"]))
            var options = ImportOptions()
            options.takeOver = true
            let report = try portal.importing([server], options: options)
            #expect(report.findings.isEmpty && report.counts.changed == 1)
            #expect(try #require(try portal.server("cm01.contoso.com")).pending.isEmpty)
        }
    }

    @Test("an error refuses the whole import; left out, the rest arrives and the error stays on the server")
    func leaveOut() throws {
        try withPortal { portal in
            let broken = ServerItem("cm02.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 70_000))
            let refused = try portal.importing([server, broken])
            #expect(refused.outcome == .rejected)
            #expect(refused.counts.added == 1 && refused.counts.rejected == 1)
            let finding = try #require(refused.findings.first { $0.severity == .error })
            #expect(finding.code == .proxyPortRange && finding.key == "cm02.contoso.com" && finding.field == .proxyPort)
            #expect(finding.message == "Port must be between 1 and 65535. This one is 70000.")
            #expect(try portal.server("cm01.contoso.com") == nil, "nothing is stored")

            var options = ImportOptions()
            options.leaveOutRefused = true
            let report = try portal.importing([server, broken], options: options)
            #expect(report.outcome == .saved && report.counts.added == 2)
            let arrived = try #require(try portal.server("cm02.contoso.com"))
            #expect(!arrived.proxy.isTold && arrived.general.isTold)
            let standing = try portal.store.read { try $0.findings(.server, key: "cm02.contoso.com") }
            #expect(standing.map(\.code) == [.proxyPortRange])

            let proxy = Draft([.proxyUse: "false"])
            try portal.submit(.changeProxy(arrived.name, proxy, revision: arrived.revision))
            let mended = try portal.store.read { try $0.findings(.server, key: "cm02.contoso.com") }
            #expect(mended.isEmpty, "telling the proxy mends it")
        }
    }

    @Test("nothing is removed by omission; what is missing is listed, and removed only when asked")
    func missing() throws {
        try withPortal { portal in
            let other = ServerItem("cm02.contoso.com")
            try portal.importing([server, other])
            let listed = try portal.importing([server])
            #expect(listed.counts.notInFile == 1)
            #expect(listed.changes.contains { $0.kind == .notInFile && $0.key == "cm02.contoso.com" })
            #expect(try portal.server("cm02.contoso.com") != nil)
            var options = ImportOptions()
            options.removeMissing = true
            let removing = try portal.importing([server], options: options)
            #expect(removing.counts.removed == 1)
            let set = try portal.store.read { reading in try removing.changeSet.flatMap { try reading.changeSet($0) } }
            #expect(set?.importFacts?.counts.removed == 1, "the change set remembers it")
            #expect(try portal.server("cm02.contoso.com") == nil)
            let back = try portal.importing([server, other])
            #expect(back.findings.map(\.code) == [.serverBroughtBack])
        }
    }

    @Test("the same server twice with the same values is one record, with others an error that names both lines")
    func twice() throws {
        try withPortal { portal in
            let same = try portal.importing([server, server])
            #expect(same.findings.map(\.code) == [.siteFirstMet, .importRecordSame] && same.counts.added == 1)
            let differs = ServerItem("CM01.contoso.com", proxy: ProxyItem(name: "proxy02.contoso.com", port: 8080))
            let report = try portal.importing([server, differs])
            let finding = try #require(report.findings.first)
            #expect(finding.code == .importRecordDiffers && report.outcome == .rejected)
            #expect(
                finding.message.contains("line \(server.line(in: 0)) and line \(server.line(in: 1))"),
                "\(finding.message)")
        }
    }

    @Test("a server at two sites of one file is an error, at another site than the stored one it moves")
    func sites() throws {
        try withPortal { portal in
            try portal.importing([server])
            let moved = ServerItem("cm01.contoso.com", site: "PS2", proxy: server.proxy)
            let both = try portal.importing([server, moved])
            #expect(both.findings.contains { $0.code == .serverTwoSites } && both.outcome == .rejected)
            let report = try portal.importing([moved])
            #expect(report.findings.map(\.code) == [.siteFirstMet, .serverMoved])
            #expect(try portal.server("cm01.contoso.com")?.site.text == "PS2")
        }
    }

    @Test("a form saved between preview and commit is a conflict: nobody overwrites anybody")
    func conflict() throws {
        try withPortal { portal in
            try portal.importing([server])
            let renamed = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy02.contoso.com", port: 8080))
            let run = try portal.comparing([renamed])
            try change(portal, Draft([.proxyPort: "3128"]))
            let facts = ImportFacts(format: "clixml", file: "x", bytes: 0, sha256: "", counts: ImportCounts())
            let request = Request(actor: .local, reason: nil, id: "test")
            let (again, changed) = try run.commit(facts: facts, request: request)
            #expect(changed == ChangedRecords(count: 1, names: ["cm01.contoso.com"]))
            #expect(again.findingCounts[.warning] == 2, "compared anew, name and port are kept as pending")
            let (saved, none) = try run.commit(facts: facts, request: request)
            #expect(none == nil && saved.outcome == .saved)
            let kept = try #require(try portal.server("cm01.contoso.com"))
            #expect(kept.proxy.intended?.configuration?.address == "proxy01.contoso.com:3128")
            #expect(kept.proxy.observed?.configuration?.address == "proxy02.contoso.com:8080")
            run.staging.discard()
        }
    }

    @Test("one import at a time; a discarded one leaves nothing behind")
    func oneAtATime() throws {
        try withPortal { portal in
            let run = try portal.comparing([server])
            #expect(throws: ProgramFailure.importRunning) { try portal.importing([server]) }
            run.staging.discard()
            #expect(try FileManager.default.contentsOfDirectory(atPath: portal.path + "/staging").isEmpty)
            try portal.importing([server])
        }
    }

    @Test("stored findings after an import are what a rebuild finds")
    func derived() throws {
        try withPortal { portal in
            let short = ServerItem(
                "cm03", proxy: ProxyItem(name: "proxy_01.contoso.com", port: 80, account: "svc@contoso.com"))
            try portal.importing([server, short])
            let before = try portal.allFindings()
            #expect(before.map(\.code) == [.nameSingleLabel, .nameUnderscore, .accountUPN])
            try portal.store.rebuildDerived()
            #expect(try portal.allFindings() == before)
        }
    }
}
