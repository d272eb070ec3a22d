import Domain
import Manual
import Templating

/// The Connections tab of a server: the traffic flows its roles bring about, and those it carries out for others. It only
/// shows.
public struct ServerConnectionsPage: Page {
    public static let template = "pages/server-connections"
    public let head: ServerHead
    let flows: [TrafficFlow]
    /// What other servers and sites bring about and this computer carries out.
    let carried: [TrafficFlow]
    let hasMoreCarried: Bool
    /// The servers that the portal has, of those the flows name.
    let known: Set<HostName>

    /// How many flows of others the page shows.
    public static let mostCarried = 20

    public init(
        head: ServerHead, flows: [TrafficFlow], carried: [TrafficFlow], hasMoreCarried: Bool, known: Set<HostName>
    ) {
        self.head = head
        self.flows = flows
        self.carried = carried
        self.hasMoreCarried = hasMoreCarried
        self.known = known
    }

    public var frame: PageFrame { head.frame(.connections) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .connections, words)
        let name = head.record.name
        model[.flows] = .list(flows.map { words.flow($0, on: name, known: known, id: $0.id.rawValue) })
        model[.hasRows] = .flag(!flows.isEmpty)
        model[.carried] = .list(carried.map { words.flow($0, on: name, known: known) })
        model[.hasCarried] = .flag(!carried.isEmpty)
        model[.moreLink] = .optional(hasMoreCarried ? listOfCarried : nil)
        model[.count] = .text(String(carried.count))
        model[.rolesLink] = .text(Route.server(head.name, .roles).path)
        model[.requirementsLink] = .text(RequirementAddress(.server(head.name)).link)
        model[.help] = .text(Route.manualPage("how-to/see-what-a-server-really-uses").path)
    }

    /// The narrowest list that has all of them: they commonly are of one kind, at one site.
    private var listOfCarried: String {
        FlowListAddress.filtered { address in
            if let first = carried.first, carried.allSatisfy({ $0.id == first.id && $0.site == first.site }) {
                address.flow = first.id
                address.site = first.site.text
            }
        }
    }
}

/// The traffic flows of a site, counted, and those it brings about itself.
public struct FlowsOfSite: Sendable {
    let numbers: [FlowNumber]
    let own: [TrafficFlow]
    let known: Set<HostName>

    /// - Parameter known: the servers that the portal has, of those the site's own flows name.
    public init(numbers: [FlowNumber] = [], own: [TrafficFlow] = [], known: Set<HostName> = []) {
        self.numbers = numbers
        self.own = own
        self.known = known
    }

    /// The values of a site's section on flows.
    func fill(_ model: inout TemplateModel, site: SiteCode, _ words: PageWords) {
        var address = FlowListAddress()
        address.site = site.text
        model[.counts] = .model(
            FlowCountTable(caption: "Number of flows at site \(site) by route", numbers: numbers, address: address)
                .model)
        model[.flows] = .list(own.map { words.flow($0, on: nil, known: known) })
        model[.hasFlows] = .flag(!own.isEmpty)
        model[.flowsLink] = .text(address.link)
        model[.requirementsLink] = .text(RequirementAddress(.site(site.text)).link)
    }
}
