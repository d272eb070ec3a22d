import Domain

/// Brings what a batch says of one server together with what is stored of it (CONTRACTS 2 and 3).
struct ServerMerge {
    let options: ImportOptions
    /// Whether the batch says what a site has; otherwise it says what somebody wants.
    let isObservation: Bool
    /// When the observation was made; the change set's number is filled in by the commit.
    let time: Int64

    /// The record as the import would leave it, with what is to be said about it.
    struct Result {
        var record: ServerRecord
        var findings: [Finding]
        var isRefused: Bool
        /// The groups that were left out because their own rules refused them.
        var hasRefusedGroup: Bool
    }

    func merge(_ items: StagedServerItems, name: HostName, site: SiteCode, stored: ServerRecord?) -> Result {
        var judge = Judge(.fileImport, entity: .server, key: name.text)
        var record = stored ?? ServerRecord(name: name, site: site)
        record.site = site
        let agreed = Agreement(items).resolve(&judge)
        if let stored, stored.site != site {
            judge.find(
                .serverMoved, .serverSite, at: items.place,
                "\(name) was at site \(stored.site) and moves to \(site). Check that the file is the newer one.")
        }
        record.general = merge(agreed.general, into: record.general, at: items.place, &judge)
        record.proxy = merge(agreed.proxy, into: record.proxy, at: items.place, &judge)
        record.roles = merge(agreed.roles, into: record.roles, at: items.place, &judge)
        if isObservation { record.seen = Sighting(changeSet: 0, time: time) }
        return Result(
            record: record, findings: judge.findings, isRefused: judge.refuses, hasRefusedGroup: agreed.hasRefusedGroup)
    }

    private func merge<Group: FieldGroup>(
        _ staged: Agreed, into held: Held<Group>, at place: Place, _ judge: inout Judge
    ) -> Held<Group> {
        guard case .checked(let draft) = staged.group else { return held }
        guard let value = Group.check(draft, base: isObservation ? held.observed : held.intended, &judge) else {
            return held
        }
        guard isObservation else {
            return Held(intended: value == held.intended ? held.intended : value, observed: held.observed)
        }
        var merged = held
        let before = held.observed
        merged.observed = value == before ? before : value
        if held.intended == nil || held.intended == before || options.takeOver {
            merged.intended = merged.observed == held.intended ? held.intended : merged.observed
        } else if held.intended != value {
            keep(Group.difference(held.intended, value), at: staged.place ?? place, &judge)
        }
        return merged
    }

    private func keep(_ fields: [FieldKey], at place: Place, _ judge: inout Judge) {
        for field in fields {
            judge.find(
                .importPendingKept, field, at: place,
                "“\(field.label)” was changed here and the site does not have it yet, so the portal's value stays. "
                    + "Import with --take-over to take the site's value.")
        }
    }

    private func merge(
        _ staged: [AgreedRole], into roles: [HeldRole], at place: Place, _ judge: inout Judge
    ) -> [HeldRole] {
        guard !staged.isEmpty else { return roles }
        var merged = roles
        for item in staged {
            let index = merged.firstIndex { $0.name == item.name }
            var role = index.map { merged[$0] } ?? HeldRole(name: item.name, isObserved: false)
            update(&role, isNew: index == nil, with: item, &judge)
            if let index { merged[index] = role } else { merged.append(role) }
        }
        merged.sort { $0.name.folded < $1.name.folded }
        return merged
    }

    private func update(_ role: inout HeldRole, isNew: Bool, with item: AgreedRole, _ judge: inout Judge) {
        let base = isObservation ? role.observed : role.intended
        var value = base
        if case .checked(let draft) = item.details {
            value = RoleDetails.check(draft, of: item.name, base: base, &judge) ?? base
        }
        guard isObservation else {
            role.intended = value
            return
        }
        let before = role.observed
        if isNew || role.intended == nil || role.intended == before || options.takeOver {
            role.intended = value
        } else if role.intended != value {
            keep(RoleDetails.difference(role.intended, value), at: item.place, &judge)
        }
        role.observed = value
        role.isObserved = true
    }
}

/// A group on which all items of a batch agree.
struct Agreed {
    var group: StagedGroup = .untold
    var place: Place?
}

struct AgreedRole {
    let name: RoleName
    var details: StagedGroup
    let place: Place
}
