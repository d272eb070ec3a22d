/// A site system role as `content/reference/roles.yaml` describes it, held equal to it at start: the sources stand there.
public struct KnownRole: Sendable, Equatable {
    public let name: RoleName
    /// What the console calls it.
    public let displayName: String
    public let status: Status
    public let instances: Instances
    /// Whether the product assigns it itself: setup does, or it comes with another role.
    public let isAssigned: Bool
    private let atCentralAdministration: Answer
    private let atPrimary: Answer
    private let atSecondary: Answer

    public enum Status: String, Sendable, CaseIterable {
        case current, deprecated, unsupported, removed, legacy
    }

    /// Whether it may be installed at a site of a type.
    public enum Answer: String, Sendable, CaseIterable {
        case yes, no
        /// Only where no site stands above.
        case topLevelOnly = "top-level only"
        case notRecommended = "not recommended"
        /// No source tells.
        case unknown
    }

    /// How many there may be.
    public enum Instances: String, Sendable, CaseIterable {
        case onePerHierarchy = "one per hierarchy"
        case onePerSite = "one per site"
        case several
        case oneAtSecondary = "several, one at a secondary site"
        case notStated = "not stated"
    }

    public func answer(at type: Site.SiteType) -> Answer {
        switch type {
        case .centralAdministration: atCentralAdministration
        case .primary: atPrimary
        case .secondary: atSecondary
        }
    }

    private init(
        _ name: String, _ displayName: String, _ status: Status = .current, at answers: (Answer, Answer, Answer),
        _ instances: Instances, isAssigned: Bool = false
    ) {
        self.name = RoleName(known: name)
        self.displayName = displayName
        self.status = status
        self.instances = instances
        self.isAssigned = isAssigned
        (atCentralAdministration, atPrimary, atSecondary) = answers
    }

    /// The known role of a name; nil for names that the product's documentation lacks.
    public static func named(_ name: RoleName) -> KnownRole? { all.first { $0.name == name } }

    /// At a central administration, a primary and a secondary site, in this order.
    public static let all: [KnownRole] = [
        KnownRole(
            "SMS Site Server", "Site server", at: (.yes, .yes, .yes), .onePerSite, isAssigned: true),
        KnownRole(
            "SMS Site System", "Site system", at: (.yes, .yes, .yes), .notStated, isAssigned: true),
        KnownRole(
            "SMS Component Server", "Component server", at: (.yes, .yes, .yes), .notStated, isAssigned: true),
        KnownRole(
            "SMS SQL Server", "Site database server", at: (.yes, .yes, .yes), .notStated, isAssigned: true),
        KnownRole(
            "SMS Provider", "SMS Provider", at: (.yes, .yes, .no), .several, isAssigned: true),
        KnownRole(
            "AI Update Service Point", "Asset Intelligence synchronization point", .deprecated,
            at: (.yes, .topLevelOnly, .no), .onePerHierarchy),
        KnownRole(
            "SMS Certificate Registration Point", "Certificate registration point", .unsupported, at: (.yes, .yes, .no),
            .several),
        KnownRole(
            "SMS Cloud Proxy Connector", "Cloud management gateway connection point",
            at: (.notRecommended, .yes, .unknown), .several),
        KnownRole(
            "Data Warehouse Service Point", "Data warehouse service point", at: (.yes, .topLevelOnly, .no),
            .onePerHierarchy),
        KnownRole(
            "SMS Distribution Point", "Distribution point", at: (.no, .yes, .yes), .several),
        KnownRole(
            "SMS Endpoint Protection Point", "Endpoint Protection point", at: (.yes, .topLevelOnly, .no),
            .onePerHierarchy),
        KnownRole(
            "SMS Enrollment Server", "Enrollment point", .deprecated, at: (.no, .yes, .no), .several),
        KnownRole(
            "SMS Enrollment Web Site", "Enrollment proxy point", .deprecated, at: (.no, .yes, .no), .several),
        KnownRole(
            "SMS Fallback Status Point", "Fallback status point", at: (.no, .yes, .no), .several),
        KnownRole(
            "SMS Management Point", "Management point", at: (.no, .yes, .yes), .oneAtSecondary),
        KnownRole(
            "SMS SRS Reporting Point", "Reporting services point", at: (.yes, .yes, .no), .several),
        KnownRole(
            "SMS Dmp Connector", "Service connection point", at: (.yes, .topLevelOnly, .no), .onePerHierarchy),
        KnownRole(
            "SMS Software Update Point", "Software update point", at: (.yes, .yes, .yes), .oneAtSecondary),
        KnownRole(
            "SMS State Migration Point", "State migration point", at: (.no, .yes, .yes), .several),
        KnownRole(
            "SMS Device Management Point", "Management point for mobile devices and Macs", at: (.no, .yes, .no),
            .notStated, isAssigned: true),
        KnownRole(
            "SMS Notification Server", "Client notification server", at: (.no, .yes, .yes), .notStated, isAssigned: true
        ),
        KnownRole(
            "SMS DM Enrollment Service", "Device management enrollment service", at: (.unknown, .unknown, .unknown),
            .notStated, isAssigned: true),
        KnownRole(
            "SMS Multicast Service Point", "Multicast of a distribution point", at: (.no, .yes, .yes), .notStated,
            isAssigned: true),
        KnownRole(
            "SMS PXE Service Point", "PXE service point", .legacy, at: (.unknown, .unknown, .unknown), .notStated),
        KnownRole(
            "SMS Application Web Service", "Application Catalog web service point", .removed,
            at: (.unknown, .unknown, .unknown), .notStated),
        KnownRole(
            "SMS Portal Web Site", "Application Catalog website point", .removed, at: (.unknown, .unknown, .unknown),
            .notStated),
        KnownRole(
            "SMS System Health Validator", "System Health Validator point", .legacy, at: (.unknown, .unknown, .unknown),
            .notStated),
        KnownRole(
            "SMS AMT Service Point", "Out of band service point", .legacy, at: (.unknown, .unknown, .unknown),
            .notStated),
    ]
}
