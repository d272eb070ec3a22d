import Domain
import Manual
import Templating

/// One proxy: who uses it, as whom, and for which roles.
public struct ProxyPage: Page {
    public static let template = "pages/proxy"
    let overview: ProxyOverview
    let rows: [ServersPage.Row]
    /// Which page of the servers this is, from 1.
    let page: Int
    /// The name behind which the next page starts; nil on the last.
    let next: String?
    let notice: Notice?
    /// How many flows of each kind go through it; kinds without any are left out.
    let flows: [(flow: TrafficFlowID, number: Int)]

    public init(
        overview: ProxyOverview, rows: [ServersPage.Row], flows: [(flow: TrafficFlowID, number: Int)], page: Int,
        next: String?, notice: Notice? = nil
    ) {
        self.flows = flows
        self.overview = overview
        self.rows = rows
        self.page = page
        self.next = next
        self.notice = notice
    }

    private var proxy: ProxyAddress { overview.use.proxy }
    private var path: String { Route.proxy(proxy.text).path }
    private var pages: Int { max(1, (overview.use.servers + ServersPage.rowsPerPage - 1) / ServersPage.rowsPerPage) }

    static let crumbs = [PageFrame.Crumb(title: "Proxies", link: Route.proxies.path)]

    public var frame: PageFrame {
        let title = "Proxy \(proxy)"
        return PageFrame(
            title: pages > 1 ? "\(title) (page \(page) of \(pages))" : title, section: .proxies, crumbs: Self.crumbs,
            notice: notice)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        let use = overview.use
        model[.name] = .text(proxy.text)
        model[.replaceLink] = .text(Route.replaceProxy.path + "?proxy=\(proxy.text.pathSegment)")
        model[.requirementsLink] = .text(RequirementAddress(.proxy(proxy.text)).link)
        model[.total] = .text(use.servers == 1 ? "1 server is" : "\(use.servers) servers are")
        model[.tiles] = .list([
            tile(use.servers, "Servers that use it", link { _ in }),
            tile(use.pending, "Of them pending: not applied at the site yet", link { $0.isPending = true }),
        ])
        fillCounts(&model, words)
        model[.rows] = .list(
            rows.map { row in
                var model = row.model(words)
                model[.identity] = .text(row.proxy?.configuration.map { ConnectionIdentity($0.account).words } ?? "")
                return model
            })
        model.fillPages(
            page: pages > 1 ? "Page \(page) of \(pages)" : nil, first: page > 1 ? path : nil,
            next: next.map { "\(path)?after=\($0.pathSegment)&page=\(page + 1)" })
    }

    private func fillCounts(_ model: inout TemplateModel, _ words: PageWords) {
        let use = overview.use
        model[.identities] = .list(
            use.identities.map { identity in
                line(identity.value.words, identity.servers) {
                    $0.proxy = .users(ProxyUsers(of: proxy, as: identity.value))
                }
            })
        model[.furtherAccounts] = .optional(counted(use.numberOfIdentities - use.identities.count, "account"))
        model[.sites] = .list(
            overview.sites.map { site in line(site.value.text, site.servers) { $0.site = site.value.text } })
        model[.roles] = .list(
            overview.roles.map { role in
                line(words.manual.displayName(of: role.value), role.servers) { $0.role = role.value.text }
            })
        model[.hasRoles] = .flag(!overview.roles.isEmpty)
        model[.flows] = .list(
            flows.map { flow, number in
                var address = FlowListAddress()
                address.flow = flow
                address.proxy = proxy.text
                return [
                    .title: .text(flow.title), .count: .text(counted(number, "flow") ?? ""),
                    .link: .text(address.link),
                ]
            })
        model[.hasFlows] = .flag(!flows.isEmpty)
    }

    private func line(_ title: String, _ servers: Int, _ filter: (inout ServerListAddress) -> Void) -> TemplateModel {
        [.title: .text(title), .count: .text(counted(servers, "server") ?? ""), .link: .text(link(filter))]
    }

    private func tile(_ number: Int, _ label: String, _ link: String) -> TemplateModel {
        [.count: .text(String(number)), .label: .text(label), .link: .text(link)]
    }

    /// The list of this proxy's servers, filtered further.
    private func link(_ filter: (inout ServerListAddress) -> Void) -> String {
        ServerListAddress.filtered {
            $0.proxy = .users(ProxyUsers(of: proxy))
            filter(&$0)
        }
    }
}
