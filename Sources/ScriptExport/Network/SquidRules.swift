import Domain

/// Access rules for the proxy squid.
///
/// A wildcard `*.x` is `.x` in squid, which takes `x` itself along; a name with an asterisk inside becomes an anchored regular
/// expression. Squid complains of a list in which one entry covers another, so what is covered is left out. Every list has `-n`:
/// without it squid asks for the name of an address that a request has instead of a host, and whoever holds the address answers.
///
/// Source: squid's documentation of `acl dstdomain`, `acl dstdom_regex`, `acl port` and `acl ssl::server_name`.
public enum SquidRules {
    public static func text(of document: NetworkDocument) -> String {
        var lines = NetworkLines()
        lines.head(document, "Rules for squid")
        lines.comment(
            "Include this file in squid.conf behind the rules on Safe_ports and SSL_ports, and before those that ask for a sign-in and those that deny the rest."
        )
        lines.comment("A wildcard *.x stands as .x, which squid takes for x itself as well.")
        lines.comment(
            "Every list of rules below is for the computers of one acl proxydesk_from: it stands for this proxy alone until you put their addresses or networks there."
        )
        let groups = document.endpoints.groups.filter(\.way.mayBeProxy)
        further(groups.flatMap(sets).flatMap(\.ports), &lines)
        let proxies = groups.filter { if case .proxy = $0.way { true } else { false } }
        if proxies.count > 1 {
            lines.comment(
                "There are \(proxies.count) proxies in this file, each with rules of its own. Fetch the network requirements of one proxy to have its rules alone."
            )
        }
        for group in document.endpoints.groups where !group.way.mayBeProxy {
            lines.comment("Left out, because it does not go through this proxy: \(group.way.title)")
        }
        var number = 0
        for (from, group) in groups.enumerated() {
            comment(group, &lines)
            let sets = sets(of: group)
            guard !sets.isEmpty else { continue }
            lines.add()
            lines.add("acl proxydesk_from_\(from + 1) src 127.0.0.1/32")
            for set in sets {
                number += 1
                add(set, number, from + 1, &lines)
            }
        }
        inspection(groups, &lines)
        return lines.text()
    }

    /// The ports that squid's own squid.conf does not let through, as the lines to add there.
    private static func further(_ ports: [ClosedRange<Int>], _ lines: inout NetworkLines) {
        let tunnels = text(of: unique(ports.filter { $0 != 80...80 && $0 != 443...443 }))
        let plain = text(of: unique(ports.filter { $0 != 80...80 && $0 != 443...443 && $0.lowerBound < 1025 }))
        guard !tunnels.isEmpty else { return }
        lines.comment("Ports below that squid.conf lets through only with these lines beside its own:")
        if !plain.isEmpty { lines.comment("acl Safe_ports port \(plain)") }
        lines.comment("acl SSL_ports port \(tunnels)")
    }

    private static func unique(_ ports: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        Set(ports).sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }

    private static func text(of ports: [ClosedRange<Int>]) -> String {
        ports.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
    }

    /// How many of those who connect are named.
    private static let mostNamed = 50

    private static func comment(_ group: EndpointRequirements.Group, _ lines: inout NetworkLines) {
        lines.add()
        lines.comment("== \(group.way.title) ==")
        for connection in group.connections.prefix(mostNamed) {
            lines.comment("  \(connection.who.words): \(connection.reason.words)")
        }
        let more = group.connections.count - mostNamed
        if more > 0 { lines.comment("  and \(more) more") }
        for need in group.needs where !need.hosts.isEmpty {
            lines.need(need)
            for host in need.hosts where !host.pattern.isComplete {
                lines.comment("  Left out, because a name of your site is missing: \(host.pattern)")
            }
        }
    }

    /// Hosts that take the same ports.
    private struct HostSet {
        let ports: [ClosedRange<Int>]
        var patterns: [EndpointPattern]
    }

    private static func sets(of group: EndpointRequirements.Group) -> [HostSet] {
        var order: [EndpointPattern] = []
        var ports: [EndpointPattern: Set<ClosedRange<Int>>] = [:]
        for host in group.needs.flatMap(\.hosts) where host.pattern.isComplete {
            if ports[host.pattern] == nil { order.append(host.pattern) }
            ports[host.pattern, default: []].formUnion(host.spansThroughProxy.numbers)
        }
        var sets: [HostSet] = []
        for pattern in order {
            let own = (ports[pattern] ?? []).sorted { $0.lowerBound < $1.lowerBound }
            guard !own.isEmpty else { continue }
            if let index = sets.firstIndex(where: { $0.ports == own }) {
                sets[index].patterns.append(pattern)
            } else {
                sets.append(HostSet(ports: own, patterns: [pattern]))
            }
        }
        return sets.sorted { $0.ports.map(\.lowerBound).lexicographicallyPrecedes($1.ports.map(\.lowerBound)) }
    }

    private static func add(_ set: HostSet, _ number: Int, _ from: Int, _ lines: inout NetworkLines) {
        let plain = uncovered(set.patterns.filter { $0.form != .partial })
        let partial = set.patterns.filter { $0.form == .partial }
        lines.add()
        for pattern in plain { lines.add("acl proxydesk_hosts_\(number) dstdomain -n \(domain(pattern))") }
        for pattern in partial { lines.add("acl proxydesk_names_\(number) dstdom_regex -n -i \(expression(pattern))") }
        lines.add("acl proxydesk_ports_\(number) port \(text(of: set.ports))")
        let allow = "http_access allow proxydesk_from_\(from)"
        if !plain.isEmpty { lines.add("\(allow) proxydesk_hosts_\(number) proxydesk_ports_\(number)") }
        if !partial.isEmpty { lines.add("\(allow) proxydesk_names_\(number) proxydesk_ports_\(number)") }
    }

    /// Without what squid would call a subdomain of another entry; `.x` has `x` too.
    private static func uncovered(_ patterns: [EndpointPattern]) -> [EndpointPattern] {
        patterns.filter { pattern in
            !patterns.contains { other in
                other != pattern
                    && (other.covers(pattern) || (other.form == .below && other.domain == pattern.text))
            }
        }
    }

    private static func domain(_ pattern: EndpointPattern) -> String {
        (pattern.form == .below ? "." : "") + pattern.domain
    }

    private static func expression(_ pattern: EndpointPattern) -> String {
        let parts = pattern.text.map { character in
            switch character {
            case "*": "[^.]*"
            case ".": "\\."
            default: String(character)
            }
        }
        return "^" + parts.joined() + "$"
    }

    private static func inspection(_ groups: [EndpointRequirements.Group], _ lines: inout NetworkLines) {
        var patterns: [EndpointPattern] = []
        for host in groups.flatMap(\.needs).filter(\.endpoint.bypassesInspection).flatMap(\.hosts)
        where host.pattern.isComplete && !patterns.contains(host.pattern) { patterns.append(host.pattern) }
        guard !patterns.isEmpty else { return }
        let names = uncovered(patterns.filter { $0.form != .partial })
        let partial = patterns.filter { $0.form == .partial }
        lines.add()
        lines.comment("Where this squid looks into TLS (ssl_bump), these hosts must be passed through unopened:")
        for pattern in names { lines.comment("acl proxydesk_unopened ssl::server_name \(domain(pattern))") }
        for pattern in partial {
            lines.comment("acl proxydesk_unopened_names ssl::server_name_regex -i \(expression(pattern))")
        }
        if !names.isEmpty { lines.comment("ssl_bump splice proxydesk_unopened") }
        if !partial.isEmpty { lines.comment("ssl_bump splice proxydesk_unopened_names") }
    }
}
