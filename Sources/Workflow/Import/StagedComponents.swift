import Domain

/// What one object of a file tells of a component, checked by its own rules.
public struct StagedComponent: Sendable {
    /// Nil when the record names none.
    public let site: SiteCode?
    public let place: Place
    public let fields: StagedGroup

    public init(site: SiteCode?, place: Place, fields: StagedGroup) {
        self.site = site
        self.place = place
        self.fields = fields
    }
}

/// A product or classification of a file.
public struct StagedUpdateCategory: Sendable {
    public let kind: UpdateCategoryDraft.Kind
    public let place: Place
    /// Nil when it is not subscribed: that the file tells such categories at all is then what counts.
    public let name: String?

    public init(kind: UpdateCategoryDraft.Kind, place: Place, name: String?) {
        self.kind = kind
        self.place = place
        self.name = name
    }
}

/// What an import will write for a component.
public struct PlannedComponent: Sendable {
    public let record: ComponentRecord
    public let stored: ComponentRecord?
    public let kind: PlannedKind
    public let fields: [FieldKey]
    /// Whether a value set here stays although the site has another.
    public let isKept: Bool

    public init(record: ComponentRecord, stored: ComponentRecord?, kind: PlannedKind, fields: [FieldKey], isKept: Bool)
    {
        self.record = record
        self.stored = stored
        self.kind = kind
        self.fields = fields
        self.isKept = isKept
    }
}
