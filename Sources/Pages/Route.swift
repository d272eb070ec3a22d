import Domain

/// Every address of the portal: links are made from it, and requests are read into it, so that the two cannot differ.
///
/// Source of the addresses: CONTRACTS 5.
public enum Route: Hashable, Sendable {
    case overview
    /// How to bring a site's export in.
    case importing
    /// An export script by the name it is saved under, or the page about it by its id.
    case importScript(String)
    /// What an import would do, until it is confirmed or cancelled.
    case importPreview(String)
    case importConfirm(String)
    case importCancel(String)
    case loadSample
    case removeSample
    /// A file of the samples, by its name.
    case sampleFile(String)
    case servers
    case newServer
    case server(String, ServerTab)
    case sites
    case newSite
    case site(String)
    case removeSite(String)
    /// How the clients of a site reach the internet.
    case siteClients(String)
    /// The software update point component of a site: its General tab, or the tab of a part.
    case siteComponent(String, ComponentPart?)
    /// Where a wizard is begun.
    case wizards
    /// A page of a wizard's draft.
    case wizard(String, WizardStep)
    /// Asks before a draft is removed.
    case cancelWizard(String)
    case proxies
    /// A proxy that servers use, by its name and port.
    case proxy(String)
    case replaceProxy
    case flows
    case changes
    case changeSet(Int)
    case export
    case exportFile(ExportFormat)
    /// A script for the site, and its file. What it is for stands in the query: `ScriptAddress`.
    case script
    case scriptFile
    /// What the network must let through; for whom stands in the query: `RequirementAddress`.
    case requirements
    case requirementsFile(RequirementsFile)
    /// Reads lines of log files.
    case diagnose
    case manual
    /// All pages of the manual in one, to be printed.
    case wholeManual
    /// The manual's index by letter.
    case manualAlphabet
    /// A page of the manual, by its address below `/manual/`.
    case manualPage(String)
    /// Finds pages of the manual. What is looked for stands in the query: `q`.
    case search
    case style
    /// A file that other programs read, by its name below `Public/schema`.
    case schema(String)
    /// A file of `Public`, by its fingerprinted name.
    case asset(String)
    case healthLive
    case healthReady

    /// The pages of a server, as its tabs name them.
    public enum ServerTab: String, Sendable, CaseIterable {
        case general = ""
        case proxy, roles, connections, compare, history, remove
    }

    /// The files the export page offers.
    public enum ExportFormat: String, Sendable, CaseIterable {
        case xml, json, csv, dsc

        /// The file's name, which is the last part of its address.
        public var fileName: String {
            switch self {
            case .xml, .json, .csv: "proxydesk-configuration." + rawValue
            case .dsc: "proxydesk-dsc.ps1"
            }
        }
    }

    /// The files of the network requirements.
    public enum RequirementsFile: String, Sendable, CaseIterable {
        case endpoints = "endpoints.csv"
        case ports = "ports.csv"
        case allowList = "allow-list.txt"
        case squid = "squid.conf"
        case windowsFirewall = "windows-firewall.ps1"
        case iptables = "iptables.sh"
    }

    /// The address as it stands in a link or a request, percent-encoded, without a query.
    public var path: String {
        switch self {
        case .overview: "/"
        case .importing: "/import"
        case .importScript(let name): "/import/scripts/" + name.pathSegment
        case .importPreview(let id): "/imports/" + id.pathSegment
        case .importConfirm(let id): "/imports/" + id.pathSegment + "/confirm"
        case .importCancel(let id): "/imports/" + id.pathSegment + "/cancel"
        case .loadSample: "/import/sample"
        case .removeSample: "/import/sample/remove"
        case .sampleFile(let name): "/import/samples/" + name.pathSegment
        case .servers: "/servers"
        case .newServer: "/servers/new"
        case .server(let name, .general): "/servers/" + Self.segment(record: name)
        case .server(let name, let tab): "/servers/" + Self.segment(record: name) + "/" + tab.rawValue
        case .sites: "/sites"
        case .newSite: "/sites/new"
        case .site(let code): "/sites/" + Self.segment(record: code)
        case .removeSite(let code): "/sites/" + Self.segment(record: code) + "/remove"
        case .siteClients(let code): "/sites/" + Self.segment(record: code) + "/clients"
        case .siteComponent(let code, let part):
            "/sites/" + Self.segment(record: code) + "/component" + (part.map { "/" + $0.rawValue } ?? "")
        case .wizards: "/wizards"
        case .wizard(let id, let step): "/wizards/" + id.pathSegment + "/" + step.rawValue
        case .cancelWizard(let id): "/wizards/" + id.pathSegment + "/cancel"
        case .proxies: "/proxies"
        case .proxy(let address): "/proxies/" + Self.segment(address: address)
        case .replaceProxy: "/proxies/replace"
        case .flows: "/flows"
        case .changes: "/changes"
        case .changeSet(let number): "/changes/" + String(number)
        case .export: "/export"
        case .exportFile(let format): "/export/" + format.fileName
        case .script: "/export/script"
        case .scriptFile: "/export/script.ps1"
        case .requirements: "/requirements"
        case .requirementsFile(let file): "/requirements/" + file.rawValue
        case .diagnose: "/diagnose"
        case .manual: "/manual"
        case .wholeManual: "/manual/all"
        case .manualPage(let page):
            "/manual/" + page.split(separator: "/").map { String($0).pathSegment }.joined(separator: "/")
        case .manualAlphabet: "/manual/a-z"
        case .search: "/search"
        case .style: "/style"
        case .schema(let file): "/schema/" + file.pathSegment
        case .asset(let file): "/assets/" + file.pathSegment
        case .healthLive: "/health/live"
        case .healthReady: "/health/ready"
        }
    }

    /// A record may be called like a page: `/servers/new` is the form, `/servers/%6Eew` the server of that name.
    private static func segment(record name: String) -> String {
        name == "new" ? "%6Eew" : name.pathSegment
    }

    /// A name, a colon and a port; a colon may stand in a path as it is.
    private static func segment(address: String) -> String {
        guard let colon = address.lastIndex(of: ":") else { return address.pathSegment }
        return String(address[..<colon]).pathSegment + ":" + String(address[address.index(after: colon)...]).pathSegment
    }
}
