import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("An import loses nothing and hides nothing")
struct ImportLossTests {
    private let server = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))

    private func options(_ change: (inout ImportOptions) -> Void) -> ImportOptions {
        var options = ImportOptions()
        change(&options)
        return options
    }

    private func own(_ body: String) -> String {
        "<configuration xmlns=\"urn:proxydesk:configuration:1\">\n<site code=\"PS1\" type=\"primary\"/>\n\(body)</configuration>"
    }

    @Test("a truncated file is refused however many notices come before its end, and cannot be left out")
    func truncated() throws {
        try withPortal { portal in
            let items = (0..<10_050).map { ServerItem("cm\($0).contoso.com", proxy: nil, leftOver: "old.contoso.com") }
            let file = String(ServerItem.file(items).dropLast("</Objs>".count))
            let report = try portal.importing(file: file, options: options { $0.leaveOutRefused = true })
            #expect(report.outcome == .rejected)
            #expect(report.findings.contains { $0.code == .xmlTruncated })
            #expect(report.findings.contains { $0.code == .importFindingsCut })
            let stored = try portal.store.read { try $0.numberOfServers() }
            #expect(stored == 0)
        }
    }

    @Test("what the file has and the rules refuse is not missing from the file")
    func refusedIsNotMissing() throws {
        try withPortal { portal in
            try portal.importing([server, ServerItem("cm02.contoso.com")])
            let broken = ServerItem("cm02.contoso.com", site: "P_1")
            let both = options {
                $0.removeMissing = true
                $0.leaveOutRefused = true
            }
            let report = try portal.importing([server, broken], options: both)
            #expect(report.counts.removed == 0 && report.counts.rejected == 1)
            #expect(try portal.server("cm02.contoso.com") != nil)
        }
    }

    @Test("of two items of a server, one may tell what the other does not")
    func fold() throws {
        try withPortal { portal in
            let silent = ServerItem("cm01.contoso.com", tellsProxy: false)
            let folded = try portal.importing([silent, server])
            #expect(folded.outcome == .saved)
            #expect(try portal.server("cm01.contoso.com")?.proxy.intended?.configuration?.port.number == 8080)
            let other = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy02.contoso.com", port: 1))
            #expect(
                try portal.importing([silent, server, other]).findings.contains { $0.code == .importRecordDiffers })
        }
    }

    @Test("a role that was taken out here stays out, is pending, and an export that still has it says so")
    func droppedRole() throws {
        try withPortal { portal in
            let role = RoleItem("cm01.contoso.com", role: "SMS Distribution Point")
            try portal.importing([server], roles: [role])
            var record = try #require(try portal.server("cm01.contoso.com"))
            #expect(record.roles.count == 1)
            let name = record.roles[0].name
            try portal.submit(.changeRoles(record.name, RoleChanges(removing: [name]), revision: record.revision))
            record = try #require(try portal.server("cm01.contoso.com"))
            #expect(record.roles.isEmpty && record.pending == [.roleName])
            let report = try portal.importing([server], roles: [role])
            #expect(report.findings.map(\.code) == [.importPendingKept] && report.counts.unchanged == 1)
            try portal.importing([server], roles: [role], options: options { $0.takeOver = true })
            record = try #require(try portal.server("cm01.contoso.com"))
            #expect(record.roles.count == 1 && record.pending.isEmpty)
        }
    }

    @Test("Connected Cache, which no export tells, survives exports, and our own XML can clear it")
    func connectedCache() throws {
        try withPortal { portal in
            let role = RoleItem("cm01.contoso.com", role: "SMS Distribution Point")
            try portal.importing([server], roles: [role])
            func file(_ value: String) -> String {
                own(
                    "<siteSystemServer name=\"cm01.contoso.com\" site=\"PS1\"><role name=\"SMS Distribution Point\">"
                        + "<distributionPoint connectedCache=\"\(value)\"/></role></siteSystemServer>\n")
            }
            try portal.importing(file: file("true"))
            #expect(try #require(try portal.server("cm01.contoso.com")).pending.isEmpty)
            let again = try portal.importing([server], roles: [role], options: options { $0.takeOver = true })
            #expect(again.findings.isEmpty)
            #expect(try portal.server("cm01.contoso.com")?.roles[0].intended?.distributionPoint?.connectedCache == true)
            try portal.importing(file: file(""))
            #expect(try portal.server("cm01.contoso.com")?.roles[0].intended == nil)
        }
    }

    @Test("what was left out is told once, however often the file comes, and ends when the group is told")
    func leftOutTwice() throws {
        try withPortal { portal in
            let broken = ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 70_000))
            let leaveOut = options { $0.leaveOutRefused = true }
            for _ in 0..<3 { try portal.importing([broken], options: leaveOut) }
            #expect(try portal.allFindings().map(\.code) == [.proxyPortRange])
            let list = try portal.store.read { try $0.serverList(ServerListQuery()) }
            #expect(list.rows.map(\.errors) == [1])
            try portal.importing([server])
            #expect(try portal.allFindings().isEmpty)
        }
    }

    @Test("credentials without a name mean no account, also where one is stored")
    func credentialsWithoutName() throws {
        try withPortal { portal in
            let account = ServerItem(
                "cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080, account: "CONTOSO\\svc"))
            try portal.importing([account])
            var draft = Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080"])
            draft[.proxyUseCredentials] = Sent("true")
            var judge = Judge(.fileImport)
            let stored = try #require(try portal.server("cm01.contoso.com")).proxy.observed
            #expect(Proxy.check(draft, base: stored, &judge)?.configuration?.account == nil)
            #expect(judge.findings.map(\.code) == [.proxyAccountMissing])
        }
    }

    @Test("each finding of a record is told once")
    func toldOnce() throws {
        try withPortal { portal in
            let item = ServerItem("cm01.contoso.com", proxy: nil, leftOver: "old.contoso.com")
            let codes = try portal.importing([item]).findings.map(\.code)
            #expect(codes == [.siteFirstMet, .proxyLeftover] || codes == [.proxyLeftover, .siteFirstMet])
        }
    }

    @Test("a folder that holds other files is left alone")
    func foreignFolder() throws {
        try withDataFolder { path in
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            try "mine".write(toFile: path + "/mine.txt", atomically: true, encoding: .utf8)
            #expect(throws: ProgramFailure.foreignFolder(path: path)) { _ = try DataFolder(path: path, use: .shared) }
            let left = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(left == ["mine.txt"])
        }
    }

    @Test("a site that is not the one --site names is refused, with its site object")
    func otherSite() throws {
        try withPortal { portal in
            let only = options { $0.site = SiteCode.check("PS1").value }
            let own = try portal.importing([server], options: only)
            #expect(own.outcome == .saved)
            let other = try portal.importing([ServerItem("cm02.contoso.com", site: "PS9")], options: only)
            #expect(other.outcome == .rejected && other.findings.contains { $0.code == .importSiteMismatch })
        }
    }

    @Test("a software update point that moves away, or is removed because the file lacks it, is not counted any more")
    func countOfSoftwareUpdatePoints() throws {
        let point = "SMS Software Update Point"
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary"])))
            try portal.submit(.createSite(Draft([.siteCode: "S01", .siteType: "secondary", .siteParent: "PS1"])))
            let first = ServerItem("old.contoso.com", site: "S01")
            let second = ServerItem("new.contoso.com", site: "S01")
            try portal.importing([first], roles: [RoleItem("old.contoso.com", role: point, site: "S01")])
            let news = [RoleItem("new.contoso.com", role: point, site: "S01")]
            #expect(try portal.rehearsing([second], roles: news).contains(.supSecondaryOne), "the old one stays")
            var removing = ImportOptions()
            removing.removeMissing = true
            #expect(try !portal.rehearsing([second], roles: news, options: removing).contains(.supSecondaryOne))
            let moved = ServerItem("old.contoso.com", site: "PS1")
            #expect(try !portal.rehearsing([second, moved], roles: news).contains(.supSecondaryOne))
        }
    }
}

extension TestPortal {
    /// What an import would find, without saving it.
    fileprivate func rehearsing(
        _ items: [ServerItem], roles: [RoleItem], options: ImportOptions = ImportOptions()
    ) throws -> Set<FindingCode> {
        let run = try comparing(file: ServerItem.file(items, roles: roles), options: options)
        defer { run.staging.discard() }
        var codes: Set<FindingCode> = []
        try run.staging.eachFinding { codes.insert($0.code) }
        return codes
    }
}
