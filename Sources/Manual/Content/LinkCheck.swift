/// Finds the links of the manual that lead nowhere.
struct LinkCheck {
    private let idsByPath: [String: Set<String>]

    /// The addresses beside the manual that its pages may lead to: those of the portal that are there without any data.
    static let portalAddresses: Set<String> = [
        "/", "/changes", "/diagnose", "/export", "/flows", "/import", "/proxies", "/requirements",
        "/schema/proxydesk-configuration-1.xsd", "/search", "/servers", "/servers/new", "/sites", "/sites/new",
    ]

    /// - Parameter pages: those that have an address.
    init(pages: [ComposedPage]) {
        idsByPath = Dictionary(pages.map { ($0.path, $0.ids) }) { first, _ in first }
    }

    /// Reports every link of the page that leads nowhere, or that would mean something else in another page.
    func check(_ composed: ComposedPage, _ content: inout ContentFolder) {
        for link in composed.links {
            if let fault = fault(of: link.destination, in: composed) { content.report(composed.file, link.line, fault) }
        }
    }

    private func fault(of destination: String, in composed: ComposedPage) -> String? {
        let parts = destination.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let fragment = parts.count == 2 ? parts[1] : nil
        if parts[0].isEmpty {
            return composed.ids.contains(fragment ?? "") ? nil : "This page has no heading “\(destination)”."
        }
        if parts[0] == "/manual" || parts[0].hasPrefix("/manual/") { return fault(path: parts[0], fragment: fragment) }
        if destination.hasPrefix("https://") { return nil }
        if destination.hasPrefix("/") {
            let path = String(parts[0].prefix { $0 != "?" })
            return Self.portalAddresses.contains(path)
                ? nil
                : "The portal has no page \(path) that a link may name. Name one of \(Self.portalAddresses.sorted().listed)."
        }
        return "“\(destination)” must begin with /, # or https://."
    }

    private func fault(path: String, fragment: String?) -> String? {
        if path == "/manual" || path == "/manual/a-z" || path == "/manual/all" { return nil }
        guard let ids = idsByPath[path] else { return "There is no page \(path)." }
        guard let fragment, !ids.contains(fragment) else { return nil }
        return "\(path) has no heading “#\(fragment)”."
    }
}
