import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("Rules for firewalls")
struct FirewallFileTests {
    private func host(_ text: String) throws -> HostName { try #require(HostName.check(text, label: "").value) }

    private func endpoints(_ connections: [InternetConnection] = []) -> EndpointRequirements {
        EndpointRequirements(
            connections, NetworkFacts(endpoints: [], ports: [], parties: []), EndpointRequirements.Choice())
    }

    private let siteServer = NetworkParty(id: "s", title: "Site server")

    /// From one site server to distribution points, of which most are not named.
    private func needs(site: String, more: Int, _ service: PortService? = nil) throws -> [PortNeed] {
        var scene = PortScene()
        scene.site = SiteCode.check(site).value
        scene.holders = [
            "s": PortScene.Holders([try host("\(site).contoso.com")]),
            "d": PortScene.Holders([try host("\(site)-dp1.contoso.com")], total: 1 + more),
        ]
        let points = NetworkParty(id: "d", title: "Distribution point")
        let requirement = PortRequirement(
            id: "p", source: siteServer, target: points,
            services: [service ?? PortService("SMB", [.tcp], [.number(445)])], sources: [])
        return scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: []))
    }

    private func document(_ ports: [PortNeed], _ connections: [InternetConnection] = []) -> NetworkDocument {
        NetworkDocument(subject: "the whole hierarchy", endpoints: endpoints(connections), ports: ports)
    }

    @Test("computers that are not named are told apart by role and site, and the file says that it lacks them")
    func more() throws {
        let document = document(try needs(site: "PS1", more: 980) + needs(site: "PS2", more: 980))
        let shell = IPTablesScript.text(of: document)
        for line in [
            "N980_MORE_COMPUTERS_OF_ROLE_DISTRIBUTION_POINT_OF_SITE_PS1_IP=''",
            "N980_MORE_COMPUTERS_OF_ROLE_DISTRIBUTION_POINT_OF_SITE_PS2_IP=''",
        ] { #expect(shell.contains("\n\(line)\n"), "\(line)") }
        let windows = try WindowsFirewallScript.text(of: document)
        for text in [shell, windows] {
            #expect(text.contains("# Not in this file: 980 computers of role Distribution point of site PS1"))
        }
    }

    @Test("what no rule can be made of is named with its reason")
    func leftOut() throws {
        let connections = [
            InternetConnection(outside: siteServer, who: .computer(try host("cm01"))),
            InternetConnection(outside: NetworkParty(id: "client", title: "Client"), who: .clients(nil)),
        ]
        let document = document([], connections)
        for text in [IPTablesScript.text(of: document), try WindowsFirewallScript.text(of: document)] {
            for part in [
                "# Left out, because the documentation does not say whether it goes through a proxy: Not established",
                "#   cm01: Site server, outside the traffic flows",
                "# Left out, because the settings of each computer decide whether it goes through a proxy: As clients",
                "#   clients of all sites: Client, outside the traffic flows",
            ] { #expect(text.contains(part), "\(part)") }
        }
    }

    @Test("many computers on both sides are one rule for all of them")
    func pairs() throws {
        let names = try (1...60).map { try host("dp\($0)") }
        var scene = PortScene()
        scene.holders = [
            "s": PortScene.Holders(names), "d": PortScene.Holders(try (1...60).map { try host("x\($0)") }),
        ]
        let requirement = PortRequirement(
            id: "p", source: siteServer, target: NetworkParty(id: "d", title: "D"),
            services: [PortService("SMB", [.tcp], [.number(445)])], sources: [])
        let document = document(scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: [])))
        #expect(document.rules.count == 1)
        #expect(IPTablesScript.text(of: document).contains("# Not in this file: 60 computers of role D, one by one"))
    }

    @Test("an address that stands for a name is not asked for, and more ports than one rule takes are several")
    func literals() throws {
        var scene = PortScene()
        scene.holders = ["s": PortScene.Holders([try host("cm01")]), "d": PortScene.Holders([try host("10.0.0.7")])]
        let requirement = PortRequirement(
            id: "p", source: siteServer, target: NetworkParty(id: "d", title: "D"),
            services: [PortService("Many", [.tcp], (1...9).map { .number($0) })], sources: [])
        let text = IPTablesScript.text(
            of: document(scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: []))))
        #expect(text.contains("\nN10_0_0_7_IP='10.0.0.7'\n") && text.contains("\nCM01_IP=''\n"))
        #expect(text.contains("tcp \"1,2,3,4,5,6,7\"\n") && text.contains("tcp \"8,9\"\n"))
    }

    @Test("several computers under one name speak to each other, one computer does not speak to itself")
    func toThemselves() throws {
        let client = NetworkParty(id: NetworkParty.clientID, title: "Client")
        var scene = PortScene()
        scene.site = SiteCode.check("PS1").value
        scene.holders = ["s": PortScene.Holders([try host("CM01")]), "d": PortScene.Holders([try host("cm01")])]
        let peers = PortRequirement(
            id: "p", source: client, target: client, services: [PortService("Peer cache", [.tcp], [.number(8003)])],
            sources: [])
        let own = PortRequirement(
            id: "q", source: siteServer, target: NetworkParty(id: "d", title: "D"),
            services: [PortService("SMB", [.tcp], [.number(445)])], sources: [])
        let needs = scene.needs(NetworkFacts(endpoints: [], ports: [peers, own], parties: []))
        let text = IPTablesScript.text(of: document(needs))
        #expect(text.contains("allow \"$CLIENTS_OF_PS1_IP\" \"$CLIENTS_OF_PS1_IP\" tcp \"8003\"\n"))
        #expect(!text.contains("445"))
        var bytes: [UInt8] = []
        let table = try PortCSV { bytes += $0 }
        for need in needs { try table.need(need) }
        let rows = String(decoding: bytes, as: UTF8.self)
        #expect(rows.contains("Clients of PS1,Clients of PS1,Peer cache,TCP,8003,") && !rows.contains("SMB"))
    }

    @Test("the Windows script knows its computers before it removes a rule")
    func windowsName() throws {
        let text = try WindowsFirewallScript.text(of: document(try needs(site: "PS1", more: 0)))
        let refusal = try #require(text.firstRange(of: "throw \"This script has no rules")?.lowerBound)
        let removal = try #require(text.firstRange(of: "Remove-NetFirewallRule")?.lowerBound)
        #expect(refusal < removal)
        #expect(text.contains("$known = @(\r\n    'PS1.contoso.com'\r\n    'PS1-dp1.contoso.com'\r\n)"))
        #expect(text.contains("$_.Split('.')[0] -eq $short"))
    }

    @Test("the Windows script removes the rules of the last run when all new ones are there, or the new ones")
    func windowsOrder() throws {
        let lines = try WindowsFirewallScript.text(of: document(try needs(site: "PS1", more: 0)))
            .components(separatedBy: "\r\n")
        let order = try [
            "$old = @(Get-NetFirewallRule -Group 'ProxyDesk' -ErrorAction SilentlyContinue)", "try {",
            "            Add-PortRule 'ProxyDesk: SMB from PS1.contoso.com' 'Inbound' 'TCP' @('445')",
            "    $complete = $true", "} finally {",
            "    if (-not $complete) { $made | Remove-NetFirewallRule -ErrorAction Continue }", "}",
            "$old | Remove-NetFirewallRule -WhatIf:$WhatIfPreference",
        ].map { line in try #require(lines.lastIndex(of: line), "\(line)") }
        #expect(order == order.sorted())
        #expect(!lines.contains { $0.contains("-Name") && $0.contains("New-NetFirewallRule") })
    }

    @Test("the Windows script lets a ping through in IPv4 and IPv6")
    func windowsPing() throws {
        let ping = PortService("Ping", [.icmp], [])
        let text = try WindowsFirewallScript.text(of: document(try needs(site: "PS1", more: 0, ping)))
        for line in [
            "if ($Protocol -eq 'ICMPv4') { $rule.IcmpType = 8 }",
            "elseif ($Protocol -eq 'ICMPv6') { $rule.IcmpType = 128 }",
            "'ProxyDesk: Ping from PS1.contoso.com' 'Inbound' 'ICMPv4' @()",
            "'ProxyDesk: Ping from PS1.contoso.com' 'Inbound' 'ICMPv6' @()",
            "'ProxyDesk: Ping to PS1-dp1.contoso.com' 'Outbound' 'ICMPv6' @()",
        ] { #expect(text.contains(line), "\(line)") }
    }
}
