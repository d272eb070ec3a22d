import Domain

/// Which traffic flows a list shows, and from where on. All of it stands in the page's address.
public struct FlowListQuery: Sendable, Equatable {
    public var flow: TrafficFlowID?
    /// Part of the name of the server whose role brings the flow about; blank for all.
    public var text: String = ""
    public var site: SiteCode?
    public var route: FlowRoute?
    public var identity: ConnectionIdentity?
    public var proxy: ProxyAddress?
    /// The key behind which the page starts, as the page before gave it; nil for the first.
    public var after: PageKey?
    public var limit = 50

    public init() {}

    /// The last row of a page.
    public struct PageKey: Sendable, Equatable {
        /// Empty for a flow that a site brings about.
        public let server: String
        public let site: String
        public let flow: String
        public let from: String

        public init(server: String, site: String, flow: String, from: String) {
            self.server = server
            self.site = site
            self.flow = flow
            self.from = from
        }

        public init(of flow: TrafficFlow) {
            self.init(
                server: flow.owner?.folded ?? "", site: flow.site.text, flow: flow.id.rawValue,
                from: flow.from?.folded ?? "")
        }
    }
}

public struct FlowListPage: Sendable, Equatable {
    public let rows: [TrafficFlow]
    /// How many flows the filters let through, on all pages; nil where only looking at each would tell.
    public let total: Int?
    /// Where the next page starts; nil on the last.
    public let next: FlowListQuery.PageKey?

    public init(rows: [TrafficFlow], total: Int?, next: FlowListQuery.PageKey?) {
        self.rows = rows
        self.total = total
        self.next = next
    }
}

/// How many flows of one kind there are.
public struct FlowCount: Sendable, Equatable {
    public let flow: TrafficFlowID
    public let route: FlowRoute
    public let identity: ConnectionIdentity?
    /// As ``ProxyAddress/canonical`` has it; nil unless the route is through a proxy.
    public let proxy: String?
    public let number: Int

    public init(
        flow: TrafficFlowID, route: FlowRoute, identity: ConnectionIdentity?, proxy: String?,
        number: Int
    ) {
        self.flow = flow
        self.route = route
        self.identity = identity
        self.proxy = proxy
        self.number = number
    }
}
