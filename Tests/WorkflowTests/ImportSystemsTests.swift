import Domain
import TestSupport
import Testing
import Workflow

@Suite("What an import brings about between servers is in its preview")
struct ImportSystemsTests {
    private static let codes = ClientProxyRules.codes.union([.supSiteDiffer, .scpHierarchyOne])

    private static func file(_ inside: String) -> String {
        "<configuration xmlns=\"urn:proxydesk:configuration:1\">\(inside)</configuration>"
    }

    private static func point(_ name: String, http: Int, site: String = "PS1") -> String {
        """
        <siteSystemServer name="\(name)" site="\(site)"><role name="SMS Software Update Point">
          <softwareUpdatePoint useProxyForSynchronization="false" useProxyForADR="false" httpPort="\(http)"
            httpsPort="\(http + 1)" requireSSL="false" clientConnections="intranet" allowCMGTraffic="false" wsusAccount=""/>
        </role></siteSystemServer>
        """
    }

    private static func server(_ name: String, _ role: String, site: String = "PS1") -> String {
        "<siteSystemServer name=\"\(name)\" site=\"\(site)\"><role name=\"\(role)\"/></siteSystemServer>"
    }

    private static let plan = """
        <site code="PS1" type="primary" siteServer="cm01"><clientProxies winHTTP="proxy" winHTTPServer="proxy01" winHTTPPort="8080"
          winHTTPBypass="*.inside.com" system="noProxy"/></site>
        <site code="SE1" type="secondary" parent="PS1" siteServer="se1"><clientProxies winHTTP="proxy" winHTTPServer="proxy01"
          winHTTPPort="8080" winHTTPBypass="*.inside.com" system="noProxy"/></site>
        """

    /// The findings of these rules, in words, from an import and from what is stored after it.
    private func both(_ portal: TestPortal, _ inside: String, _ options: ImportOptions = ImportOptions()) throws -> (
        preview: Set<String>, stored: Set<String>
    ) {
        let told = try portal.importing(file: Self.file(inside), options: options)
        #expect(told.outcome == .saved)
        let words = { (findings: [Finding]) in
            Set(findings.filter { Self.codes.contains($0.code) }.map { "\($0.key ?? ""): \($0.message)" })
        }
        return (words(told.findings), words(try portal.allFindings()))
    }

    @Test("a first import tells of plans, of points that differ and of a second service connection point")
    func firstImport() throws {
        try withPortal { portal in
            let found = try both(
                portal,
                Self.plan + Self.point("sup02.outside.com", http: 8530) + Self.point("SUP01.inside.com", http: 80)
                    + Self.point("sup03.outside.com", http: 8530)
                    + Self.server("mp01.outside.com", "SMS Management Point")
                    + Self.server("scp01", "SMS Dmp Connector") + Self.server("scp02", "SMS Dmp Connector")
                    + Self.server("mp02.outside.com", "SMS Management Point", site: "SE1"))
            #expect(found.preview == found.stored)
            let all = found.preview.joined(separator: "\n")
            for part in [
                "mp01.outside.com, sup02.outside.com and sup03.outside.com", "mp02.outside.com and mp01.outside.com",
                "“HTTP port” is 80 at SUP01.inside.com and 8530 at sup02.outside.com and another",
                "scp02: A hierarchy can have one service connection point, and this one has 2.",
            ] { #expect(all.contains(part), "\(part) in \(all)") }
        }
    }

    @Test("a later import counts what is stored beside the batch, without what it changes or removes")
    func laterImports() throws {
        try withPortal { portal in
            _ = try both(
                portal,
                Self.plan + Self.point("sup01.outside.com", http: 8530) + Self.server("scp01", "SMS Dmp Connector")
                    + Self.server("mp01.outside.com", "SMS Management Point"))
            let another = try both(
                portal,
                Self.point("sup02.inside.com", http: 80) + Self.server("scp02", "SMS Dmp Connector")
                    + Self.server("mp02.outside.com", "SMS Management Point", site: "SE1"))
            #expect(another.preview.contains { $0.hasPrefix("scp02:") && $0.contains("has 2.") })
            #expect(another.preview.contains { $0.hasPrefix("PS1:") && $0.contains("sup02.inside.com") })
            #expect(another.preview.isSubset(of: another.stored))
            let alike = try both(portal, Self.point("sup01.outside.com", http: 80))
            #expect(!alike.preview.contains { $0.contains("not set alike") })
            #expect(!alike.stored.contains { $0.contains("not set alike") })
            var options = ImportOptions()
            options.removeMissing = true
            let fewer = try both(
                portal, Self.point("sup01.inside.com", http: 80) + Self.server("scp01", "SMS Dmp Connector"), options)
            #expect(fewer.preview.filter { $0.hasPrefix("PS1:") } == fewer.stored.filter { $0.hasPrefix("PS1:") })
            #expect(!fewer.stored.contains { $0.hasPrefix("PS1:") && $0.contains("outside.com") })
        }
    }

    @Test("an import that concerns none of these servers says nothing of them")
    func notConcerned() throws {
        try withPortal { portal in
            _ = try both(portal, Self.plan + Self.server("mp01.outside.com", "SMS Management Point"))
            let found = try both(portal, Self.server("dp01.outside.com", "SMS Distribution Point"))
            #expect(found.preview == [] && found.stored.count == 4)
        }
    }

    @Test("where only a finding between servers has no room, the import says that findings were cut")
    func cut() throws {
        try withPortal { portal in
            let doubtful = (0..<10_000).map { "<siteSystemServer name=\"c_\($0).contoso.com\" site=\"PS1\"/>" }.joined()
            let points = Self.point("a.contoso.com", http: 80) + Self.point("b.contoso.com", http: 8530)
            let report = try portal.importing(
                file: Self.file(#"<site code="PS1" type="primary"/>"# + doubtful + points))
            let doubts = report.findings.filter { $0.key?.hasPrefix("c_") == true }
            #expect(doubts.count == 10_000, "they leave no room, and none of them is cut")
            #expect(!report.findings.contains { $0.code == .supSiteDiffer })
            #expect(report.findings.contains { $0.code == .importFindingsCut })
        }
    }
}
