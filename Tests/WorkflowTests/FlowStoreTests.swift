import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Traffic flows of what is stored")
struct FlowStoreTests {
    @Test("a save changes the flows of its server, and of those that hang on it", arguments: [true, false])
    func whatHangsTogether(isSiteServer: Bool) throws {
        try withPortal { portal in
            try portal.submit(
                .createSite(
                    Draft([
                        .siteCode: "PS1", .siteType: "primary",
                        .siteServer: isSiteServer ? "ps1.contoso.com" : "other.contoso.com",
                    ])))
            for name in ["ps1.contoso.com", "sup.contoso.com"] {
                try portal.submit(.createServer(Draft([.serverName: name, .serverSite: "PS1"])))
                try change(portal, name, proxy: "proxy01")
            }
            try addPoint(portal, "sup.contoso.com")
            let set = try change(portal, "ps1.contoso.com", proxy: "proxy02")
            let changes = try portal.store.read { try $0.flowChanges(ofSet: set) }
            #expect(changes.total == (isSiteServer ? 1 : 0))
            #expect(changes.first.first?.before?.answer.proxy?.text == (isSiteServer ? "proxy01:8080" : nil))
            #expect(changes.first.first?.after?.answer.route == (isSiteServer ? .unknown : nil))
            try expectRebuildEqual(portal)
        }
    }

    @Test("a rehearsal tells the flows that a save changes, and stores none of it")
    func rehearsal() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary"])))
            try portal.submit(.createServer(Draft([.serverName: "sup.contoso.com", .serverSite: "PS1"])))
            try change(portal, "sup.contoso.com", proxy: "proxy01")
            try addPoint(portal, "sup.contoso.com")
            let record = try #require(try portal.server("sup.contoso.com"))
            let edit = Edit.changeProxy(record.name, Self.proxy("proxy02"), revision: record.revision)
            guard case .rehearsed(_, let flows) = try portal.rehearse(edit) else {
                Issue.record("it was refused")
                return
            }
            #expect(flows.first.map { $0.after?.id } == [.softwareUpdateSynchronization])
            #expect(flows.first.first?.after?.answer.proxy?.text == "proxy02:8080")
            let stored = try portal.store.read { try $0.flows(of: record.name) }
            #expect(stored.first?.answer.proxy?.text == "proxy01:8080")
            #expect(try portal.server("sup.contoso.com") == record)
            guard case .saved(let set, _) = try portal.submit(edit) else {
                Issue.record("it was not saved")
                return
            }
            let saved = try portal.store.read { try $0.flowChanges(ofSet: try #require(set)) }
            #expect(saved == flows)
        }
    }

