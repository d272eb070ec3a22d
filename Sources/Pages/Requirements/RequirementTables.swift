import Domain
import Manual
import Templating

/// How a page shows what has to be reached on the internet.
struct EndpointTableModel {
    let words: PageWords
    let known: Set<HostName>
    let plans: [SiteCode: ClientProxyPlan]
    let subject: RequirementAddress.Subject?

    /// How many connections a group names.
    private static let mostConnections = 60

    func group(_ group: EndpointRequirements.Group, number: Int) -> TemplateModel {
        let more = group.connections.count - Self.mostConnections
        return [
            .id: .text("way-\(number)"), .title: .text(group.way.title), .whose: .text(group.way.whose),
            .lines: .list(lines(of: group.connections.prefix(Self.mostConnections))),
            .more: .optional(more > 0 ? "And \(more) more." : nil),
            .hasRows: .flag(!group.needs.isEmpty), .rows: .list(group.needs.map { row($0, group.way) }),
        ]
    }

    /// A line for each reason and account, with the computers that share them.
    private func lines(of connections: ArraySlice<InternetConnection>) -> [TemplateModel] {
        var lines: [[InternetConnection]] = []
        for connection in connections {
            if let index = lines.firstIndex(where: { $0[0].shares(with: connection) }) {
                lines[index].append(connection)
            } else {
                lines.append([connection])
            }
        }
        return lines.map(line)
    }

    private func line(_ connections: [InternetConnection]) -> TemplateModel {
        let first = connections[0]
        let computer: HostName? =
            if connections.count == 1, case .computer(let name) = first.who { name } else { nil }
        var flow: TrafficFlowID?
        if case .flow(let id) = first.reason { flow = id }
        var notes: [String] = []
        if let identity = first.identity {
            notes.append((identity == .system ? "as the " : "as ") + identity.words(of: computer))
        }
        if case .clients(let code?) = first.who, let plan = plans[code]?.words { notes.append(plan) }
        if first.isUpstream { notes.append("to the WSUS server above, not to the hosts below") }
        return [
            .title: .text(first.reason.words), .help: .optional(flow.map { words.manual.link(for: $0) }),
            .links: .list(connections.enumerated().map { owner($1, isFirst: $0 == 0) }),
            .text: .optional(notes.isEmpty ? nil : notes.joined(separator: "; ")),
            .hasAlternatives: .flag(!first.either.isEmpty),
            .alternatives: .list(
                first.either.map {
                    [
                        .text: .text($0.answer.words(from: computer)),
                        .reason: .text(words.manual.sentence(for: $0.when)),
                        .link: .text(words.manual.link(for: $0.when)),
                    ]
                }),
        ]
    }

    private func owner(_ connection: InternetConnection, isFirst: Bool) -> TemplateModel {
        var link: String?
        if case .computer(let name) = connection.who, known.contains(name) {
            link = Route.server(name.text, .connections).path
        }
        if case .clients(let code?) = connection.who { link = Route.siteClients(code.text).path }
        if case .computers = connection.who { link = list(connection) }
        return [.mark: .flag(!isFirst), .owner: .text(connection.who.words), .ownerLink: .optional(link)]
    }

    /// The flows that were counted.
    private func list(_ connection: InternetConnection) -> String? {
        guard case .flow(let flow) = connection.reason else { return nil }
        return FlowListAddress.filtered { address in
            address.flow = flow
            if case .site(let code) = subject { address.site = code }
            switch connection.way {
            case .proxy(let proxy):
                address.route = .proxy
                address.proxy = proxy.text
            case .direct: address.route = .direct
            case .elsewhere: address.route = .elsewhere
            case .unknown: address.route = .unknown
            case .notEstablished, .ownSettings, .notAsked: break
            }
        }
    }

    private func row(_ need: EndpointRequirements.Need, _ way: WayOut) -> TemplateModel {
        let endpoint = need.endpoint
        return [
            .title: .text(endpoint.title), .link: .text(words.manual.link(for: endpoint)),
            .reasons: .list(need.reasons.map { [.text: .text($0.words)] }),
            .hasHosts: .flag(!need.hosts.isEmpty), .hosts: .list(need.hosts.map { host($0, way) }),
            .text: .text(withoutHosts(endpoint)),
            .notes: .list(notes(endpoint).map { [.text: .text($0)] }),
            .time: .text(endpoint.date),
            .sources: .text(endpoint.sources.map { "\($0.title) (\($0.date))" }.joined(separator: "; ")),
        ]
    }

