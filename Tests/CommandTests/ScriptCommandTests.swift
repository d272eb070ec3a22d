import Domain
import Foundation
import TestSupport
import Testing

@Suite("Scripts, tables and DSC on the command line")
struct ScriptCommandTests {
    private static let samples = Checkout.path + "content/samples/sample-hierarchy-"

    /// Runs `body` on the sample hierarchy, as it was exported, intended and exported again.
    private func withSample(_ body: (String) throws -> Void) throws {
        try withDataFolder { data in
            for part in ["1-first-export", "2-intended", "3-newest-export"] {
                let run = try ProgramRun.proxydesk("import", Self.samples + part + ".xml", "--data", data)
                #expect(run.exitCode == 0, "\(run.errors)")
            }
            try body(data)
        }
    }

    @Test("a script of all, of a site, of a server and of a change set, in both directions")
    func scopes() throws {
        try withSample { data in
            let all = try ProgramRun.proxydesk("export", "--format", "powershell", "--data", data)
            #expect(all.exitCode == 0 && all.output.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(
                all.text.contains("'p01-dp03.emea.contoso.com'") && all.text.contains("'p02-dp03.amer.contoso.com'"))
            #expect(all.text.contains("after change set 3, saved "))
            let site = try ProgramRun.proxydesk("export", "--format", "powershell", "--site", "p01", "--data", data)
                .text
            #expect(site.contains("# Brings site P01") && site.contains("p01-dp03") && !site.contains("p02-dp03"))
            let server = try ProgramRun.proxydesk(
                "export", "--format", "powershell", "--server", "P02-DP03.amer.contoso.com", "--back", "--data", data
            ).text
            #expect(server.contains("ProxyServerName = 'proxy_old.contoso.com'") && !server.contains("p01-dp03"))
            let set = try ProgramRun.proxydesk(
                "export", "--format", "powershell", "--change-set", "2", "--include-never-observed", "--data", data
            ).text
            #expect(
                set.contains("New-CMSiteSystemServer @values")
                    && set.contains("ProxyServerName = 'proxy-amer.contoso.com'"))
        }
    }

    @Test("a table and a DSC configuration, of all and of one server")
    func tables() throws {
        try withSample { data in
            let all = try ProgramRun.proxydesk("export", "--format", "csv", "--data", data).text
            #expect(all.hasPrefix("\u{FEFF}server.name,server.site,"))
            let one = try ProgramRun.proxydesk(
                "export", "--format", "csv", "--server", "p01-dp03.emea.contoso.com", "--data", data
            ).text
            #expect(one.components(separatedBy: "\r\n").count == 3)
            let dsc = try ProgramRun.proxydesk("export", "--format", "dsc", "--site", "CAS", "--data", data).text
            #expect(dsc.contains("# The state that ProxyDesk intends for site CAS") && !dsc.contains("'P01'"))
            #expect(dsc.contains("CMSoftwareUpdatePointComponent Component"))
        }
    }

    @Test("a file is there as a whole, and names its script")
    func file() throws {
        try withSample { data in
            let file = data + "/apply.ps1"
            let run = try ProgramRun.proxydesk("export", "--format", "powershell", "--output", file, "--data", data)
            #expect(run.exitCode == 0 && run.output.isEmpty)
            let text = String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
            #expect(text.contains("-WhatIf") && !FileManager.default.fileExists(atPath: file + ".part"))
        }
    }

    @Test(
        "options of a script are refused for what is none",
        arguments: [
            ["--back"], ["--format", "json", "--include-never-observed"], ["--format", "csv", "--change-set", "1"],
            ["--format", "dsc", "--back"], ["--format", "powershell", "--change-set", "0"],
            ["--format", "powershell", "--change-set", "1", "--site", "PS1"],
        ])
    func wrongUsage(options: [String]) throws {
        try withDataFolder { data in
            let run = try ProgramRun.run(
                Checkout.build + "proxydesk", ["export", "--data", data] + options)
            #expect(run.exitCode == 64 && run.output.isEmpty)
            #expect(run.errors.hasPrefix("Error: "))
        }
    }

    @Test("what the portal does not have is said on standard error")
    func missing() throws {
        try withSample { data in
            for (options, word) in [
                (["--server", "nope"], "nope"), (["--change-set", "99"], "99"), (["--site", "XYZ"], "XYZ"),
            ] {
                let run = try ProgramRun.run(
                    Checkout.build + "proxydesk", ["export", "--format", "powershell", "--data", data] + options)
                #expect(run.exitCode == 1 && run.output.isEmpty && run.errors.contains("The portal has no"))
                #expect(run.errors.contains(word))
            }
        }
    }
}
