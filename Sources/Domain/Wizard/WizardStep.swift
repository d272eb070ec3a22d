/// One page of the wizards Add Site System Roles and Create Site System Server; the raw value stands in its address.
///
/// Source of the pages and their order: Microsoft Learn, "Install and configure a software update point" and "Install
/// site system roles". That the pages behind the role selection follow the sections of that article is inferred.
public enum WizardStep: String, Sendable, CaseIterable, Hashable {
    case general
    case proxy
    case roles
    case softwareUpdatePoint = "software-update-point"
    case proxyAndAccounts = "proxy-and-accounts"
    case synchronizationSource = "synchronization-source"
    case synchronizationSchedule = "synchronization-schedule"
    case supersedence
    case classifications
    case products
    case languages
    case serviceConnectionPoint = "service-connection-point"
    case summary
    case completion

    /// The console's name of the page.
    public var title: String {
        switch self {
        case .general: "General"
        case .proxy: "Proxy"
        case .roles: "System Role Selection"
        case .softwareUpdatePoint: "Software Update Point"
        case .proxyAndAccounts: "Proxy and Account Settings"
        case .synchronizationSource: "Synchronization Source"
        case .synchronizationSchedule: "Synchronization Schedule"
        case .supersedence: "Supersedence Rules"
        case .classifications: "Classifications"
        case .products: "Products"
        case .languages: "Languages"
        case .serviceConnectionPoint: "Service Connection Point"
        case .summary: "Summary"
        case .completion: "Completion"
        }
    }

    /// Whether something can be answered there; the last two pages only tell.
    public var isAnswered: Bool { self != .summary && self != .completion }

    /// Whether it belongs to the component of the site, and not to the server.
    public var isOfComponent: Bool {
        switch self {
        case .synchronizationSource, .synchronizationSchedule, .supersedence, .classifications, .products, .languages:
            true
        default: false
        }
    }
}

/// Which of the two wizards is under way.
public enum WizardKind: String, Sendable, CaseIterable {
    case addRoles = "add-roles"
    case createServer = "create-server"

    public var title: String {
        switch self {
        case .addRoles: "Add Site System Roles"
        case .createServer: "Create Site System Server"
        }
    }
}
