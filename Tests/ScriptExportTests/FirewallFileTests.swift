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

    /// Stands for iptables and ip6tables: prints what it is asked, and has the chains and rules that are given.
    private func firewall(_ known: [String]) -> String {
        let answers = known.map { "'\($0)') ;;" }.joined(separator: "\n    ")
        return """
            answer() {
                echo "$*"
                case "$1 $2 $3" in *tables\\ -[NSCD]\\ *) ;; *) return 0 ;; esac
                case "$*" in
                \(answers)
                *) return 1 ;;
                esac
            }
            iptables() { answer iptables "$@"; }
            ip6tables() { answer ip6tables "$@"; }

            """
    }

    private func script(_ addresses: [String: String]) throws -> String {
        var script = IPTablesScript.text(of: document(try needs(site: "PS1", more: 0)))
        for (name, address) in addresses {
            script = script.replacingOccurrences(of: "\n\(name)=''", with: "\n\(name)='\(address)'")
        }
        return script
    }

    private static let filled = ["PS1_CONTOSO_COM_IP": "10.0.0.1", "PS1_DP1_CONTOSO_COM_IP": "10.0.0.2,10.1.0.0/16"]

    @Test("the new rules are all there before anything leads to them")
    func firstRun() throws {
        let there = try run(
            firewall(["iptables -N PROXYDESK", "iptables -N PROXYDESK_A"]) + script(Self.filled))
        #expect(
            there == [
                "iptables -N PROXYDESK", "iptables -C PROXYDESK -j PROXYDESK_A", "iptables -N PROXYDESK_A",
                "iptables -A PROXYDESK_A -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
                "iptables -A PROXYDESK_A -s 10.0.0.1 -d 10.0.0.2,10.1.0.0/16 -p tcp -m multiport --dports 445 -j ACCEPT",
                "iptables -I PROXYDESK -j PROXYDESK_A", "iptables -D PROXYDESK 2",
                "iptables -F PROXYDESK_B", "iptables -X PROXYDESK_B", "iptables -C FORWARD -j PROXYDESK",
                "iptables -I FORWARD -j PROXYDESK",
            ])
    }

    @Test("a later run fills the other chain, and is entered where the first was")
    func laterRun() throws {
        let there = try run(
            firewall([
                "iptables -S PROXYDESK", "iptables -C PROXYDESK -j PROXYDESK_A", "iptables -N PROXYDESK_B",
                "iptables -C FORWARD -j PROXYDESK",
            ]) + script(Self.filled))
        #expect(there.contains { $0.hasPrefix("iptables -A PROXYDESK_B -s 10.0.0.1") })
        #expect(!there.contains { $0.hasPrefix("iptables -A PROXYDESK_A") || $0 == "iptables -I FORWARD -j PROXYDESK" })
        #expect(
            there.suffix(3) == [
                "iptables -F PROXYDESK_A", "iptables -X PROXYDESK_A", "iptables -C FORWARD -j PROXYDESK",
            ])
    }

    @Test("an address that is refused leaves the rules of the last run as they are")
    func refusedAddress() throws {
        let stub = firewall(["iptables -N PROXYDESK", "iptables -N PROXYDESK_A"])
            .replacingOccurrences(of: "echo \"$*\"", with: "echo \"$*\"; case \"$*\" in *10.0.0.x*) return 2 ;; esac")
        let there = try run(stub + script(["PS1_CONTOSO_COM_IP": "10.0.0.x", "PS1_DP1_CONTOSO_COM_IP": "10.0.0.2"]), 2)
        #expect(there.last?.hasPrefix("iptables -A PROXYDESK_A -s 10.0.0.x") == true)
    }

    @Test("IPv6 goes to ip6tables, and a pair without a family in common is left out")
    func families() throws {
        let stub = firewall([
            "iptables -N PROXYDESK", "iptables -N PROXYDESK_A", "ip6tables -N PROXYDESK", "ip6tables -N PROXYDESK_A",
        ])
        let both = try run(
            stub + script(["PS1_CONTOSO_COM_IP": "10.0.0.1, 2001:db8::1", "PS1_DP1_CONTOSO_COM_IP": "2001:db8::/64"]))
        let rules = both.filter { $0.contains("multiport") }
        #expect(
            rules == [
                "ip6tables -A PROXYDESK_A -s 2001:db8::1 -d 2001:db8::/64 -p tcp -m multiport --dports 445 -j ACCEPT"
            ])
        #expect(both.contains("ip6tables -I FORWARD -j PROXYDESK"))
        let neither = try run(
            stub + script(["PS1_CONTOSO_COM_IP": "10.0.0.1", "PS1_DP1_CONTOSO_COM_IP": "2001:db8::1"]))
        #expect(!neither.contains { $0.contains("multiport") || $0.hasPrefix("ip6tables -N") })
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

    /// What the script prints.
    private func run(_ script: String, _ status: Int32 = 0) throws -> [String] {
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
        #expect(process.terminationStatus == status)
        return String(decoding: printed, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
