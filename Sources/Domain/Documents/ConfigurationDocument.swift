// The JSON parts of CONTRACTS 7: the export, `show` and the history write them, each from the field catalogues.
extension JSONWriter {
    /// The fields of a group as one object; null when there is no group.
    public mutating func group<Group: FieldGroup>(_ name: String, _ group: Group?, leavingOut: Set<FieldKey> = []) {
        key(name)
        guard let group else { return raw("null") }
        object { writer in
            for field in Group.fields where !leavingOut.contains(field.key) {
                writer.member(field.key.name, group.value(field.key))
            }
        }
    }

    /// A proxy as `{"server", "port", "account"}`; null when it is off or not told.
    public mutating func proxy(_ proxy: Proxy?) {
        group("proxy", proxy?.configuration == nil ? nil : proxy, leavingOut: [.proxyUse, .proxyUseCredentials])
    }

    public mutating func role(_ name: RoleName, _ details: RoleDetails?) {
        object { writer in
            writer.member("role", name.text)
            guard let details else { return }
            writer.key(details.name)
            writer.object { writer in
                for field in details.fields { writer.member(field.key.name, details.value(field.key)) }
            }
        }
    }

    /// A site's fields, as the members of an object that is open. A group that nobody told is left out.
    public mutating func siteMembers(_ site: Site) {
        for field in Site.ownFields { member(field.key.name, site.value(field.key)) }
        if site.clientPorts.isTold { group(ClientPorts.groupName, site.clientPorts) }
        if let plan = site.clients { group(ClientProxyPlan.groupName, plan) }
    }

    /// What is told, general, proxy and roles of one state of a server, as the members of an object that is open.
    public mutating func serverMembers(
        general: General?, proxy: Proxy?, roles: [(name: RoleName, details: RoleDetails?)]
    ) {
        group("general", general)
        self.proxy(proxy)
        key("roles")
        array { writer in for role in roles { writer.role(role.name, role.details) } }
    }

    public mutating func told(general: Bool, proxy: Bool) {
        key("told")
        object { writer in
            writer.member("general", general)
            writer.member("proxy", proxy)
        }
    }
}

extension Site {
    /// The site as its changes remember it.
    public var document: String {
        var writer = JSONWriter()
        writer.object { $0.siteMembers(self) }
        return writer.text
    }
}

extension ServerRecord {
    /// The server as its changes remember it: both states, so that two equal documents are an unchanged server.
    public var document: String {
        var writer = JSONWriter(reserving: 700)
        writer.object { writer in
            writer.member("name", name.text)
            writer.member("site", site.text)
            writer.told(general: general.isTold, proxy: proxy.isTold)
            writer.serverMembers(
                general: general.intended, proxy: proxy.intended, roles: roles.map { ($0.name, $0.intended) })
            writer.key("observed")
            if !differsFromObserved { return writer.raw("\"the same\"") }
            writer.object { writer in
                writer.told(general: general.observed != nil, proxy: proxy.observed != nil)
                writer.serverMembers(
                    general: general.observed, proxy: proxy.observed,
                    roles: (roles.filter(\.isObserved) + droppedRoles).map { ($0.name, $0.observed) })
            }
        }
        return writer.text
    }

    private var differsFromObserved: Bool {
        general.intended != general.observed || proxy.intended != proxy.observed
            || !droppedRoles.isEmpty || roles.contains { !$0.isObserved || $0.intended != $0.observed }
    }
}

extension ImportCounts {
    /// The counts as JSON.
    ///
    /// - Parameter includingRemoved: a change set keeps the removals too; a report's keys are fixed, and its list of changes
    ///   names them.
    public func document(includingRemoved: Bool) -> String {
        var writer = JSONWriter(reserving: 120)
        writer.object { writer in
            writer.member("added", added)
            writer.member("changed", changed)
            writer.member("unchanged", unchanged)
            writer.member("rejected", rejected)
            writer.member("notInFile", notInFile)
            if includingRemoved { writer.member("removed", removed) }
        }
        return writer.text
    }
}
