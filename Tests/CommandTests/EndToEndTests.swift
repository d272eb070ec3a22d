import Foundation
import TestSupport
import Testing

@Suite("From a site's export to an edited one", .serialized)
struct EndToEndTests {
    private let site = Checkout.fixtures + "whole-site.xml"
    private let tab = "/servers/cas-ss01.corp.contoso.com/proxy"

    /// The hidden revision of the page's form.
    private func revision(_ server: RunningServer) async throws -> String {
        let page = try await server.client.get(tab).body
        let field = try #require(page.firstRange(of: "name=\"revision\" value=\""))
        return String(page[field.upperBound...].prefix { $0.isNumber })
    }

    private func proxy(port: String, revision: String) -> [(String, String)] {
        [
            ("revision", revision), ("proxy.use", "true"), ("proxy.use.shown", "true"),
            ("proxy.server", "proxy04.contoso.com"), ("proxy.port", port), ("proxy.useCredentials", "true"),
            ("proxy.useCredentials.shown", "true"), ("proxy.account", "CONTOSO\\svc-proxy2"), ("reason", "moved"),
        ]
    }

    @Test("import, edit the Proxy tab, export: the export has the edit, and only that")
    func wholeWay() async throws {
        try await withServer(importing: site) { server, data in
            let before = try ProgramRun.proxydesk("export", "--data", data).text
            let saved = try await server.client.post(tab, proxy(port: "3128", revision: revision(server)))
            #expect(saved.status == 303)
            let location = try #require(saved.location)
            #expect(location.hasSuffix("?saved=2"))
            #expect(try await server.client.get(location).body.contains("role=\"alert\""))
            let after = try ProgramRun.proxydesk("export", "--data", data).text
            let changed = zip(before.split(separator: "\n"), after.split(separator: "\n")).filter { $0 != $1 }
            #expect(changed.count == 1)
            #expect(changed.first?.1.contains("server=\"proxy04.contoso.com\" port=\"3128\"") == true)
            let show = try ProgramRun.proxydesk("show", "cas-ss01.corp.contoso.com", "--data", data, "--format", "json")
            #expect(try show.json()["pending"] as? [String] == ["proxy.port"])
        }
    }

    @Test("an import beside the running server and forms saved during it both end well")
    func besideTheServer() async throws {
        let file = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: file) }
        try writeExport(servers: 3_000, to: file)
        try await withServer(importing: site) { server, data in
            async let run = Task.detached {
                try ProgramRun.proxydesk("import", file, "--data", data, "--other-hierarchy")
            }.value
            var saves = 0
            for port in 3_001...3_020 {
                let answer = try await server.client.post(tab, proxy(port: String(port), revision: revision(server)))
                #expect(answer.status == 303, "\(answer.body.prefix(300))")
                saves += 1
            }
            let imported = try await run
            #expect(imported.exitCode == 0, "\(imported.errors)\(imported.text.suffix(600))")
            let exported = try ProgramRun.proxydesk("export", "--data", data, "--format", "json").json()
            let servers = try #require(exported["servers"] as? [[String: Any]])
            #expect(servers.count == 3_008)
            let edited = servers.first { $0["name"] as? String == "cas-ss01.corp.contoso.com" }
            #expect((edited?["proxy"] as? [String: Any])?["port"] as? Int == 3_000 + saves)
        }
    }

    private func writeExport(servers: Int, to path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try CLIXMLGenerator(servers: servers).write { try handle.write(contentsOf: Data($0)) }
        try handle.close()
    }

    @Test("a second server on the same folder is refused, naming the first, and migrate too")
    func locks() async throws {
        try await withServer(importing: site) { _, data in
            let second = try ProgramRun.proxydesk(
                "serve", "--port", "0", "--data", data, "--resources", Checkout.path)
            #expect(
                second.exitCode == 70 && second.errors.contains("proxydesk serve (process "), "\(second.errors)")
            let migrate = try ProgramRun.proxydesk("migrate", "--data", data)
            #expect(
                migrate.exitCode == 70 && migrate.errors.contains("proxydesk serve (process "), "\(migrate.errors)")
        }
    }

    @Test("a port that is taken is named, with what to do")
    func portTaken() async throws {
        try await withServer(importing: site) { server, data in
            let second = try ProgramRun.proxydesk(
                "serve", "--port", String(server.client.port), "--data", data + "-2", "--resources", Checkout.path)
            try? FileManager.default.removeItem(atPath: data + "-2")
            #expect(
                second.exitCode == 70 && second.errors.contains("choose another port with --port"), "\(second.errors)")
        }
    }

    @Test("a server does not start on content that lacks a field or a rule, and says where")
    func brokenContent() throws {
        try withDataFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for name in ["content", "Templates", "Public"] {
                try FileManager.default.copyItem(atPath: Checkout.path + name, toPath: folder + "/" + name)
            }
            let rules = folder + "/content/rules/proxy.md"
            let text = try String(contentsOfFile: rules, encoding: .utf8)
            try text.replacing("## proxy.port.range", with: "## proxy.port.rang").write(
                toFile: rules, atomically: true, encoding: .utf8)
            let run = try ProgramRun.proxydesk("serve", "--port", "0", "--data", folder + "/var", "--resources", folder)
            #expect(run.exitCode != 0)
            #expect(run.errors.contains("content/rules/proxy.md:"), "\(run.errors)")
            #expect(run.errors.contains("proxy.port.rang"))
        }
    }
}
