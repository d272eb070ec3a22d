import Domain

/// What a script is made from: the part of the configuration it is for, read as often as the script has parts.
public struct ScriptSource {
    let eachPlan: ((ServerPlan) throws -> Void) throws -> Void
    let components: [ComponentPlan]
    /// What else a reader should know, such as a change that says nothing to a site.
    let notes: [String]

    /// The stored records.
    ///
    /// - Parameters:
    ///   - components: those of the sites it is for; none for a single server.
    ///   - sites: all sites, to tell which are below another.
    ///   - eachServer: calls its argument with each server it is for, by folded name; it is called more than once.
    public static func records(
        components: [ComponentRecord], sites: [Site], takesBack: Bool,
        eachServer: @escaping ((ServerRecord) throws -> Void) throws -> Void
    ) -> ScriptSource {
        let isChild = childTest(sites)
        return ScriptSource(
            eachPlan: { body in
                try eachServer { record in
                    let plan = ServerPlan(record, takesBack: takesBack)
                    if !plan.isEmpty || !plan.isSeen { try body(plan) }
                }
            },
            components: components.compactMap {
                ComponentPlan($0, isChild: isChild($0.site), takesBack: takesBack)
            }, notes: [])
    }

    /// One change set.
    ///
    /// - Parameters:
    ///   - comesFromSite: whether the set is the import of a site's export: what it took out is not at the site either.
    ///   - eachChange: calls its argument with each change of the set, in order; it is called more than once.
    public static func changeSet(
        sites: [Site], comesFromSite: Bool, takesBack: Bool,
        eachChange: @escaping ((Change) throws -> Void) throws -> Void
    ) throws -> ScriptSource {
        let isChild = childTest(sites)
        var components: [ComponentPlan] = []
        var changesSites = false
        try eachChange { change in
            if change.entity == .site { changesSites = true }
            if let plan = ComponentPlan(change, isChild: isChild, takesBack: takesBack) { components.append(plan) }
        }
        return ScriptSource(
            eachPlan: { body in
                try eachChange { change in
                    let plan = ServerPlan(change, comesFromSite: comesFromSite, takesBack: takesBack)
                    guard let plan, !plan.isEmpty else { return }
                    try body(plan)
                }
            },
            components: components,
            notes: changesSites
                ? [
                    "The set also changed what the portal keeps of sites. No cmdlet takes that: there is nothing to apply."
                ]
                : [])
    }

    private static func childTest(_ sites: [Site]) -> (SiteCode) -> Bool {
        let children = Set(sites.filter { $0.parent != nil || $0.type == .secondary }.map(\.code))
        return { children.contains($0) }
    }
}
