import Domain
import Templating

/// The start page: what there is, and what needs somebody's attention, each number a link to the list it counts.
public struct OverviewPage: Page {
    public static let template = "pages/overview"

    /// The numbers of the page.
    public struct Counts: Sendable, Equatable {
        public var sites = 0
        public var servers = 0
        public var withProxy = 0
        public var withoutProxy = 0
        public var notTold = 0
        public var pending = 0
        public var stale = 0
        public var serversWithErrors = 0
        public var serversWithWarnings = 0
        public var serversWithNotices = 0
        public var sitesWithFindings = 0

        public init() {}
    }

    let counts: Counts
    let latest: [ChangeSet]

    public init(counts: Counts, latest: [ChangeSet]) {
        self.counts = counts
        self.latest = latest
    }

    public var frame: PageFrame { PageFrame(title: "Overview", section: .overview) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.totals] = tiles([
            tile(counts.sites, "Sites", Route.sites.path), tile(counts.servers, "Servers", Route.servers.path),
        ])
        model[.proxies] = tiles([
            tile(counts.withProxy, "With a proxy", link { $0.proxy = .anyProxy }),
            tile(counts.withoutProxy, "Without a proxy", link { $0.proxy = .off }),
            tile(counts.notTold, "Not told", link { $0.proxy = .notTold }),
        ])
        model[.attention] = tiles([
            tile(counts.pending, "Pending: not applied at the site yet", link { $0.isPending = true }),
            tile(counts.stale, "Stale: not in the site’s newest export", link { $0.isStale = true }),
            tile(counts.serversWithErrors, "Servers with errors", link { $0.severity = .error }),
            tile(counts.serversWithWarnings, "Servers with warnings", link { $0.severity = .warning }),
            tile(counts.serversWithNotices, "Servers with notices", link { $0.severity = .notice }),
            tile(counts.sitesWithFindings, "Sites with findings", Route.sites.path),
        ])
        model[.lines] = .list(latest.map(\.model))
        model[.hasLines] = .flag(!latest.isEmpty)
        model[.changesLink] = .text(Route.changes.path)
    }

    private func tiles(_ tiles: [TemplateModel]) -> TemplateValue { .model([.tiles: .list(tiles)]) }

    private func link(_ filter: (inout ServerListAddress) -> Void) -> String { ServerListAddress.filtered(filter) }

    private func tile(_ number: Int, _ label: String, _ link: String) -> TemplateModel {
        [.count: .text(String(number)), .label: .text(label), .link: .text(link)]
    }
}
