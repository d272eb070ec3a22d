import Domain

/// What several items of one batch say of the same server: the same thing is one record, different things are an error
/// that names both lines, and `SMS Site System` beats `SMS Site Server` (CONTRACTS 2 and 3).
struct Agreement {
    private let items: StagedServerItems

    init(_ items: StagedServerItems) { self.items = items }

    struct Resolved {
        var general = Agreed()
        var proxy = Agreed()
        var roles: [AgreedRole] = []
        var hasRefusedGroup = false
    }

    func resolve(_ judge: inout Judge) -> Resolved {
        var resolved = Resolved()
        for source in [ServerDraft.Source.siteSystem, .siteServer] {
            let servers = items.servers.filter { $0.source == source }
            guard let first = servers.first else { continue }
            for other in servers.dropFirst() { compare(first, other, &judge) }
            take(first, into: &resolved, &judge)
        }
        for role in items.roles { take(role, into: &resolved, &judge) }
        resolved.hasRefusedGroup =
            resolved.general.group == .refused || resolved.proxy.group == .refused
            || resolved.roles.contains { $0.details == .refused }
        return resolved
    }

    private func take(_ server: StagedServer, into resolved: inout Resolved, _ judge: inout Judge) {
        if resolved.general.group == .untold { resolved.general = Agreed(group: server.general, place: server.place) }
        guard server.proxy != .untold else { return }
        if resolved.proxy.group == .untold {
            resolved.proxy = Agreed(group: server.proxy, place: server.place)
        } else if !agree(resolved.proxy.group, server.proxy, as: Proxy.self) {
            judge.find(
                .proxySourcesDisagree, .proxyServer, at: server.place,
                "The items SMS Site System and SMS Site Server say different things about the proxy. SMS Site System's was taken; check the Proxy tab in the console."
            )
        }
    }

    private func take(_ role: StagedRole, into resolved: inout Resolved, _ judge: inout Judge) {
        guard let index = resolved.roles.firstIndex(where: { $0.name == role.role }) else {
            resolved.roles.append(AgreedRole(name: role.role, details: role.details, place: role.place))
            return
        }
        let before = resolved.roles[index]
        let agrees =
            before.details == .untold || role.details == .untold || agree(before.details, role.details, of: role.role)
        tellTwice(agrees, "role \(role.role)", at: role.place, before: before.place, &judge)
        if before.details == .untold { resolved.roles[index].details = role.details }
    }

    private func compare(_ first: StagedServer, _ other: StagedServer, _ judge: inout Judge) {
        let agrees =
            (first.general == .untold || other.general == .untold
                || agree(first.general, other.general, as: General.self))
            && (first.proxy == .untold || other.proxy == .untold || agree(first.proxy, other.proxy, as: Proxy.self))
        tellTwice(agrees, "the server", at: other.place, before: first.place, &judge)
    }

    private func tellTwice(_ agrees: Bool, _ what: String, at place: Place, before: Place, _ judge: inout Judge) {
        let lines = "line \(before.line ?? 0) and line \(place.line ?? 0)"
        if agrees {
            judge.find(
                .importRecordSame, nil, at: place,
                "The file has \(what) twice, in \(lines), with the same values. They were read as one; there is nothing to do."
            )
        } else {
            judge.find(
                .importRecordDiffers, nil, at: place,
                "The file has \(what) twice, in \(lines), with different values. Export the site again, or remove one of them."
            )
        }
    }

    private func agree<Group: FieldGroup>(_ left: StagedGroup, _ right: StagedGroup, as group: Group.Type) -> Bool {
        guard case .checked(let one) = left, case .checked(let other) = right else { return left == right }
        var judge = Judge(.fileImport)
        return Group.check(one, base: nil, &judge) == Group.check(other, base: nil, &judge)
    }

    private func agree(_ left: StagedGroup, _ right: StagedGroup, of role: RoleName) -> Bool {
        guard case .checked(let one) = left, case .checked(let other) = right else { return left == right }
        var judge = Judge(.fileImport)
        return RoleDetails.check(one, of: role, base: nil, &judge)
            == RoleDetails.check(other, of: role, base: nil, &judge)
    }
}
