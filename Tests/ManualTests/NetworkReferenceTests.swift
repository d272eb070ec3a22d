import Domain
import Foundation
import Testing

@testable import Manual

@Suite("Internet endpoints and ports in the manual")
struct NetworkReferenceTests {
    let manual: Manual

    init() throws { manual = try shippedManual.get() }

    @Test("each endpoint has a section that its link leads to, with date and source")
    func endpoints() throws {
        let page = try #require(manual.page(at: "/manual/reference/internet-endpoints"))
        for endpoint in manual.network.endpoints {
            let heading = ManualPage.Heading(id: endpoint.id, title: endpoint.title)
            #expect(page.headings.contains(heading), "\(endpoint.id)")
            #expect(manual.link(for: endpoint) == page.path + "#" + endpoint.id)
            #expect(!endpoint.sources.isEmpty && !endpoint.date.isEmpty)
        }
        #expect(page.body.html.contains("<code>*.manage.microsoft.com</code>"))
        #expect(page.body.html.contains("Microsoft Learn, Internet access requirements (2026-06-08)"))
        #expect(page.body.html.contains("/requirements?role=service_connection_point"))
    }

    @Test("each pair of computers has a part of the page of ports")
    func ports() throws {
        let page = try #require(manual.page(at: "/manual/reference/ports"))
        for requirement in manual.network.ports {
            #expect(page.body.html.contains("id=\"\(requirement.id)\""), "\(requirement.id)")
        }
        let services = manual.network.ports.flatMap(\.services)
        let count = services.reduce(0) { $0 + $1.transports.count }
        #expect(count == 198, "as many as the source has, and UDP for the SQL Server Browser")
    }

    @Test("every flow that reaches the internet is named by an endpoint", arguments: TrafficFlowID.allCases)
    func flows(flow: TrafficFlowID) {
        #expect(manual.network.endpoints.contains { $0.isRequirement && $0.flows.contains(flow) })
    }

    @Test(
        "what is wrong in a table is told with file and line",
        arguments: [
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "flows: [directory-discovery]", "flows: [telepathy]",
                at: "flows: [telepathy]", "“telepathy” is no traffic flow."),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "flows: [directory-discovery]", "flows: [service-connection]",
                at: nil, "No entry names the flow directory-discovery"),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "roles: [cmg_connection_point]", "roles: [cmg_point]",
                at: "roles: [cmg_point]", "“cmg_point” is no role of roles.yaml."),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "{host: '*.akamaiedge.net'}", "{host: '*akamaiedge'}",
                at: "*akamaiedge", "“*akamaiedge” is no host"),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "{protocol: tcp, port: 5986", "{protocol: tcp, port: 70000",
                at: "port: 70000", "“70000” is no port"),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "id: azure-services", "id: windows-servicing",
                at: "id: windows-servicing\n  title: 'Azure", "windows-servicing has a second entry."),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "sources: [internet-endpoints, internet-endpoints-2022]",
                "sources: [hearsay]", at: "sources: [hearsay]", "“hearsay” is no source of sources.yaml."),
            BrokenContentTests.Breakage(
                "reference/internet-endpoints.yaml", "without_flow: [site_server, console]",
                "without_flow: [console]", at: "id: url-forwarding", "site_server connects, and neither"),
            BrokenContentTests.Breakage(
                "reference/ports.yaml", "target: ndes\n", "target: nobody\n", at: "target: nobody",
                "“nobody” is neither a role of roles.yaml nor under “parties”."),
            BrokenContentTests.Breakage(
                "reference/ports.yaml", "notes: [tftp]", "notes: [ftp]", at: "notes: [ftp]",
                "“ftp” is no key of “notes”."),
            BrokenContentTests.Breakage(
                "reference/ports.yaml", "protocols: [icmp]", "protocols: [tcp]",
                at: "protocols: [tcp], condition: 'no port",
                "ICMP has no port, and everything else has one."),
            BrokenContentTests.Breakage(
                "reference/ports.yaml", "id: client-to-ndes", "id: client-to-client",
                at: "id: client-to-client\n  source: client\n  target: ndes",
                "client-to-client has a second entry."),
        ])
    func breakages(_ breakage: BrokenContentTests.Breakage) throws {
        try BrokenContentTests().oneBreakageIsToldWithFileAndLine(breakage)
    }
}
