import Domain
import Foundation
import TestSupport
import Testing
import Web

@Suite("Secrets in an upload stay there")
struct UploadSecretTests {
    private static let canary = SecretPlaces.canary

    @Test("No page of the preview, staging file, row or line of the log has one", arguments: SecretPlaces.all)
    func uploaded(_ places: SecretPlaces) async throws {
        try await withImportPortal { portal in
            let reply = try await portal.upload([("site.xml", try places.document())])
            let preview = try #require(reply.location)
            for show in [""] + ["?show=problems"] + PreviewGroup.allCases.map({ "?show=\($0.rawValue)" }) {
                let page = try await portal.client.get(preview + show)
                #expect(page.status == 200 && !page.body.contains(Self.canary), "\(show)")
            }
            #expect(try SecretPlaces.files(in: portal.path, holding: Self.canary).isEmpty)
            if places.isRead {
                #expect(
                    try await portal.decide(preview, [("leaveOutRefused", "true")], button: "preview").status == 303)
                let saved = try await portal.decide(preview)
                #expect(saved.status == 303 || saved.status == 422)
            }
            #expect(try SecretPlaces.files(in: portal.path, holding: Self.canary).isEmpty)
            #expect(!portal.log.lines.joined(separator: "\n").contains(Self.canary))
        }
    }

    @Test("What another control of an upload holds comes back nowhere")
    func otherControls() async throws {
        try await withImportPortal { portal in
            let part =
                "--b\r\nContent-Disposition: form-data; name=\"\(Self.canary)\"\r\nX-Secret: \(Self.canary)\r\n\r\n\(Self.canary)\r\n"
            let reply = try await portal.client.post(
                "/import", body: part + "--b--\r\n", headers: ["Content-Type": "multipart/form-data; boundary=b"])
            #expect(reply.status == 400 && !reply.body.contains(Self.canary))
            #expect(!portal.log.lines.joined(separator: "\n").contains(Self.canary))
            #expect(try SecretPlaces.files(in: portal.path, holding: Self.canary).isEmpty)
        }
    }
}
