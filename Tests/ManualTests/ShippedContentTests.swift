import Domain
import Foundation
import Testing

@testable import Manual

/// The folder that is delivered, against the program that is delivered with it.
@Suite struct ShippedContentTests {
    let manual: Manual

    init() throws { manual = try shippedManual.get() }

    @Test(arguments: FieldKey.allCases)
    func everyFieldHasAHintAndAPlaceInTheManual(_ field: FieldKey) throws {
        let hint = manual.hint(for: field)
        #expect(!hint.isEmpty && hint.count < 160 && !hint.contains("\n"))
        #expect(!hint.contains(where: "*`_[]<>#".contains), "a hint is no Markdown: \(hint)")
        #expect(hint.hasSuffix("."))
        try expectTarget(of: manual.link(for: field), title: field.label)
    }

    @Test(arguments: FindingCode.allCases)
    func everyFindingIsExplainedWithItsKind(_ code: FindingCode) throws {
        let link = manual.link(for: code)
        try expectTarget(of: link, title: code.rawValue)
        let (page, id) = try target(of: link)
        let section = try #require(page.body.html.components(separatedBy: "<h2 id=\"\(id)\">").last)
        let explanation = try #require(section.components(separatedBy: "<h2 ").first)
        #expect(explanation.contains("what-a-finding-weighs#\(code.kind.rawValue)\">\(code.kind.rawValue)</a>"))
        let isRefused = [.shape, .policy, .file, .request].contains(code.kind)
        #expect(explanation.contains(isRefused ? "<strong>To mend it" : "<strong>What to do"))
    }

