import Domain
import Manual
import Templating

/// What the network must let through: for a server, a site, a proxy, the hierarchy, or a role without data of a site.
public struct RequirementsPage: Page {
    public static let template = "pages/requirements"
    let address: RequirementAddress
    let choices: Choices
    /// Nil while nothing was chosen.
    public let answer: Answer?

    /// What can be chosen.
    public struct Choices: Sendable {
        /// Nil where the portal has no data of sites.
        let sites: [SiteCode]?
        let proxies: [ProxyAddress]
        let parties: [NetworkParty]

        public init(sites: [SiteCode]?, proxies: [ProxyAddress], parties: [NetworkParty]) {
            self.sites = sites
            self.proxies = proxies
            self.parties = parties
        }
    }

    public struct Answer: Sendable {
        /// Whose they are: `site PS1`.
        public let subject: String
        public let endpoints: EndpointRequirements
        public let ports: [PortNeed]
        /// The servers that the portal has, of those the connections name.
        let known: Set<HostName>
        /// How clients are meant to go out, of the sites that have a plan for it.
        let plans: [SiteCode: ClientProxyPlan]

        public init(
            subject: String, endpoints: EndpointRequirements, ports: [PortNeed], known: Set<HostName> = [],
            plans: [SiteCode: ClientProxyPlan] = [:]
        ) {
            self.subject = subject
            self.endpoints = endpoints
            self.ports = ports
            self.known = known
            self.plans = plans
        }
    }

    public init(address: RequirementAddress, choices: Choices, answer: Answer?) {
        self.address = address
        self.choices = choices
        self.answer = answer
    }

    public var frame: PageFrame {
        guard let answer else { return PageFrame(title: "Network requirements", section: .requirements) }
        return PageFrame(
            title: "Network requirements: \(answer.subject)", section: .requirements,
            crumbs: [PageFrame.Crumb(title: "Network requirements", link: Route.requirements.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.action] = .text(Route.requirements.path)
        model[.hasUnknownParts] = .flag(address.hasUnknownParts)
        model[.isChosen] = .flag(answer != nil)
        model[.manualLink] = .text(Route.manualPage("reference/internet-endpoints").path)
        model[.moreLink] = .text(Route.manualPage("reference/ports").path)
        guard let answer else { return fillChoices(&model) }
        model[.title] = .text(answer.subject)
        model[.allLink] = .text(Route.requirements.path)
        fillFilters(&model, answer)
        model[.files] = .list(files(answer).map { [.link: .text(address.link(to: $0.file)), .title: .text($0.title)] })
        let groups = answer.endpoints.groups.filter { !$0.needs.isEmpty || !$0.connections.isEmpty }
        model[.hasGroups] = .flag(address.showsEndpoints)
        model[.hasHosts] = .flag(!groups.isEmpty)
        let table = EndpointTableModel(words: words, known: answer.known, plans: answer.plans, subject: address.subject)
        model[.groups] = .list(
            address.showsEndpoints
                ? groups.prefix(Self.mostGroups).enumerated().map { table.group($1, number: $0 + 1) } : [])
        model[.further] = .optional(
            groups.count > Self.mostGroups
                ? "The first \(Self.mostGroups) of \(groups.count) ways out are shown; the files have them all." : nil)
        let showsPorts = address.showsPorts && !isProxy
        model[.hasRows] = .flag(showsPorts)
        model[.isHierarchy] = .flag(address.subject == .hierarchy)
        model[.hasPorts] = .flag(!answer.ports.isEmpty)
        model[.ports] = .list(showsPorts ? answer.ports.map { PortTableModel(words: words).pair($0) } : [])
    }

    /// How many ways out a page shows: a hierarchy may have many proxies.
    static let mostGroups = 20

    private var isProxy: Bool { if case .proxy = address.subject { true } else { false } }

    /// The files there are for a role alone: the rules of a firewall name computers, and a role has none.
    public static let filesOfRoles: Set<Route.RequirementsFile> = [.endpoints, .ports, .allowList, .squid]

    private func files(_ answer: Answer) -> [(file: Route.RequirementsFile, title: String)] {
        var files: [(Route.RequirementsFile, String)] = [
            (.endpoints, "Endpoints as a table (CSV)"), (.allowList, "Plain allow-list (text)"),
            (.squid, "Access rules for squid"),
        ]
        if !isProxy { files.insert((.ports, "Ports as a table (CSV)"), at: 1) }
        if case .role = address.subject { return files }
        return files + [
            (.windowsFirewall, "Rules for Windows Firewall (PowerShell)"),
            (.iptables, "Rules for iptables (shell script)"),
        ]
    }

    private func fillChoices(_ model: inout TemplateModel) {
        model[.asksForSites] = .flag(choices.sites != nil)
        model[.siteOptions] = Self.options((choices.sites ?? []).map { ($0.text, $0.text) }, chosen: nil)
        model[.proxyOptions] = Self.options(choices.proxies.map { ($0.text, $0.text) }, chosen: nil)
        model[.roleOptions] = Self.options(choices.parties.map { ($0.id, $0.title) }, chosen: nil)
        model[.link] = .text(RequirementAddress(.hierarchy).link)
    }

    private func fillFilters(_ model: inout TemplateModel, _ answer: Answer) {
        let subject = address.subjectPair
        model[.name] = .text(subject?.name ?? "")
        model[.value] = .text(subject?.value ?? "")
        model[.cloudOptions] = Self.options(
            AzureCloud.allCases.map { ($0.rawValue, $0.title) }, chosen: address.cloud?.rawValue)
        model[.showOptions] = Self.options(
            [("endpoints", "Internet endpoints"), ("ports", "Ports between computers")],
            chosen: address.part?.rawValue)
        let asked = HostPlaceholder.allCases.filter {
            answer.endpoints.placeholders.contains($0) || address.typed[$0] != nil
        }
        model[.hasAnswers] = .flag(!asked.isEmpty)
        model[.answers] = .list(
            asked.map { placeholder in
                let typed = address.typed[placeholder] ?? ""
                let isFit = typed.isEmpty || placeholder.answer(typed) != nil
                return [
                    .name: .text(placeholder.rawValue), .label: .text(placeholder.label), .value: .text(typed),
                    .fault: .optional(isFit ? nil : placeholder.form + " What was typed was left out."),
                ]
            })
    }

    private static func options(_ choices: [(value: String, label: String)], chosen: String?) -> TemplateValue {
        .list(
            choices.map { [.value: .text($0.value), .label: .text($0.label), .isSelected: .flag($0.value == chosen)] })
    }
}

extension RequirementsPage {
    /// The page where there are no data of sites, or none are needed: the choice of a role, or what a role needs. Nil for what only
    /// data of sites can answer, and for a role that there is not.
    public static func withoutSites(_ address: RequirementAddress, _ facts: NetworkFacts) -> RequirementsPage? {
        let choices = Choices(sites: nil, proxies: [], parties: facts.partiesWithRequirements)
        switch address.subject {
        case nil: return RequirementsPage(address: address, choices: choices, answer: nil)
        case .role(let id):
            guard let party = facts.party(id) else { return nil }
            return RequirementsPage(
                address: address, choices: choices,
                answer: Answer(
                    subject: party.title, endpoints: EndpointRequirements(of: party, facts, address.choice),
                    ports: PortScene.needs(of: party, facts)))
        default: return nil
        }
    }
}
