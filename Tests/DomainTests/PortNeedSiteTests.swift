import Domain
import Testing

@Suite("What a site says of its own ports")
struct PortNeedSiteTests {
    private func host(_ text: String) throws -> HostName { try #require(HostName.check(text, label: "").value) }

    private func scene() throws -> PortScene {
        var scene = PortScene()
        scene.site = SiteCode.check("PS1").value
        scene.holders = [
            "management_point": PortScene.Holders([try host("cm01")]),
            "software_update_point": PortScene.Holders([try host("cm02")]),
        ]
        return scene
    }

    private func words(_ needs: [PortNeed]) -> [String] {
        needs.flatMap { need in
            need.services.map {
                "\(need.source.words) → \(need.target.words) \($0.portWords) \($0.notes.joined(separator: "; "))"
            }
        }
    }

    @Test("with the website SMSWEB, a port that nobody told is not told, and one that was told is the website's")
    func customWebsite() throws {
        var scene = try scene()
        let code = try #require(scene.site)
        func ports(_ http: Int?) -> [PortScene.OfSite] {
            [
                PortScene.OfSite(
                    code, ClientPorts(http: http, https: nil, notification: nil, wakeOnLAN: nil, customWebsite: true))
            ]
        }
        scene.clientPorts = ports(nil)
        let notTold = words(scene.needs(SmallFacts.facts))
        #expect(notTold.contains("Clients of PS1 → cm01 not told not told: SMSWEB of PS1 has ports of its own"))
        #expect(notTold.contains("Clients of PS1 → cm01 10123 default, may differ"), "IIS has no part in that one")
        scene.clientPorts = ports(8080)
        let told = words(scene.needs(SmallFacts.facts))
        #expect(told.contains("Clients of PS1 → cm01 8080 as set for the website SMSWEB of PS1"))
    }

    @Test("a site to which no clients belong has no ports for clients")
    func noClients() throws {
        var scene = try scene()
        scene.hasClients = false
        #expect(!words(scene.needs(SmallFacts.facts)).contains { $0.contains("Clients") })
    }

    private func upstream(_ upstream: PortScene.Upstream) throws -> [String] {
        var scene = try scene()
        scene.upstream = upstream
        var http = PortService("HTTP", [.tcp], [.number(80), .number(8530)])
        http.setting = .upstreamHTTP
        http.isOneOf = true
        http.change = .changeable
        var https = PortService("HTTPS", [.tcp], [.number(443), .number(8531)])
        https.setting = .upstreamHTTPS
        https.isOneOf = true
        https.change = .changeable
        let requirement = PortRequirement(
            id: "up", source: SmallFacts.point,
            target: NetworkParty(id: "upstream-wsus", title: "Upstream WSUS server"),
            services: [http, https], sources: [])
        return words(scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: [])))
    }

    @Test("the WSUS server above is named with its port, as the site's component has them")
    func upstreamServer() throws {
        let name = try #require(DisplayText.check("wsus.contoso.com", label: "").value)
        let port = try #require(Port(8540))
        #expect(
            try upstream(.server(name, port: port, usesSSL: true)) == [
                "cm02 → wsus.contoso.com 80 or 8530 default, may differ",
                "cm02 → wsus.contoso.com 8540 as set for the upstream server",
            ])
        #expect(
            try upstream(.server(name, port: port, usesSSL: false)) == [
                "cm02 → wsus.contoso.com 8540 as set for the upstream server"
            ])
        #expect(
            try upstream(.server(name, port: port, usesSSL: nil)) == [
                "cm02 → wsus.contoso.com 8540 as set for the upstream server",
                "cm02 → wsus.contoso.com 8540 as set for the upstream server",
            ])
        #expect(try upstream(.nowhere).isEmpty)
        #expect(try upstream(.notTold).first == "cm02 → Upstream WSUS server 80 or 8530 default, may differ")
    }
}