    @Test func linksAreThoseThatFormsAndReportsPrint() {
        #expect(manual.link(for: FieldKey.proxyServer) == "/manual/fields/proxy#proxy-server")
        #expect(
            manual.link(for: FieldKey.supUseProxyForADR)
                == "/manual/fields/softwareUpdatePoint#softwareupdatepoint-useproxyforadr")
        #expect(manual.link(for: FindingCode.proxyPortRange) == "/manual/rules/proxy#proxy-port-range")
    }

    @Test func rolesAreShownUnderTheNamesOfTheConsole() throws {
        #expect(manual.displayName(of: .serviceConnectionPoint) == "Service connection point")
        let unknown = try #require(RoleName.check("SMS Tomorrow Point").value)
        #expect(manual.displayName(of: unknown) == "SMS Tomorrow Point")
        #expect(RoleName.known.allSatisfy { manual.displayName(of: $0) != $0.text || $0.text == "SMS Provider" })
    }

    @Test func thePageOfRolesHasARowForEach() throws {
        let page = try #require(manual.page(at: "/manual/reference/roles"))
        for role in RoleName.known { #expect(page.body.html.contains("<code>\(role.text)</code>")) }
    }

    @Test(arguments: KnownRole.all)
    func everyRoleHasAPartThatLeadsToItsFlows(_ role: KnownRole) throws {
        let page = try #require(manual.page(at: "/manual/reference/roles"))
        let parts = page.body.html.components(separatedBy: "<h2 id=\"")
        let part = try #require(parts.first { $0.hasPrefix(role.displayName.headingID + "\"") })
        #expect(part.contains(role.name.text) && part.contains("Sources: "))
        for flow in TrafficFlowID.allCases where flow.role == role.name {
            #expect(part.contains("href=\"\(manual.link(for: flow))\""))
        }
    }

    @Test func whatFlowsComeToIsResolvedByTheDomain() throws {
        let page = try #require(manual.page(at: "/manual/reference/flow-identities"))
        let rows = page.body.html.components(separatedBy: "<tr>").map { row in
            row.components(separatedBy: "<td>").dropFirst().map { $0.components(separatedBy: "</td>")[0] }
        }
        func cells(_ flow: TrafficFlowID) -> [String]? {
            rows.first { $0.first?.contains(manual.link(for: flow)) ?? false }.map { Array($0.dropFirst()) }
        }
        let usual = ["directly, as System", "through it, as System", "through it, as the account"]
        #expect(cells(.serviceConnection) == usual)
        #expect(cells(.adrContentDownload) == usual)
        #expect(cells(.cloudDistributionPoint) == usual)
        #expect(
            cells(.managementPointTokenValidation)?.allSatisfy { $0.hasPrefix("as set outside the Proxy tab") } == true)
        #expect(cells(.endpointProtection) == Array(repeating: "not established", count: 3))
        #expect(rows.filter { $0.count == 4 }.count == TrafficFlowID.allCases.count)
    }

    @Test func theTablesOfFieldsAndFindingsHaveAllOfThem() throws {
        let fields = try #require(manual.page(at: "/manual/reference/fields")).body.html
        #expect(FieldKey.allCases.allSatisfy { fields.contains("href=\"\(manual.link(for: $0))\"") })
        let findings = try #require(manual.page(at: "/manual/reference/findings")).body.html
        #expect(FindingCode.allCases.allSatisfy { findings.contains("href=\"\(manual.link(for: $0))\"") })
        #expect(!findings.contains("<td></td>"), "each is explained")
    }

    @Test func pagesComeInReadingOrderAndAreFoundByTheirAddress() {
        #expect(manual.pages.first?.path == "/manual/concepts/one-proxy-per-computer")
        #expect(Set(manual.pages.map(\.path)).count == manual.pages.count)
        for page in manual.pages {
            #expect(manual.page(at: page.path)?.title == page.title)
            #expect(page.description.hasSuffix("."))
        }
        let order = manual.pages.compactMap { ManualPage.Section.allCases.firstIndex(of: $0.section) }
        #expect(order == order.sorted())
        #expect(manual.page(at: "/manual/nowhere") == nil)
    }

    @Test func aSectionNamesThePagesThatLeadToIt() throws {
        let page = try #require(manual.page(at: "/manual/fields/proxy"))
        let section = try #require(
            page.body.html.components(separatedBy: "<h2 id=\"").first { $0.hasPrefix("proxy-account\"") })
        #expect(section.contains("<p class=\"used-on\">Used on these pages: "))
        #expect(section.contains("<a href=\"/manual/concepts/who-connects-as-whom\">Who connects as whom</a>"))
        let concept = try #require(manual.page(at: "/manual/concepts/one-proxy-per-computer"))
        #expect(concept.usedOn.contains { $0.path == "/manual/fields/proxy" })
    }

    @Test func passagesHoldTheWordsOfAPagePartByPart() throws {
        let page = try #require(manual.page(at: "/manual/fields/proxy"))
        let passage = try #require(page.passages.first { $0.id == "proxy-port" })
        #expect(passage.title == "Port" && passage.text.contains("proxy.port"))
        #expect(page.passages.first?.id == nil && page.passages.first?.title == page.title)
        #expect(!page.passages.contains { $0.text.contains("</") })
    }

    @Test(arguments: [ManualEdition.manualOnly, .files])
    func anEditionWithoutDataHasNoLinksIntoThePortal(_ edition: ManualEdition) throws {
        let manual = try Manual(contentDirectory: shippedContent, edition: edition)
        for page in manual.pages {
            let links = page.body.html.components(separatedBy: " href=\"").dropFirst()
            for link in links.compactMap({ $0.components(separatedBy: "\"").first }) {
                #expect(
                    ["#", "/manual", "https://"].contains(where: link.hasPrefix)
                        || edition == .manualOnly && ["/search", "/requirements"].contains(where: link.hasPrefix),
                    "\(page.path) leads to \(link)")
            }
        }
    }

    private func target(of link: String) throws -> (page: ManualPage, id: String) {
        let parts = link.components(separatedBy: "#")
        return (try #require(manual.page(at: parts[0])), parts[1])
    }

    private func expectTarget(of link: String, title: String) throws {
        let (page, id) = try target(of: link)
        #expect(page.headings.contains(ManualPage.Heading(id: id, title: title)))
        #expect(page.body.html.contains("<h2 id=\"\(id)\">"))
        #expect(page.body.html.contains("<a class=\"permalink\" href=\"#\(id)\""))
    }
}
