import Domain

// What one change asks for: the groups it changed, forward to what it made of them, or back to what they were.
extension ServerPlan {
    /// Nil for a change of another entity, or of a name that is none.
    ///
    /// - Parameter comesFromSite: whether the change came from a site's export.
    init?(_ change: Change, comesFromSite: Bool, takesBack: Bool) {
        guard change.entity == .server, let name = HostName.check(change.key, label: "").value else { return nil }
        let before = change.before.flatMap(HistoryDocument.init)
        let after = change.after.flatMap(HistoryDocument.init)
        guard let site = after?.site ?? before?.site else { return nil }
        self.init(name: name, site: site, isSeen: true)
        guard let after else {
            notes = [
                comesFromSite
                    ? Sentence.gone : takesBack ? Sentence.removedServerStays : Sentence.removedServer
            ]
            return
        }
        isSeen = !after.observed.isEmpty
        if before == nil, takesBack {
            notes = [Sentence.addedServer]
            return
        }
        let states = States(
            before: before?.intended, after: after.intended, observed: after.observed, comesFromSite: comesFromSite)
        general = states.step(\.general, takesBack: takesBack, group: "General")
        proxy = states.step(\.proxy, takesBack: takesBack, group: "Proxy")
        roles = states.roles(takesBack: takesBack)
        proxyAfter = (takesBack ? before?.intended.proxy : after.intended.proxy) ?? after.observed.proxy
    }

    /// The three states a change speaks of.
    private struct States {
        let before: HistoryDocument.ServerState?
        let after: HistoryDocument.ServerState
        let observed: HistoryDocument.ServerState
        let comesFromSite: Bool

        func step<Group: FieldGroup>(
            _ path: KeyPath<HistoryDocument.ServerState, Group?>, takesBack: Bool, group: String
        ) -> PlannedStep<Group>? {
            let (old, new, seen) = (before?[keyPath: path], after[keyPath: path], observed[keyPath: path])
            guard (old == nil) != (new == nil) || !Group.difference(old, new).isEmpty else { return nil }
            guard let target = takesBack ? old : new else {
                return takesBack ? .note("\(group): \(Sentence.notToldBefore)") : nil
            }
            let source = takesBack ? new : old
            return Self.step(to: target, from: source, seen: seen, takesBack: takesBack) {
                Group.difference($0, $1).isEmpty
            }
        }

        /// The site may have what stood here on the other side of the change, or what an export last showed.
        static func step<Group: Equatable>(
            to target: Group, from source: Group?, seen: Group?, takesBack: Bool, isSame: (Group, Group) -> Bool
        ) -> PlannedStep<Group>? {
            guard let seen else { return .neverObserved(to: target) }
            // What an export showed already needs nobody to bring it about.
            if !takesBack, isSame(seen, target) { return nil }
            let states = [source, seen].compactMap { $0 }.filter { !isSame($0, target) }
            let unique = states.enumerated().filter { index, state in !states[..<index].contains { isSame($0, state) } }
            return .set(from: unique.map(\.element), to: target)
        }

        func roles(takesBack: Bool) -> [RolePlan] {
            let keys = Set(after.roles.keys).union(before?.roles.keys ?? [:].keys)
            return keys.sorted().compactMap { role($0, takesBack: takesBack) }
        }

        private func role(_ key: String, takesBack: Bool) -> RolePlan? {
            let (old, new) = (before?.roles[key], after.roles[key])
            guard let name = (new ?? old)?.name else { return nil }
            guard let old else { return added(name, new?.details, takesBack: takesBack) }
            guard let new else {
                if comesFromSite, observed.roles[key] == nil { return RolePlan(name: name, note: Sentence.gone) }
                return RolePlan(name: name, note: takesBack ? Sentence.droppedRoleStays : Sentence.droppedRole)
            }
            return changed(name, old.details, new.details, takesBack: takesBack)
        }

        private func added(_ name: RoleName, _ details: RoleDetails?, takesBack: Bool) -> RolePlan? {
            // What the import of an export added is at the site, and needs nothing in either direction.
            if observed.roles[name.folded] != nil { return nil }
            if takesBack { return RolePlan(name: name, note: Sentence.addedRole) }
            return RolePlan(name: name, isMissing: true, step: details.map { .neverObserved(to: $0) })
        }

        private func changed(
            _ name: RoleName, _ old: RoleDetails?, _ new: RoleDetails?, takesBack: Bool
        ) -> RolePlan? {
            guard !RoleDetails.difference(old, new).isEmpty else { return nil }
            guard let target = takesBack ? old : new else {
                return takesBack ? RolePlan(name: name, note: Sentence.notToldBefore) : nil
            }
            let seen = observed.roles[name.folded]
            let step = Self.step(to: target, from: takesBack ? new : old, seen: seen?.details, takesBack: takesBack) {
                RoleDetails.difference($0, $1).isEmpty
            }
            return step.map { RolePlan(name: name, isMissing: seen == nil, step: $0) }
        }
    }
}

extension ComponentPlan {
    /// Nil for a change of another entity, and when there is nothing to write.
    init?(_ change: Change, isChild: (SiteCode) -> Bool, takesBack: Bool) {
        guard change.entity == .component, let site = SiteCode.check(change.key).value else { return nil }
        let before = change.before.flatMap(HistoryDocument.init)?.intendedComponent
        let document = change.after.flatMap(HistoryDocument.init)
        let (after, observed) = (document?.intendedComponent, document?.observedComponent)
        let target = takesBack ? before : after
        let changed = SoftwareUpdatePointComponent.difference(before, after).filter { field in
            takesBack || target?.value(field) != observed?.value(field)
        }
        self.init(
            site: site, isChild: isChild(site), from: [takesBack ? after : before, observed].compactMap { $0 },
            to: target, observed: observed, changed: changed,
            goesBack: takesBack ? ServerPlan.Sentence.notToldBefore : nil)
    }
}
