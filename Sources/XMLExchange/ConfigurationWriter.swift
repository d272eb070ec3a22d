import Domain

/// Writes our own XML (CONTRACTS 8): the same configuration always gives the same bytes.
///
/// Sites first, then components, then servers, each in the order the caller gives them. Used on one thread.
public struct ConfigurationWriter {
    private let write: ([UInt8]) throws -> Void
    private var bytes: [UInt8] = []
    /// How many bytes are gathered before they are passed on.
    private static let pieceSize = 64 * 1024

    /// - Parameter write: takes the document in pieces of about 64 KiB; what it throws is rethrown.
    public init(_ write: @escaping ([UInt8]) throws -> Void) {
        self.write = write
        bytes.reserveCapacity(Self.pieceSize + 8 * 1024)
    }

    /// Writes the beginning of the document.
    public mutating func begin() throws {
        append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<configuration xmlns=\"urn:proxydesk:configuration:1\">\n")
    }

    /// Writes a site with its lists, and with the groups of it that somebody told.
    public mutating func site(_ site: Site) throws {
        append("  <site")
        for attribute in Shape.site { append(attribute, site.value(attribute.key)) }
        if site.cloudDistributionPoints.isEmpty, site.exchangeConnectors.isEmpty, !site.clientPorts.isTold,
            site.clients == nil
        {
            append("/>\n")
        } else {
            append(">\n")
            for name in site.cloudDistributionPoints { element("    <cloudDistributionPoint name=\"", name.text) }
            for name in site.exchangeConnectors { element("    <exchangeConnector server=\"", name.text) }
            if site.clientPorts.isTold { group("    <clientPorts", Shape.clientPorts, site.clientPorts) }
            if let plan = site.clients { group("    <clientProxies", Shape.clientProxies, plan) }
            append("  </site>\n")
        }
        try passOn()
    }

    /// Writes a component as it is meant to be; a list that is not told is left out.
    public mutating func component(_ record: ComponentRecord) throws {
        guard let component = record.component.intended else { return }
        append("  <softwareUpdatePointComponent site=\"")
        escape(record.site.text)
        append("\"")
        for attribute in Shape.component { append(attribute, component.value(attribute.key)) }
        // A schedule that is told, or told empty, says that there are no parts: they are written where there are some.
        for attribute in Shape.recurrence where component.recurrence != nil {
            append(attribute, component.value(attribute.key))
        }
        let lists = [
            component.fileLanguages, component.summaryLanguages, component.classifications, component.products,
        ]
        guard lists.contains(where: { $0 != nil }) else {
            append("/>\n")
            return try passOn()
        }
        append(">\n")
        for (list, names) in zip(Shape.componentLists, lists) {
            if let names { self.list(list.whole, list.item, names) }
        }
        append("  </softwareUpdatePointComponent>\n")
        try passOn()
    }

    private mutating func list(_ whole: OwnXMLElement, _ item: OwnXMLElement, _ names: [DisplayText]) {
        if names.isEmpty { return bytes.append(contentsOf: "    <\(whole.rawValue)/>\n".utf8) }
        bytes.append(contentsOf: "    <\(whole.rawValue)>\n".utf8)
        for name in names {
            bytes.append(contentsOf: "      <\(item.rawValue) name=\"".utf8)
            escape(name.text)
            append("\"/>\n")
        }
        bytes.append(contentsOf: "    </\(whole.rawValue)>\n".utf8)
    }

    /// Writes a server as it is meant to be; what is not told is left out.
    public mutating func server(_ record: ServerRecord) throws {
        let server = record.intended
        append("  <siteSystemServer name=\"")
        escape(server.name.text)
        append("\" site=\"")
        escape(server.site.text)
        if server.general == nil, server.proxy == nil, server.roles.isEmpty {
            append("\"/>\n")
            return try passOn()
        }
        append("\">\n")
        if let general = server.general { group("    <general", Shape.general, general) }
        if let proxy = server.proxy { self.proxy(proxy) }
        for role in server.roles { self.role(role) }
        append("  </siteSystemServer>\n")
        try passOn()
    }

    /// Writes the end of the document, and passes on what is left.
    public mutating func end() throws {
        append("</configuration>\n")
        try write(bytes)
        bytes.removeAll()
    }

    private mutating func proxy(_ proxy: Proxy) {
        if proxy.configuration == nil {
            append("    <proxy use=\"false\"/>\n")
        } else {
            group("    <proxy", Shape.proxy, proxy)
        }
    }

    private mutating func role(_ role: Role) {
        append("    <role name=\"")
        escape(role.name.text)
        guard let details = role.details else { return append("\"/>\n") }
        append("\">\n")
        switch details {
        case .softwareUpdatePoint(let details): group("      <softwareUpdatePoint", Shape.softwareUpdatePoint, details)
        case .serviceConnectionPoint(let details):
            group("      <serviceConnectionPoint", Shape.serviceConnectionPoint, details)
        case .distributionPoint(let details): group("      <distributionPoint", Shape.distributionPoint, details)
        }
        append("    </role>\n")
    }

    private mutating func group<Group: FieldGroup>(
        _ open: StaticString, _ attributes: [Shape.Attribute], _ group: Group
    ) {
        append(open)
        for attribute in attributes { append(attribute, group.value(attribute.key)) }
        append("/>\n")
    }

    private mutating func element(_ open: StaticString, _ text: String) {
        append(open)
        escape(text)
        append("\"/>\n")
    }

    private mutating func passOn() throws {
        guard bytes.count >= Self.pieceSize else { return }
        try write(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}

// Bytes.
extension ConfigurationWriter {
    /// The attributes of each element, in the order of the field catalogues, with the bytes that open them.
    private enum Shape {
        struct Attribute {
            let key: FieldKey
            let open: [UInt8]

            init(_ key: FieldKey) {
                self.key = key
                open = Array(" \(key.name)=\"".utf8)
            }
        }

        static let site = OwnXMLElement.site.fields.map(Attribute.init)
        static let clientProxies = OwnXMLElement.clientProxies.fields.map(Attribute.init)
        static let clientPorts = OwnXMLElement.clientPorts.fields.map(Attribute.init)
        static let general = OwnXMLElement.general.fields.map(Attribute.init)
        static let proxy = OwnXMLElement.proxy.fields.map(Attribute.init)
        static let softwareUpdatePoint = OwnXMLElement.softwareUpdatePoint.fields.map(Attribute.init)
        static let serviceConnectionPoint = OwnXMLElement.serviceConnectionPoint.fields.map(Attribute.init)
        static let distributionPoint = OwnXMLElement.distributionPoint.fields.map(Attribute.init)
        static let component = OwnXMLElement.softwareUpdatePointComponent.fields
            .filter { !SoftwareUpdatePointComponent.recurrenceFields.contains($0) }.map(Attribute.init)
        static let recurrence = SoftwareUpdatePointComponent.recurrenceFields.map(Attribute.init)
        static let componentLists: [(whole: OwnXMLElement, item: OwnXMLElement)] = [
            (.fileLanguages, .fileLanguage), (.summaryLanguages, .summaryLanguage),
            (.classifications, .classification), (.products, .product),
        ]
    }

    private mutating func append(_ attribute: Shape.Attribute, _ value: FieldValue) {
        bytes.append(contentsOf: attribute.open)
        switch value {
        case .nothing: break
        // No host of a list holds a semicolon.
        case .list(let texts): escape(texts.joined(separator: ";"))
        case .text(let text): escape(text)
        case .number(let number): bytes.append(contentsOf: String(number).utf8)
        case .flag(let flag): append(flag ? "true" : "false")
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends a text as it stands in an attribute. Tab and line ends are written as references, because a reader
    /// would make spaces of them.
    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { text in
            guard text.contains(where: Self.needsEscape) else { return bytes.append(contentsOf: text) }
            for byte in text { appendEscaped(byte) }
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
            || byte == UInt8(ascii: "\"")
    }

    private mutating func appendEscaped(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "&"): append("&amp;")
        case UInt8(ascii: "<"): append("&lt;")
        case UInt8(ascii: ">"): append("&gt;")
        case UInt8(ascii: "\""): append("&quot;")
        case 0x09: append("&#9;")
        case 0x0A: append("&#10;")
        case 0x0D: append("&#13;")
        default: bytes.append(byte)
        }
    }
}