    @Test("a role that goes straight out gets a notice, which goes when a proxy comes")
    func notice() throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary"])))
            try portal.submit(.createServer(Draft([.serverName: "scp.contoso.com", .serverSite: "PS1"])))
            var record = try #require(try portal.server("scp.contoso.com"))
            try portal.submit(.changeProxy(record.name, Draft([.proxyUse: "false"]), revision: record.revision))
            record = try #require(try portal.server("scp.contoso.com"))
            try portal.submit(
                .changeRoles(record.name, RoleChanges(adding: Sent("SMS Dmp Connector")), revision: record.revision))
            record = try #require(try portal.server("scp.contoso.com"))
            let online = RoleChanges(details: [(.serviceConnectionPoint, Draft([.scpMode: "online"]))])
            try portal.submit(.changeRoles(record.name, online, revision: record.revision))
            #expect(try codes(portal, record.name).contains(.flowDirect))
            try expectRebuildEqual(portal)
            try change(portal, "scp.contoso.com", proxy: "proxy01")
            #expect(try codes(portal, record.name).contains(.flowDirect) == false)
            try expectRebuildEqual(portal)
        }
    }

    @Test("a software update point without a proxy gets the notice too, and its site server for what it downloads")
    func noticeOfPoints() throws {
        try withPortal { portal in
            try portal.submit(
                .createSite(Draft([.siteCode: "PS1", .siteType: "primary", .siteServer: "ps1.contoso.com"])))
            for name in ["ps1.contoso.com", "sup.contoso.com"] {
                try portal.submit(.createServer(Draft([.serverName: name, .serverSite: "PS1"])))
                let record = try #require(try portal.server(name))
                try portal.submit(.changeProxy(record.name, Draft([.proxyUse: "false"]), revision: record.revision))
            }
            var record = try #require(try portal.server("sup.contoso.com"))
            try portal.submit(
                .changeRoles(
                    record.name, RoleChanges(adding: Sent(RoleName.softwareUpdatePoint.text)),
                    revision: record.revision))
            record = try #require(try portal.server("sup.contoso.com"))
            let off = Draft([.supUseProxyForSynchronization: "false", .supUseProxyForADR: "false"])
            try portal.submit(
                .changeRoles(
                    record.name, RoleChanges(details: [(.softwareUpdatePoint, off)]), revision: record.revision))
            #expect(try codes(portal, record.name).contains(.flowDirect))
            let siteServer = try #require(try portal.server("ps1.contoso.com"))
            #expect(try codes(portal, siteServer.name) == [.flowDirect])
            try expectRebuildEqual(portal)
        }
    }

    @Test("flows are what a rebuild makes, after random sequences of changes and imports", arguments: 0..<6)
    func randomSequences(seed: UInt64) throws {
        try withPortal { portal in
            var sequence = RandomFlowEdits(seed: seed, portal: portal)
            try sequence.begin()
            for step in 0..<60 {
                try sequence.next()
                if step % 6 == 5 { try expectRebuildEqual(portal) }
            }
        }
    }

    // MARK: -

    private static func proxy(_ name: String) -> Draft {
        Draft([.proxyUse: "true", .proxyServer: name, .proxyPort: "8080"])
    }

    @discardableResult
    private func change(_ portal: TestPortal, _ name: String, proxy: String) throws -> Int {
        let record = try #require(try portal.server(name))
        let outcome = try portal.submit(.changeProxy(record.name, Self.proxy(proxy), revision: record.revision))
        guard case .saved(let set?, _) = outcome else {
            Issue.record("\(outcome)")
            return 0
        }
        return set
    }

    private func addPoint(_ portal: TestPortal, _ name: String) throws {
        var record = try #require(try portal.server(name))
        try portal.submit(
            .changeRoles(
                record.name, RoleChanges(adding: Sent(RoleName.softwareUpdatePoint.text)), revision: record.revision))
        record = try #require(try portal.server(name))
        let details = Draft([.supUseProxyForSynchronization: "true", .supUseProxyForADR: "true"])
        try portal.submit(
            .changeRoles(
                record.name, RoleChanges(details: [(.softwareUpdatePoint, details)]), revision: record.revision))
    }

    private func codes(_ portal: TestPortal, _ name: HostName) throws -> [FindingCode] {
        try portal.store.read { try $0.findings(.server, key: name.folded) }.map(\.code)
    }

    private func expectRebuildEqual(_ portal: TestPortal) throws {
        let before = try DerivedState(portal)
        try portal.store.rebuildDerived()
        let after = try DerivedState(portal)
        #expect(before.flows == after.flows)
        #expect(before.counts == after.counts)
        #expect(before.findings == after.findings)
    }
}

/// What is derived, in texts that compare.
private struct DerivedState {
    let flows: [String]
    let counts: [String]
    let findings: [String]

    init(_ portal: TestPortal) throws {
        var query = FlowListQuery()
        query.limit = 10_000
        let (page, counts, found) = try portal.store.read { reading in
            var all: [Finding] = []
            try reading.eachFinding { all.append($0) }
            return (try reading.flowList(query), try reading.flowCounts(site: nil), all)
        }
        flows = page.rows.map { "\($0)" }
        self.counts = counts.map { "\($0)" }
        findings = found.map { "\($0)" }.sorted()
        #expect(counts.map(\.number).reduce(0, +) == page.rows.count && page.total == page.rows.count)
    }
}
