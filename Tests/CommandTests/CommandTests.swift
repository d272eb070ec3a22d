import Domain
import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandTests {
    private let site = Checkout.fixtures + "whole-site.xml"

    @Test("a whole site goes in, and the JSON that comes out is the truth")
    func wholeSite() throws {
        try withDataFolder { data in
            let run = try ProgramRun.proxydesk("import", site, "--data", data, "--format", "json")
            #expect(run.exitCode == 0, "\(run.errors)")
            let report = try run.json()
            #expect(report["outcome"] as? String == "saved")
            #expect(report["format"] as? String == "clixml")
            #expect(report["changeSet"] as? Int == 1)
            let exported = try ProgramRun.proxydesk("export", "--format", "json", "--data", data).json()
            let text = try #require(FileManager.default.contents(atPath: Checkout.fixtures + "whole-site.truth.json"))
            let truth = try #require(JSONSerialization.jsonObject(with: text) as? [String: Any])
            try compareSites(exported, truth)
            try compareServers(exported, truth)
        }
    }

    private func compareSites(_ exported: [String: Any], _ truth: [String: Any]) throws {
        let found = try byKey("code", exported["sites"])
        let expected = try byKey("code", truth["sites"])
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (code, site) in expected {
            for (field, value) in site { #expect(same(found[code]?[field], value), "\(code) \(field)") }
        }
    }

    private func compareServers(_ exported: [String: Any], _ truth: [String: Any]) throws {
        let found = try byKey("name", exported["servers"])
        let expected = try byKey("name", truth["servers"])
        #expect(found.keys.sorted() == expected.keys.sorted())
        for (name, server) in expected {
            let roles = try #require(found[name]?["roles"] as? [[String: Any]])
            for field in ["site", "proxy", "general"] {
                #expect(same(found[name]?[field], server[field]), "\(name) \(field)")
            }
            #expect(roles.compactMap { $0["role"] as? String } == server["roles"] as? [String], "\(name)")
            let point = roles.first { $0["role"] as? String == "SMS Software Update Point" }
            #expect(same(point?["softwareUpdatePoint"], server["softwareUpdatePoint"]), "\(name)")
        }
    }

    private func byKey(_ key: String, _ list: Any?) throws -> [String: [String: Any]] {
        let rows = try #require(list as? [[String: Any]])
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[key] as? String ?? "", $0) })
    }

    private func same(_ left: Any?, _ right: Any?) -> Bool {
        (left as? NSObject ?? NSNull()) == (right as? NSObject ?? NSNull())
    }

    @Test("export then import changes nothing, and import then export gives the same bytes")
    func roundTrip() throws {
        try withDataFolder { data in
            try withDataFolder { second in
                _ = try ProgramRun.proxydesk("import", site, "--data", data)
                let exported = try ProgramRun.proxydesk("export", "--data", data)
                let file = data + "/exported.xml"
                try exported.output.write(to: URL(filePath: file))
                let again = try ProgramRun.proxydesk("import", file, "--data", data, "--format", "json").json()
                #expect(again["changeSet"] is NSNull && again["format"] as? String == "proxydesk")
                #expect((again["counts"] as? [String: Int])?["unchanged"] == 8)
                _ = try ProgramRun.proxydesk("import", file, "--data", second)
                #expect(try ProgramRun.proxydesk("export", "--data", second).output == exported.output)
            }
        }
    }

    @Test("exit codes: 1 for findings and unknown servers, 64 for wrong usage, 70 when the program could not")
    func exitCodes() throws {
        try withDataFolder { data in
            let shallow = Checkout.fixtures + "iresult-3-shallow.xml"
            let preview = try ProgramRun.proxydesk("import", shallow, "--data", data, "--preview", "--format", "json")
            #expect(preview.exitCode == 1)
            #expect(try preview.json()["outcome"] as? String == "rejected")
            #expect(preview.text.contains("-Depth 3"), "it says which command to run again")
            #expect(try ProgramRun.proxydesk("import", site, "--data", data, "--preview").exitCode == 0)
            #expect(try ProgramRun.proxydesk("show", "cm99.contoso.com", "--data", data).exitCode == 1)
            #expect(try ProgramRun.proxydesk("import", "--data", data).exitCode == 64)
            #expect(try ProgramRun.proxydesk("import", site, "--site", "TOOLONG", "--data", data).exitCode == 64)
            #expect(try ProgramRun.proxydesk("import", "/nowhere/x.xml", "--data", data).exitCode == 64)
            #expect(try ProgramRun.proxydesk("export", "--data", data + "-none").exitCode == 70)
        }
    }

    @Test("a terminal gets nothing to obey from the names in a file, or the file's own")
    func hiddenCharacters() throws {
        try withDataFolder { data in
            try FileManager.default.createDirectory(atPath: data + "-files", withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: data + "-files") }
            let file = data + "-files/a\u{1B}[31m\nb.xml"
            let items = ServerItem.file([ServerItem("cm01\u{202E}.contoso.com")])
            try items.write(toFile: file, atomically: true, encoding: .utf8)
            let text = try ProgramRun.proxydesk("import", file, "--data", data, "--preview").text
            #expect(text.contains("cm01U+202E.contoso.com"))
            let hidden = text.unicodeScalars.filter {
                $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
            }
            #expect(hidden.isEmpty)
            #expect(!text.contains("\nb.xml"))
        }
    }

    @Test("show prints a server as JSON in the export's form")
    func show() throws {
        try withDataFolder { data in
            _ = try ProgramRun.proxydesk("import", site, "--data", data)
            let run = try ProgramRun.proxydesk("show", "CAS-SS01.corp.contoso.com", "--data", data, "--format", "json")
            let server = try run.json()
            #expect(server["name"] as? String == "cas-ss01.corp.contoso.com")
            #expect((server["proxy"] as? [String: Any])?["account"] as? String == "CONTOSO\\svc-proxy2")
            #expect((server["flows"] as? [Any]) != nil)
            #expect(server["told"] as? [String: Bool] == ["general": true, "proxy": true])
        }
    }

    @Test("migrate leaves a folder alone that is up to date, and makes none where there is none")
    func migrate() throws {
        try withDataFolder { data in
            let missing = try ProgramRun.proxydesk("migrate", "--data", data)
            #expect(missing.exitCode == 70 && !FileManager.default.fileExists(atPath: data))
            _ = try ProgramRun.proxydesk("import", site, "--data", data)
            let current = try ProgramRun.proxydesk("migrate", "--data", data)
            #expect(current.exitCode == 0 && current.text.contains("Nothing was changed"))
        }
    }
}

