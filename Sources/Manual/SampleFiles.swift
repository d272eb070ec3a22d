/// A file of `content/samples/`.
public struct SampleFile: Sendable {
    /// The name to download it under.
    public let name: String
    public let bytes: [UInt8]
    /// What it shows, for people; of the hierarchy's files, the reason in the history.
    public let reason: String
}

/// The files that show what the portal does, before there is an export of one's own.
public struct SampleFiles: Sendable {
    /// The sample hierarchy, in the order in which its files are imported.
    public let hierarchy: [SampleFile]
    /// To preview: each shows what a file can have wrong, the one with most of it first.
    public let broken: [SampleFile]

    public var files: [SampleFile] { hierarchy + broken }

    private static let hierarchyFiles = [
        ("sample-hierarchy-1-first-export.xml", "Sample: the first export of the whole hierarchy"),
        ("sample-hierarchy-2-intended.xml", "Sample: changes that are not applied at the sites yet"),
        ("sample-hierarchy-3-newest-export.xml", "Sample: a newer export of one site"),
    ]

    private static let brokenFiles = [
        ("sample-broken.xml", "records of a site, nearly each wrong in its own way"),
        ("broken/own-xml.xml", "ProxyDesk’s own XML with parts it does not have"),
        ("broken/own-schedule.xml", "schedules told twice, and with a start that is no time"),
        ("broken/own-clients.xml", "ports of clients that are none, and plans of their proxies that cannot be"),
        ("broken/too-shallow.xml", "an export without -Depth 3"),
        ("broken/scattered-rows.xml", "rows of a database query, not in the order of their items"),
        ("broken/component.xml", "a software update point component, and products of no site"),
        ("broken/without-properties.xml", "items that lost the properties with the proxy"),
        ("broken/other-objects.xml", "PowerShell objects of something else"),
        ("broken/nothing.xml", "an export that found nothing"),
        ("broken/empty.xml", "a file without a byte"),
        ("broken/truncated.xml", "a copy that ended half way"),
        ("broken/malformed.xml", "an element closed under another name"),
        ("broken/trailing.xml", "more behind the end"),
        ("broken/declaration.xml", "an XML declaration that is none"),
        ("broken/encoding.xml", "an encoding the portal does not read"),
        ("broken/encoding-mark.xml", "a mark and a declaration that differ, as PowerShell writes them"),
        ("broken/doctype.xml", "a document type, which no export has"),
        ("broken/entity.xml", "a reference to an entity"),
        ("broken/processing-instruction.xml", "a processing instruction"),
        ("broken/xinclude.xml", "a request to read another file"),
        ("broken/too-deep.xml", "elements nested too deep"),
        ("broken/too-many-attributes.xml", "an element with too many attributes"),
    ]

    init(from content: inout ContentFolder) {
        hierarchy = Self.hierarchyFiles.compactMap { content.sample($0.0, $0.1) }
        broken = Self.brokenFiles.compactMap { content.sample($0.0, $0.1) }
    }
}

extension ContentFolder {
    fileprivate mutating func sample(_ name: String, _ reason: String) -> SampleFile? {
        bytes("samples/" + name).map {
            SampleFile(name: name.split(separator: "/").last.map(String.init) ?? name, bytes: $0, reason: reason)
        }
    }
}
