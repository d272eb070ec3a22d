/// Everything the portal keeps of a site's software update point component.
public struct ComponentRecord: Sendable, Equatable {
    public let site: SiteCode
    public var component: Held<SoftwareUpdatePointComponent>
    /// The number of the change that last wrote it; 0 before there is one.
    public var revision: Int
    /// Nil when no export has shown it.
    public var seen: Sighting?

    public init(
        site: SiteCode, component: Held<SoftwareUpdatePointComponent> = Held(), revision: Int = 0, seen: Sighting? = nil
    ) {
        self.site = site
        self.component = component
        self.revision = revision
        self.seen = seen
    }

    /// The fields in which the intention differs from what the site was last seen to have.
    public var pending: [FieldKey] {
        SoftwareUpdatePointComponent.difference(component.intended, component.observed)
    }
}

/// The rules of a component beyond the shape of its values.
public enum ComponentRules {
    /// All policy findings of what a component is meant to be.
    ///
    /// - Parameter points: the folded names of the site's software update points.
    public static func findings(
        for record: ComponentRecord, points: Set<String>, on occasion: Occasion
    ) -> [Finding] {
        var judge = Judge(occasion, entity: .component, key: record.site.text)
        for doubt in record.component.intended?.doubts ?? [] {
            judge.find(doubt.problem.code, doubt.field, doubt.problem.message)
        }
        if let name = record.component.intended?.defaultServer, !points.contains(name.folded) {
            judge.find(
                .componentDefaultUnknown, .supcDefaultServer,
                "The default software update point is \(name), which is no software update point of \(record.site) here. Choose one of the site, or add the role to that server."
            )
        }
        return judge.findings
    }
}
