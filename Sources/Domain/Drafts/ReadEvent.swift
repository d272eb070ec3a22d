/// What a reader tells while the bytes of a file pass through it.
public enum ReadEvent: Sendable {
    case record(RecordDraft)
    case finding(Finding)
}

/// What a reader knows when a file has ended.
public struct ReadSummary: Sendable, Equatable {
    /// Nil when the file was refused before its format was known.
    public var format: FileFormat?
    /// Site, item and component objects met.
    public var records = 0
    /// Bytes that were fed.
    public var bytes: Int64 = 0

    public init() {}
}

/// The formats the portal reads, by the name reports use.
public enum FileFormat: String, Sendable, CaseIterable {
    /// Objects as PowerShell's Export-Clixml writes them: an observation of a site.
    case clixml
    /// The same as ConvertTo-Xml writes them.
    case convertToXML = "convertto-xml"
    /// WMI's own XML, as wmic writes it.
    case cimXML = "cim-xml"
    /// Our own configuration XML: an intention.
    case proxydesk

    /// Whether it says what a site has; otherwise it says what somebody wants.
    public var isObservation: Bool { self != .proxydesk }
}
