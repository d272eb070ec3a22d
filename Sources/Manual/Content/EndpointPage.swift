import Domain

/// How the internet endpoints read in the manual: a section each.
enum EndpointPage {
    static func text(of endpoints: [Endpoint]) -> String { endpoints.map(section).joined() }

    private static func section(_ endpoint: Endpoint) -> String {
        var text = "\n## \(endpoint.id)\n\n\(endpoint.note)\n\n"
        text += facts(endpoint).map { "- \($0.name): \($0.value)\n" }.joined()
        if !endpoint.hosts.isEmpty {
            text += "\n| host | port | to know |\n|---|---|---|\n"
            for host in endpoint.hosts {
                text += "| `\(host.pattern)` | \(ports(host.ports)) | \(notes(host)) |\n"
            }
        }
        let role = endpoint.roles.first?.id ?? endpoint.withoutFlow.first?.id
        if endpoint.isRequirement, let role {
            text += "\n[What a network must let through for it](/requirements?role=\(role))\n"
        }
        return text + "\nSource: \(endpoint.sources.words). Read for this entry: \(endpoint.date).\n"
    }

    private static func facts(_ endpoint: Endpoint) -> [(name: String, value: String)] {
        var facts: [(String, String)] = []
        func add(_ name: String, _ value: String?) { if let value, !value.isEmpty { facts.append((name, value)) } }
        add("Role", endpoint.roles.map(\.title).joined(separator: ", "))
        add("Who connects", endpoint.connects.map(words).joined(separator: ", "))
        add(
            "Traffic flow",
            endpoint.flows.map { "[\($0.title)](/manual/reference/traffic-flows#\($0.rawValue.headingID))" }.joined(
                separator: ", "))
        if !endpoint.withoutFlow.isEmpty {
            add(
                "Outside the traffic flows",
                endpoint.withoutFlow.map(\.title).joined(separator: ", ")
                    + "; through what such a connection leaves the computer is not established")
        }
        add("Ports", endpoint.ports.map(port).joined(separator: "; "))
        add("Only where", endpoint.condition)
        add("From version", endpoint.since.map { "\($0) on" })
        add("A proxy on the way", endpoint.proxy)
        if endpoint.bypassesInspection { add("TLS inspection", "must leave it alone") }
        if endpoint.bypassesAuthentication { add("Authentication at the proxy", "should leave it alone") }
        if endpoint.isOnlyAtTop { add("Only at", "the top-level site") }
        add("To check", endpoint.check)
        add("More hosts", endpoint.list.map { "listed in \($0)" } ?? (endpoint.isComplete ? nil : "not listed here"))
        add("Not in the text, but inferred", endpoint.inferred.joined(separator: ", "))
        add("Certainty", endpoint.certainty)
        add("Hosts also in", endpoint.alsoIn.map { "[\($0)](#\($0.headingID))" })
        if endpoint.staysInside { add("Where", "inside your own network") }
        if endpoint.status != .current { add("State", endpoint.status.words) }
        return facts
    }

    private static func words(_ connector: Endpoint.Connector) -> String {
        switch connector {
        case .siteServer: "the site server"
        case .siteSystem: "the server with the role"
        case .client: "clients"
        case .console: "the computer with the console"
        }
    }

    private static func port(_ port: EndpointPort) -> String {
        let use = port.use.isEmpty ? "" : " (\(port.use))"
        let proxy = port.canBeProxied ? "" : ", never through a proxy"
        return "\(port.transport.title) \(port.span)\(use), \(port.basis.words)\(proxy)"
    }

    private static func ports(_ ports: [EndpointPort]) -> String {
        ports.map { "\($0.transport.title)\u{A0}\($0.span)" }.joined(separator: ", ")
    }

    private static func notes(_ host: EndpointHost) -> String {
        let parts = [
            host.cloud?.title, host.status == .current ? nil : host.status.words,
            host.supersededBy.map { "replaced by `\($0)`" }, host.note?.escapedForMarkdown,
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }
}

extension EndpointPort.Basis {
    var words: String {
        switch self {
        case .stated: "stated"
        case .scheme: "by the scheme of the listed address"
        case .inferred: "inferred"
        }
    }
}

extension FactStatus {
    var words: String {
        switch self {
        case .current: "current"
        case .superseded: "replaced"
        case .legacy: "for older deployments only"
        case .deprecated: "the feature is deprecated"
        case .removed: "no longer in the documentation"
        case .toBeConfirmed: "to be confirmed before use"
        case .sourcesDiffer: "the sources differ"
        }
    }
}
