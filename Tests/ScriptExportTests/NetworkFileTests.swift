import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("Files for proxies and firewalls")
struct NetworkFileTests {
    private static let source = FactSource(id: "s", title: "Microsoft Learn, a page", date: "2026-06-08")

    private func endpoint(_ hosts: [String], _ ports: [EndpointPort], bypass: Bool = false) -> Endpoint {
        var endpoint = Endpoint(
            id: "e", title: "Updates and servicing", connects: [.siteSystem], flows: [.serviceConnection],
            ports: ports,
            hosts: hosts.compactMap { EndpointPattern($0).map { EndpointHost($0, ports: ports) } }, date: "2026-06",
            sources: [Self.source])
        endpoint.bypassesInspection = bypass
        return endpoint
    }

    private func document(
        _ endpoints: [Endpoint], proxy: String? = "proxy01.contoso.com:8080", server: String = "CM01.contoso.com",
        ports: [PortNeed] = []
    ) throws -> NetworkDocument {
        let name = try #require(HostName.check(server, label: "").value)
        let code = try #require(SiteCode.check("PS1").value)
        let answer = FlowAnswer(
            route: proxy == nil ? .direct : .proxy, proxy: try proxy.map { try #require(ProxyAddress($0)) },
            identity: .system)
        let flow = TrafficFlow(
            id: .serviceConnection, owner: name, site: code, from: name, answer: answer, because: [])
        let connection = try #require(InternetConnection(flow))
        let facts = NetworkFacts(endpoints: endpoints, ports: [], parties: [])
        return NetworkDocument(
            subject: "site PS1",
            endpoints: EndpointRequirements([connection], facts, EndpointRequirements.Choice()), ports: ports)
    }

    private let https = [EndpointPort(.tcp, .number(443))]

    private func need(_ source: String, _ target: String, _ service: PortService) throws -> PortNeed {
        var scene = PortScene()
        for (party, name) in [("a", source), ("b", target)] {
            scene.holders[party] = PortScene.Holders([try #require(HostName.check(name, label: "").value)])
        }
        let requirement = PortRequirement(
            id: "p", source: NetworkParty(id: "a", title: "A"), target: NetworkParty(id: "b", title: "B"),
            services: [service], sources: [Self.source])
        let needs = scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: []))
        return try #require(needs.first)
    }

    /// What is no comment and not blank.
    private func rules(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map(String.init).filter { !$0.hasPrefix("#") }
    }

    @Test("the plain list has a host and port a line, once, with feature, date and source in comments")
    func allowList() throws {
        let text = AllowList.text(
            of: try document([
                endpoint(["*.a.com", "b.com", "<cmg>.cloudapp.net"], https),
                endpoint(["b.com"], https + [EndpointPort(.tcp, .numbers(10124...10139))]),
            ]))
        #expect(rules(text) == ["*.a.com:443", "b.com:443", "b.com:10124-10139"])
        for part in [
            "# Updates and servicing (Service connection)", "Microsoft Learn, a page, 2026-06-08",
            "# <cmg>.cloudapp.net:443 (a name of your site is missing)", "# == Through proxy01.contoso.com:8080 ==",
        ] { #expect(text.contains(part), "\(part)") }
    }

    @Test("what no proxy can carry is not asked of one")
    func notThroughAProxy() throws {
        let ports = https + [EndpointPort(.tcp, .numbers(10140...10155), canBeProxied: false)]
        #expect(rules(AllowList.text(of: try document([endpoint(["a.com"], ports)]))) == ["a.com:443"])
        let direct = AllowList.text(of: try document([endpoint(["a.com"], ports)], proxy: nil))
        #expect(rules(direct) == ["a.com:443", "a.com:10140-10155"])
    }

    @Test("squid is not asked to carry what no proxy can, where the way out is not known either")
    func squidWithoutSites() throws {
        let party = NetworkParty(id: "cmg_connection_point", title: "CMG connection point")
        var endpoint = endpoint(["a.com"], https + [EndpointPort(.tcp, .numbers(10140...10155), canBeProxied: false)])
        endpoint.withoutFlow = [party]
        let facts = NetworkFacts(endpoints: [endpoint], ports: [], parties: [party])
        let document = NetworkDocument(
            subject: "role", endpoints: EndpointRequirements(of: party, facts, EndpointRequirements.Choice()), ports: []
        )
        #expect(rules(SquidRules.text(of: document)).contains("acl proxydesk_ports_1 port 443"))
        #expect(rules(AllowList.text(of: document)) == ["a.com:443", "a.com:10140-10155"])
        var bytes: [UInt8] = []
        let table = try EndpointCSV(facts, EndpointRequirements.Choice()) { bytes += $0 }
        for connection in document.endpoints.groups.flatMap(\.connections) { try table.connection(connection) }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.components(separatedBy: ",cannot go through a proxy,").count == 2)
    }

    @Test("squid gets a list for each set of ports, in which no entry covers another")
    func squid() throws {
        let text = SquidRules.text(
            of: try document([
                endpoint(["*.a.com", "a.com", "x.a.com", "*.b.a.com", "b.com", "*-u.c.com"], https),
                endpoint(["b.com"], https),
                endpoint(["h.com"], [EndpointPort(.tcp, .number(80))], bypass: true),
            ]))
        #expect(
            rules(text) == [
                "acl proxydesk_from_1 src 127.0.0.1/32",
                "acl proxydesk_hosts_1 dstdomain -n h.com", "acl proxydesk_ports_1 port 80",
                "http_access allow proxydesk_from_1 proxydesk_hosts_1 proxydesk_ports_1",
                "acl proxydesk_hosts_2 dstdomain -n .a.com", "acl proxydesk_hosts_2 dstdomain -n b.com",
                #"acl proxydesk_names_2 dstdom_regex -n -i ^[^.]*-u\.c\.com$"#, "acl proxydesk_ports_2 port 443",
                "http_access allow proxydesk_from_1 proxydesk_hosts_2 proxydesk_ports_2",
                "http_access allow proxydesk_from_1 proxydesk_names_2 proxydesk_ports_2",
            ])
        #expect(text.contains("# ssl_bump splice proxydesk_unopened"))
    }

