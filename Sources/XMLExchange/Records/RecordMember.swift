/// What a member of a record is to us.
enum RecordMember {
    /// A property of the record itself.
    case field(RecordField)
    /// A column that a report made of an embedded property.
    case column(ItemProperty)
    /// A part of an embedded property that is a row of its own.
    case slot(PropertySlot)

    /// As the file spells it.
    var label: String {
        switch self {
        case .field(let field): "\(field.name)"
        case .column(let property): "\(property.name)"
        case .slot(let slot): slot.label
        }
    }

    /// Whether a record whose class is not told must spell it as we do; other objects have such names too.
    var countsInReports: Bool {
        switch self {
        case .field(.nalPath), .field(.nalType), .field(.type): false
        default: true
        }
    }

    var subject: CapturedRecord.Problem.Subject {
        switch self {
        case .field(let field): .record(field)
        case .column(let property): .property(property)
        case .slot: .properties
        }
    }
}

/// The members that each kind of record is read for.
enum RecordMembers {
    static let ofSite = NameTable(site)
    /// Items as they are, and reports that scripts flatten out of them.
    static let ofItem = NameTable(item)
    /// Rows of a database query: each an item, or one property of an item.
    static let ofRow = NameTable(item + row)
    /// Objects whose class is not told: what they are shows when they end.
    static let ofAny = NameTable(
        (site + component + category).reduce(into: item) { all, member in
            if !all.contains(where: { $0.0.isSame(as: member.0) }) { all.append(member) }
        })
    static let ofComponent = NameTable(component)
    static let ofCategory = NameTable(category)

    private typealias Entry = (StaticString, RecordMember)

    private static let site = fields([.siteCode, .siteName, .type, .reportingSiteCode, .serverName, .version])
    private static let item =
        fields([.networkOSPath, .siteCode, .roleName, .nalPath, .nalType, .type, .props, .serverName])
        + serverNames + columns

    private static let component = fields([.componentName, .siteCode, .props])
    private static let category = fields([.categoryType, .categoryName, .categoryID, .isSubscribed])

    private static func fields(_ fields: [RecordField]) -> [Entry] { fields.map { ($0.name, .field($0)) } }

    /// As the cmdlets and the DSC module call the server.
    private static let serverNames: [Entry] = [
        ("SiteSystemServerName", .field(.serverName)), ("SiteSystemServer", .field(.serverName)),
    ]

    /// `UserName` is not among them: it is another account on a site system than on a software update point.
    private static let columns: [Entry] = reported.map { ($0.name, .column($0)) } + parameters

    /// As Set-CMSiteSystemServer's parameters and the DSC module call the properties.
    private static let parameters: [Entry] = [
        ("EnableProxy", .column(.useProxy)), ("ProxyServerName", .column(.proxyName)),
        ("ProxyPort", .column(.proxyPort)), ("ProxyAccessAccount", .column(.proxyUserName)),
        ("PublicFqdn", .column(.internetFQDN)), ("FdmOperation", .column(.siteServerInitiates)),
    ]

    /// The properties' own names, which reports keep.
    private static let reported: [ItemProperty] = [
        .useProxy, .proxyName, .proxyPort, .anonymousProxyAccess, .proxyUserName, .internetFQDN, .siteServerInitiates,
        .useMachineAccount, .forest, .domain,
    ]

    /// As the view and the tables of the site's database call them: `Value3` is what WMI calls `Value`.
    private static let row: [Entry] = [
        ("Name", .slot(.name)), ("PropertyName", .slot(.name)), ("Value1", .slot(.value1)), ("Value2", .slot(.value2)),
        ("Value3", .slot(.value)),
    ]
}

extension ItemProperty {
    /// Whether a column of this name marks a record as a report of site systems.
    var isOfReports: Bool {
        switch self {
        case .useProxy, .proxyName, .proxyPort, .anonymousProxyAccess, .internetFQDN, .siteServerInitiates: true
        default: false
        }
    }
}

extension StaticString {
    fileprivate func isSame(as other: StaticString) -> Bool { description == other.description }
}
