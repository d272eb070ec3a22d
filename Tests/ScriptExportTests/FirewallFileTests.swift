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

    @Test("the shell script may run twice: its chain is emptied, entered once and lets answers pass")
    func twice() throws {
        let script = IPTablesScript.text(of: document(try needs(site: "PS1", more: 0)))
            .replacingOccurrences(of: "_IP=''", with: "_IP='10.0.0.1'")
        // Stands for an iptables that has the chain and the way into it already.
        let there = try run("iptables() { echo \"iptables $*\"; [ \"$1\" != -N ]; }\n" + script)
        #expect(
            there == [
                "iptables -N PROXYDESK", "iptables -F PROXYDESK",
                "iptables -A PROXYDESK -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
                "iptables -C FORWARD -j PROXYDESK",
                "iptables -A PROXYDESK -s 10.0.0.1 -d 10.0.0.1 -p tcp -m multiport --dports 445 -j ACCEPT",
            ])
        let fresh = try run("iptables() { echo \"iptables $*\"; [ \"$1\" != -C ]; }\n" + script)
        #expect(!fresh.contains("iptables -F PROXYDESK") && fresh.contains("iptables -I FORWARD -j PROXYDESK"))
        #expect(!there.contains("iptables -I FORWARD -j PROXYDESK"))
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

    /// What the script prints.
    private func run(_ script: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        input.fileHandleForWriting.write(Data(script.utf8))
        try input.fileHandleForWriting.close()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
