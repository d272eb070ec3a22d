import Domain
import Manual
import Templating

/// The traffic flows of the hierarchy with their filters.
public struct FlowsPage: Page {
    public static let template = "pages/flows"
    let address: FlowListAddress
    let rows: [TrafficFlow]
    /// How many flows the filters let through; nil where nobody counted.
    let total: Int?
    let next: FlowListAddress.After?
    let numbers: [FlowNumber]
    let choices: Choices
    /// The servers that the portal has, of those the rows name.
    let known: Set<HostName>

    /// How many flows a page of the list shows.
    public static let rowsPerPage = 50

    /// What the filters offer: what the portal has.
    public struct Choices: Sendable {
        let sites: [SiteCode]
        let identities: [ConnectionIdentity]
        let proxies: [ProxyAddress]

        /// - Parameter proxies: as ``ProxyAddress/canonical`` has them.
        public init(sites: [SiteCode], identities: Set<ConnectionIdentity>, proxies: Set<String>) {
            self.sites = sites
            self.identities = identities.sorted { ($0 == .system ? "" : $0.text) < ($1 == .system ? "" : $1.text) }
            self.proxies = proxies.sorted().compactMap(ProxyAddress.init(canonical:))
        }
    }

    /// - Parameter numbers: the flows that site, identity and proxy let through, whatever flow, route and server are asked for.
    public init(
        address: FlowListAddress, rows: [TrafficFlow], total: Int?, next: FlowListAddress.After?,
        numbers: [FlowNumber], choices: Choices, known: Set<HostName>
    ) {
        self.address = address
        self.rows = rows
        self.total = total
        self.next = next
        self.numbers = numbers
        self.choices = choices
        self.known = known
    }

    private var pages: Int? { total.map { max(1, ($0 + Self.rowsPerPage - 1) / Self.rowsPerPage) } }

    private var pageWords: String? {
        // An address may name a page that the list no longer has.
        guard let pages, pages >= address.page else {
            return address.page > 1 || next != nil ? "page \(address.page)" : nil
        }
        return pages > 1 ? "page \(address.page) of \(pages)" : nil
    }

    public var frame: PageFrame {
        PageFrame(title: pageWords.map { "Traffic flows (\($0))" } ?? "Traffic flows", section: .flows)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        fillFilters(&model)
        model[.counts] = .model(
            FlowCountTable(caption: countCaption, numbers: numbers, address: address).model)
        model[.rows] = .list(rows.map { row($0, words) })
        model[.hasRows] = .flag(!rows.isEmpty)
        model[.isFiltered] = .flag(address.isFiltered)
        model[.hasUnknownParts] = .flag(address.hasUnknownParts)
        model[.total] = .optional(totalWords)
        model[.allLink] = .text(Route.flows.path)
        model[.manualLink] = .text(Route.manualPage("reference/traffic-flows").path)
        model.fillPages(
            page: pageWords.map { "P" + $0.dropFirst() },
            first: address.after == nil ? nil : address.with { _ in }.link, next: next.map(link(toPageAfter:)))
    }

    private var totalWords: String? {
        guard let total = total ?? (address.after == nil && next == nil ? rows.count : nil) else { return nil }
        return counted(total, "traffic flow") ?? "No traffic flow"
    }

    private var countCaption: String {
        var parts: [String] = []
        if !address.text.isEmpty { parts.append("of all servers") }
        if !address.site.isEmpty { parts.append("at site \(address.site)") }
        if !address.identity.isEmpty {
            parts.append("as \(address.identity == ConnectionIdentity.system.text ? "System" : address.identity)")
        }
        if !address.proxy.isEmpty { parts.append("through \(address.proxy)") }
        return "Number of flows by route" + (parts.isEmpty ? "" : ", " + parts.joined(separator: ", "))
    }

    private func link(toPageAfter last: FlowListAddress.After) -> String {
        address.with {
            $0.after = last
            $0.page = address.page + 1
        }.link
    }

    private func row(_ flow: TrafficFlow, _ words: PageWords) -> TemplateModel {
        let isElsewhere = flow.from != flow.owner
        return [
            .title: .text(flow.id.title), .link: .text(flow.link), .owner: .text(flow.ownerWords),
            .site: .text(flow.site.text), .siteLink: .text(Route.site(flow.site.text).path),
            .route: .text(flow.answer.proxy == nil ? flow.answer.route.words : "Through"),
            .kind: .text(flow.answer.route.rawValue),
            .proxy: .optional(flow.answer.proxy?.text),
            .proxyLink: .optional(flow.answer.proxy.map { Route.proxy($0.text).path }),
            .identity: .optional(flow.answer.identity == .system ? "the System account" : flow.answer.identity?.text),
            .from: .optional(isElsewhere ? flow.from?.text ?? "a computer that nobody told" : nil),
            .fromLink: .optional(
                isElsewhere
                    ? flow.from.flatMap { known.contains($0) ? Route.server($0.text, .connections).path : nil } : nil),
            .text: .text(flow.because.last.map { words.manual.sentence(for: $0) } ?? ""),
        ]
    }

    // MARK: - Filters

    private func fillFilters(_ model: inout TemplateModel) {
        model[.action] = .text(Route.flows.path)
        model[.query] = .text(address.text)
        model[.flowOptions] = Self.options(
            TrafficFlowID.allCases.map { ($0.rawValue, $0.title) }, chosen: address.flow?.rawValue ?? "")
        model[.siteOptions] = Self.options(choices.sites.map { ($0.text, $0.text) }, chosen: address.site)
        model[.identityOptions] = Self.options(
            choices.identities.map { ($0.text, $0 == .system ? "System account" : $0.text) }, chosen: address.identity)
        model[.routeOptions] = Self.options(
            FlowRoute.allCases.map { ($0.rawValue, $0.words) }, chosen: address.route?.rawValue ?? "")
        model[.proxyOptions] = Self.options(
            choices.proxies.map { ($0.plainText, $0.text) }, chosen: address.proxy)
    }

    /// A chosen value that is not offered stays chosen: an address may name a proxy that no flow takes any more.
    private static func options(_ choices: [(value: String, label: String)], chosen: String) -> TemplateValue {
        let isOffered = chosen.isEmpty || choices.contains { $0.value == chosen }
        let all = isOffered ? choices : choices + [(chosen, chosen)]
        return .list(
            all.map { [.value: .text($0.value), .label: .text($0.label), .isSelected: .flag($0.value == chosen)] })
    }
}
