/// How System Role Selection shows a role: as a check box, or with the reason why it cannot be chosen.
///
/// What may stand where is `KnownRole`, which `content/reference/roles.yaml` has with its sources.
public struct RoleOffer: Sendable, Equatable {
    public let role: KnownRole
    /// Why it cannot be chosen, a sentence; nil when it can.
    public let refusal: String?
    /// What to know before choosing it.
    public let note: String?
    /// The server that has it, where that is the reason.
    public let holder: HostName?

    public var isOffered: Bool { refusal == nil }

    /// What is known of the place where roles are to be added.
    public struct Place: Sendable, Equatable {
        /// Nil when the portal does not have the site.
        public var site: Site?
        /// Those the server has already.
        public var held: [RoleName]
        /// Other servers that hold a role of which a hierarchy can have one, by role.
        public var inHierarchy: [RoleName: HostName]
        /// Other servers of the site that hold a role of which a secondary site can have one, by role.
        public var atSite: [RoleName: HostName]

        public init(
            site: Site?, held: [RoleName] = [], inHierarchy: [RoleName: HostName] = [:],
            atSite: [RoleName: HostName] = [:]
        ) {
            self.site = site
            self.held = held
            self.inHierarchy = inHierarchy
            self.atSite = atSite
        }
    }

    /// Every role a wizard speaks of: those that can be chosen first, each half by display name. What the product assigns itself, and what it no longer has, is left
    /// out.
    public static func all(at place: Place) -> [RoleOffer] {
        KnownRole.all.filter(\.isListed).map { RoleOffer($0, at: place) }
            .sorted { ($0.isOffered ? 0 : 1, $0.role.displayName) < ($1.isOffered ? 0 : 1, $1.role.displayName) }
    }

    init(_ role: KnownRole, at place: Place) {
        let site = place.site?.code.text ?? "this site"
        if place.held.contains(role.name) {
            self.init(role, refusal: "Already on this server.")
        } else if role.status == .unsupported {
            self.init(role, refusal: "No longer supported by Configuration Manager.")
        } else if role.status == .deprecated {
            self.init(role, refusal: "Deprecated. If the site still has it, add it on the Roles tab.")
        } else if let sentence = Self.impossible(role, at: place.site) {
            self.init(role, refusal: sentence)
        } else if role.instances == .onePerHierarchy, let holder = place.inHierarchy[role.name] {
            self.init(role, refusal: "One per hierarchy, and it stands on \(holder).", holder: holder)
        } else if role.instances == .oneAtSecondary, place.site?.type == .secondary,
            let holder = place.atSite[role.name]
        {
            self.init(role, refusal: "A secondary site can have one, and it stands on \(holder).", holder: holder)
        } else {
            self.init(role, refusal: nil, note: Self.note(role, at: place.site, named: site))
        }
    }

    private init(_ role: KnownRole, refusal: String?, note: String? = nil, holder: HostName? = nil) {
        self.role = role
        self.refusal = refusal
        self.note = note
        self.holder = holder
    }

    private static func impossible(_ role: KnownRole, at site: Site?) -> String? {
        guard let site, let type = site.type else { return nil }
        switch role.answer(at: type) {
        case .yes, .notRecommended: return nil
        case .no: return "Not possible at a \(type.words)."
        case .topLevelOnly:
            return site.parent.map { "Only at the top-level site, and \(site.code) stands below \($0)." }
        case .unknown:
            return "No source says that it may stand at a \(type.words). If the site has it, add it on the Roles tab."
        }
    }

    private static func note(_ role: KnownRole, at site: Site?, named name: String) -> String? {
        guard let type = site?.type else {
            let everywhere = Site.SiteType.allCases.allSatisfy { role.answer(at: $0) == .yes }
            return everywhere
                ? nil : "Not at every type of site, and the portal was not told what type \(name) is."
        }
        return role.answer(at: type) == .notRecommended ? "Not recommended at a \(type.words)." : nil
    }
}

extension KnownRole {
    /// Whether an admin can meet it in the console's list of roles.
    fileprivate var isListed: Bool { !isAssigned && status != .removed && status != .legacy }
}

extension Site.SiteType {
    /// In a sentence: "a primary site".
    fileprivate var words: String {
        switch self {
        case .centralAdministration: "central administration site"
        case .primary: "primary site"
        case .secondary: "secondary site"
        }
    }
}
