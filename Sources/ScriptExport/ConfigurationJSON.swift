import Domain

/// The configuration as JSON (CONTRACTS 7): sites, components and servers, each sorted by the caller.
///
/// Servers are written one by one, so that a hundred thousand of them need no more memory than one.
public struct ConfigurationJSON {
    private let write: ([UInt8]) throws -> Void
    private var isFirstServer = true

    /// - Parameter write: takes the text piece by piece.
    public init(_ write: @escaping ([UInt8]) throws -> Void) { self.write = write }

    /// - Parameter findings: the findings of a component, by site.
    public mutating func begin(
        sites: [Site], components: [ComponentRecord], findings: [SiteCode: [Finding]]
    ) throws {
        var writer = JSONWriter(reserving: 4096)
        writer.array { writer in
            for site in sites { writer.object { $0.siteMembers(site) } }
        }
        try write(Array("{\"format\":\"proxydesk-configuration\",\"version\":1,\"sites\":".utf8))
        try write(writer.bytes)
        try write(Array(",\"components\":".utf8))
        writer = JSONWriter(reserving: 4096)
        writer.array { writer in
            for record in components { writer.component(record, findings: findings[record.site] ?? []) }
        }
        try write(writer.bytes)
        try write(Array(",\"servers\":[".utf8))
    }

    /// - Parameter flows: those that the server's roles bring about.
    public mutating func server(_ record: ServerRecord, flows: [TrafficFlow], findings: [Finding]) throws {
        var writer = JSONWriter(reserving: 1024)
        writer.server(record, flows: flows, findings: findings)
        try write(Array((isFirstServer ? "\n" : ",\n").utf8))
        try write(writer.bytes)
        isFirstServer = false
    }

    public mutating func end() throws { try write(Array("]}\n".utf8)) }
}

extension JSONWriter {
    /// One server, as `export` and `show` print it.
    public mutating func server(_ record: ServerRecord, flows: [TrafficFlow], findings: [Finding]) {
        object { writer in
            writer.member("name", record.name.text)
            writer.member("site", record.site.text)
            writer.member("revision", record.revision)
            writer.told(general: record.general.isTold, proxy: record.proxy.isTold)
            writer.key("pending")
            writer.array { writer in for field in record.pending { writer.value(field.rawValue) } }
            writer.serverMembers(
                general: record.general.intended, proxy: record.proxy.intended,
                roles: record.roles.map { ($0.name, $0.intended) })
            writer.key("flows")
            writer.array { writer in for flow in flows { writer.flow(flow) } }
            writer.key("findings")
            writer.array { writer in for finding in findings { writer.finding(finding) } }
        }
    }

    /// One software update point component: the fields of what is intended, null where nobody told them.
    fileprivate mutating func component(_ record: ComponentRecord, findings: [Finding]) {
        object { writer in
            writer.member("site", record.site.text)
            writer.member("revision", record.revision)
            writer.key("pending")
            writer.array { writer in for field in record.pending { writer.value(field.rawValue) } }
            writer.componentMembers(record.component.intended ?? SoftwareUpdatePointComponent())
            writer.key("findings")
            writer.array { writer in for finding in findings { writer.finding(finding) } }
        }
    }

    /// A finding, as every report prints it.
    public mutating func finding(_ finding: Finding) {
        object { writer in
            writer.member("code", finding.code.rawValue)
            writer.member("severity", finding.severity.rawValue)
            writer.member("entity", finding.entity?.rawValue)
            writer.member("key", finding.entity == nil ? nil : finding.key)
            writer.member("field", finding.field?.rawValue)
            writer.member("file", finding.place.file)
            writer.optional("line", finding.place.line)
            writer.optional("column", finding.place.column)
            writer.member("message", finding.message)
        }
    }

    private mutating func optional(_ name: String, _ number: Int?) {
        if let number { member(name, number) } else { member(name, FieldValue.nothing) }
    }
}
