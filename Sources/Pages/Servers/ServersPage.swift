import Domain
import Manual
import Templating

/// The list of servers with its filters.
public struct ServersPage: Page {
    public static let template = "pages/servers"
    let address: ServerListAddress
    let rows: [Row]
    /// How many servers the filters let through.
    let total: Int
    let next: ServerListAddress.After?
    let choices: Choices
    let notice: Notice?

    /// How many servers a page of the list shows.
    public static let rowsPerPage = 50

    /// One server of the list.
    public struct Row: Sendable {
        let name: HostName
        let site: SiteCode
        let proxy: Proxy?
        let roles: [RoleName]
        let isPending: Bool
        let isStale: Bool
        let staleRoles: Int
        let errors: Int
        let warnings: Int

        public init(
            name: HostName, site: SiteCode, proxy: Proxy?, roles: [RoleName], isPending: Bool, isStale: Bool,
            staleRoles: Int, errors: Int, warnings: Int
        ) {
            self.name = name
            self.site = site
            self.proxy = proxy
            self.roles = roles
            self.isPending = isPending
            self.isStale = isStale
            self.staleRoles = staleRoles
            self.errors = errors
            self.warnings = warnings
        }
    }

    /// What the filters offer: what the portal has.
    public struct Choices: Sendable {
        let sites: [SiteCode]
        let roles: [RoleName]
        let proxies: [ProxyServerName]

        public init(sites: [SiteCode], roles: [RoleName], proxies: [ProxyServerName]) {
            self.sites = sites
            self.roles = roles
            self.proxies = proxies
        }
    }

    public init(
        address: ServerListAddress, rows: [Row], total: Int, next: ServerListAddress.After?, choices: Choices,
        notice: Notice? = nil
    ) {
        self.address = address
        self.rows = rows
        self.total = total
        self.next = next
        self.choices = choices
        self.notice = notice
    }

    private var pages: Int { max(1, (total + Self.rowsPerPage - 1) / Self.rowsPerPage) }

    public var frame: PageFrame {
        PageFrame(
            title: pages > 1 ? "Servers (page \(address.page) of \(pages))" : "Servers", section: .servers,
            crumbs: Array(PageFrame.serverCrumbs().dropLast()), notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        fillFilters(&model, words)
        model[.rows] = .list(rows.map { $0.model(words) })
        model[.hasRows] = .flag(!rows.isEmpty)
        model[.isFiltered] = .flag(address.isFiltered)
        model[.hasUnknownParts] = .flag(address.hasUnknownParts)
        model[.total] = .text(total == 1 ? "1 server" : "\(total) servers")
        model[.columns] = .list(columns)
        model[.addLink] = .text(Route.newServer.path)
        model[.allLink] = .text(Route.servers.path)
        model.fillPages(
            page: pages > 1 ? "Page \(address.page) of \(pages)" : nil,
            first: address.after == nil ? nil : address.with { _ in }.link, next: next.map(link(toPageAfter:)))
    }

    private func link(toPageAfter last: ServerListAddress.After) -> String {
        address.with {
            $0.after = last
            $0.page = address.page + 1
        }.link
    }

    private var columns: [TemplateModel] {
        [(ServerListAddress.Sort.name, "Name"), (.site, "Site"), (.proxy, "Proxy")].map { sort, title in
            let isSorted = address.sort == sort
            let flipped = address.with {
                $0.sort = sort
                $0.isDescending = isSorted && !address.isDescending
            }
            let state = isSorted ? (address.isDescending ? "descending" : "ascending") : nil
            return [.title: .text(title), .link: .text(flipped.link), .sorted: .optional(state)]
        }
    }

    private func fillFilters(_ model: inout TemplateModel, _ words: PageWords) {
        model[.action] = .text(Route.servers.path)
        model[.query] = .text(address.text)
        model[.siteOptions] = Self.options(
            choices.sites.map { ($0.text, $0.text) }, chosen: address.site, otherwise: address.site)
        model[.roleOptions] = Self.options(
            choices.roles.map { ($0.text, words.manual.displayName(of: $0)) }, chosen: address.role,
            otherwise: address.role)
        let kinds: [ServerListAddress.ProxyFilter] = [.anyProxy, .off, .notTold]
        model[.proxyOptions] = Self.options(
            kinds.map { ($0.text, $0.label) }
                + choices.proxies.map { (ServerListAddress.ProxyFilter.server($0.canonical).text, $0.text) },
            chosen: address.proxy?.text ?? "", otherwise: address.proxy?.label ?? "")
        model[.severityOptions] = Self.options(
            Severity.allCases.map { ($0.rawValue, "With \($0.rawValue)s") }, chosen: address.severity?.rawValue ?? "")
        model[.isPending] = .flag(address.isPending)
        model[.isStale] = .flag(address.isStale)
        model[.sort] = .optional(address.sort == .name ? nil : address.sort.rawValue)
        model[.order] = .optional(address.isDescending ? "descending" : nil)
    }

    /// A chosen value that is not offered stays chosen: an address may name a role that no server has any more.
    private static func options(
        _ choices: [(value: String, label: String)], chosen: String, otherwise: String = ""
    ) -> TemplateValue {
        let isOffered = chosen.isEmpty || choices.contains { $0.value == chosen }
        let all = isOffered ? choices : choices + [(chosen, otherwise)]
        return .list(
            all.map { [.value: .text($0.value), .label: .text($0.label), .isSelected: .flag($0.value == chosen)] })
    }
}

extension ServersPage.Row {
    func model(_ words: PageWords) -> TemplateModel {
        [
            .name: .text(name.text), .link: .text(Route.server(name.text, .general).path),
            .proxyLink: .text(Route.server(name.text, .proxy).path), .site: .text(site.text),
            .siteLink: .text(Route.site(site.text).path), .proxy: .text(proxy.shortWords),
            .isUntold: .flag(proxy == nil), .isPending: .flag(isPending),
            .isStale: .flag(isStale), .staleRoles: .optional(counted(staleRoles, "stale role")),
            .compareLink: .text(Route.server(name.text, .compare).path),
            .roles: .text(roles.map(words.manual.displayName).joined(separator: ", ")),
            .errors: .optional(counted(errors, "error")), .warnings: .optional(counted(warnings, "warning")),
        ]
    }
}

/// `1 error`, `2 errors`, nil for none.
func counted(_ number: Int, _ word: String) -> String? {
    number == 0 ? nil : number == 1 ? "1 \(word)" : "\(number) \(word)s"
}
