/// What a file says of the software update point component of a site: all of it, or the part that one object holds.
public struct ComponentDraft: Sendable {
    public let place: Place
    /// Nil when the record names no site.
    public let site: Sent?
    /// The fields `softwareUpdatePointComponent.…` that the file tells.
    public let fields: Draft

    public init(place: Place, site: Sent?, fields: Draft) {
        self.place = place
        self.site = site
        self.fields = fields
    }
}

/// A product or a classification of software updates: it names no site, and belongs to the top-level site's component.
public struct UpdateCategoryDraft: Sendable {
    public let place: Place
    public let kind: Kind
    public let name: Sent
    public let isSubscribed: Bool

    public enum Kind: String, Sendable, CaseIterable {
        case product, classification

        /// The list of the component that holds such categories.
        public var field: FieldKey { self == .product ? .supcProducts : .supcClassifications }
    }

    public init(place: Place, kind: Kind, name: Sent, isSubscribed: Bool) {
        self.place = place
        self.kind = kind
        self.name = name
        self.isSubscribed = isSubscribed
    }
}
