import Domain
import Foundation
import TestSupport
import Testing

@Suite("Network requirements follow what a site says of itself")
struct RequirementSiteTests {
    private func save(_ portal: ImportPortal, site: String, _ changes: [String: String]) async throws {
        let page = try await portal.page("/sites/" + site)
        let revision = try #require(page.controlsOfFirstForm.first { $0.0 == "revision" })
        let reply = try await portal.client.post("/sites/" + site, changes.map { ($0.key, $0.value) } + [revision])
        #expect(reply.status == 303)
    }

    private func upload(_ portal: ImportPortal, _ inside: String) async throws {
        let xml = "<configuration xmlns=\"urn:proxydesk:configuration:1\">\(inside)</configuration>"
        let reply = try await portal.upload([("more.xml", xml)])
        let preview = try #require(reply.location)
        let saved = try await portal.decide(preview)
        #expect(saved.status == 303)
    }

    private static let secondary = """
        <site code="SE1" type="secondary" parent="PS1" siteServer="se1.contoso.com"/>
        <siteSystemServer name="se1.contoso.com" site="SE1"><proxy use="false"/>
          <role name="SMS Distribution Point"/><role name="SMS Management Point"/></siteSystemServer>
        <siteSystemServer name="mp01.contoso.com" site="PS1"><proxy use="false"/>
          <role name="SMS Management Point"/></siteSystemServer>
        """

    @Test("a client port saved at a site is on its page and in its files, and in those of the secondary site below")
    func clientPorts() async throws {
        try await withFlows { portal in
            try await upload(portal, Self.secondary)
            try await save(portal, site: "PS1", ["site.clientHTTPPort": "8080"])
            for (site, server) in [("PS1", "mp01.contoso.com"), ("SE1", "se1.contoso.com")] {
                let page = try await portal.page("/requirements?site=\(site)")
                #expect(page.text.contains("TCP 8080") && page.text.contains("as set for PS1"), "\(site)")
                let table = try await portal.client.get("/requirements/ports.csv?site=\(site)").body
                #expect(table.contains("Clients of \(site),\(server),HTTP,TCP,8080,8080: as set for PS1,"), "\(site)")
                let rules = try await portal.client.get("/requirements/iptables.sh?site=\(site)").body
                #expect(rules.contains(#"tcp "8080""#), "\(site)")
            }
        }
    }

