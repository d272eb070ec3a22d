import Domain

/// The elements of our own XML, by name.
enum OwnXMLElement: String {
    case configuration, site, siteSystemServer, cloudDistributionPoint, exchangeConnector, clientPorts, clientProxies
    case general, proxy, role
    case softwareUpdatePoint, serviceConnectionPoint, distributionPoint
    case softwareUpdatePointComponent
    case fileLanguages, summaryLanguages, classifications, products
    case fileLanguage, summaryLanguage, classification, product

    /// The element it stands in; nil for the root.
    var parent: OwnXMLElement? {
        switch self {
        case .configuration: nil
        case .site, .siteSystemServer, .softwareUpdatePointComponent: .configuration
        case .cloudDistributionPoint, .exchangeConnector, .clientPorts, .clientProxies: .site
        case .general, .proxy, .role: .siteSystemServer
        case .softwareUpdatePoint, .serviceConnectionPoint, .distributionPoint: .role
        case .fileLanguages, .summaryLanguages, .classifications, .products: .softwareUpdatePointComponent
        case .fileLanguage: .fileLanguages
        case .summaryLanguage: .summaryLanguages
        case .classification: .classifications
        case .product: .products
        }
    }

    /// The field of the component that it lists, as a whole or one name of it.
    var list: FieldKey? {
        switch self {
        case .fileLanguages, .fileLanguage: .supcFileLanguages
        case .summaryLanguages, .summaryLanguage: .supcSummaryLanguages
        case .classifications, .classification: .supcClassifications
        case .products, .product: .supcProducts
        default: nil
        }
    }

    /// The fields that its attributes hold, by attribute name.
    var fields: [FieldKey] {
        switch self {
        case .configuration, .cloudDistributionPoint, .exchangeConnector: []
        case .site: [.siteCode, .siteName, .siteType, .siteParent, .siteServer, .siteVersion]
        case .clientPorts: ClientPorts.fields.map(\.key)
        case .clientProxies: ClientProxyPlan.fields.map(\.key)
        case .siteSystemServer: [.serverName, .serverSite]
        case .general: General.fields.map(\.key)
        // Whether credentials are used follows from the account.
        case .proxy: [.proxyUse, .proxyServer, .proxyPort, .proxyAccount]
        case .role: [.roleName]
        case .softwareUpdatePoint: SoftwareUpdatePoint.fields.map(\.key)
        case .serviceConnectionPoint: ServiceConnectionPoint.fields.map(\.key)
        case .distributionPoint: DistributionPoint.fields.map(\.key)
        case .softwareUpdatePointComponent:
            SoftwareUpdatePointComponent.fields.filter { $0.control != .lines }.map(\.key)
        case .fileLanguages, .summaryLanguages, .classifications, .products, .fileLanguage, .summaryLanguage,
            .classification, .product:
            []
        }
    }

    /// The names of all its attributes.
    var attributes: [String] {
        switch self {
        case .cloudDistributionPoint: ["name"]
        case .exchangeConnector: ["server"]
        case .softwareUpdatePointComponent: ["site"] + fields.map(\.name)
        case .fileLanguage, .summaryLanguage, .classification, .product: ["name"]
        default: fields.map(\.name)
        }
    }

    /// The role that has these details.
    var role: RoleName? {
        switch self {
        case .softwareUpdatePoint: .softwareUpdatePoint
        case .serviceConnectionPoint: .serviceConnectionPoint
        case .distributionPoint: .distributionPoint
        default: nil
        }
    }
}

/// The attributes of one element, those it cannot have reported and left out.
struct OwnXMLAttributes {
    let element: OwnXMLElement
    let position: Position
    private let texts: [(name: String, value: String)]

    init(_ tag: StartTag, of element: OwnXMLElement, _ report: Report) throws {
        self.element = element
        position = tag.position
        let known = element.attributes
        var texts: [(name: String, value: String)] = []
        for text in tag.texts {
            // Attributes of XML Schema's own, such as schemaLocation, say nothing of the configuration.
            if text.name.hasPrefix("xsi:") { continue }
            if known.contains(text.name) {
                texts.append(text)
            } else {
                try report.finding(
                    .xmlAttribute, at: tag.position,
                    "The element \(element.rawValue) has no attribute \(text.name.shown). Correct its name, or remove it."
                )
            }
        }
        self.texts = texts
    }

    /// The attribute's text; nil when it is absent.
    func text(_ name: String) -> String? { texts.first { $0.name == name }?.value }

    func sent(_ name: String, _ report: Report) -> Sent? { text(name).map { report.sent($0, at: position) } }

    /// The text of an attribute that must be there; reports its absence.
    func require(_ name: String, _ report: Report) throws -> Sent? {
        if let sent = sent(name, report) { return sent }
        try report.finding(
            .xmlAttribute, at: position, "The element \(element.rawValue) lacks the attribute \(name). Add it.")
        return nil
    }

    /// The same of a text that is one name of a list: the lists travel one name a line.
    func requireLine(_ name: String, _ report: Report) throws -> String? {
        guard let sent = try require(name, report) else { return nil }
        if !sent.text.contains(where: \.isNewline) { return sent.text }
        try report.finding(
            .xmlAttribute, at: position,
            "The attribute \(name) of \(element.rawValue) holds a line break. Write one element for each name.")
        return nil
    }

    /// All fields that are there, as they are.
    func draft(_ report: Report) -> Draft {
        var draft = Draft()
        for field in element.fields { draft[field] = sent(field.name, report) }
        return draft
    }
}
