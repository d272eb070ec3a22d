import Domain

/// The portal's own configuration XML (CONTRACTS 8): an intention, as the portal exports it or a person wrote it.
///
/// Validity is judged here, with our findings; the published schema says the same of the structure.
final class OwnXMLFormat: RecordFormat {
    static let namespace = "urn:proxydesk:configuration:1"

    /// What does not belong into our own XML is an error, not passed over.
    let seesForeignElements = true

    private let report: Report
    private var stack: [OwnXMLElement] = []
    /// How many elements are open below one that was refused.
    private var refusedDepth = 0
    private var site: OwnXMLSite?
    private var server: OwnXMLServer?
    private var component: OwnXMLComponent?
    /// Where the last start tag stands: text has no place of its own.
    private var lastStart = Position.start
    /// Whether the text since the last start tag was reported: it may come in pieces.
    private var saidText = false

    init(report: Report) { self.report = report }

    func start(_ tag: StartTag) throws {
        guard refusedDepth == 0, let element = try element(tag) else {
            refusedDepth += 1
            return
        }
        stack.append(element)
        let attributes = try OwnXMLAttributes(tag, of: element, report)
        switch element {
        case .configuration: break
        case .site: try beginSite(attributes)
        case .siteSystemServer: try beginServer(attributes)
        case .cloudDistributionPoint: try site?.add(attributes, "name", to: .siteCloudDistributionPoints, report)
        case .exchangeConnector: try site?.add(attributes, "server", to: .siteExchangeConnectors, report)
        case .clientPorts, .clientProxies: try site?.setGroup(attributes, report)
        case .general: try server?.setGeneral(attributes, report)
        case .proxy: try server?.setProxy(attributes, report)
        case .role: try server?.beginRole(attributes, report)
        case .softwareUpdatePoint, .serviceConnectionPoint, .distributionPoint:
            try server?.setDetails(attributes, report)
        case .softwareUpdatePointComponent: try beginComponent(attributes)
        case .fileLanguages, .summaryLanguages, .classifications, .products:
            try component?.beginList(attributes, report)
        case .fileLanguage, .summaryLanguage, .classification, .product: try component?.add(attributes, report)
        }
    }

    func end() throws {
        guard refusedDepth == 0 else {
            refusedDepth -= 1
            return
        }
        switch stack.removeLast() {
        case .site:
            if let draft = site?.draft(report) { try report.record(.site(draft)) }
            site = nil
        case .siteSystemServer:
            try server?.tell(report)
            server = nil
        case .softwareUpdatePointComponent:
            try component?.tell(report)
            component = nil
        case .role: server?.endRole()
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
        guard refusedDepth == 0, !saidText, let element = stack.last else { return }
        guard bytes.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else { return }
        saidText = true
        try report.finding(
            .xmlText, at: lastStart,
            "There is text inside \(element.rawValue), which holds none: values are attributes. Remove the text.")
    }

    func finish() throws {
        guard report.summary.records == 0 else { return }
        throw Refusal(
            .importNothing, at: lastStart,
            "There are no sites, components and servers in the file. Export it again from the portal that has them.")
    }

    /// Finds what an element is; reports one that does not belong where it stands.
    private func element(_ tag: StartTag) throws -> OwnXMLElement? {
        lastStart = tag.position
        saidText = false
        let name = tag.nameText
        let element = tag.namespaceText == Self.namespace ? OwnXMLElement(rawValue: name) : nil
        if let element, element.parent == stack.last { return element }
        let place = stack.last.map { "inside \($0.rawValue)" } ?? "here"
        try report.finding(
            .xmlElement, at: tag.position,
            "The element \(name.shown) does not belong \(place). Correct its name or its place, or remove it.")
        return nil
    }

    private func countRecord(_ attributes: OwnXMLAttributes) throws {
        report.summary.records += 1
        guard report.summary.records > Limit.items else { return }
        throw Refusal(
            .xmlLimitItems, at: attributes.position,
            "The file holds more than 2,000,000 records. Export site by site, and import the files one after another.")
    }

    private func beginSite(_ attributes: OwnXMLAttributes) throws {
        try countRecord(attributes)
        site = try attributes.require("code", report).map { OwnXMLSite(code: $0, attributes) }
    }

    private func beginServer(_ attributes: OwnXMLAttributes) throws {
        try countRecord(attributes)
        let name = try attributes.require("name", report)
        let site = try attributes.require("site", report)
        guard let name, let site else { return }
        server = OwnXMLServer(position: attributes.position, name: name, site: site)
    }

    private func beginComponent(_ attributes: OwnXMLAttributes) throws {
        try countRecord(attributes)
        component = try attributes.require("site", report).map { OwnXMLComponent(site: $0, attributes) }
    }
}
