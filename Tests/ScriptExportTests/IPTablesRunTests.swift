import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("The shell script of rules, run")
struct IPTablesRunTests {
    /// From a site server to a distribution point.
    private func script(
        _ source: String = "10.0.0.1", _ target: String = "10.0.0.2",
        _ service: PortService = PortService("SMB", [.tcp], [.number(445)])
    ) throws -> String {
        var scene = PortScene()
        for (party, name) in [("s", "cm01"), ("d", "dp01")] {
            scene.holders[party] = PortScene.Holders([try #require(HostName.check(name, label: "").value)])
        }
        let requirement = PortRequirement(
            id: "p", source: NetworkParty(id: "s", title: "S"), target: NetworkParty(id: "d", title: "D"),
            services: [service], sources: [])
        let endpoints = EndpointRequirements(
            [], NetworkFacts(endpoints: [], ports: [], parties: []), EndpointRequirements.Choice())
        let document = NetworkDocument(
            subject: "", endpoints: endpoints,
            ports: scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: [])))
        return IPTablesScript.text(of: document)
            .replacingOccurrences(of: "\nCM01_IP=''", with: "\nCM01_IP='\(source)'")
            .replacingOccurrences(of: "\nDP01_IP=''", with: "\nDP01_IP='\(target)'")
    }

    private static let answers = "-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT"
    private static let smb = "-s 10.0.0.1 -d 10.0.0.2 -p tcp -m multiport --dports 445 -j ACCEPT"

    /// What `iptables -S` says after a run that filled the chain, with this rule in it.
    private func filled(_ chain: String, _ rule: String = smb) -> [String] {
        [
            "-A FORWARD -j PROXYDESK", "-A PROXYDESK -j \(chain)", "-N PROXYDESK", "-N \(chain)",
            "-A \(chain) \(Self.answers)", "-A \(chain) \(rule)",
        ]
    }

