/// The internal name of a site system role, as `RoleName` of SMS_SCI_SysResUse holds it.
///
/// Names the portal does not know are kept: the product's own list says that it may be incomplete.
public struct RoleName: Sendable, Hashable, CustomStringConvertible {
    public let text: String
    public let folded: String

    private init(text: String) {
        self.text = text
        self.folded = text.asciiFolded
    }

    /// A name of the program's own table.
    init(known text: String) { self.init(text: text) }

    public static let longest = 64
    public static func == (left: RoleName, right: RoleName) -> Bool { left.folded == right.folded }
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }
    public var description: String { text }

    public static func check(_ text: String) -> Checked<RoleName> {
        if text.isBlank {
            return .problems([Problem(.roleNameBlank, "The role has no name. Choose one from the list.")])
        }
        let scan = TextScan(text)
        if scan.hasControl || scan.hasBidirectional {
            let code: FindingCode = scan.hasControl ? .textControl : .textBidirectional
            return .problems([
                Problem(code, "The role's name contains a character that cannot be seen. Choose one from the list.")
            ])
        }
        if text.count > longest {
            return .problems([
                Problem(.roleNameLong, "A role's name has \(longest) characters or fewer. This one has \(text.count).")
            ])
        }
        return .value(RoleName(text: text))
    }

    /// The item that holds the proxy settings; every site system server has it, so it is not listed among the roles.
    public static let siteSystem = RoleName(text: "SMS Site System")
    public static let siteServer = RoleName(text: "SMS Site Server")
    public static let softwareUpdatePoint = RoleName(text: "SMS Software Update Point")
    public static let serviceConnectionPoint = RoleName(text: "SMS Dmp Connector")
    public static let distributionPoint = RoleName(text: "SMS Distribution Point")
    public static let managementPoint = RoleName(text: "SMS Management Point")
    public static let cmgConnectionPoint = RoleName(text: "SMS Cloud Proxy Connector")
    public static let assetIntelligenceSynchronizationPoint = RoleName(text: "AI Update Service Point")
    public static let endpointProtectionPoint = RoleName(text: "SMS Endpoint Protection Point")

    /// The names `content/reference/roles.yaml` describes.
    public static let known: [RoleName] = KnownRole.all.map(\.name)
}
