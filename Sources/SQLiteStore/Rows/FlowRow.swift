import Domain
import Workflow

/// The columns of table `flow`.
enum FlowRow {
    static let columns = """
        server_key, site, flow, from_key, server_name, from_name, route, proxy_key, proxy_server, proxy_port, identity, \
        because, either, set_at
        """
    static let placeholders = "?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14"
    /// The order of pages, which is the primary key's.
    static let order = "server_key, site, flow, from_key"

    static func bind(_ flow: TrafficFlow, to statement: Statement) {
        statement.bind(1, flow.owner?.folded ?? "").bind(2, flow.site.text).bind(3, flow.id.rawValue)
        statement.bind(4, flow.from?.folded ?? "").bind(5, flow.owner?.text).bind(6, flow.from?.text)
        statement.bind(7, flow.answer.route.rawValue).bind(8, flow.answer.proxy?.canonical)
        statement.bind(9, flow.answer.proxy?.server.text).bind(10, flow.answer.proxy?.port.number)
        statement.bind(11, identity(flow.answer))
        statement.bind(12, flow.because.map(\.rawValue).joined(separator: " "))
        statement.bind(13, flow.either.map(FlowText.text).joined(separator: "\n"))
        statement.bind(14, flow.setAt.map(FlowText.text).joined(separator: "\n"))
    }

    static func identity(_ answer: FlowAnswer) -> String? { answer.identity.map(FlowText.text) }

    static func flow(_ row: Statement) throws -> TrafficFlow {
        guard let site = SiteCode.check(row.text(1) ?? "").value, let id = TrafficFlowID(rawValue: row.text(2) ?? ""),
            let answer = answer(row),
            let because = FlowText.reasons(row.text(11) ?? ""),
            let either = FlowText.all(row.text(12) ?? "", FlowText.alternative),
            let setAt = FlowText.all(row.text(13) ?? "", FlowText.setting)
        else { throw ProgramFailure.storage(cause: "a stored flow of \(row.text(0) ?? "") cannot be read") }
        return TrafficFlow(
            id: id, owner: row.text(4).flatMap(FlowText.host), site: site, from: row.text(5).flatMap(FlowText.host),
            answer: answer, because: because, either: either, setAt: setAt)
    }

    private static func answer(_ row: Statement) -> FlowAnswer? {
        guard let route = FlowRoute(rawValue: row.text(6) ?? "") else { return nil }
        var proxy: ProxyAddress?
        if let text = row.text(8) {
            guard let server = ProxyServerName.check(text).value, let port = Port(row.int(9)) else { return nil }
            proxy = ProxyAddress(server: server, port: port)
        }
        return FlowAnswer(route: route, proxy: proxy, identity: row.text(10).flatMap(FlowText.identity))
    }
}

/// The parts of a flow as the store writes them into one text.
enum FlowText {
    static func host(_ text: String) -> HostName? { HostName.check(text, label: "").value }

    static func text(_ identity: ConnectionIdentity) -> String {
        switch identity {
        case .system: "system"
        case .account(let account): "account " + account.text
        }
    }

    static func identity(_ text: String) -> ConnectionIdentity? {
        if text == "system" { return .system }
        guard text.hasPrefix("account ") else { return nil }
        return AccountName.check(String(text.dropFirst(8)), label: "").value.map(ConnectionIdentity.account)
    }

    static func reasons(_ text: String) -> [FlowReason]? {
        let reasons = text.split(separator: " ").map { FlowReason(rawValue: String($0)) }
        return reasons.contains(nil) ? nil : reasons.compactMap { $0 }
    }

    static func text(_ setting: FlowSetting) -> String {
        switch setting {
        case .proxyTab(let server): "proxy \(server)"
        case .roles(let server): "roles \(server)"
        case .component(let site): "component \(site)"
        case .site(let site): "site \(site)"
        }
    }

    static func setting(_ text: String) -> FlowSetting? {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "proxy": return host(parts[1]).map(FlowSetting.proxyTab)
        case "roles": return host(parts[1]).map(FlowSetting.roles)
        case "component": return SiteCode.check(parts[1]).value.map(FlowSetting.component)
        case "site": return SiteCode.check(parts[1]).value.map(FlowSetting.site)
        default: return nil
        }
    }

    /// The route, the proxy and the identity, separated by tabs: no name or account holds one.
    static func text(_ answer: FlowAnswer) -> String {
        [
            answer.route.rawValue, answer.proxy?.server.text ?? "", answer.proxy.map { String($0.port.number) } ?? "",
            answer.identity.map(text) ?? "",
        ].joined(separator: "\t")
    }

    static func answer(_ text: String) -> FlowAnswer? {
        let parts = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, let route = FlowRoute(rawValue: parts[0]) else { return nil }
        var proxy: ProxyAddress?
        if let server = ProxyServerName.check(parts[1]).value, let port = Int(parts[2]).flatMap({ Port($0) }) {
            proxy = ProxyAddress(server: server, port: port)
        }
        return FlowAnswer(route: route, proxy: proxy, identity: identity(parts[3]))
    }

    static func text(_ alternative: FlowAlternative) -> String {
        alternative.when.rawValue + " " + text(alternative.answer)
    }

    static func alternative(_ text: String) -> FlowAlternative? {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, let when = FlowReason(rawValue: parts[0]), let answer = answer(parts[1]) else {
            return nil
        }
        return FlowAlternative(when: when, answer: answer)
    }

    /// Each line read; nil when one of them cannot be.
    static func all<Part>(_ text: String, _ read: (String) -> Part?) -> [Part]? {
        let parts = text.split(separator: "\n").map { read(String($0)) }
        return parts.contains { $0 == nil } ? nil : parts.compactMap { $0 }
    }
}
