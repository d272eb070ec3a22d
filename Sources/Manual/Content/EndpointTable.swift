import Domain
import Yams

/// `content/reference/internet-endpoints.yaml`: what Configuration Manager reaches on the internet, and the page made of it.
struct EndpointTable {
    private(set) var endpoints: [Endpoint] = []
    private(set) var pages: [ComposedPage] = []

    private static let file = "reference/internet-endpoints.yaml"
    static let path = "/manual/reference/internet-endpoints"

    init(from content: inout ContentFolder) {
        guard let file = FactFile(Self.file, keys: ["checked", "endpoints"], &content) else { return }
        var met: Set<String> = []
        for node in file.root["endpoints"]?.array() ?? [] {
            var entry = EndpointEntry(node, in: file)
            let endpoint = entry.read()
            for fault in entry.entry.faults { content.report(Self.file, fault.line, fault.message) }
            if !met.insert(endpoint.id).inserted {
                content.report(Self.file, node.mark?.line ?? 1, "\(endpoint.id) has a second entry.")
            }
            endpoints.append(endpoint)
        }
        check(file, &content)
        guard let introduction = content.file("reference/internet-endpoints.md") else { return }
        let page = introduction.followed(by: Markdown.blocks(of: EndpointPage.text(of: endpoints)))
        let titles = Dictionary(endpoints.map { ($0.id, $0.title) }) { first, _ in first }
        let composer = PageComposer(file: page, path: Self.path, section: .reference) { block in
            guard block.kind == .heading(level: 2), let title = titles[block.text] else { return nil }
            return PageComposer.Replacement(html: title.escapedForHTML, title: title)
        }
        pages = [composer.compose(&content)]
    }

    private func check(_ file: FactFile, _ content: inout ContentFolder) {
        let ids = Set(endpoints.map(\.id))
        let last = SplitText(content.text(Self.file) ?? "").lastLine
        for endpoint in endpoints {
            if let other = endpoint.alsoIn, !ids.contains(other) {
                content.report(Self.file, last, "\(endpoint.id): “also_in” names \(other), which has no entry.")
            }
        }
        let covered = Set(endpoints.filter(\.isRequirement).flatMap(\.flows))
        for flow in TrafficFlowID.allCases where !covered.contains(flow) {
            content.report(
                Self.file, last,
                "No entry names the flow \(flow.rawValue): list it under “flows” of what it reaches, or of an entry without hosts."
            )
        }
    }
}

/// One entry of the file.
struct EndpointEntry {
    private(set) var entry: FactEntry

    private static let keys = [
        "id", "title", "roles", "connects", "flows", "without_flow", "ports", "hosts", "complete", "list", "inside",
        "tls_inspection", "proxy_authentication", "inferred", "condition", "proxy", "check", "certainty", "since",
        "also_in", "only_at_top", "note", "status", "date", "sources",
    ]

    init(_ node: Node, in file: FactFile) { entry = FactEntry(node, in: file) }

    mutating func read() -> Endpoint {
        entry.check(keys: Self.keys)
        let parties = entry.file.parties
        let ports = readPorts()
        var endpoint = Endpoint(
            id: entry.text("id"), title: entry.text("title"),
            roles: entry.list("roles", noun: "role of roles.yaml") { id in parties.first { $0.id == id } },
            connects: entry.list("connects", noun: "way to connect") { Endpoint.Connector(rawValue: $0) },
            flows: entry.list("flows", noun: "traffic flow") { TrafficFlowID(rawValue: $0) },
            withoutFlow: entry.list("without_flow", noun: "role, client or console") { id in
                parties.first { $0.id == id }
            },
            ports: ports, hosts: readHosts(ports), note: entry.text("note"),
            status: entry.one("status", default: FactStatus.current), date: entry.date(), sources: entry.sources())
        endpoint.isComplete = entry.flag("complete") ?? true
        endpoint.list = entry.optional("list")
        endpoint.staysInside = entry.flag("inside") ?? false
        endpoint.bypassesInspection = bypass("tls_inspection")
        endpoint.bypassesAuthentication = bypass("proxy_authentication")
        endpoint.proxy = entry.optional("proxy")
        endpoint.condition = entry.optional("condition")
        endpoint.check = entry.optional("check")
        endpoint.certainty = entry.optional("certainty")
        endpoint.inferred = entry.list("inferred", noun: "part of an entry") {
            ["hosts", "ports", "who connects"].contains($0) ? $0 : nil
        }
        endpoint.since = entry.optional("since")
        endpoint.alsoIn = entry.optional("also_in")
        endpoint.isOnlyAtTop = entry.flag("only_at_top") ?? false
        checkWhoConnects(endpoint)
        return endpoint
    }

