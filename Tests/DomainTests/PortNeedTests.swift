import Domain
import Testing

@Suite("Which ports are needed between which computers")
struct PortNeedTests {
    private func host(_ text: String) throws -> HostName { try #require(HostName.check(text, label: "").value) }

    /// A site whose server, management point and two distribution points are three computers.
    private func scene() throws -> PortScene {
        var scene = PortScene()
        scene.site = SiteCode.check("PS1").value
        scene.holders = [
            "site_server": PortScene.Holders([try host("ps1")]),
            "management_point": PortScene.Holders([try host("cm01")]),
            "software_update_point": PortScene.Holders([try host("cm01")]),
            "distribution_point": PortScene.Holders([try host("cm01"), try host("cm02")]),
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

    @Test("each pair of roles becomes a pair of computers; what the internet is, is left to the endpoints")
    func pairs() throws {
        let found = words(try scene().needs(SmallFacts.facts))
        #expect(
            found == [
                "Clients of PS1 → cm01 80 default, may differ", "Clients of PS1 → cm01 10123 default, may differ",
                "Clients of PS1 → cm01 8530 default, may differ", "Clients of PS1 → cm01 8531 default, may differ",
                "ps1 → cm01, cm02 445 either side may begin",
                "cm01 → Site database server of PS1 that nobody told 1433 default, may differ",
            ])
    }

    @Test("the client ports of the site and the ports of the software update point take the place of the defaults")
    func ownPorts() throws {
        var scene = try scene()
        let code = try #require(scene.site)
        scene.clientPorts = [
            PortScene.OfSite(
                code, ClientPorts(http: 8080, https: nil, notification: nil, wakeOnLAN: nil, customWebsite: nil))
        ]
        scene.points = [PortScene.Point(try host("cm01"), http: 80, https: 443)]
        let found = words(scene.needs(SmallFacts.facts))
        #expect(found.contains("Clients of PS1 → cm01 8080 as set for PS1"))
        #expect(found.contains("Clients of PS1 → cm01 10123 default, may differ"))
        #expect(found.contains("Clients of PS1 → cm01 80 as set on cm01"))
        #expect(found.contains("Clients of PS1 → cm01 443 as set on cm01"))
    }

    @Test("of software update points that differ, each has its own ports")
    func pointsThatDiffer() throws {
        var scene = try scene()
        let names = try ["cm01", "cm02", "cm03"].map(host)
        scene.holders["software_update_point"] = PortScene.Holders(names)
        scene.points = [
            PortScene.Point(names[0], http: 80, https: 443), PortScene.Point(names[1], http: 8530, https: 8531),
        ]
        let services = scene.needs(SmallFacts.facts).first { $0.requirement.target == SmallFacts.point }?.services
        let http = try #require(services?.first)
        #expect(http.ports.map(\.span.description) == ["80", "8530"])
        #expect(http.ports(to: names[0]).map(\.span.description) == ["80"])
        #expect(http.ports(to: names[1]).map(\.span.description) == ["8530"])
    }

    @Test("a server has what begins and what ends at it, and nothing of the others")
    func server() throws {
        var scene = try scene()
        scene.server = try host("cm02")
        #expect(words(scene.needs(SmallFacts.facts)) == ["ps1 → cm02 445 either side may begin"])
        scene.server = try host("ps1")
        #expect(words(scene.needs(SmallFacts.facts)) == ["ps1 → cm01, cm02 445 either side may begin"])
        scene.neighbors = [try host("cas")]
        let found = words(scene.needs(SmallFacts.facts))
        #expect(found.contains("ps1 → cas 445 ") && found.contains("cas → ps1 445 "))
    }

    @Test("one computer with both roles asks nothing of the network")
    func oneComputer() throws {
        var scene = PortScene()
        scene.holders = [
            "site_server": PortScene.Holders([try host("cm01")]),
            "distribution_point": PortScene.Holders([try host("cm01")]),
        ]
        #expect(scene.needs(SmallFacts.facts).isEmpty)
        scene.server = try host("cm01")
        #expect(scene.needs(SmallFacts.facts).isEmpty)
    }

    @Test("many computers are counted, and sites that differ are told apart")
    func many() throws {
        var scene = try scene()
        scene.site = nil
        scene.holders["distribution_point"] = PortScene.Holders(
            try (1...20).map { try host("dp\($0)") }, total: 50_000)
        let sites = try ["PS1", "PS2"].map { try #require(SiteCode.check($0).value) }
        scene.clientPorts = [
            PortScene.OfSite(sites[0], .notTold),
            PortScene.OfSite(
                sites[1], ClientPorts(http: 8080, https: nil, notification: nil, wakeOnLAN: nil, customWebsite: nil)),
        ]
        let found = words(scene.needs(SmallFacts.facts))
        #expect(found.contains("ps1 → dp1, dp2, dp3, dp4, dp5 and 49995 more 445 either side may begin"))
        #expect(found.contains("Clients of all sites → cm01 80, 8080 default, may differ; 8080 as set for PS2"))
    }

    @Test(
        "ports are numbers from 1 to 65535, ranges of them, or words",
        arguments: [
            ("443", "443"), ("10124-10139", "10124-10139"), ("dynamic", "dynamic"), ("as-configured", "as configured"),
        ])
    func spans(text: String, words: String) { #expect(PortSpan(text)?.description == words) }

    @Test("and nothing else", arguments: ["", "0", "65536", "080", "5-4", "5-5", "1-2-3", "-1", "a", "80 "])
    func noSpans(text: String) { #expect(PortSpan(text) == nil) }
}