    @Test("with a website of its own the port is not told, and the files say that they lack it")
    func customWebsite() async throws {
        try await withFlows { portal in
            try await upload(portal, Self.secondary)
            try await save(portal, site: "PS1", ["site.customWebsite": "true"])
            let page = try await portal.page("/requirements?site=PS1")
            #expect(page.text.contains("TCP not told"))
            #expect(page.text.contains("not told: SMSWEB of PS1 has ports of its own"))
            for file in ["iptables.sh", "windows-firewall.ps1"] {
                let rules = try await portal.client.get("/requirements/\(file)?site=PS1").body
                #expect(
                    rules.contains(
                        "# Left out, because the port is not told: HTTP, Clients of PS1 to mp01.contoso.com"),
                    "\(file)")
            }
        }
    }

    @Test("thirty servers of a role are all in the files for firewalls")
    func manyHolders() async throws {
        try await withFlows { portal in
            let servers = (1...30).map { number in
                "<siteSystemServer name=\"dp\(number).contoso.com\" site=\"PS1\"><proxy use=\"false\"/><role name=\"SMS Distribution Point\"/></siteSystemServer>"
            }
            try await upload(portal, servers.joined(separator: "\n"))
            for query in ["site=PS1", "scope=hierarchy"] {
                let shell = try await portal.client.get("/requirements/iptables.sh?" + query).body
                let windows = try await portal.client.get("/requirements/windows-firewall.ps1?" + query).body
                for number in 1...30 {
                    #expect(shell.contains("\nDP\(number)_CONTOSO_COM_IP=''\n"), "\(query) \(number)")
                    #expect(windows.contains("\r\n        'dp\(number).contoso.com' {\r\n"), "\(query) \(number)")
                }
                #expect(!shell.contains("more computers") && !shell.contains("Not in this file"))
            }
        }
    }

    @Test("a proxy that no server uses has no requirements")
    func unknownProxy() async throws {
        try await withFlows { portal in
            for path in ["/requirements", "/requirements/squid.conf"] {
                let reply = try await portal.client.get(path + "?proxy=proxy99.contoso.com:8080")
                #expect(reply.status == 404 && reply.body.contains("proxy99.contoso.com:8080"))
            }
        }
    }

    @Test(
        "a central administration site has no clients of its own, and what is needed only at the top is not for the sites below"
    )
    func centralAdministration() async throws {
        try await withImportPortal { portal in
            try await upload(
                portal,
                """
                <site code="CAS" type="central administration" siteServer="cas.contoso.com"/>
                <site code="PS1" type="primary" parent="CAS" siteServer="ps1.contoso.com"/>
                <siteSystemServer name="ps1.contoso.com" site="PS1"><proxy use="false"/></siteSystemServer>
                <siteSystemServer name="cas.contoso.com" site="CAS"><proxy use="false"/></siteSystemServer>
                <siteSystemServer name="sup01.contoso.com" site="CAS"><proxy use="false"/>
                  <role name="SMS Software Update Point">
                    <softwareUpdatePoint useProxyForSynchronization="false" useProxyForADR="false" httpPort="8530"
                      httpsPort="8531" requireSSL="false" clientConnections="intranet" allowCMGTraffic="false"
                      wsusAccount=""/></role></siteSystemServer>
                """)
            let page = try await portal.page("/requirements?site=CAS")
            #expect(page.text.contains("TCP 8530") && !page.text.contains("Clients of CAS"))
            let table = try await portal.client.get("/requirements/endpoints.csv?scope=hierarchy").body
            let readiness = table.components(separatedBy: "\r\n").filter {
                $0.contains("contentstorage.osi.office.net")
            }
            #expect(readiness.contains { $0.hasPrefix("cas.contoso.com,") })
            #expect(!readiness.contains { $0.hasPrefix("ps1.contoso.com,") })
        }
    }

    @Test("clients go out as the site's plan for them says, and the page leads there")
    func clientPlan() async throws {
        try await withFlows { portal in
            #expect(!(try await portal.page("/requirements?site=PS1")).text.contains("the site’s plan"))
            let page = try await portal.page("/sites/PS1/clients")
            let revision = try #require(page.controlsOfFirstForm.first { $0.0 == "revision" })
            let reply = try await portal.client.post(
                "/sites/PS1/clients",
                [
                    ("clients.winHTTP", "proxy"), ("clients.winHTTPServer", "proxy02.contoso.com"),
                    ("clients.winHTTPPort", "3128"), ("clients.system", "noProxy"), revision,
                ])
            #expect(reply.status == 303)
            let own = try await portal.page("/requirements?site=PS1")
            #expect(
                own.text.contains(
                    "the site’s plan: WinHTTP through proxy02.contoso.com:3128, Local System without proxy"))
            #expect(own.values(of: "href").contains("/sites/PS1/clients"))
        }
    }

    @Test("the WSUS server above is named as the site's component says")
    func upstream() async throws {
        try await withFlows { portal in
            try await upload(
                portal,
                """
                <softwareUpdatePointComponent site="PS1" synchronizationSource="upstream" upstreamServer="wsus.contoso.com"
                  upstreamPort="8540" upstreamSSL="true"/>
                """)
            let table = try await portal.client.get("/requirements/ports.csv?site=PS1").body
            #expect(
                table.contains(
                    "CM01.corp.contoso.com,wsus.contoso.com,HTTPS,TCP,8540,8540: as set for the upstream server,"))
        }
    }
}
