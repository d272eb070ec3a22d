import Domain
import Manual
import Templating

/// One page: the template it is made from, and what fills it. Pages hold values and no services, so that a test can make
/// any of them.
public protocol Page: Sendable {
    /// The name of the template below `Templates/`, without its extension.
    static var template: String { get }

    /// What the layout shows around the page.
    var frame: PageFrame { get }

    /// Sets the values of the page's own part.
    func fill(_ model: inout TemplateModel, _ words: PageWords)
}

/// What the layout shows around a page.
public struct PageFrame: Sendable {
    /// The page's own words for the browser's title; unique among pages.
    var title: String
    /// The part of the portal that is marked in the navigation; nil on pages that belong to none.
    var section: Section?
    /// The way from the top to this page, without the page itself.
    var crumbs: [Crumb] = []
    /// Whether the page has a search box of its own; the layout's is left out then.
    var hasSearch = false
    /// What was wrong with a form that was sent.
    var form: FormState?
    /// What was done before this page was asked for.
    var notice: Notice?
    /// What the page offers beyond its own working where scripting is on; nothing on it needs one.
    var scripts: [Script] = []

    /// The scripts of `Public/js`.
    public enum Script: String, CaseIterable, Sendable {
        case copy = "copy.js"
        /// The search of plain files; a server searches by itself.
        case search = "search.js"
        /// The stems of words, which that search compares.
        case stems = "stems.js"
    }

    /// The entries of the navigation.
    public enum Section: CaseIterable, Sendable {
        case overview, servers, sites, proxies, flows, requirements, changes, importing, export, diagnose, manual

        var title: String {
            switch self {
            case .overview: "Overview"
            case .servers: "Servers"
            case .sites: "Sites"
            case .proxies: "Proxies"
            case .flows: "Flows"
            case .requirements: "Requirements"
            case .changes: "Changes"
            case .importing: "Import"
            case .export: "Export"
            case .diagnose: "Diagnose"
            case .manual: "Manual"
            }
        }

        var route: Route {
            switch self {
            case .overview: .overview
            case .servers: .servers
            case .sites: .sites
            case .proxies: .proxies
            case .flows: .flows
            case .requirements: .requirements
            case .changes: .changes
            case .importing: .importing
            case .export: .export
            case .diagnose: .diagnose
            case .manual: .manual
            }
        }
    }

    /// One step of the breadcrumb.
    struct Crumb: Sendable {
        let title: String
        /// Nil for the console's words that are no page here.
        let link: String?
    }

    /// The console's path to a server, which is what an admin knows; only its last part is a page here.
    static func serverCrumbs(_ name: String? = nil) -> [Crumb] {
        let path = [
            Crumb(title: "Administration", link: nil), Crumb(title: "Site Configuration", link: nil),
            Crumb(title: "Servers and Site System Roles", link: Route.servers.path),
        ]
        guard let name else { return path }
        return path + [Crumb(title: name, link: Route.server(name, .general).path)]
    }
}

/// What was done just now, told once on the page that follows.
public struct Notice: Sendable, Equatable {
    /// Whether something was stored; otherwise the notice only informs.
    public let isSuccess: Bool
    public let title: String
    /// The details, a line each.
    public let lines: [String]
    /// The change set it was read from.
    public let changeSet: Int?
    /// The traffic flows that change set changed; nil where that is not told.
    public var flows: FlowChanges?

    public init(isSuccess: Bool, title: String, lines: [String] = [], changeSet: Int? = nil) {
        self.isSuccess = isSuccess
        self.title = title
        self.lines = lines
        self.changeSet = changeSet
    }

    /// A form was sent that held what is stored already.
    public static let unchanged = Notice(
        isSuccess: false, title: "Nothing was changed", lines: ["Everything you sent is stored already."])
}

/// The words of the documentation, in the forms pages need them.
public struct PageWords: Sendable {
    public let manual: Manual
    let controls: ControlModels

    public init(_ manual: Manual) {
        self.manual = manual
        controls = ControlModels(manual)
    }
}

/// The documentation's pages are the one source of HTML that templates take as it is.
extension RenderedMarkdown: TrustedHTML {}
