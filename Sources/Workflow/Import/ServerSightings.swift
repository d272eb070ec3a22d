import Domain

// When a batch that says what a site has shows a server and its groups: the number of its change set is filled in by the
// commit.
extension ServerRecord {
    /// Notes that the server is in the batch, with the groups that could be read.
    mutating func see(at time: Int64, general: Bool = false, proxy: Bool = false) {
        seen = Sighting(changeSet: Sightings.thisImport, time: time)
        sightings.isServerStale = false
        if general { sightings.general = Sightings.thisImport }
        if proxy { sightings.proxy = Sightings.thisImport }
    }

    /// Notes which of the server's roles are in a batch that speaks of the roles of its site.
    ///
    /// A role that was taken out here and is at the site no more is settled.
    ///
    /// - Parameters:
    ///   - present: the roles the batch has on the server.
    ///   - isComplete: whether all the batch says of the server could be read; otherwise a role it lacks may be there.
    ///   - before: the server as it was.
    mutating func see(roles present: Set<RoleName>, isComplete: Bool, before: ServerRecord?) {
        sightings.roles = Sightings.thisImport
        if isComplete { droppedRoles.removeAll { !present.contains($0.name) } }
        for role in roles + droppedRoles {
            let key = role.name.folded
            guard let before, role.isObserved, !present.contains(role.name),
                let last = before.lastSighting(of: role) ?? before.seen?.changeSet
            else {
                sightings.earlierRoles[key] = nil
                continue
            }
            let wasStale = before.sightings.earlierRoles[key]?.isStale ?? false
            sightings.earlierRoles[key] = RoleSighting(changeSet: last, isStale: isComplete || wasStale)
        }
    }

    /// Takes roles out: of those the site has no more, with what is known of when they were seen.
    ///
    /// - Parameter isAtSite: whether the site may still have them; then what was seen of them is remembered as taken out
    ///   here, and waits to be removed there. A stale role is gone there.
    mutating func removeRoles(isAtSite: Bool, _ isRemoved: (HeldRole) -> Bool) {
        for role in roles where isRemoved(role) {
            if isAtSite, role.isObserved, !isStale(role) {
                droppedRoles.append(HeldRole(name: role.name, observed: role.observed, isObserved: true))
            } else {
                sightings.earlierRoles[role.name.folded] = nil
            }
        }
        roles.removeAll(where: isRemoved)
        droppedRoles.sort { $0.name.folded < $1.name.folded }
    }
}

extension Agreed {
    /// Whether the batch says what the group is.
    var isTold: Bool { if case .checked = group { true } else { false } }
}
