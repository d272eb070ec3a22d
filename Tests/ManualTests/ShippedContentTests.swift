import Domain
import Foundation
import Testing

@testable import Manual

/// The folder that is delivered, against the program that is delivered with it.
@Suite struct ShippedContentTests {
    let manual: Manual

    init() throws { manual = try Manual(contentDirectory: shippedContent) }

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

    private func target(of link: String) throws -> (page: ManualPage, id: String) {
        let parts = link.components(separatedBy: "#")
        return (try #require(manual.page(at: parts[0])), parts[1])
    }

    private func expectTarget(of link: String, title: String) throws {
        let (page, id) = try target(of: link)
        #expect(page.headings.contains(ManualPage.Heading(id: id, title: title)))
        #expect(page.body.html.contains("<h2 id=\"\(id)\"><a href=\"#\(id)\">"))
    }
}
