import Domain
import Templating

/// The proxies in use, most used first, told apart from servers that use none and those of which nobody has said.
public struct ProxiesPage: Page {
    public static let template = "pages/proxies"
    let uses: [ProxyAddressUse]
    /// Whether there are more behind these.
    let hasMore: Bool
    let isContinued: Bool
    let counts: Counts

    /// How many proxies a page of the list shows.
    public static let proxiesPerPage = 50

    /// How many servers there are of each kind.
    public struct Counts: Sendable {
        let withProxy: Int
        let withoutProxy: Int
        let notTold: Int

        public init(withProxy: Int, withoutProxy: Int, notTold: Int) {
            self.withProxy = withProxy
            self.withoutProxy = withoutProxy
            self.notTold = notTold
        }
    }

    public init(uses: [ProxyAddressUse], hasMore: Bool, isContinued: Bool, counts: Counts) {
        self.uses = uses
        self.hasMore = hasMore
        self.isContinued = isContinued
        self.counts = counts
    }

    public var frame: PageFrame { PageFrame(title: "Proxies", section: .proxies) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        let kinds: [(Int, ServerListAddress.ProxyFilter, String)] = [
            (counts.withProxy, .anyProxy, "Servers with a proxy"),
            (counts.withoutProxy, .off, "Servers without a proxy"),
            (counts.notTold, .notTold, "Servers of which it is not told"),
        ]
        model[.tiles] = .list(
            kinds.map { count, filter, label in
                [
                    .count: .text(String(count)), .label: .text(label),
                    .link: .text(ServerListAddress.filtered { $0.proxy = filter }),
                ]
            })
        model[.lines] = .list(uses.map(line))
        model[.hasLines] = .flag(!uses.isEmpty)
        model[.replaceLink] = .text(Route.replaceProxy.path)
        model.fillPages(
            first: isContinued ? Route.proxies.path : nil, next: hasMore ? uses.last.map(Self.link(toPageAfter:)) : nil)
    }

    private func line(_ use: ProxyAddressUse) -> TemplateModel {
        let users = ProxyUsers(of: use.proxy)
        let further = use.numberOfIdentities - use.identities.count
        let names = use.identities.map { "\($0.value.words) (\($0.servers))" }
        return [
            .name: .text(use.proxy.text), .link: .text(Route.proxy(use.proxy.text).path),
            .count: .text(counted(use.servers, "server") ?? ""),
            .serversLink: .text(ServerListAddress.filtered { $0.proxy = .users(users) }),
            .text: .text(
                (names + (counted(further, "further account").map { [$0] } ?? [])).joined(separator: ", ")),
            .pending: .optional(use.pending == 0 ? nil : "\(use.pending) pending"),
            .applyLink: .text(
                ServerListAddress.filtered {
                    $0.proxy = .users(users)
                    $0.isPending = true
                }),
        ]
    }

    /// The list is ordered by these three, so they say where it goes on.
    private static func link(toPageAfter use: ProxyAddressUse) -> String {
        Route.proxies.path + "?after=\(use.proxy.text.pathSegment)&servers=\(use.servers)"
    }
}
