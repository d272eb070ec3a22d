import Domain

/// Rules for a firewall between computers, as a shell script of iptables. The addresses are asked for at its top, never guessed.
public enum IPTablesScript {
    public static func text(of document: NetworkDocument) -> String {
        var lines = NetworkLines()
        lines.add("#!/bin/sh")
        lines.head(document, "Rules for iptables")
        lines.comment(
            "Fill in the addresses, then run it on the firewall between these computers, as often as you like. Rules go into a chain of their own, PROXYDESK; those of a blank address are left out. The rules of the last run stay in force until all new ones are there, and for good where one is refused."
        )
        lines.comment("What was filled in here is not in a file that is fetched anew: keep yours.")
        lines.leftOut(of: document)
        let rules = document.rules
        let variables = Variables(rules.flatMap { [$0.source, $0.target] })
        lines.add("set -euf")
        lines.add()
        lines.comment("The chain that leads to these rules.")
        lines.add("CHAIN=FORWARD")
        lines.comment(
            "The ports that the operating system picks for RPC: the range of Windows, unless yours was changed.")
        lines.add("RPC_PORTS=49152:65535")
        lines.add()
        lines.comment(
            "An address, a network such as 10.0.0.0/24, or several with commas between them; IPv4, IPv6 or both.")
        for (end, name) in variables.all {
            lines.comment(end.words)
            lines.add("\(name)='\(end.address ?? "")'")
        }
        lines.add()
        lines.add(functions)
        lines.add()
        for rule in rules { add(rule, variables, &lines) }
        lines.add()
        lines.add(ending)
        internet(document, &lines)
        return lines.text()
    }

    /// The new rules are made in a chain that nothing enters yet, `PROXYDESK_A` or `PROXYDESK_B`, whichever is not in use.
    private static let functions = """
        IFS=' ,'
        line_end='
        '
        left_out=0
        next4=
        next6=

        # look COMMAND: what PROXYDESK leads to, and the chain that may be filled. The first jump is that of the last run.
        look() {
            rules=$("$1" -w 10 -S PROXYDESK)
            case ${rules%%" PROXYDESK_B"*} in
            *" PROXYDESK_A"*) next=PROXYDESK_B ;;
            *) next=PROXYDESK_A ;;
            esac
        }

        # leads_to CHAIN: whether PROXYDESK does, as far as was looked.
        leads_to() {
            case $rules in *" $1"*) return 0 ;; esac
            return 1
        }

        # prepare COMMAND: makes an empty chain, and lets answers pass in it.
        prepare() {
            "$1" -w 10 -N PROXYDESK 2>/dev/null || :
            look "$1"
            # A run that was ended half-way leaves two jumps. Nothing is emptied that packets still enter.
            while leads_to "$next"; do
                "$1" -w 10 -D PROXYDESK -j "$next"
                rules=$("$1" -w 10 -S PROXYDESK)
            done
            "$1" -w 10 -N "$next" 2>/dev/null || "$1" -w 10 -F "$next"
            "$1" -w 10 -A "$next" -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
        }

        # addresses FAMILY LIST: those of the list that are of the family, 4 or 6.
        addresses() {
            picked=
            for address in $2; do
                case $address in *:*) of=6 ;; *) of=4 ;; esac
                if [ "$of" = "$1" ]; then picked=$picked${picked:+,}$address; fi
            done
        }

        # allow SOURCE TARGET PROTOCOL PORTS
        allow() {
            added=
            for family in 4 6; do
                addresses "$family" "$1"
                source=$picked
                addresses "$family" "$2"
                if [ -z "$source" ] || [ -z "$picked" ]; then continue; fi
                added=1
                if [ "$family" = 4 ]; then
                    set_rule iptables "$next4" "$source" "$picked" "$3" "$4"
                else
                    if [ -z "$next6" ]; then prepare ip6tables; next6=$next; fi
                    set_rule ip6tables "$next6" "$source" "$picked" "$3" "$4"
                fi
            done
            if [ -z "$added" ]; then left_out=$((left_out + 1)); fi
        }

        # set_rule COMMAND CHAIN SOURCE TARGET PROTOCOL PORTS
        set_rule() {
            case $1-$5 in
            iptables-icmp) "$1" -w 10 -A "$2" -s "$3" -d "$4" -p icmp --icmp-type echo-request -j ACCEPT ;;
            ip6tables-icmp) "$1" -w 10 -A "$2" -s "$3" -d "$4" -p icmpv6 --icmpv6-type echo-request -j ACCEPT ;;
            *) "$1" -w 10 -A "$2" -s "$3" -d "$4" -p "$5" -m multiport --dports "$6" -j ACCEPT ;;
            esac
        }

        # lead COMMAND: the way into PROXYDESK, where it is not there yet.
        lead() {
            rules=$("$1" -w 10 -S "$CHAIN")
            case "$rules$line_end" in
            *"-A $CHAIN -j PROXYDESK$line_end"*) ;;
            *) "$1" -w 10 -I "$CHAIN" -j PROXYDESK ;;
            esac
        }

        # finish COMMAND CHAIN: the chain takes the place of what was there. What cannot be cleared away now, the next run clears.
        finish() {
            lead "$1"
            "$1" -w 10 -I PROXYDESK -j "$2"
            while "$1" -w 10 -D PROXYDESK 2 2>/dev/null; do :; done
            for old in PROXYDESK_A PROXYDESK_B; do
                if [ "$old" = "$2" ]; then continue; fi
                if "$1" -w 10 -F "$old" 2>/dev/null; then "$1" -w 10 -X "$old" || :; fi
            done
        }

        prepare iptables
        next4=$next
        """

    private static let ending = """
        # Rules for IPv6 of an earlier run go where no address asks for them any more.
        if [ -z "$next6" ] && ip6tables -w 10 -S PROXYDESK >/dev/null 2>&1; then prepare ip6tables; next6=$next; fi
        finish iptables "$next4"
        if [ -n "$next6" ]; then finish ip6tables "$next6"; fi
        if [ "$left_out" -gt 0 ]; then
            echo "$left_out rules were left out: an address is blank, or one side has IPv4 alone and the other IPv6." >&2
        fi
        """

    private static func add(_ rule: FirewallRule, _ variables: Variables, _ lines: inout NetworkLines) {
        let condition = rule.condition.map { " (\($0))" } ?? ""
        lines.comment("\(rule.service): \(rule.source.words) to \(rule.target.words)\(condition)")
        let ports = rule.ports.map { port in
            switch port {
            case .numbers(let range):
                range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound):\(range.upperBound)"
            case .dynamic: "$RPC_PORTS"
            }
        }
        let ends = "\"$\(variables[rule.source])\" \"$\(variables[rule.target])\""
        var rest = ports[...]
        repeat {
            lines.add(
                "allow \(ends) \(rule.transport.rawValue) \"\(rest.prefix(mostPorts).joined(separator: ","))\"")
            rest = rest.dropFirst(mostPorts)
        } while !rest.isEmpty
    }

    /// The match `multiport` takes 15 ports, and a range counts as two.
    private static let mostPorts = 7

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

extension FirewallRule.End {
    /// Where its name is an address: then nobody needs to be asked for it.
    fileprivate var address: String? {
        guard case .computer(let name) = self else { return nil }
        if name.contains(":") { return String(name.filter { $0 != "[" && $0 != "]" }) }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil } ? name : nil
    }
}
