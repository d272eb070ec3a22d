import Foundation
import TestSupport
import Testing

@Suite("Diagnose on the command line")
struct DiagnoseCommandTests {
    private static let line = "\u{1B}[31mFailed to download the update from internet. Error = 12007. cm01.contoso.com\n"

    private func withLog(_ text: String, _ body: (_ file: String, _ data: String) throws -> Void) throws {
        try withDataFolder { data in
            let file = data + "-ruleengine.log"
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: file) }
            try body(file, data)
        }
    }

    @Test("the text says what the line means, what to look at, and where the manual goes on; nothing in it is obeyed")
    func text() throws {
        try withLog(Self.line) { file, data in
            let run = try ProgramRun.proxydesk("diagnose", file, "--data", data)
            #expect(run.exitCode == 0, "\(run.errors)")
            for part in [
                "1 line, ", "manual: /manual/reference/error-codes#12007",
                "/manual/reference/log-signatures#adr-download-failed",
                "ERROR_WINHTTP_NAME_NOT_RESOLVED", "Content download of automatic deployment rules", "1. Find out",
            ] { #expect(run.text.contains(part), "\(part)\n\(run.text)") }
            #expect(!run.text.contains("\u{1B}"))
            #expect(!FileManager.default.fileExists(atPath: data), "no data folder is made")
        }
    }

    @Test("the JSON has its fixed members, and an entry for each file")
    func json() throws {
        try withLog(Self.line) { file, data in
            let run = try ProgramRun.proxydesk("diagnose", file, file, "--data", data, "--format", "json")
            #expect(run.exitCode == 0, "\(run.errors)")
            let files = try #require(try run.json()["files"] as? [[String: Any]])
            #expect(files.count == 2)
            let first = try #require(files.first)
            #expect(first["encoding"] as? String == "UTF-8")
            #expect(first["format"] as? String == "plain")
            #expect(first["lines"] as? Int == 1)
            #expect(first["computers"] as? [String] == ["cm01.contoso.com"])
            let code = try #require((first["codes"] as? [[String: Any]])?.first)
            #expect(code["id"] as? String == "12007")
            #expect(code["hresult"] as? String == "0x80072EE7")
            #expect(code["count"] as? Int == 1)
            let signature = try #require((first["signatures"] as? [[String: Any]])?.first)
            #expect(signature["flows"] as? [String] == ["adr-content-download"])
            #expect(signature["values"] as? [String] == ["12007"])
        }
    }

    @Test("codes that the manual lacks are named by what they carry, and sites where the text says that they are")
    func unlistedCodes() throws {
        try withLog(#"hr=0x80070005 hr=0x801901F7 at root\sms\site_PS1"# + "\n") { file, data in
            let text = try ProgramRun.proxydesk("diagnose", file, "--data", data).text
            for part in ["0x80070005: Windows error 5", "in the line: 0x801901F7: HTTP status 503", "sites: PS1"] {
                #expect(text.contains(part), "\(part)\n\(text)")
            }
            let run = try ProgramRun.proxydesk("diagnose", file, "--data", data, "--format", "json")
            let first = try #require((try run.json()["files"] as? [[String: Any]])?.first)
            #expect(first["sites"] as? [String] == ["PS1"])
            let unlisted = try #require((first["unlisted"] as? [[String: Any]])?.first)
            #expect(unlisted["id"] as? String == "0x80070005" && unlisted["title"] as? String == "Windows error 5")
            let code = try #require((first["codes"] as? [[String: Any]])?.first)
            #expect(
                code["id"] as? String == "http-503" && code["values"] as? [String] == ["0x801901F7: HTTP status 503"])
        }
    }

    @Test("finding nothing is no failure; a file that is not there is a mistake in the command")
    func exitCodes() throws {
        try withLog("all is well\n") { file, data in
            let run = try ProgramRun.proxydesk("diagnose", file, "--data", data)
            #expect(run.exitCode == 0 && run.text.contains("No known line and no known code"))
            #expect(try ProgramRun.proxydesk("diagnose", file + ".gone").exitCode == 64)
            #expect(try ProgramRun.proxydesk("diagnose").exitCode == 64)
            #expect(try ProgramRun.proxydesk("diagnose", file, "--resources", data + "-none").exitCode == 70)
        }
    }
}
