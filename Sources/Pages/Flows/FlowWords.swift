import Domain
import Manual

extension FlowRoute {
    /// What the head of a column calls it; everywhere else it is told in ``words``.
    var title: String {
        switch self {
        case .proxy: "Proxy"
        case .direct: "Direct"
        case .elsewhere: "Set elsewhere"
        case .none: "None"
        case .unknown: "Unknown"
        }
    }

    /// The way out in words.
    var words: String {
        switch self {
        case .proxy: "Through a proxy"
        case .direct: "Straight to the internet"
        case .elsewhere: "As set outside the Proxy tab"
        case .none: "Does not reach the internet"
        case .unknown: "Unknown"
        }
    }
}

extension ConnectionIdentity {
    /// - Parameter computer: the one that connects; nil where nobody told which it is.
    func words(of computer: HostName?) -> String {
        switch self {
        case .system: "System account of \(computer?.text ?? "the computer that connects")"
        case .account(let account): account.text
        }
    }
}

extension FlowAnswer {
    /// The whole answer as a sentence's part.
    ///
    /// - Parameter computer: the one that connects.
    func words(from computer: HostName?) -> String {
        let way = proxy.map { "Through \($0.text)" } ?? route.words
        guard let identity else { return way }
        let article = identity == .system ? "the " : ""
        return "\(way), as \(article)\(identity.words(of: computer))"
    }
}

extension FlowSetting {
    /// The server whose page it is; nil for a site's.
    var server: HostName? {
        switch self {
        case .proxyTab(let name), .roles(let name): name
        case .component, .site: nil
        }
    }

    var words: String {
        switch self {
        case .proxyTab(let name): "Proxy tab of \(name)"
        case .roles(let name): "Roles tab of \(name)"
        case .component(let code): "Software update point component of site \(code)"
        case .site(let code): "Site \(code)"
        }
    }

    var link: String {
        switch self {
        case .proxyTab(let name): Route.server(name.text, .proxy).path
        case .roles(let name): Route.server(name.text, .roles).path
        case .component(let code): Route.siteComponent(code.text, nil).path
        case .site(let code): Route.site(code.text).path
        }
    }
}

extension TrafficFlow {
    /// Where the flow is shown with its reasons: at the server whose role brings it about, or at its site.
    var link: String {
        guard let owner else { return Route.site(site.text).path + "#flows" }
        return Route.server(owner.text, .connections).path + "#" + id.rawValue
    }

    /// What brings it about.
    var ownerWords: String { owner?.text ?? "Site \(site)" }
}