    private mutating func bypass(_ key: String) -> Bool {
        guard let place = entry.node[key] else { return false }
        if place.string != "bypass" { entry.fault(": “\(key)” is “bypass” or is left out.", at: place) }
        return true
    }

    private mutating func readPorts() -> [EndpointPort] {
        (entry.node["ports"]?.array() ?? []).compactMap { node in
            entry.check(keys: ["protocol", "port", "basis", "for", "peers", "through_proxy"], of: node)
            guard let span = node["port"]?.string.flatMap({ PortSpan($0) }) else {
                entry.fault(
                    ": “\(node["port"]?.string ?? "")” is no port from 1 to 65535 and no range of them.", at: node)
                return nil
            }
            return EndpointPort(
                entry.one("protocol", of: node, default: .tcp), span,
                basis: entry.one("basis", of: node, default: EndpointPort.Basis.stated),
                use: entry.optional("for", of: node) ?? "", isBetweenPeers: entry.flag("peers", of: node) ?? false,
                canBeProxied: entry.flag("through_proxy", of: node) ?? true)
        }
    }

    private mutating func readHosts(_ ports: [EndpointPort]) -> [EndpointHost] {
        (entry.node["hosts"]?.array() ?? []).compactMap { node in
            entry.check(keys: ["host", "ports", "cloud", "status", "superseded_by", "note"], of: node)
            guard let pattern = node["host"]?.string.flatMap({ EndpointPattern($0) }) else {
                entry.fault(
                    ": “\(node["host"]?.string ?? "")” is no host: a name in lower case, *.name, or one with a placeholder.",
                    at: node)
                return nil
            }
            let named = entry.spans("ports", of: node)
            for span in named where !ports.contains(where: { $0.span == span }) {
                entry.fault(": \(pattern) takes port \(span), which the entry does not have.", at: node)
            }
            let own = ports.filter { !$0.isBetweenPeers && (named.isEmpty || named.contains($0.span)) }
            if own.isEmpty { entry.fault(": \(pattern) has no port.", at: node) }
            return EndpointHost(
                pattern, ports: own, cloud: cloud(of: node),
                status: entry.one("status", of: node, default: FactStatus.current),
                supersededBy: entry.optional("superseded_by", of: node), note: entry.optional("note", of: node))
        }
    }

    private mutating func cloud(of node: Node) -> AzureCloud? {
        node["cloud"] == nil ? nil : entry.one("cloud", of: node, default: AzureCloud.public)
    }

    /// Nobody who connects may be left out of the requirements: each is in a flow, or outside all of them.
    private mutating func checkWhoConnects(_ endpoint: Endpoint) {
        if endpoint.connects.isEmpty { entry.fault(" does not say who connects.") }
        guard endpoint.isRequirement, !endpoint.hosts.isEmpty else { return }
        let outside = endpoint.withoutFlow.map(\.id)
        let onSiteServer: Set<TrafficFlowID> = [.adrContentDownload, .cloudDistributionPoint, .exchangeConnector]
        for connector in endpoint.connects {
            let isThere =
                switch connector {
                case .client: outside.contains(NetworkParty.clientID)
                case .console: outside.contains(NetworkParty.consoleID)
                case .siteServer:
                    outside.contains(Endpoint.Connector.siteServer.rawValue)
                        || endpoint.flows.contains(where: onSiteServer.contains)
                case .siteSystem: !endpoint.flows.isEmpty || endpoint.withoutFlow.contains { $0.role != nil }
                }
            if !isThere {
                entry.fault(": \(connector.rawValue) connects, and neither “flows” nor “without_flow” has it.")
            }
        }
    }
}
