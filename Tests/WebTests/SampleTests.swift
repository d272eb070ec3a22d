import Domain
import Foundation
import Manual
import SQLiteStore
import TestSupport
import Testing
import Workflow
import XMLExchange

@Suite("The sample hierarchy")
struct SampleTests {
    private static let load = "/import/sample"
    private static let remove = "/import/sample/remove"
    private static let server = ServerItem("cm01.contoso.com")

    @Test("comes into an empty portal with one button, shows every role, and what is pending and stale")
    func loaded() async throws {
        try await withImportPortal { portal in
            #expect(try await portal.page("/").text.contains(#"action="/import/sample""#))
            #expect(try await portal.client.post(Self.load, []).location == "/")
            let overview = try portal.store.read { try $0.overview() }
            #expect(overview.servers >= 40 && overview.pending > 0 && overview.stale > 0)
            #expect(overview.withProxy > 0 && overview.withoutProxy > 0)
            let types = try portal.store.read { try $0.sites().compactMap(\.site.type) }
            #expect(types.contains(.centralAdministration) && types.contains(.primary) && types.contains(.secondary))
            let roles = try portal.store.read { Set(try $0.rolesInUse()) }
            #expect(Set(RoleName.known).subtracting(roles) == [.siteSystem], "which every server has")
            let sets = try portal.store.read { try $0.changeSets(before: nil, limit: 10) }
            #expect(sets.count == 3 && sets.allSatisfy { $0.reason?.hasPrefix("Sample") ?? false })
        }
    }

    @Test("is labelled on every page until it is removed, which empties the portal and keeps the history")
    func removed() async throws {
        try await withImportPortal { portal in
            let label = "Remove the sample data"
            #expect(!(try await portal.page("/")).text.contains(label))
            _ = try await portal.client.post(Self.load, [])
            // The manual shows no data, and is the same for everybody.
            for address in ["/", "/servers", "/import", "/changes/1", "/no/such/page"] {
                let page = Markup(try await portal.client.get(address).body)
                #expect(page.text.contains(label), "\(address)")
                #expect(page.brokenReferences == [])
            }
            let reply = try await portal.client.post(Self.remove, [])
            #expect(reply.location == "/import?emptied=4")
            #expect(try await portal.page("/import?emptied=4").text.contains("The sample data was removed"))
            #expect(!(try await portal.page("/servers")).text.contains(label))
            let overview = try portal.store.read { try $0.overview() }
            #expect(overview.servers == 0 && overview.sites == 0 && overview.sitesWithFindings == 0)
            let history = try portal.store.read {
                try $0.history(.server, key: "cm-cas.corp.contoso.com", before: nil, limit: 10)
            }
            #expect(history.map(\.change.kind) == [.removed, .added])
            #expect(try await portal.client.post(Self.remove, []).location == "/import", "twice is once")
            #expect(try await portal.client.post(Self.load, []).location == "/", "it can be loaded again")
        }
    }

    @Test("asks before it is removed, and names what was saved by hand since it came")
    func askedFirst() async throws {
        try await withImportPortal { portal in
            #expect(try await portal.client.get(Self.remove).location == "/import", "there is nothing to remove")
            _ = try await portal.client.post(Self.load, [])
            let mine = Draft([.serverName: "mine.contoso.com", .serverSite: "P01"])
            _ = try Submission(store: portal.store, clock: { RunningPortal.now })
                .submit(.createServer(mine), for: Workflow.Request(actor: .local, reason: "Mine", id: "test"))
            let page = try await portal.page(Self.remove)
            #expect(
                page.text.contains("44 servers") && page.text.contains("Change set 4") && page.text.contains("Mine"))
        }
    }

    @Test("does not go into a portal that has data, nor beside an import that waits")
    func refused() async throws {
        try await withImportPortal { portal in
            let preview = try await portal.previewing([Self.server])
            let waiting = try await portal.client.post(Self.load, [])
            #expect(waiting.status == 409 && waiting.body.contains("Decide on them first"))
            _ = try await portal.decide(preview, [])
            #expect(!(try await portal.page("/import")).text.contains(#"action="/import/sample""#))
            let reply = try await portal.client.post(Self.load, [])
            #expect(reply.status == 409 && reply.body.contains("only goes into an empty portal"))
            #expect(try portal.store.read { try !$0.holdsSample() })
            #expect(try portal.store.read { try $0.numberOfServers() } == 1)
        }
    }

    @Test("keeps real imports out, with a sentence, until it is removed")
    func importsWait() async throws {
        try await withImportPortal { portal in
            _ = try await portal.client.post(Self.load, [])
            let preview = try await portal.previewing([Self.server])
            #expect(try await portal.page(preview).text.contains("The portal holds the sample data. Remove it first"))
            let refused = try await portal.decide(preview, [("leave-out-refused", "true")])
            #expect(refused.status != 303 || refused.location?.hasPrefix("/changes") == false)
            #expect(try portal.server("cm01.contoso.com") == nil)
            _ = try await portal.client.post(preview + "/cancel", [])
            _ = try await portal.client.post(Self.remove, [])
            _ = try await portal.decide(try await portal.previewing([Self.server]), [])
            #expect(try portal.server("cm01.contoso.com") != nil)
        }
    }

    @Test("its files and the broken ones can be downloaded")
    func downloads() async throws {
        try await withImportPortal { portal in
            let page = try await portal.page("/import")
            for file in try RunningPortal.manual.get().samples.files {
                let reply = try await portal.client.get("/import/samples/\(file.name)")
                #expect(reply.status == 200 && reply.headers["content-disposition"]?.contains(file.name) == true)
                #expect(reply.headers["content-length"] == String(file.bytes.count))
            }
            #expect(page.text.contains(#"href="/import/samples/sample-broken.xml""#))
            #expect(try await portal.client.get("/import/samples/nothing-of-the-kind.xml").status == 404)
            #expect(try await portal.client.get(Self.load).status == 405)
        }
    }
}