    private func withoutHosts(_ endpoint: Endpoint) -> String {
        if let list = endpoint.list { return "Listed in \(list)." }
        let other = words.manual.network.endpoints.first { $0.id == endpoint.alsoIn }
        return other.map { "The hosts are those of “\($0.title)”." } ?? "No page names a host."
    }

    private func host(_ host: EndpointHost, _ way: WayOut) -> TemplateModel {
        var isProxy = false
        if case .proxy = way { isProxy = true }
        let ports = host.ports.map { port in
            let isBarred = isProxy && !port.canBeProxied
            return "\(port.transport.title) \(port.span)\(isBarred ? " (cannot go through a proxy)" : "")"
        }
        let notes = [
            host.cloud?.title, host.pattern.isComplete ? nil : "a name of your site is missing", host.note,
        ]
        return [
            .name: .text(host.pattern.text), .value: .text(ports.joined(separator: ", ")),
            .hint: .optional(notes.compactMap(\.self).isEmpty ? nil : notes.compactMap(\.self).joined(separator: "; ")),
        ]
    }

    private func notes(_ endpoint: Endpoint) -> [String] {
        var notes: [String] = []
        if let condition = endpoint.condition { notes.append("Only where \(condition).") }
        if endpoint.bypassesInspection { notes.append("TLS inspection must leave these hosts alone.") }
        if endpoint.bypassesAuthentication {
            notes.append("Authentication at the proxy should leave these hosts alone.")
        }
        if let proxy = endpoint.proxy { notes.append("A proxy on the way: \(proxy).") }
        if !endpoint.isComplete, endpoint.list == nil { notes.append("There are more hosts than are listed.") }
        switch endpoint.status {
        case .deprecated: notes.append("The feature is deprecated.")
        case .toBeConfirmed: notes.append("Have these names confirmed before you open anything.")
        default: break
        }
        if endpoint.certainty != nil { notes.append("The documentation is not plain here.") }
        return notes
    }
}

extension InternetConnection {
    /// Where the possible answers are told, they name the computer: such a connection has a line of its own.
    fileprivate func shares(with other: InternetConnection) -> Bool {
        reason == other.reason && identity == other.identity && isUpstream == other.isUpstream && either.isEmpty
            && other.either.isEmpty
    }
}

extension ClientProxyPlan {
    /// Nil where it says nothing of a way out.
    fileprivate var words: String? {
        let ways = [winHTTP.map { "WinHTTP \($0.words)" }, system.map { "Local System \($0.words)" }].compactMap(\.self)
        return ways.isEmpty ? nil : "the site’s plan: " + ways.joined(separator: ", ")
    }
}

extension ClientProxyPlan.WinHTTP {
    fileprivate var words: String {
        switch self {
        case .direct: "without proxy"
        case .imported: "as imported from WinINET"
        case .proxy(let proxy): "through \(proxy.address)"
        }
    }
}

extension ClientProxyPlan.SystemProxy {
    fileprivate var words: String {
        switch self {
        case .noProxy: "without proxy"
        case .automatic: "as detected automatically"
        case .script(let script): "as the script \(script.address) says"
        case .proxy(let proxy): "through \(proxy.address)"
        }
    }
}

/// How a page shows the ports between computers.
struct PortTableModel {
    let words: PageWords

    func pair(_ need: PortNeed) -> TemplateModel {
        [
            .title: .text(need.requirement.title),
            .link: .text(words.manual.link(for: need.requirement)), .from: .text(need.source.words),
            .target: .text(need.target.words), .count: .text(String(max(1, need.services.count))),
            .hint: .optional(need.requirement.condition),
            .rows: .list(
                need.services.enumerated().map { index, service in
                    [
                        .isDefault: .flag(index == 0), .name: .text(service.service.name),
                        .value: .text(Self.words(service)), .text: .text(service.notes.joined(separator: "; ")),
                    ]
                }),
        ]
    }

    private static func words(_ service: PortNeed.Service) -> String {
        let transports = service.service.transports.map(\.title).joined(separator: " and ")
        return service.ports.isEmpty ? transports : "\(transports) \(service.portWords)"
    }
}
