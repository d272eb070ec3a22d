import Foundation
import Manual
import Pages
import Synchronization
import TestSupport
import Testing

@testable import Web

/// An organisation's own documents on the server: `--docs`.
@Suite("Runbook pages")
struct RunbookPageTests {
    /// Serves the manual alone with a folder of documents.
    private func withDocuments(
        _ body: @escaping @Sendable (_ folder: String, HTTPClient) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try write("# Change the egress\n\nThe quokkafirewall opens at noon.\n\n[lost](gone.md)\n", folder, "egress.md")
        try FileManager.default.createSymbolicLink(atPath: folder + "/passwd.md", withDestinationPath: "/etc/passwd")
        let plain = try ManualOnlyTests.site.get()
        let time = PassingTime()
        let site = try ManualSite(
            manual: plain.manual, pages: plain.pages, assets: plain.assets,
            runbooks: Runbooks(directory: folder, manual: plain.manual, clock: { time.now() }))
        var settings = WebSettings()
        settings.port = 0
        let served = ManualOnlySite(site: site, settings: settings, makeID: { "an-id" })
        try await run(
            { makeApplication(served, logger: $0, onRunning: $1) },
            { client, _ in try await body(folder, client) })
    }

    @Test func theListLeadsToEachDocumentAndNamesWhatIsNotShown() async throws {
        try await withDocuments { _, client in
            let manual = try await client.get("/manual")
            #expect(manual.body.contains("href=\"/manual/runbooks\""))
            let list = try await client.get("/manual/runbooks")
            #expect(
                list.status == 200 && list.body.contains("<a href=\"/manual/runbooks/egress\">Change the egress</a>"))
            #expect(list.body.contains("passwd.md is a symbolic link"))
            #expect(Markup(list.body).brokenReferences == [])
            for address in ["/manual/runbooks/passwd", "/manual/runbooks/gone", "/manual/runbooks/../egress"] {
                let status = try await client.get(address).status
                #expect(status == 404, "\(address)")
            }
        }
    }

    @Test func aDocumentIsShownWithItsFault() async throws {
        try await withDocuments { _, client in
            let reply = try await client.get("/manual/runbooks/egress")
            #expect(reply.status == 200 && reply.body.contains("The quokkafirewall opens at noon."))
            #expect(reply.body.contains("Line 5: the link “gone.md” leads to nothing that is served here."))
            let page = Markup(reply.body)
            #expect(page.brokenReferences == [] && page.headingJumps == [])
        }
    }

    @Test func theSearchFindsDocumentsAndAChangedFileIsReadAgain() async throws {
        try await withDocuments { folder, client in
            let found = try await client.get("/search?q=quokkafirewall")
            #expect(found.body.contains("href=\"/manual/runbooks/egress\""))
            let first = try await client.get("/manual/runbooks/egress")
            try write("# Change the egress\n\nThe wombatgateway opens at one o'clock.\n", folder, "egress.md")
            let second = try await client.get("/manual/runbooks/egress")
            #expect(second.body.contains("wombatgateway") && !second.body.contains("quokkafirewall"))
            #expect(first.headers["etag"] != second.headers["etag"])
            let changed = try await client.get("/search?q=wombatgateway")
            #expect(changed.body.contains("href=\"/manual/runbooks/egress\""))
            let gone = try await client.get("/search?q=quokkafirewall")
            #expect(!gone.body.contains("href=\"/manual/runbooks/egress\""))
        }
    }
}

private func write(_ text: String, _ folder: String, _ name: String) throws {
    try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
}

/// A clock on which every look at a folder is long after the one before.
private final class PassingTime: Sendable {
    private let time = Mutex<Int64>(0)
    func now() -> Int64 {
        time.withLock {
            $0 += 5000
            return $0
        }
    }
}
