import Domain
import GRDB
import TestSupport
import Testing
import Workflow

@testable import SQLiteStore

@Suite("The software update point component in the store")
struct ComponentStoreTests {
    private static let file = """
        <configuration xmlns="urn:proxydesk:configuration:1">
        <softwareUpdatePointComponent site="PS1" synchronizationSource="upstream" upstreamServer="wsus.contoso.com"
            upstreamPort="8531" upstreamSSL="true" schedule="0001200000100008" featureUpdateWaitMonths="3" expressFiles="false">
        <products><product name="Windows 10, version 1903 and later"/><product name="&quot;Quoted&quot; &amp; more"/></products>
        <classifications/>
        </softwareUpdatePointComponent>
        </configuration>
        """

    @Test("every kind of value comes back as it was, and what nobody told stays untold")
    func roundTrip() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            let record = try #require(try portal.store.read { try $0.components() }.first)
            let component = try #require(record.component.intended)
            #expect(component.synchronizationSource == .upstream && component.upstreamPort?.number == 8531)
            #expect(component.upstreamSSL == true && component.expressFiles == false && component.wsusCleanup == nil)
            #expect(component.featureUpdateWaitMonths == 3 && component.classifications == [])
            #expect(component.products?.map(\.text) == ["\"Quoted\" & more", "Windows 10, version 1903 and later"])
            #expect(record.component.observed == nil && record.seen == nil)
            #expect(try portal.store.read { try $0.component(of: record.site) } == record)
        }
    }

    @Test("its history tells each change, and the row has the number of the last")
    func history() throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            let changed = Self.file.replacing("upstreamPort=\"8531\"", with: "upstreamPort=\"8530\"")
            let done = try portal.importing(file: changed)
            #expect(done.changes.map(\.fields) == [[.supcUpstreamPort]])
            let history = try portal.store.read {
                try $0.history(.component, key: "PS1", before: nil, limit: 10)
            }
            #expect(history.map(\.change.kind) == [.changed, .added])
            #expect(history[0].change.before == history[1].change.after)
            let record = try #require(try portal.store.read { try $0.components() }.first)
            #expect(record.revision == history[0].change.number)
            #expect(history[0].change.after == record.document)
        }
    }

    @Test(
        "the schema holds the shape rules a second time",
        arguments: [
            "UPDATE component SET intended = 'x'", "UPDATE component SET intended = '{\"upstreamPort\": 0}'",
            "UPDATE component SET seen = '{}'", "UPDATE component SET site = 'XXX'",
        ])
    func constraints(sql: String) throws {
        try withPortal { portal in
            try portal.importing(file: Self.file)
            #expect(throws: DatabaseError.self) { try portal.store.pool.write { try $0.execute(sql: sql) } }
        }
    }
}
