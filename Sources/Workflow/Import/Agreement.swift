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

        var hasRefusedGroup: Bool {
            general.group == .refused || proxy.group == .refused || roles.contains { $0.details == .refused }
        }

        /// The groups that were told, by the names of their fields.
        var toldGroups: [String] {
            let roleGroups = roles.filter { $0.details != .untold }
                .compactMap { RoleDetails.fields(of: $0.name).first?.key.group }
            return ["server", "role"] + (general.group == .untold ? [] : ["general"])
                + (proxy.group == .untold ? [] : ["proxy"]) + roleGroups
        }
    }

    func resolve(_ judge: inout Judge) -> Resolved {
        var resolved = fold(items.servers.filter { $0.source == .siteSystem }, &judge)
        let second = fold(items.servers.filter { $0.source == .siteServer }, &judge)
        if resolved.general.group == .untold { resolved.general = second.general }
        if resolved.proxy.group == .untold {
            resolved.proxy = second.proxy
        } else if second.proxy.group != .untold, !agree(resolved.proxy.group, second.proxy.group, as: Proxy.self) {
            judge.find(
                .proxySourcesDisagree, .proxyServer, at: second.proxy.place ?? items.place,
                "The items SMS Site System and SMS Site Server say different things about the proxy. SMS Site System's was "
                    + "taken; check the Proxy tab in the console.")
        }
        for role in items.roles { take(role, into: &resolved, &judge) }
        return resolved
    }

    /// Items of one kind: each must agree with what those before it told together, and may tell what they did not.
    private func fold(_ servers: [StagedServer], _ judge: inout Judge) -> Resolved {
        var resolved = Resolved()
        for (position, server) in servers.enumerated() {
            let agrees =
                agreeOrUntold(resolved.general.group, server.general, as: General.self)
                && agreeOrUntold(resolved.proxy.group, server.proxy, as: Proxy.self)
            if position > 0 { judge.tellTwice(agrees, "the server", at: server.place, before: servers[0].place) }
            if resolved.general.group == .untold {
                resolved.general = Agreed(group: server.general, place: server.place)
            }
            if resolved.proxy.group == .untold { resolved.proxy = Agreed(group: server.proxy, place: server.place) }
        }
        return resolved
    }

    private func take(_ role: StagedRole, into resolved: inout Resolved, _ judge: inout Judge) {
        guard let index = resolved.roles.firstIndex(where: { $0.name == role.role }) else {
            resolved.roles.append(AgreedRole(name: role.role, details: role.details, place: role.place))
            return
        }
        let before = resolved.roles[index]
        let agrees =
            before.details == .untold || role.details == .untold || agree(before.details, role.details, of: role.role)
        judge.tellTwice(agrees, "role \(role.role)", at: role.place, before: before.place)
        if before.details == .untold { resolved.roles[index].details = role.details }
    }

    private func agreeOrUntold<Group: FieldGroup>(
        _ left: StagedGroup, _ right: StagedGroup, as group: Group.Type
    ) -> Bool {
        left == .untold || right == .untold || agree(left, right, as: group)
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

extension Judge {
    /// Two records of a batch speak of the same: one record when they agree, an error that names both when not.
    mutating func tellTwice(_ agrees: Bool, _ what: String, at place: Place, before: Place) {
        let isOneFile = before.file == place.file
        let lines =
            "line \(before.line ?? 0)\(isOneFile ? "" : " of \(before.file ?? "")") and line \(place.line ?? 0)"
            + (isOneFile ? "" : " of \(place.file ?? "")")
        if agrees {
            find(
                .importRecordSame, nil, at: place,
                "\(isOneFile ? "The file has" : "The files have") \(what) twice, in \(lines), with the same values. They were read as one; there is nothing to do."
            )
        } else {
            find(
                .importRecordDiffers, nil, at: place,
                "\(isOneFile ? "The file has" : "The files have") \(what) twice, in \(lines), with different values. Export the site again, or remove one of them."
            )
        }
    }
}
