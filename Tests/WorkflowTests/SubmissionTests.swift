import Domain
import SQLiteStore
import TestSupport
import Testing
import Workflow

@Suite("Saving a form")
struct SubmissionTests {
    private func withServer(_ body: (TestPortal, ServerRecord) throws -> Void) throws {
        try withPortal { portal in
            try portal.submit(.createSite(Draft([.siteCode: "PS1", .siteType: "primary"])))
            try portal.submit(.createServer(Draft([.serverName: "cm01.contoso.com", .serverSite: "PS1"])))
            try body(portal, try #require(try portal.server("cm01.contoso.com")))
        }
    }

    private let proxy = Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "8080"])

    @Test("a stale revision is a conflict that shows what is there, and nothing is stored")
    func conflict() throws {
        try withServer { portal, record in
            try portal.submit(.changeProxy(record.name, proxy, revision: record.revision))
            let outcome = try portal.submit(
                .changeProxy(record.name, Draft([.proxyUse: "false"]), revision: record.revision))
            guard case .conflict(.server(let current)) = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(current.proxy.intended?.configuration?.port.number == 8080)
            #expect(try portal.server("cm01.contoso.com") == current)
        }
    }

    @Test("saving what is stored already writes nothing")
    func nothingChanged() throws {
        try withServer { portal, record in
            try portal.submit(.changeProxy(record.name, proxy, revision: record.revision))
            let saved = try #require(try portal.server("cm01.contoso.com"))
            guard
                case .saved(changeSet: nil, _) = try portal.submit(
                    .changeProxy(record.name, proxy, revision: saved.revision))
            else {
                Issue.record("something was written")
                return
            }
            #expect(try portal.server("cm01.contoso.com")?.revision == saved.revision)
        }
    }

    @Test("all problems of a form are told at once, and nothing is stored")
    func allFindings() throws {
        try withServer { portal, record in
            let draft = Draft([
                .proxyUse: "true", .proxyServer: "http://proxy01", .proxyPort: "70000", .proxyUseCredentials: "true",
            ])
            guard
                case .rejected(let findings) = try portal.submit(
                    .changeProxy(record.name, draft, revision: record.revision))
            else {
                Issue.record("it was stored")
                return
            }
            #expect(findings.map(\.code) == [.proxyServerURL, .proxyPortRange, .proxyAccountMissing])
            let doubtful = Draft([
                .proxyUse: "true", .proxyServer: "proxy_01.contoso.com", .proxyPort: "0", .proxyUseCredentials: "true",
                .proxyAccount: "svc@contoso.com",
            ])
            guard
                case .rejected(let both) = try portal.submit(
                    .changeProxy(record.name, doubtful, revision: record.revision))
            else {
                Issue.record("it was stored")
                return
            }
            #expect(
                Set(both.map(\.code)) == [.proxyPortRange, .nameUnderscore, .accountUPN],
                "doubts are told with the rest")
            #expect(try portal.server("cm01.contoso.com") == record)
        }
    }

    @Test("a rehearsal finds what the save finds, and leaves nothing behind")
    func rehearsal() throws {
        try withServer { portal, record in
            let doubtful = Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com"])
            let edit = Edit.changeProxy(record.name, doubtful, revision: record.revision)
            guard case .rehearsed(let expected, _) = try portal.rehearse(edit) else {
                Issue.record("it was refused")
                return
            }
            #expect(expected.map(\.code) == [.proxyPortAssumed])
            let kept = try portal.server("cm01.contoso.com")
            #expect(kept == record)
            let stale = Edit.changeProxy(record.name, proxy, revision: record.revision - 1)
            guard case .conflict = try portal.rehearse(stale) else {
                Issue.record("it was not a conflict")
                return
            }
            guard case .saved(changeSet: 3, let findings) = try portal.submit(edit) else {
                Issue.record("the save ended otherwise, or a number was left out")
                return
            }
            #expect(findings == expected)
        }
    }

    @Test("the proxy cannot be turned off while the software update point is told to use it")
    func proxyNeeded() throws {
        try withServer { portal, _ in
            var record = try #require(try portal.server("cm01.contoso.com"))
            try portal.submit(.changeProxy(record.name, proxy, revision: record.revision))
            record = try #require(try portal.server("cm01.contoso.com"))
            try portal.submit(
                .changeRoles(
                    record.name, RoleChanges(adding: Sent("SMS Software Update Point")), revision: record.revision))
            record = try #require(try portal.server("cm01.contoso.com"))
            let optIn = RoleChanges(details: [(.softwareUpdatePoint, Draft([.supUseProxyForSynchronization: "true"]))])
            try portal.submit(.changeRoles(record.name, optIn, revision: record.revision))
            record = try #require(try portal.server("cm01.contoso.com"))
            guard
                case .rejected(let findings) = try portal.submit(
                    .changeProxy(record.name, Draft([.proxyUse: "false"]), revision: record.revision))
            else {
                Issue.record("it was stored")
                return
            }
            #expect(findings.contains { $0.code == .supProxyUnavailable && $0.severity == .error })
        }
    }

    @Test("a removed server's history stays, and the same name can come again with a higher revision")
    func removal() throws {
        try withServer { portal, record in
            try portal.submit(.removeServer(record.name, revision: record.revision), reason: "replaced")
            #expect(try portal.server("cm01.contoso.com") == nil)
            let history = try portal.store.read {
                try $0.history(.server, key: "cm01.contoso.com", before: nil, limit: 9)
            }
            #expect(history.map(\.change.kind) == [.removed, .added])
            #expect(history.first?.set.reason == "replaced")
            try portal.submit(.createServer(Draft([.serverName: "CM01.contoso.com", .serverSite: "PS1"])))
            #expect(try #require(try portal.server("cm01.contoso.com")).revision > record.revision)
        }
    }

    @Test("a server needs a site the portal has, and a name it has not")
    func newServers() throws {
        try withServer { portal, _ in
            let cases: [(name: String, site: String, codes: [FindingCode])] = [
                ("CM01.contoso.com", "PS1", [.serverExists]), ("cm02.contoso.com", "XXX", [.serverSiteUnknown]),
                ("cm 02", "P", [.nameWhitespace, .siteCodeMalformed]), ("cm_02.contoso.com", "PS1", [.nameUnderscore]),
            ]
            for (name, site, expected) in cases {
                let found = try codes(portal, name, site)
                #expect(found == expected)
            }
        }
    }

    private func codes(_ portal: TestPortal, _ name: String, _ site: String) throws -> [FindingCode] {
        let draft = Draft([.serverName: name, .serverSite: site])
        guard case .rejected(let findings) = try portal.submit(.createServer(draft)) else { return [] }
        return findings.filter { $0.severity == .error }.map(\.code)
    }
}
