/// Software update points of a site that are set alike: what is set, on how many servers, and one of these.
public struct SoftwareUpdatePointVariant: Sendable, Equatable {
    public let details: SoftwareUpdatePoint
    public let server: HostName
    public let servers: Int

    public init(details: SoftwareUpdatePoint, server: HostName, servers: Int) {
        self.details = details
        self.server = server
        self.servers = servers
    }

    /// What is compared; the store groups by these.
    public static let compared: [FieldKey] = [
        .supUseProxyForSynchronization, .supUseProxyForADR, .supHTTPPort, .supHTTPSPort, .supRequireSSL,
    ]

    /// How many software update points of a site are compared, the first by name: no site has as many.
    public static let mostCompared = 1_000

    /// Puts together those that are set alike, under the first of them by name, in the order of these names.
    public static func grouping(
        _ points: [(server: HostName, details: SoftwareUpdatePoint)]
    ) -> [SoftwareUpdatePointVariant] {
        var groups: [[FieldValue]: (first: HostName, details: SoftwareUpdatePoint, servers: Int)] = [:]
        for (server, details) in points {
            let values = compared.map(details.value)
            var group = groups[values] ?? (server, details, 0)
            group.servers += 1
            if server.folded < group.first.folded { group.first = server }
            groups[values] = group
        }
        return groups.values.sorted { $0.first.folded < $1.first.folded }
            .map { SoftwareUpdatePointVariant(details: $0.details, server: $0.first, servers: $0.servers) }
    }
}

/// The rule between the software update points of a site.
public enum SoftwareUpdatePointRules {
    /// What differs between them, as a warning about the site: the product allows it, and it is often an oversight.
    public static func findings(
        for variants: [SoftwareUpdatePointVariant], at site: SiteCode, on occasion: Occasion
    ) -> [Finding] {
        let differences = SoftwareUpdatePointVariant.compared.compactMap { difference(of: variants, in: $0) }
        guard !differences.isEmpty else { return [] }
        var judge = Judge(occasion, entity: .site, key: site.text)
        judge.find(
            .supSiteDiffer, nil,
            "The software update points of \(site) are not set alike. " + differences.joined(separator: " ")
                + " Set them alike on the General tab of the component and on the servers’ Roles tabs, if the difference is not meant."
        )
        return judge.findings
    }

    /// A sentence for a field that differs; nil for one that does not.
    private static func difference(of variants: [SoftwareUpdatePointVariant], in field: FieldKey) -> String? {
        var byValue: [(value: FieldValue, server: HostName, servers: Int)] = []
        var indices: [FieldValue: Int] = [:]
        for variant in variants {
            let value = variant.details.value(field)
            if let index = indices[value] {
                byValue[index].servers += variant.servers
            } else {
                indices[value] = byValue.count
                byValue.append((value, variant.server, variant.servers))
            }
        }
        guard byValue.count > 1 else { return nil }
        let parts = byValue.prefix(3).map { entry in
            let others =
                entry.servers == 1 ? "" : entry.servers == 2 ? " and another" : " and \(entry.servers - 1) others"
            return "\(words(entry.value)) at \(entry.server)\(others)"
        }
        let isCut = byValue.count > parts.count
        let told =
            isCut
            ? parts.joined(separator: ", ")
            : parts.dropLast().joined(separator: ", ") + " and \(parts[parts.count - 1])"
        return "“\(field.label)” is \(told)" + (isCut ? " and so on." : ".")
    }

    private static func words(_ value: FieldValue) -> String {
        switch value {
        case .flag(let isOn): isOn ? "on" : "off"
        default: value.text
        }
    }
}
