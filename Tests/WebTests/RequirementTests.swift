import Domain
import Foundation
import TestSupport
import Testing

@Suite("Network requirements as pages and files")
struct RequirementTests {
    private static let server = "/requirements?server=\(FlowHierarchy.server)"

    @Test("the page offers servers, sites, proxies, the hierarchy and roles, and is in the navigation")
    func choices() async throws {
        try await withFlows { portal in
            let page = try await portal.page("/requirements")
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            for name in ["server", "site", "proxy", "role"] { #expect(page.values(of: "name").contains(name)) }
            #expect(page.values(of: "href").contains("/requirements?scope=hierarchy"))
            #expect(page.values(of: "value").contains("proxy01.contoso.com:8080"))
            #expect(page.text.contains(#"<a href="/requirements" aria-current="true">Requirements</a>"#))
        }
    }

    @Test("a link into the manual leads to the page it names, and not to the manual's first page")
    func linksIntoTheManual() async throws {
        try await withFlows { portal in
            for (path, target) in [
                ("/requirements", "/manual/reference/internet-endpoints"),
                ("/flows", "/manual/reference/traffic-flows"),
                ("/sites/PS1/clients", "/manual/concepts/clients-and-their-proxies"),
            ] {
                let links = try await portal.page(path).part(from: "<h1", to: "</p>")?.values(of: "href") ?? []
                #expect(links.contains(target), "\(path)")
            }
        }
    }

    @Test("a server's page says who connects, through what, to which hosts, with links to the manual")
    func server() async throws {
        try await withFlows { portal in
            let page = try await portal.page(Self.server)
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            let proxy = try #require(page.part(from: "Through proxy01.contoso.com:8080</h3>", to: "</section>"))
            for words in [
                "TCP 8080 to proxy01.contoso.com", "Service connection", #"as CONTOSO\svc-proxy"#,
                "*.manage.microsoft.com", "TCP 443", "Internet access requirements (2026-06-08)",
            ] { #expect(proxy.text.contains(words), "\(words)") }
            let links = page.values(of: "href")
            #expect(links.contains("/manual/reference/internet-endpoints#scp-updates-servicing"))
            #expect(links.contains("/manual/reference/traffic-flows#service-connection"))
            #expect(links.contains("/servers/\(FlowHierarchy.server)/connections"))
            #expect(links.contains("/manual/reference/ports#client-to-software-update-point"))
            let unknown = try #require(page.part(from: "Unknown</h3>", to: "</section>"))
            #expect(unknown.text.contains("Through proxy01.contoso.com:8080, as CONTOSO\\svc-proxy"))
            #expect(unknown.text.contains("Straight to the internet"))
            #expect(page.text.contains("TCP 8530"))
            #expect(page.text.contains("as set on CM01.corp.contoso.com"))
            #expect(try await portal.client.get("/requirements?server=none.contoso.com").status == 404)
        }
    }

    @Test(
        "a site, a proxy and the hierarchy have theirs",
        arguments: ["site=PS1", "proxy=proxy01.contoso.com:8080", "scope=hierarchy"])
    func others(query: String) async throws {
        try await withFlows { portal in
            let page = try await portal.page("/requirements?" + query)
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            #expect(page.text.contains("Through proxy01.contoso.com:8080</h3>"))
            #expect(page.text.contains("Clients of") == !query.hasPrefix("proxy"))
            for file in ["endpoints.csv", "allow-list.txt", "squid.conf", "windows-firewall.ps1", "iptables.sh"] {
                let reply = try await portal.client.get("/requirements/\(file)?\(query)")
                #expect(reply.status == 200 && !reply.body.isEmpty, "\(file)")
                #expect(page.values(of: "href").contains { $0.hasPrefix("/requirements/\(file)?") }, "\(file)")
            }
        }
    }

    @Test(
        "without data of sites a role has its requirements",
        arguments: ["software_update_point", "client", "console", "site_server"])
    func roles(role: String) async throws {
        try await withPortal(isEmpty: true) { portal in
            let page = Markup(try await portal.client.get("/requirements?role=\(role)").body)
            #expect(page.brokenReferences == [] && page.headingJumps == [])
            #expect(page.text.contains("What has to be reached</h3>") && page.text.contains("Ports between computers"))
            #expect(
                try await portal.client.get("/requirements/squid.conf?role=\(role)").body.contains("http_access allow"))
            #expect(try await portal.client.get("/requirements/ports.csv?role=\(role)").status == 200)
            #expect(try await portal.client.get("/requirements?role=nobody").status == 404)
        }
    }

    @Test("names of the site are asked for, put in, and left out where they cannot be part of a host")
    func placeholders() async throws {
        try await withPortal(isEmpty: true) { portal in
            let open = Markup(try await portal.client.get("/requirements?role=cmg_connection_point").body)
            #expect(open.text.contains("&lt;cmg&gt;.&lt;region&gt;.cloudapp.azure.com"))
            #expect(open.text.contains("a name of your site is missing") && open.values(of: "name").contains("cmg"))
            let query = "role=cmg_connection_point&cmg=graniteflower&region=westeurope&cloud=public"
            let filled = Markup(try await portal.client.get("/requirements?" + query).body)
            #expect(filled.text.contains("graniteflower.westeurope.cloudapp.azure.com"))
            #expect(!filled.text.contains("usgovcloudapp"))
            let list = try await portal.client.get("/requirements/allow-list.txt?" + query).body
            #expect(list.contains("\ngraniteflower.westeurope.cloudapp.azure.com:443\n"))
            let hostile = Markup(
                try await portal.client.get("/requirements?role=cmg_connection_point&cmg=%22%3E%3Cb%3E").body)
            #expect(hostile.text.contains(#"aria-describedby="cmg-error" aria-invalid="true""#))
            #expect(hostile.text.contains("What was typed was left out.") && !hostile.text.contains("<b>"))
            let refused = try await portal.client.get(
                "/requirements/squid.conf?role=cmg_connection_point&cmg=a%0Ahttp_access"
            ).body
            #expect(!refused.contains("\nhttp_access allow a") && !refused.contains("a\nhttp"))
        }
    }

    @Test("tables name every computer, and a site's ports by pair")
    func tables() async throws {
        try await withFlows { portal in
            let endpoints = try await portal.client.get("/requirements/endpoints.csv?scope=hierarchy").body
            #expect(endpoints.contains(#"\#r\#nCM01.corp.contoso.com,CONTOSO\svc-proxy,Service connection,"#))
            #expect(
                endpoints.contains("cm-ps1.corp.contoso.com,system,Cloud distribution point,Straight to the internet,"))
            let ports = try await portal.client.get("/requirements/ports.csv?site=PS1").body
            #expect(ports.contains("Clients of PS1,CM01.corp.contoso.com,HTTP,TCP,8530,"))
            #expect(ports.contains("cm-ps1.corp.contoso.com,CM01.corp.contoso.com,SMB,TCP,445,"))
        }
    }

    @Test("a server's Connections tab, a site and a proxy lead there, and parts that are unknown are told")
    func links() async throws {
        try await withFlows { portal in
            let tab = try await portal.page("/servers/\(FlowHierarchy.server)/connections")
            #expect(tab.values(of: "href").contains(Self.server))
            let proxy = try await portal.page("/proxies/proxy01.contoso.com:8080")
            #expect(proxy.values(of: "href").contains { $0.hasPrefix("/requirements?proxy=proxy01.contoso.com") })
            let site = try await portal.page("/sites/PS1")
            #expect(site.values(of: "href").contains("/requirements?site=PS1"))
            let odd = try await portal.page("/requirements?role=client&colour=red")
            #expect(odd.text.contains("it was left out"))
            #expect(try await portal.client.get("/requirements/squid.conf").status == 404)
        }
    }
}