@Suite("What the samples show of the findings")
struct SampleFindingTests {
    /// What neither the sample hierarchy nor a broken file can show, and why.
    private static let notShown: [FindingCode: String] = [
        .formRevision: "about a form", .formControlRepeated: "about a form", .formControlUnknown: "about a form",
        .formControlLong: "about a form", .formEncoding: "about a form", .siteExists: "about a form",
        .componentUpstreamScheme: "about a form", .componentUpstreamPath: "about a form",
        .componentUpstreamUser: "about a form", .componentUpstreamPort: "about a form",
        .componentUpstreamIPv6: "about a form", .componentChildIgnored: "about a form",
        .componentSiteUnknown: "about a form", .proxyReplaceNone: "about a form", .proxyReplaceUnseen: "about a form",
        .proxyReplaceStranger: "about a form", .wizardRoleUnavailable: "about a wizard",
        .wizardRoleNone: "about a wizard", .diagnoseNothing: "about a form", .diagnoseLong: "about a form",
        .diagnoseFile: "about a form", .diagnoseFormat: "about a form",
        .clientsBypassAll: "needs a plan that makes no sense",
        .siteNotEmpty: "about a form", .serverExists: "about a form", .roleExists: "about a form",
        .serverSiteUnknown: "an import makes the sites it meets",
        .accountBlank: "an empty account in a file is no account",
        .serverBroughtBack: "needs a portal from which the server was removed",
        .flowDirect: "comes of flows, which are resolved when an import is saved", .importSiteMismatch: "needs --site",
        .importSample: "needs a portal that holds the sample",
        .clientsPACPoint: "needs a software update point with capitals in its name",
        .importMissingKept: "needs --remove-missing",
        .importFindingsCut: "needs more than 10,000 findings", .xmlLimitTag: "needs 64 KiB between < and >",
        .xmlLimitValue: "needs a value of 64 KiB", .xmlLimitText: "needs a text of 10 MB",
        .xmlLimitItems: "needs two million items", .xmlLimitProperties: "needs a thousand properties",
        .xmlLimitNames: "needs ten thousand names",
    ]

    @Test("the hierarchy shows every policy finding an import can bring about")
    func policy() throws {
        let shown = try hierarchyFindings()
        let policy = Set(FindingCode.allCases.filter { $0.kind == .policy })
        #expect(policy.subtracting(shown) == [.serverSiteUnknown])
    }

    @Test("hierarchy and broken files together show every finding, but those with a reason why not")
    func all() throws {
        let shown = try hierarchyFindings().union(brokenFindings())
        let missing = Set(FindingCode.allCases).subtracting(shown)
        #expect(missing.subtracting(Self.notShown.keys).isEmpty, "neither shown nor excused")
        #expect(Set(Self.notShown.keys).subtracting(missing).isEmpty, "shown, so it needs no excuse")
    }

    /// They only bring about a notice or a warning.
    private static let notRefused = ["encoding-mark.xml", "without-properties.xml"]

    @Test("every broken file that shows an error is refused, so none of it gets in by mistake")
    func brokenFilesAreRefused() throws {
        for file in try RunningPortal.manual.get().samples.broken where !Self.notRefused.contains(file.name) {
            try TestSupport.withPortal { portal in
                let (outcome, _) = try portal.importing(file, isSample: false)
                #expect(outcome == .rejected, "\(file.name)")
            }
        }
    }

    private func hierarchyFindings() throws -> Set<FindingCode> {
        try TestSupport.withPortal { portal in
            var codes: Set<FindingCode> = []
            for file in try RunningPortal.manual.get().samples.hierarchy {
                let (outcome, found) = try portal.importing(file, isSample: true)
                #expect(outcome == .saved, "\(file.name)")
                codes.formUnion(found)
            }
            return codes.union(try portal.allFindings().map(\.code))
        }
    }

    private func brokenFindings() throws -> Set<FindingCode> {
        var codes: Set<FindingCode> = []
        for file in try RunningPortal.manual.get().samples.broken {
            try TestSupport.withPortal { portal in codes.formUnion(try portal.importing(file, isSample: false).codes) }
        }
        return codes
    }
}

extension TestPortal {
    /// Imports a sample's file, and saves it unless it is refused.
    fileprivate func importing(
        _ file: SampleFile, isSample: Bool
    ) throws -> (outcome: ImportOutcome, codes: Set<FindingCode>) {
        var options = ImportOptions()
        options.isSample = isSample
        let run = try ImportSubmission(store: store, options: options, id: "test", clock: clock.now)
        defer { run.staging.discard() }
        let reader = ConfigurationReader(file: file.name) { try run.batch.receive($0) }
        try file.bytes.withUnsafeBytes { try reader.feed($0) }
        try run.finishReading([reader.finish()])
        var report = try run.compare()
        if report.outcome != .rejected {
            let facts = ImportFacts(format: "x", file: file.name, bytes: 0, sha256: "", counts: report.counts)
            report = try run.commit(facts: facts, request: Request(actor: .local, reason: nil, id: "test")).report
        }
        var codes: Set<FindingCode> = []
        try run.staging.eachFinding { codes.insert($0.code) }
        return (report.outcome, codes)
    }
}
