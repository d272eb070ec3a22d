/// A site system server as it is meant to be: what forms show, exports print and rules judge.
public struct SiteSystemServer: Sendable, Equatable {
    public let name: HostName
    public let site: SiteCode
    /// Nil when nobody has told it, which is not "off".
    public let general: General?
    public let proxy: Proxy?
    /// Without `SMS Site System`, which every site system server has; by folded name.
    public let roles: [Role]

    public init(name: HostName, site: SiteCode, general: General?, proxy: Proxy?, roles: [Role]) {
        self.name = name
        self.site = site
        self.general = general
        self.proxy = proxy
        self.roles = roles.sorted { $0.name.folded < $1.name.folded }
    }

    public static let identityFields = [
        Field(.serverName, "Name", .text),
        Field(.serverSite, "Site code", .text, longest: 3),
    ]

    public var softwareUpdatePoint: SoftwareUpdatePoint? {
        roles.first { $0.name == .softwareUpdatePoint }?.details?.softwareUpdatePoint
    }
}
