/// What is known of the proxy of a computer that takes part in a flow.
public enum FlowComputer: Sendable, Equatable {
    /// Nobody told which computer it is.
    case notTold
    /// The portal does not have the computer.
    case notStored(HostName)
    /// Nil proxy: its Proxy tab was not told.
    case stored(HostName, Proxy?)

    var name: HostName? {
        switch self {
        case .notTold: nil
        case .notStored(let name), .stored(let name, _): name
        }
    }
}

/// What the software update points of a site have in common, counted no further than it matters.
public struct SoftwareUpdatePointsOfSite: Sendable, Equatable {
    public let isOnlyOne: Bool
    /// Whether some of them use the proxy for automatic deployment rules and some do not, or it was not told of some.
    public let differInADROption: Bool
    /// Whether the default software update point that the component names is one of them; true where it names none.
    public let haveDefault: Bool

    public init(isOnlyOne: Bool, differInADROption: Bool, haveDefault: Bool) {
        self.isOnlyOne = isOnlyOne
        self.differInADROption = differInADROption
        self.haveDefault = haveDefault
    }
}

/// What resolving the flows of a server needs to know beside the server itself.
public struct FlowSurroundings: Sendable, Equatable {
    public let site: Site
    public let siteServer: FlowComputer
    /// As it is meant to be; nil when nobody told anything of it.
    public let component: SoftwareUpdatePointComponent?
    public let points: SoftwareUpdatePointsOfSite
    /// The computers of the site's Exchange Server connectors that are no servers of the site.
    public let connectorsElsewhere: [FlowComputer]

    public init(
        site: Site, siteServer: FlowComputer, component: SoftwareUpdatePointComponent?,
        points: SoftwareUpdatePointsOfSite, connectorsElsewhere: [FlowComputer]
    ) {
        self.site = site
        self.siteServer = siteServer
        self.component = component
        self.points = points
        self.connectorsElsewhere = connectorsElsewhere
    }

    var release: ReleaseStanding { ReleaseStanding(version: site.version?.text) }

    /// What every server's flows of the site depend on: where this is the same, only software update points can differ.
    public var hierarchyMark: String {
        let connectors = site.exchangeConnectors.map(\.folded).joined(separator: " ")
        return [site.type?.rawValue, site.parent?.text, site.version?.text, connectors].map { $0 ?? "-" }
            .joined(separator: "\n")
    }

    /// What the flows of the site's software update points depend on beside that.
    public var pointsMark: String {
        [
            siteServer.mark, component?.synchronizationSource?.rawValue ?? "-",
            component?.defaultServer?.folded ?? "-", component?.thirdPartyUpdates?.rawValue ?? "-",
            "\(points.isOnlyOne) \(points.differInADROption) \(points.haveDefault)",
        ].joined(separator: "\n")
    }
}

extension FlowComputer {
    fileprivate var mark: String {
        switch self {
        case .notTold: return "-"
        case .notStored(let name): return "\(name.text) -"
        case .stored(let name, nil): return "\(name.text) not told"
        case .stored(let name, .off?): return "\(name.text) none"
        case .stored(let name, .on(let proxy)?):
            return "\(name.text) \(proxy.address) \(proxy.account?.text ?? "-")"
        }
    }
}

/// Where a site stands in the hierarchy, as far as it was told.
enum SiteStanding {
    case topLevel, child, notTold

    init(_ site: Site) {
        switch site.type {
        case .centralAdministration: self = .topLevel
        case .primary: self = site.parent == nil ? .topLevel : .child
        case .secondary: self = .child
        case nil: self = site.parent == nil ? .notTold : .child
        }
    }
}
