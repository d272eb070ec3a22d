import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("The same site systems in every way an admin can have exported them")
struct FormatImportTests {
    static let wholeShapes = ["wmi-3", "cim-3", "selected-3", "sqlrow-3", "convertto-3", "cimxml-3"]
    static let reportShapes = ["flat-3", "convertto-flat-3"]

    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("XMLExchangeTests/Fixtures")

    private func text(_ name: String) throws -> String {
        let data = try Data(contentsOf: Self.fixtures.appendingPathComponent(name))
        let isWide = data.starts(with: [0xFF, 0xFE])
        return try #require(String(data: data, encoding: isWide ? .utf16 : .utf8))
    }

    /// What a portal holds of servers after it imported a file into an empty store.
    private func stored(_ name: String) throws -> [ServerRecord] {
        try withPortal { portal in
            let done = try portal.importing(file: text(name))
            #expect(done.outcome == .saved, "\(done.findings)")
            #expect(done.findings.allSatisfy { $0.severity != .error })
            var records: [ServerRecord] = []
            try portal.store.read { reading in try reading.eachServer(site: nil) { records.append($0) } }
            return records
        }
    }

    @Test("Objects, rows and CIM-XML are imported to the same configuration", arguments: wholeShapes)
    func sameConfiguration(_ shape: String) throws {
        let expected = try stored("iresult-3.xml")
        #expect(expected.count == 3 && expected[0].proxy.intended?.configuration != nil)
        #expect(try stored("\(shape).xml") == expected)
    }

    @Test("A flattened report tells the same proxies, and neither General nor roles", arguments: reportShapes)
    func reports(_ shape: String) throws {
        let expected = try stored("iresult-3.xml").map { server in
            var server = server
            server.general = Held()
            server.roles = []
            server.sightings.general = nil
            server.sightings.roles = nil
            return server
        }
        #expect(try stored("\(shape).xml") == expected)
    }

    @Test("A whole site is imported to what it is known to have")
    func wholeSite() throws {
        let truth = try JSONDecoder().decode(Truth.self, from: Data(text("whole-site.truth.json").utf8))
        let servers = try stored("whole-site.xml").map { Truth.Server($0.intended) }
        #expect(servers == truth.servers.sorted { $0.name < $1.name })
    }
}

/// What a site is known to have: the part of it that all shapes share.
private struct Truth: Decodable {
    let servers: [Server]

    struct Proxy: Decodable, Equatable {
        let server: String
        let port: Int
        let account: String?
    }

    struct Server: Decodable, Equatable {
        let name, site: String
        let proxy: Proxy?
        let roles: [String]
    }
}

extension Truth.Server {
    init(_ server: SiteSystemServer) {
        let proxy = server.proxy?.configuration
        self.init(
            name: server.name.text, site: server.site.text,
            proxy: proxy.map { Truth.Proxy(server: $0.server.text, port: $0.port.number, account: $0.account?.text) },
            roles: server.roles.map(\.name.text).sorted())
    }
}
