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
        /// Whether a group was left out because its own rules refused it.
        var hasRefusedGroup: Bool
        /// The groups the batch told, well or badly.
        var toldGroups: [String]
        /// Whether the batch told both groups of the server.
        var tellsServer: Bool
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
        mergeRoles(agreed.roles, into: &record, &judge)
        if isObservation {
            record.see(at: time, general: agreed.general.isTold, proxy: agreed.proxy.isTold)
        }
        return Result(
            record: record, findings: judge.findings, isRefused: judge.refuses, hasRefusedGroup: agreed.hasRefusedGroup,
            toldGroups: agreed.toldGroups,
            tellsServer: agreed.general.group != .untold && agreed.proxy.group != .untold)
    }

    private func merge<Group: FieldGroup>(
        _ staged: Agreed, into held: Held<Group>, at place: Place, _ judge: inout Judge
    ) -> Held<Group> {
        guard case .checked(let draft) = staged.group else { return held }
        // Its own findings were told when it was read; only what depends on the stored value is new.
        var again = Judge(.fileImport, entity: judge.entity, key: judge.key)
        let base = isObservation ? held.observed ?? held.intended : held.intended
        guard let value = Group.check(draft, base: base, &again) else { return held }
        for finding in again.findings where finding.code == .proxyPortAssumed { judge.take(finding) }
        guard isObservation else {
            return Held(intended: value == held.intended ? held.intended : value, observed: held.observed)
        }
        var merged = held
        let before = held.observed
        merged.observed = value == before ? before : value
        if held.intended == nil || held.intended == before || options.takeOver {
            merged.intended = merged.observed == held.intended ? held.intended : merged.observed
        } else if held.intended != value {
            judge.tellKept(Group.difference(held.intended, value), at: staged.place ?? place)
        }
        return merged
    }

    private func mergeRoles(_ staged: [AgreedRole], into record: inout ServerRecord, _ judge: inout Judge) {
        for item in staged {
            if let index = record.droppedRoles.firstIndex(where: { $0.name == item.name }) {
                mergeDropped(index, item, into: &record, &judge)
                continue
            }
            let index = record.roles.firstIndex { $0.name == item.name }
            var role = index.map { record.roles[$0] } ?? HeldRole(name: item.name, isObserved: false)
            update(&role, isNew: index == nil, with: item, &judge)
            if let index { record.roles[index] = role } else { record.roles.append(role) }
        }
        record.roles.sort { $0.name.folded < $1.name.folded }
    }

    /// A role that was taken out here and is still at the site: it stays out until somebody takes the site's word.
    private func mergeDropped(_ index: Int, _ item: AgreedRole, into record: inout ServerRecord, _ judge: inout Judge) {
        guard isObservation, !options.takeOver else {
            var role = HeldRole(name: item.name, isObserved: record.droppedRoles.remove(at: index).isObserved)
            update(&role, isNew: true, with: item, &judge)
            record.roles.append(role)
            return
        }
        update(&record.droppedRoles[index], isNew: false, isDropped: true, with: item, &judge)
        judge.find(
            .importPendingKept, .roleName, at: item.place,
            "The role \(item.name) was taken out here and the site still has it, so it stays out. Remove it at the site. To "
                + "have it back, choose so in the preview, or import with --take-over.")
    }

    private func update(
        _ role: inout HeldRole, isNew: Bool, isDropped: Bool = false, with item: AgreedRole, _ judge: inout Judge
    ) {
        if isObservation { role.isObserved = true }
        guard case .checked(let draft) = item.details else { return }
        var again = Judge(.fileImport)
        let value = RoleDetails.check(
            draft, of: item.name, base: isObservation ? role.observed ?? role.intended : role.intended, &again)
        guard isObservation else {
            role.intended = value
            return
        }
        let before = role.observed
        role.observed = value
        if isDropped { return }
        if isNew || role.intended == nil || role.intended == before || options.takeOver {
            role.intended = value
        } else if role.intended != value {
            judge.tellKept(RoleDetails.difference(role.intended, value), at: item.place)
        }
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

extension Judge {
    /// The site has other values than what was changed here and waits to be applied there.
    mutating func tellKept(_ fields: [FieldKey], at place: Place) {
        for field in fields {
            find(
                .importPendingKept, field, at: place,
                "“\(field.label)” was changed here and the site does not have it yet, so the portal's value stays. "
                    + "To take the site's value, choose so in the preview, or import with --take-over.")
        }
    }
}