@Suite("A domain value comes from its rules alone")
struct ProbeTests {
    /// Whether a file that uses Domain from outside compiles.
    private func compiles(_ line: String) throws -> Bool {
        let folder = temporaryFolder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try "import Domain\n\(line)\n".write(toFile: folder + "/Probe.swift", atomically: true, encoding: .utf8)
        let run = try ProgramRun.run(
            "/usr/bin/env",
            ["swiftc", "-typecheck", "-swift-version", "6", "-I", Checkout.build + "Modules", folder + "/Probe.swift"])
        return run.exitCode == 0
    }

    @Test("the probe itself compiles")
    func control() throws {
        #expect(try compiles("let name = HostName.check(\"cm01\", label: \"Name\").value"))
    }

    @Test(
        "no value can be made past its rules",
        arguments: [
            "let x = HostName(text: \"a b\")", "let x = SiteCode(text: \"x\")", "let x = Port(number: 0)",
            "let x = AccountName(text: \"x\")", "let x = DisplayText(text: \"\\u{0}\")", "let x = RoleName(text: \"\")",
            "let x = ProxyServerName(text: \"x\", canonical: \"x\", isIPv6: false)",
            "func f(_ s: ProxyServerName, _ p: Port) { let x = ProxyConfiguration(server: s, port: p, account: nil) as ProxyConfiguration; _ = x }",
            "let x = ServiceConnectionPoint(mode: .online)", "let x = DistributionPoint(connectedCache: true)",
        ])
    func probe(line: String) throws { #expect(try !compiles(line)) }
}
