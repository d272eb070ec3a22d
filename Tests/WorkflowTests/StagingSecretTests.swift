import TestSupport
import Testing
import Workflow

@Suite("Secrets in a file, while its preview is open")
struct StagingSecretTests {
    @Test("The staging file has none, whatever the format", arguments: SecretPlaces.all)
    func staging(_ places: SecretPlaces) throws {
        try withPortal { portal in
            let run = try portal.comparing(file: places.document())
            defer { run.staging.discard() }
            #expect(try SecretPlaces.files(in: portal.path, holding: SecretPlaces.canary).isEmpty)
            let files = try SecretPlaces.files(in: portal.path, holding: "SQLite format 3")
            #expect(files.contains { $0.hasPrefix("staging/") }, "there is a staging file to look through")
        }
    }
}
