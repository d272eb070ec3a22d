import Domain

/// The plain list for the people who run a proxy or a firewall: one `host:port` a line.
public enum AllowList {
    public static func text(of document: NetworkDocument) -> String {
        var lines = NetworkLines()
        lines.head(document, "Hosts to let through")
        lines.comment(
            "One host:port a line; *.x stands for every name below x. Under each way out a host stands once, below the first feature that needs it."
        )
        for group in document.endpoints.groups { add(group, to: &lines) }
        return lines.text()
    }

    private static func add(_ group: EndpointRequirements.Group, to lines: inout NetworkLines) {
        lines.add()
        lines.comment("== \(group.way.title) ==")
        for connection in group.connections.prefix(50) {
            lines.comment("  \(connection.who.words): \(connection.reason.words)")
        }
        if group.connections.count > 50 { lines.comment("  and \(group.connections.count - 50) more") }
        var written: Set<String> = []
        for need in group.needs where !need.hosts.isEmpty {
            lines.add()
            lines.need(need)
            for host in need.hosts {
                for span in host.spans(through: group.way) {
                    let line = "\(host.pattern):\(span)"
                    guard written.insert(line).inserted else { continue }
                    if host.pattern.isComplete {
                        lines.add(line)
                    } else {
                        lines.comment("\(line) (a name of your site is missing)")
                    }
                }
            }
        }
    }
}
