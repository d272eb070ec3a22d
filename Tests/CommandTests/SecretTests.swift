import Foundation
import TestSupport
import Testing

@Suite("Secrets in a file stay there", .serialized)
struct SecretTests {
    private static let canary = SecretPlaces.canary

    private static func expectSilence(inFolder data: String) throws {
        #expect(try SecretPlaces.files(in: data, holding: canary).isEmpty)
        // What is looked through is there.
        #expect(try SecretPlaces.files(in: data, holding: "SQLite format 3").isEmpty == false)
    }

    private static func expectSilence(_ run: ProgramRun, _ what: String) {
        #expect(!run.text.contains(canary) && !run.errors.contains(canary), "\(what): \(run.text) \(run.errors)")
    }

    @Test("No row, preview, report or export has one, whatever the format", arguments: SecretPlaces.all)
    func commandLine(_ places: SecretPlaces) throws {
        try withDataFolder { data in
            let file = data + "-site.xml"
            defer { try? FileManager.default.removeItem(atPath: file) }
            try places.document().write(toFile: file, atomically: true, encoding: .utf8)
            Self.expectSilence(try ProgramRun.proxydesk("import", file, "--preview", "--data", data), "preview")
            let run = try ProgramRun.proxydesk("import", file, "--data", data, "--format", "json")
            Self.expectSilence(run, "import")
            #expect(try run.json()["outcome"] as? String == (places.isRead ? "saved" : "rejected"), "\(run.text)")
            for format in ["xml", "json"] {
                Self.expectSilence(try ProgramRun.proxydesk("export", "--format", format, "--data", data), format)
            }
            try Self.expectSilence(inFolder: data)
        }
    }

    static let damages: [(String, @Sendable (String) -> String)] = [
        ("cut short behind a secret", { $0.replacing(/<\/Objs>\s*$/, with: "<S N=\"Password\">\(canary)") }),
        ("cut short in a tag", { $0.replacing(/<\/Objs>\s*$/, with: "<S N=\"\(canary)") }),
        (
            "an attribute twice",
            { $0.replacing("</Objs>", with: "<S Password=\"\(canary)\" Password=\"\(canary)\"/></Objs>") }
        ),
        ("a wrong end", { $0.replacing("</Objs>", with: "<S>\(canary)</\(canary)></Objs>") }),
        ("an entity of nobody", { $0.replacing("</Objs>", with: "<S>&\(canary);</S></Objs>") }),
        ("a bare ampersand", { $0.replacing("</Objs>", with: "<S N=\"Password\">\(canary)& \(canary)</S></Objs>") }),
        (
            "a character that is none",
            { $0.replacing("</Objs>", with: "<S N=\"Password\">\(canary)\u{1}\(canary)</S></Objs>") }
        ),
        ("a prefix of nothing", { $0.replacing("</Objs>", with: "<a:\(canary) b=\"\(canary)\"/></Objs>") }),
        ("a processing instruction", { $0.replacing("</Objs>", with: "<?\(canary) \(canary)?></Objs>") }),
        (
            "a document type",
            { "<!DOCTYPE Objs [<!ENTITY x \"\(canary)\">]>" + $0.replacing(/^<\?xml.*?\?>/, with: "") }
        ),
        ("text behind the end", { $0 + canary }),
        ("a comment that does not end", { $0 + "<!-- \(canary)" }),
        (
            "a value that is too long",
            { $0.replacing("</Objs>", with: "<S \(String(repeating: canary, count: 6_000))=\"\"/></Objs>") }
        ),
    ]

    /// The parser's own messages quote the document; none of them may come out.
    @Test("What is said of a damaged file does not quote it", arguments: damages.indices)
    func damaged(_ index: Int) throws {
        let (what, damage) = Self.damages[index]
        try withDataFolder { data in
            let file = data + "-site.xml"
            defer { try? FileManager.default.removeItem(atPath: file) }
            let text = damage(try SecretPlaces.all[0].document())
            try text.write(toFile: file, atomically: true, encoding: .utf8)
            for format in ["text", "json"] {
                let run = try ProgramRun.proxydesk("import", file, "--data", data, "--format", format)
                #expect(run.exitCode == 1, "\(what): \(run.text)")
                Self.expectSilence(run, what)
            }
            try Self.expectSilence(inFolder: data)
        }
    }

    @Test("No page, log or download has one, and what a form sends under an unknown name comes back nowhere")
    func server() async throws {
        let file = temporaryFolder() + ".xml"
        defer { try? FileManager.default.removeItem(atPath: file) }
        let places = try #require(SecretPlaces.all.first { $0.fixture == "whole-site.xml" })
        try places.document().write(toFile: file, atomically: true, encoding: .utf8)
        try await withServer(importing: file) { server, data in
            let name = "cas-ss01.corp.contoso.com"
            let tabs = ["", "/proxy", "/roles", "/connections", "/history", "/remove"].map { "/servers/\(name)\($0)" }
            let pages = ["/", "/servers", "/sites", "/proxies", "/import", "/changes", "/changes/1", "/export"] + tabs
            let downloads = ["/export/proxydesk-configuration.xml", "/export/proxydesk-configuration.json"]
            for page in pages + downloads {
                let reply = try await server.client.get(page)
                #expect(!reply.body.contains(Self.canary), "\(page)")
                #expect(reply.status == 200 || reply.status == 404, "\(page)")
            }
            let controls = [("revision", "1"), ("proxy.password", Self.canary), (Self.canary, Self.canary)]
            let reply = try await server.client.post("/servers/\(name)/proxy", controls)
            #expect(reply.status == 422 && !reply.body.contains("value=\"\(Self.canary)"), "\(reply.status)")
            #expect(!server.log.contains(Self.canary) && server.log.contains("/servers/\(name)/proxy"), "\(server.log)")
            try Self.expectSilence(inFolder: data)
        }
    }
}