    @Test("hosts that TLS inspection must leave alone stand once, patterns inside a name too")
    func squidInspection() throws {
        let text = SquidRules.text(
            of: try document([
                endpoint(["a.com", "*-u.c.com"], https, bypass: true), endpoint(["a.com"], https, bypass: true),
            ]))
        let lines = text.split(separator: "\n").filter { $0.contains("ssl::") || $0.contains("ssl_bump splice") }
        #expect(
            lines == [
                "# acl proxydesk_unopened ssl::server_name a.com",
                #"# acl proxydesk_unopened_names ssl::server_name_regex -i ^[^.]*-u\.c\.com$"#,
                "# ssl_bump splice proxydesk_unopened", "# ssl_bump splice proxydesk_unopened_names",
            ])
    }

    @Test("ports that squid closes by itself are named with the line that opens them")
    func squidPorts() throws {
        let ports = https + [EndpointPort(.tcp, .numbers(10124...10139)), EndpointPort(.tcp, .number(593))]
        let text = SquidRules.text(of: try document([endpoint(["a.com"], ports), endpoint(["b.com"], https)]))
        #expect(text.contains("\n# acl Safe_ports port 593\n# acl SSL_ports port 593 10124-10139\n"))
        #expect(!SquidRules.text(of: try document([endpoint(["b.com"], https)])).contains("SSL_ports port"))
    }

    @Test("what is deprecated, to be confirmed or not plain is said in every list of hosts")
    func states() throws {
        var endpoint = endpoint(["a.com"], https)
        endpoint.status = .toBeConfirmed
        endpoint.certainty = "low"
        endpoint.bypassesAuthentication = true
        let document = try document([endpoint])
        for text in [AllowList.text(of: document), SquidRules.text(of: document)] {
            #expect(text.contains("#   State: to be confirmed\n#   The documentation is not plain here\n"))
        }
        var bytes: [UInt8] = []
        let facts = NetworkFacts(endpoints: [endpoint], ports: [], parties: [])
        let table = try EndpointCSV(facts, EndpointRequirements.Choice()) { bytes += $0 }
        for connection in document.endpoints.groups.flatMap(\.connections) { try table.connection(connection) }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains(",should leave it alone,,to be confirmed; the documentation is not plain,,"))
    }

    @Test("squid is not asked for what goes past the proxy")
    func squidDirect() throws {
        let text = SquidRules.text(of: try document([endpoint(["a.com"], https)], proxy: nil))
        #expect(rules(text).isEmpty && text.contains("Straight to the internet"))
    }

    @Test("Windows Firewall gets outbound rules for the proxy's port and both sides of each connection")
    func windows() throws {
        var smb = PortService("SMB", [.tcp], [.number(445)])
        smb.isBothWays = true
        let rpc = PortService("RPC", [.tcp], [.dynamic])
        let text = try WindowsFirewallScript.text(
            of: try document(
                [endpoint(["a.com"], https)],
                ports: [
                    try need("CM01.contoso.com", "CM02.contoso.com", smb),
                    try need("CM01.contoso.com", "CM02.contoso.com", rpc),
                ]))
        for line in [
            "Add-PortRule 'ProxyDesk: proxy to proxy01.contoso.com' 'Outbound' 'TCP' @('8080')",
            "Add-PortRule 'ProxyDesk: SMB to CM02.contoso.com' 'Outbound' 'TCP' @('445')",
            "Add-PortRule 'ProxyDesk: SMB from CM02.contoso.com' 'Inbound' 'TCP' @('445')",
            "Add-PortRule 'ProxyDesk: RPC from CM01.contoso.com' 'Inbound' 'TCP' @('RPC')",
            "Add-PortRule 'ProxyDesk: RPC to CM02.contoso.com' 'Outbound' 'TCP' @('49152-65535')",
        ] { #expect(text.contains(line), "\(line)") }
        #expect(text.contains("knows no names of hosts") && text.hasPrefix("\u{FEFF}#Requires"))
    }

    @Test("iptables asks for every address and guesses none")
    func iptables() throws {
        let ping = PortService("Ping", [.icmp], [])
        let text = IPTablesScript.text(
            of: try document(
                [endpoint(["a.com"], https)], server: "1CM.contoso.com",
                ports: [try need("1CM.contoso.com", "CM02.contoso.com", ping)]))
        for line in [
            "N1CM_CONTOSO_COM_IP=''", "CM02_CONTOSO_COM_IP=''",
            "allow \"$N1CM_CONTOSO_COM_IP\" \"$PROXY01_CONTOSO_COM_IP\" tcp \"8080\"",
            "allow \"$N1CM_CONTOSO_COM_IP\" \"$CM02_CONTOSO_COM_IP\" icmp \"\"",
        ] { #expect(text.contains(line + "\n"), "\(line)") }
        #expect(try shellAccepts(text))
    }

    static let hostile = ["a';calc;'.com", "a$(id).com", "a`id`.com", "a\";id;\".com", "a‘b.com", "$x", "a;b"]

    @Test("no name leaves its quotes or its comment", arguments: hostile)
    func hostileNames(text: String) throws {
        // A name that no form takes cannot be there either; the rest must be harmless.
        guard HostName.check(text, label: "").value != nil else { return }
        let document = try document(
            [endpoint(["a.com"], https)], server: text,
            ports: [try need(text, "CM02.contoso.com", PortService("SMB", [.tcp], [.number(445)]))])
        let script = IPTablesScript.text(of: document)
        #expect(rules(script).allSatisfy { !$0.contains(text) })
        #expect(try shellAccepts(script))
        let tokens = try PowerShellToken.read(String(try WindowsFirewallScript.text(of: document).dropFirst()))
        let plain = try PowerShellToken.read(
            String(
                try WindowsFirewallScript.text(
                    of: try self.document(
                        [endpoint(["a.com"], https)], server: "CM01.contoso.com",
                        ports: [
                            try need("CM01.contoso.com", "CM02.contoso.com", PortService("SMB", [.tcp], [.number(445)]))
                        ])
                ).dropFirst()))
        #expect(tokens.count == plain.count, "a name is one literal")
    }

    @Test("a title with control characters stays on its line")
    func controlCharacters() throws {
        let document = NetworkDocument(
            subject: "x\nrm -rf /\u{2028}\u{1B}[31m", endpoints: try document([]).endpoints, ports: [])
        for text in [AllowList.text(of: document), SquidRules.text(of: document)] {
            #expect(!text.contains("\nrm") && !text.contains("\u{1B}"))
        }
    }

    @Test("tables follow RFC 4180, and no value is a formula")
    func tables() throws {
        var bytes: [UInt8] = []
        var endpoint = endpoint(["*.a.com"], https)
        endpoint.condition = "=1+1, \"x\""
        let facts = NetworkFacts(endpoints: [endpoint], ports: [], parties: [])
        let table = try EndpointCSV(facts, EndpointRequirements.Choice()) { bytes += $0 }
        for connection in try document([endpoint]).endpoints.groups.flatMap(\.connections) {
            try table.connection(connection)
        }
        let rows = String(decoding: bytes.dropFirst(3), as: UTF8.self).components(separatedBy: "\r\n")
        #expect(rows.count == 3)
        #expect(
            rows[1].hasPrefix(
                "CM01.contoso.com,system,Service connection,Through proxy01.contoso.com:8080,proxy01.contoso.com:8080,Updates and servicing,*.a.com,TCP,443,,\"'=1+1, \"\"x\"\"\","
            ))
        var ports: [UInt8] = []
        let second = try PortCSV { ports += $0 }
        try second.need(try need("CM01", "CM02", PortService("SMB", [.tcp, .udp], [.number(445)])))
        let lines = String(decoding: ports.dropFirst(3), as: UTF8.self).components(separatedBy: "\r\n")
        #expect(
            lines[1...2].map { $0.components(separatedBy: ",").prefix(5).joined(separator: " ") } == [
                "CM01 CM02 SMB TCP 445", "CM01 CM02 SMB UDP 445",
            ])
    }

    @Test("where many computers stand on both sides, the pairs are not written out")
    func manyPairs() throws {
        let names = try (1...60).map { try #require(HostName.check("dp\($0).contoso.com", label: "").value) }
        var scene = PortScene()
        scene.holders = ["a": PortScene.Holders(names), "b": PortScene.Holders(names)]
        let (one, other) = (NetworkParty(id: "a", title: "A"), NetworkParty(id: "b", title: "B"))
        let requirement = PortRequirement(
            id: "p", source: one, target: other, services: [PortService("SMB", [.tcp], [.number(445)])],
            sources: [Self.source])
        var bytes: [UInt8] = []
        let table = try PortCSV { bytes += $0 }
        for need in scene.needs(NetworkFacts(endpoints: [], ports: [requirement], parties: [])) { try table.need(need) }
        let rows = String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(rows.count == 3 && rows[1].contains("and 55 more"))
    }

    /// Whether a shell reads it to its end without running it.
    private func shellAccepts(_ script: String) throws -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-n"]
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        pipe.fileHandleForWriting.write(Data(script.utf8))
        try pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
