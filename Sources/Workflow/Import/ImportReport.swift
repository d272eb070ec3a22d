import Domain

/// How an import ended, or what it would do.
public struct ImportReport: Sendable {
    public var outcome: ImportOutcome
    /// Nil when no file was recognised.
    public var format: FileFormat?
    /// Site, item and component objects met.
    public var records = 0
    public var changeSet: Int?
    public var counts = ImportCounts()
    /// Whether the errors are all about single records, which can be left out.
    public var canLeaveOut = true
    /// All findings are counted, the first 10,000 kept.
    public var findingCounts: [Severity: Int] = [:]

    public init(outcome: ImportOutcome) { self.outcome = outcome }
}

public enum ImportOutcome: String, Sendable {
    case saved, rehearsed, rejected
}

/// One line of an import's list of changes.
public struct PlannedChange: Sendable, Equatable {
    public let entity: Entity
    public let key: String
    public let kind: PlannedKind
    public let fields: [FieldKey]

    public init(entity: Entity, key: String, kind: PlannedKind, fields: [FieldKey]) {
        self.entity = entity
        self.key = key
        self.kind = kind
        self.fields = fields
    }
}

/// What an import does to a record.
public enum PlannedKind: String, Sendable, CaseIterable {
    case added, changed, unchanged, rejected, removed
    /// The portal has it, a site the file covers has not, and nobody asked to remove it.
    case notInFile
}