    @Test("the new rules are all there before anything leads to them")
    func firstRun() throws {
        let run = try IPTablesStub().run(try script())
        #expect(run.status == 0)
        #expect(
            run.commands == [
                "iptables -N PROXYDESK", "iptables -S PROXYDESK", "iptables -N PROXYDESK_A",
                "iptables -A PROXYDESK_A \(Self.answers)", "iptables -A PROXYDESK_A \(Self.smb)",
                "ip6tables -S PROXYDESK", "iptables -S FORWARD", "iptables -I FORWARD -j PROXYDESK",
                "iptables -I PROXYDESK -j PROXYDESK_A", "iptables -D PROXYDESK 2", "iptables -F PROXYDESK_B",
            ])
        #expect(Set(run.table) == Set(filled("PROXYDESK_A")))
        #expect(run.table6 == [])
    }

    @Test("later runs fill the chain that is free, and leave one way in")
    func laterRuns() throws {
        let second = try IPTablesStub(before: filled("PROXYDESK_A", "-s 10.9.9.9 -j ACCEPT")).run(try script())
        #expect(second.table.sorted() == filled("PROXYDESK_B").sorted())
        let third = try IPTablesStub(before: second.table).run(try script())
        #expect(third.table.sorted() == filled("PROXYDESK_A").sorted())
    }

    @Test("an address that is refused leaves the rules of the last run as they are")
    func refusedAddress() throws {
        let before = filled("PROXYDESK_A")
        let run = try IPTablesStub(before: before, refused: ["*10.0.0.x*"]).run(try script("10.0.0.x"))
        #expect(run.status == 4)
        #expect(run.commands.last?.hasPrefix("iptables -A PROXYDESK_B -s 10.0.0.x") == true)
        #expect(run.table.filter { !$0.contains("PROXYDESK_B") } == before)
    }

    @Test("a lock that others hold never empties the rules in force", arguments: ["*' -N '*", "*' -S '*", "*' -C '*"])
    func heldLock(refused: String) throws {
        let before = filled("PROXYDESK_A")
        let run = try IPTablesStub(before: before, refused: [refused]).run(try script())
        #expect(!run.commands.contains("iptables -F PROXYDESK_A") || run.table.contains("-A PROXYDESK -j PROXYDESK_B"))
        if run.status != 0 { #expect(run.table == before) }
    }

    @Test("where a run was ended half-way, its newer rules stay in force until the next are there")
    func twoJumps() throws {
        let newer = "-s 10.7.7.7 -j ACCEPT"
        let before =
            ["-A PROXYDESK -j PROXYDESK_B", "-N PROXYDESK_B", "-A PROXYDESK_B \(newer)"] + filled("PROXYDESK_A")
        let stopped = try IPTablesStub(before: before, refused: ["*10.0.0.x*"]).run(try script("10.0.0.x"))
        #expect(stopped.table.contains("-A PROXYDESK_B \(newer)"))
        #expect(stopped.table.filter { $0.hasPrefix("-A PROXYDESK -j") } == ["-A PROXYDESK -j PROXYDESK_B"])
        let cleared = try #require(stopped.commands.firstIndex(of: "iptables -D PROXYDESK -j PROXYDESK_A"))
        let emptied = try #require(stopped.commands.firstIndex(of: "iptables -F PROXYDESK_A"))
        #expect(cleared < emptied)
        let run = try IPTablesStub(before: before).run(try script())
        #expect(run.table.sorted() == filled("PROXYDESK_A").sorted())
        let held = try IPTablesStub(before: before, refused: ["*' -D '*"]).run(try script())
        #expect(held.status == 4 && held.table == before)
    }

    @Test("rules that cannot be cleared away do not keep the new ones, and those of IPv6, from being in force")
    func failingCleanUp() throws {
        let addresses = ("10.0.0.1 2001:db8::1", "10.0.0.2 2001:db8::2")
        let run = try IPTablesStub(before: filled("PROXYDESK_A"), refused: ["*' -X '*", "*' -D '*"])
            .run(try script(addresses.0, addresses.1))
        #expect(run.status == 0)
        #expect(run.table.first { $0.hasPrefix("-A PROXYDESK -j") } == "-A PROXYDESK -j PROXYDESK_B")
        #expect(run.table6.contains("-A FORWARD -j PROXYDESK") && run.table6.contains("-A PROXYDESK -j PROXYDESK_A"))
        let next = try IPTablesStub(before: run.table, before6: run.table6).run(try script(addresses.0, addresses.1))
        #expect(next.table.sorted() == filled("PROXYDESK_A").sorted())
    }

    @Test("IPv6 goes to ip6tables, and a pair without a family in common is left out")
    func families() throws {
        let both = try IPTablesStub().run(try script("10.0.0.1, 2001:db8::1", "2001:db8::/64"))
        let rules = both.commands.filter { $0.contains("multiport") }
        #expect(
            rules == [
                "ip6tables -A PROXYDESK_A -s 2001:db8::1 -d 2001:db8::/64 -p tcp -m multiport --dports 445 -j ACCEPT"
            ])
        #expect(both.table6.contains("-A FORWARD -j PROXYDESK"))
        let neither = try IPTablesStub().run(try script("10.0.0.1", "2001:db8::1"))
        #expect(!neither.commands.contains { $0.contains("multiport") || $0.hasPrefix("ip6tables -N") })
    }

    @Test("rules for IPv6 go where no address asks for them any more")
    func clearedIPv6() throws {
        let run = try IPTablesStub(before6: filled("PROXYDESK_A", "-s 2001:db8::1 -j ACCEPT")).run(try script())
        #expect(run.status == 0)
        #expect(run.table6.sorted() == filled("PROXYDESK_B").dropLast().sorted())
    }

    @Test("a ping is let through in both families, each in its own words")
    func ping() throws {
        let ping = PortService("Ping", [.icmp], [])
        let run = try IPTablesStub().run(try script("10.0.0.1 2001:db8::1", "10.0.0.2 2001:db8::2", ping))
        let rule = "-A PROXYDESK_A -s 10.0.0.1 -d 10.0.0.2 -p icmp --icmp-type echo-request -j ACCEPT"
        let rule6 = "-A PROXYDESK_A -s 2001:db8::1 -d 2001:db8::2 -p icmpv6 --icmpv6-type echo-request -j ACCEPT"
        #expect(run.table.contains(rule))
        #expect(run.table6.contains(rule6))
    }
}
