import Domain
import Foundation
import Pages
import TestSupport
import Testing

/// The page of addresses is typed by hand: here it is held against the routes.
@Suite("The manual knows every address and every status, and no other")
struct AddressPageTests {
    private static let sections = ["Servers and sites", "In and out", "For readers", "For programs"]
    /// What stands for a name of somebody’s own, and a name that can be read.
    private static let placeholders = [
        ("NAME:PORT", "proxy01:80"), ("SECTION/PAGE", "fields/proxy"), ("NUMBER", "1"), ("STEP", "general"),
        ("PART", "products"), ("CODE", "PS1"), ("FILE", "x.xml"), ("ID", "abc2"), ("NAME", "a"), ("PATH", "x"),
    ]

    /// Every address with its placeholders filled in: those of the first column, those that go on from the first of them, and
    /// files beside it.
    private func named() throws -> Set<String> {
        let page = try ReferencePage("addresses")
        var named: Set<String> = []
        for row in page.rows where Self.sections.contains(row.section) {
            let first = ReferencePage.code(in: row.cell(0)).map(filled)
            let base = try #require(first.first)
            let folder = base.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            let stem = base.components(separatedBy: ".").dropLast().joined(separator: ".")
            for address in first { named.insert(address.hasPrefix("/") ? address : folder + "/" + address) }
            for more in ReferencePage.code(in: row.cell(1)).map(filled) {
                if more.hasPrefix("."), !stem.isEmpty { named.insert(stem + more) }
                // Below the last address of the row.
                if more.hasPrefix("/"), let last = first.last, row.cell(1).contains("below") {
                    named.insert(last + more)
                }
            }
        }
        return named
    }

    private func filled(_ address: String) -> String {
        let path = address.components(separatedBy: "?")[0]
        return Self.placeholders.reduce(path) { $0.replacing($1.0, with: $1.1) }
    }

    /// One of each address, as the page has it. A switch over a route that is new does not compile: give it a line here, too.
    private static func isNamed(_ route: Route) -> Bool {
        switch route {
        case .importConfirm, .importCancel, .loadSample, .wizards, .asset: false
        case .overview, .importing, .importScript, .importPreview, .removeSample, .sampleFile, .servers, .newServer,
            .server,
            .sites, .newSite, .site, .removeSite, .siteClients, .siteComponent, .wizard, .cancelWizard, .proxies,
            .proxy,
            .replaceProxy, .flows, .changes, .changeSet, .export, .exportFile, .script, .scriptFile, .requirements,
            .requirementsFile, .diagnose, .manual, .wholeManual, .manualAlphabet, .manualPage, .search, .style, .schema,
            .healthLive, .healthReady:
            true
        }
    }

    private static let routes: [Route] =
        [
            .overview, .importing, .importScript("a"), .importPreview("abc2"), .importConfirm("abc2"),
            .importCancel("abc2"),
            .loadSample, .removeSample, .sampleFile("x.xml"), .servers, .newServer, .sites, .newSite, .site("PS1"),
            .removeSite("PS1"), .siteClients("PS1"), .siteComponent("PS1", nil), .siteComponent("PS1", .products),
            .wizards,
            .wizard("abc2", .general), .cancelWizard("abc2"), .proxies, .proxy("proxy01:80"), .replaceProxy, .flows,
            .changes, .changeSet(1), .export, .script, .scriptFile, .requirements, .diagnose, .manual, .wholeManual,
            .manualAlphabet, .manualPage("fields/proxy"), .search, .style, .schema("proxydesk-configuration-1.xsd"),
            .asset("a"), .healthLive, .healthReady,
        ] + Route.ServerTab.allCases.map { Route.server("a", $0) } + Route.ExportFormat.allCases.map(Route.exportFile)
        + Route.RequirementsFile.allCases.map(Route.requirementsFile)

    @Test func everyAddressOnThePageIsOne() throws {
        for address in try named() {
            let route = Route(path: address)
            #expect(route.map { Self.isNamed($0) } == true, "\(address)")
        }
    }

    @Test func everyAddressIsOnThePage() throws {
        let named = try named()
        for route in Self.routes where Self.isNamed(route) { #expect(named.contains(route.path), "\(route.path)") }
    }

    private static let statuses = [
        "ok": "200", "movedPermanently": "301", "found": "302", "seeOther": "303", "notModified": "304",
        "badRequest": "400", "forbidden": "403", "notFound": "404", "methodNotAllowed": "405", "requestTimeout": "408",
        "conflict": "409", "contentTooLarge": "413", "uriTooLong": "414", "unsupportedMediaType": "415",
        "misdirectedRequest": "421", "unprocessableContent": "422", "tooManyRequests": "429",
        "internalServerError": "500", "serviceUnavailable": "503",
    ]

    @Test func everyStatusOfAnAnswerIsOnThePageAndNoOther() throws {
        var used: Set<String> = []
        let folder = Checkout.path + "Sources/Web/"
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path.hasSuffix(".swift") {
            let source = try String(contentsOfFile: folder + path, encoding: .utf8)
            for match in source.matches(of: #/[ (]\.([a-z]\w+)\b/#) {
                if let status = Self.statuses[String(match.output.1)] { used.insert(status) }
            }
        }
        let cells = try ReferencePage("addresses").rows(in: "What answers mean").map { $0.cell(0) }
        let named = cells.flatMap { $0.components(separatedBy: ", ") }
        #expect(Set(named) == used)
    }
}
