import Domain

/// Rules for a firewall between computers, as a shell script of iptables. The addresses are asked for at its top, never guessed.
public enum IPTablesScript {
    public static func text(of document: NetworkDocument) -> String {
        var lines = NetworkLines()
        lines.add("#!/bin/sh")
        lines.head(document, "Rules for iptables")
        lines.comment(
            "Fill in the addresses, then run it on the firewall between these computers, as often as you like. Rules go into a chain of their own, PROXYDESK, which is emptied first; those of a blank address are left out."
        )
        lines.comment("What was filled in here is not in a file that is fetched anew: keep yours.")
        lines.leftOut(of: document)
        let rules = document.rules
        let variables = Variables(rules.flatMap { [$0.source, $0.target] })
        lines.add("set -eu")
        lines.add()
        lines.comment("The chain that leads to these rules.")
        lines.add("CHAIN=FORWARD")
        lines.comment(
            "The ports that the operating system picks for RPC: the range of Windows, unless yours was changed.")
        lines.add("RPC_PORTS=49152:65535")
        lines.add()
        lines.comment("An address, or a network such as 10.0.0.0/24.")
        for (end, name) in variables.all {
            lines.comment(end.words)
            lines.add("\(name)=''")
        }
        lines.add()
        for line in function + chain { lines.add(line) }
        for rule in rules { add(rule, variables, &lines) }
        lines.add()
        lines.add("[ \"$left_out\" -eq 0 ] || echo \"$left_out rules were left out: an address is blank.\" >&2")
        internet(document, &lines)
        return lines.text()
    }

    private static let function = [
        "left_out=0",
        "# allow SOURCE TARGET PROTOCOL PORTS",
        "allow() {",
        "    if [ -z \"$1\" ] || [ -z \"$2\" ]; then",
        "        left_out=$((left_out + 1))",
        "    elif [ \"$3\" = icmp ]; then",
        "        iptables -A PROXYDESK -s \"$1\" -d \"$2\" -p icmp --icmp-type echo-request -j ACCEPT",
        "    else",
        "        iptables -A PROXYDESK -s \"$1\" -d \"$2\" -p \"$3\" -m multiport --dports \"$4\" -j ACCEPT",
        "    fi",
        "}",
        "",
    ]

    /// Answers pass as well, and a second run leaves one way into the chain.
    private static let chain = [
        "iptables -N PROXYDESK 2>/dev/null || iptables -F PROXYDESK",
        "iptables -A PROXYDESK -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
        "iptables -C \"$CHAIN\" -j PROXYDESK 2>/dev/null || iptables -I \"$CHAIN\" -j PROXYDESK",
        "",
    ]

    private static func add(_ rule: FirewallRule, _ variables: Variables, _ lines: inout NetworkLines) {
        let condition = rule.condition.map { " (only where: \($0))" } ?? ""
        lines.comment("\(rule.service): \(rule.source.words) to \(rule.target.words)\(condition)")
        let ports = rule.ports.map { port in
            switch port {
            case .numbers(let range):
                range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound):\(range.upperBound)"
            case .dynamic: "$RPC_PORTS"
            }
        }
        let ends = "\"$\(variables[rule.source])\" \"$\(variables[rule.target])\""
        lines.add("allow \(ends) \(rule.transport.rawValue) \"\(ports.joined(separator: ","))\"")
    }

    private static func internet(_ document: NetworkDocument, _ lines: inout NetworkLines) {
        let direct = document.endpoints.groups.filter { $0.way == .direct }
        guard !direct.isEmpty else { return }
        lines.add()
        lines.comment(
            "iptables knows no names: these connections go past the proxy, and their hosts have to be let through by a device that knows names."
        )
        for connection in direct.flatMap(\.connections).prefix(200) {
            lines.comment("  \(connection.who.words): \(connection.reason.words)")
        }
    }

    /// A shell variable for each end, made of letters, digits and underscores alone.
    private struct Variables {
        private(set) var all: [(end: FirewallRule.End, name: String)] = []
        private var names: [FirewallRule.End: String] = [:]

        init(_ ends: [FirewallRule.End]) {
            var taken: Set<String> = ["CHAIN", "RPC_PORTS"]
            for end in ends where names[end] == nil {
                let plain = end.words.utf8.prefix(80).map { byte in
                    switch byte {
                    case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - 32
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
                    default: UInt8(ascii: "_")
                    }
                }
                let words = String(decoding: plain, as: UTF8.self)
                let base = (words.first?.isNumber == true ? "N" : "") + words + "_IP"
                var name = base
                var number = 2
                while !taken.insert(name).inserted {
                    name = "\(base)_\(number)"
                    number += 1
                }
                names[end] = name
                all.append((end, name))
            }
        }

        subscript(end: FirewallRule.End) -> String { names[end] ?? "" }
    }
}
