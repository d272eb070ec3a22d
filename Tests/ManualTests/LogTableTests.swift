import Domain
import Foundation
import Testing

@testable import Manual

/// The tables of error codes, log files and lines: what ships is whole, and each fault is told with its line.
@Suite struct LogTableTests {
    typealias Breakage = BrokenContentTests.Breakage

    @Test(arguments: Self.codes + Self.logs + Self.signatures)
    func oneBreakageIsToldWithFileAndLine(_ breakage: Breakage) throws {
        try ContentCopy.with { copy in
            let text = try copy.read(breakage.file)
            let start = try #require(text.range(of: breakage.old), "the shipped file holds no such text")
            let broken = text.replacingCharacters(in: start, with: breakage.new)
            try copy.write(broken, to: breakage.file)
            let line = try #require(breakage.at.map { broken.line(of: $0) } ?? 1)
            let problems = copy.problems()
            #expect(
                problems.contains { $0.hasPrefix("\(breakage.file):\(line): ") && $0.contains(breakage.message) },
                "\(problems)")
        }
    }

    private static let codeFile = "reference/error-codes.yaml"
    private static let logFile = "reference/log-files.yaml"
    private static let lineFile = "reference/log-signatures.yaml"

    static let codes = [
        Breakage(
            codeFile, "decimal: 12007", "decimal: 12008", at: "decimal: 12008\n  hresult: '0x80072EE7'",
            "12008 is not the hresult less"),
        Breakage(codeFile, "- id: '12007'", "- id: '12008'", at: "- id: '12008'", "The id of these numbers is 12007"),
        Breakage(
            codeFile, "'0x80072EE7'", "'0x80072EE'", at: "'0x80072EE'", "“hresult” is 0x and eight hexadecimal digits"),
        Breakage(
            codeFile, "sources: [winhttp-errors", "sources: [hearsay", at: "sources: [hearsay", "12001 cites hearsay"),
        Breakage(
            codeFile, "- id: '12004'\n", "- id: '12002'\n", at: "- id: '12002'\n  title: 'Internal",
            "The code 12002 has a second entry."),
        Breakage(
            codeFile, "page: /manual/troubleshooting/error-12007", "page: /manual/nowhere", at: "page: /manual/nowhere",
            "There is no page /manual/nowhere."),
        Breakage(
            codeFile, "  meaning: 'The request took", "  meanin: 'The request took", at: "meanin:",
            "An entry has no key “meanin”"),
        Breakage(
            codeFile, "{WinHTTP: ERROR_WINHTTP_TIMEOUT", "{WinHTP: ERROR_WINHTTP_TIMEOUT", at: "{WinHTP:",
            "“WinHTP” is none of"),
        Breakage(codeFile, "codes:\n", "codex:\n", at: nil, "The file needs the key “codes”"),
    ]

    static let logs = [
        Breakage(
            logFile, "flows: [adr-content-download]", "flows: [telepathy]", at: "flows: [telepathy]",
            "names the traffic flow “telepathy”"),
        Breakage(
            logFile, "- name: wsyncmgr.log", "- name: ruleengine.log",
            at: "- name: ruleengine.log\n  components: [SMS_WSUS", "The log file ruleengine.log has a second entry."),
        Breakage(
            logFile, "components: [SMS_RULE_ENGINE]", "components: [WUAHandler]",
            at: "components: [WUAHandler]\n  computer: A client", "name the same component"),
        Breakage(
            logFile, "  shows: 'That a download", "  show: 'That a download", at: "show: 'That",
            "An entry has no key “show”"),
    ]

    static let signatures = [
        Breakage(
            lineFile, "logs: [ruleengine.log]", "logs: [engine.log]", at: "logs: [engine.log]", "names engine.log"),
        Breakage(
            lineFile, "codes: ['12007']", "codes: ['12006', '1']", at: "codes: ['12006', '1']", "names the code 1,"),
        Breakage(lineFile, "kind: code", "kind: colour", at: "kind: colour", "“takes” needs a kind"),
        Breakage(lineFile, "text: 'Sync failed: '", "text: 'Sync'", at: "text: 'Sync'", "at least 10 characters"),
        Breakage(
            lineFile, "example: 'Failed to download the update from internet. Error = 12007.'", "example: 'Failed'",
            at: "example: 'Failed'", "does not hold its text"),
        Breakage(
            lineFile, "- id: adr-content-failed", "- id: adr-download-failed",
            at: "- id: adr-download-failed\n  logs: [ruleengine.log]\n  text: 'Failed to download the update content",
            "has a second entry"),
        Breakage(
            lineFile, "flow: service-connection", "flow: telepathy", at: "flow: telepathy",
            "names the traffic flow “telepathy”"),
    ]

    @Test func everyCodeAndLineHasASectionThatCanBeLinkedTo() throws {
        let manual = try shippedManual.get()
        let knowledge = manual.logs.knowledge
        #expect(knowledge.codes.count >= 80 && knowledge.logs.count >= 20 && knowledge.signatures.count >= 15)
        var links = knowledge.codes.map { manual.logs.link(for: $0) }
        links += knowledge.logs.map { manual.logs.link(for: $0) }
        links += knowledge.signatures.map { manual.logs.link(for: $0) }
        for link in links {
            let parts = link.split(separator: "#").map(String.init)
            let page = try #require(manual.page(at: parts[0]))
            #expect(page.headings.contains { $0.id == parts[1] }, "\(link)")
            #expect(page.body.html.contains("id=\"\(parts[1])\""), "\(link)")
        }
        #expect(links.contains("/manual/reference/error-codes#12007"))
        #expect(links.contains("/manual/reference/error-codes#0x8024401b"))
        #expect(links.contains("/manual/reference/error-codes#http-407"))
        #expect(links.contains("/manual/reference/log-files#ruleengine-log"))
    }

    @Test func aCodeIsShownInAllItsSpellings() throws {
        let page = try #require(try shippedManual.get().page(at: "/manual/reference/error-codes"))
        for spelling in [
            "12007", "0x80072EE7", "2147954407", "-2147012889", "ERROR_WINHTTP_NAME_NOT_RESOLVED", "HTTP 407",
            "0x801901F7", "-2145844745",
        ] {
            #expect(page.body.html.contains(spelling), "\(spelling)")
        }
    }

    @Test func everyFlowThatAnExportKnowsOfIsNamedByALogFileOrNone() throws {
        let logs = try shippedManual.get().logs.knowledge.logs
        let flows = Set(logs.flatMap(\.flows))
        #expect(flows.isSuperset(of: [.softwareUpdateSynchronization, .adrContentDownload, .serviceConnection]))
    }
}
