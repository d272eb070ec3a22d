import Domain
import Foundation
import TestSupport
import Testing
import XMLExchange

@Suite("The published schema")
struct SchemaTests {
    /// Whether xmllint finds a document valid.
    private func isValid(_ document: [UInt8]) throws -> Bool {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("proxydesk-\(UUID().uuidString).xml")
        try Data(document).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/xmllint")
        process.arguments = [
            "--noout", "--nonet", "--schema",
            Fixture.root.appendingPathComponent("Public/schema/proxydesk-configuration-1.xsd").path, file.path,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test("What the portal writes is valid")
    func written() throws {
        var random = RandomConfiguration(seed: 9)
        let servers = (0..<100).map { random.server($0) }
        #expect(try isValid(WriterTests.write(random.sites(), servers, components: random.components())))
        #expect(try isValid(Fixture.bytes("configuration-1.xml")))
        #expect(try isValid(Fixture.bytes("configuration-1-components.xml")))
        #expect(try isValid(Array(Sample.configuration(OwnXMLTests.whole).utf8)))
        #expect(
            try isValid(
                Array(
                    Sample.configuration(
                        OwnXMLTests.server("<role name=\"a\"/><proxy use=\"1\"/><role name=\"b\"/><general/>")
                    ).utf8)))
    }

    @Test("What the reader refuses for its structure is not valid", arguments: OwnXMLTests.flawed.indices)
    func broken(_ index: Int) throws {
        #expect(try !isValid(Array(Sample.configuration(OwnXMLTests.flawed[index].0).utf8)))
    }
}
