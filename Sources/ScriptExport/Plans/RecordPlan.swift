import Domain

// What the stored records ask for: the site is brought to what is intended, or back to what was last seen there.
extension ServerPlan {
    /// - Parameter takesBack: whether what was observed is the target.
    init(_ record: ServerRecord, takesBack: Bool) {
        self.init(name: record.name, site: record.site, isSeen: record.isSeenAtSite)
        if !isSeen, takesBack {
            notes = [Sentence.addedServer]
            return
        }
        general = Self.step(record.general, takesBack: takesBack, group: "General")
        proxy = Self.step(record.proxy, takesBack: takesBack, group: "Proxy")
        roles = record.roles.compactMap { Self.plan($0, takesBack: takesBack) }
        roles += record.droppedRoles.map { Self.plan(dropped: $0, takesBack: takesBack) }
        proxyAfter =
            takesBack
            ? record.proxy.observed ?? record.proxy.intended : record.proxy.intended ?? record.proxy.observed
    }

    private static func step<Group: FieldGroup>(
        _ held: Held<Group>, takesBack: Bool, group: String
    ) -> PlannedStep<Group>? {
        guard let intended = held.intended, !Group.difference(intended, held.observed).isEmpty else { return nil }
        switch (held.observed, takesBack) {
        case (nil, false): return .neverObserved(to: intended)
        case (nil, true): return .note("\(group): no export has shown it, so there is nothing to take it back to.")
        case (let observed?, false): return .set(from: [observed], to: intended)
        case (let observed?, true): return .set(from: [intended], to: observed)
        }
    }

    private static func plan(_ role: HeldRole, takesBack: Bool) -> RolePlan? {
        if role.pending.isEmpty { return nil }
        guard role.isObserved else {
            if takesBack { return RolePlan(name: role.name, note: Sentence.addedRole) }
            return RolePlan(name: role.name, isMissing: true, step: role.intended.map { .neverObserved(to: $0) })
        }
        guard let intended = role.intended else { return nil }
        guard let observed = role.observed else {
            return RolePlan(
                name: role.name,
                step: takesBack ? .note(Sentence.nothingToTakeBack) : .neverObserved(to: intended))
        }
        return RolePlan(
            name: role.name,
            step: takesBack ? .set(from: [intended], to: observed) : .set(from: [observed], to: intended))
    }

    private static func plan(dropped role: HeldRole, takesBack: Bool) -> RolePlan {
        RolePlan(name: role.name, note: takesBack ? Sentence.droppedRoleStays : Sentence.droppedRole)
    }

    /// What scripts say where they do nothing.
    enum Sentence {
        static let droppedRole =
            "taken out in the portal. No script removes a role: remove it in the console, if that is meant."
        static let droppedRoleStays = "taken out in the portal alone; the site has it still, so nothing is taken back."
        static let addedRole =
            "added in the portal. No script removes a role: remove it in the console, if it was added."
        static let nothingToTakeBack = "no export has shown its settings, so there is nothing to take them back to."
        static let removedServer =
            "taken out of the portal. No script removes a server: remove it in the console, if that is meant."
        static let removedServerStays =
            "taken out of the portal alone; the site was told nothing, so nothing is taken back."
        static let addedServer =
            "added in the portal. No script removes a server: remove it in the console, if it was created."
        static let gone = "no longer in the site’s export, so there is nothing to do at the site."
        static let notToldBefore =
            "the portal was not told it before the change set, so there is nothing to take it back to."
    }
}

extension ServerRecord {
    /// Whether an export has shown the server, or a part of it.
    fileprivate var isSeenAtSite: Bool {
        seen != nil || general.observed != nil || proxy.observed != nil || !droppedRoles.isEmpty
            || roles.contains(where: \.isObserved)
    }
}

extension ComponentPlan {
    /// Nil when nothing waits to be written.
    init?(_ record: ComponentRecord, isChild: Bool, takesBack: Bool) {
        guard let intended = record.component.intended else { return nil }
        let observed = record.component.observed
        // What nobody told here is the site's own affair, in either direction.
        let changed = record.pending.filter { field in
            SoftwareUpdatePointComponent.scheduleFields.contains(field)
                ? intended.tellsSchedule : intended.value(field) != .nothing
        }
        self.init(
            site: record.site, isChild: isChild, from: [takesBack ? intended : observed].compactMap { $0 },
            to: takesBack ? observed : intended, observed: observed, changed: changed,
            goesBack: takesBack ? "no export has shown it, so there is nothing to take it back to." : nil)
    }
}
