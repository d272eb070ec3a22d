import Domain
import XMLExchange

/// A configuration out of our own XML.
private struct OwnConfiguration {
    var sites: [Site] = []
    var components: [ComponentRecord] = []
    var servers: [ServerRecord] = []

    /// Nil when something in the file is an error.
    init?(_ reading: FileReading) {
        guard !reading.isRefused, !reading.findings.contains(where: { $0.severity == .error }) else { return nil }
        var judge = Judge(.fileImport)
        for record in reading.records { take(record, &judge) }
        guard !judge.findings.contains(where: { $0.severity == .error }) else { return nil }
    }

    private mutating func take(_ record: RecordDraft, _ judge: inout Judge) {
        switch record {
        case .site(let draft):
            if let site = Site.check(draft.fields, base: nil, &judge) { sites.append(site) }
        case .server(let draft):
            let name = HostName.check(draft.name.text, label: "Name").value
            let site = SiteCode.check(draft.site?.text ?? "").value
            guard let name, let site else { return }
            servers.append(
                ServerRecord(
                    name: name, site: site,
                    general: Held(intended: draft.general.flatMap { General.check($0, base: nil, &judge) }),
                    proxy: Held(intended: draft.proxy.flatMap { Proxy.check($0, base: nil, &judge) })))
        case .role(let draft):
            // A server's roles follow it.
            guard let name = RoleName.check(draft.role.text).value, !servers.isEmpty,
                servers[servers.count - 1].name.text == HostName.check(draft.server.text, label: "").value?.text
            else { return }
            let details = RoleDetails.check(draft.details, of: name, base: nil, &judge)
            servers[servers.count - 1].roles.append(HeldRole(name: name, intended: details, isObserved: false))
        case .component(let draft):
            let component = SoftwareUpdatePointComponent.check(draft.fields, base: nil, &judge)
            guard let site = SiteCode.check(draft.site?.text ?? "").value, let component else { return }
            components.append(ComponentRecord(site: site, component: Held(intended: component)))
        default: break
        }
    }

    func written() -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = ConfigurationWriter { bytes += $0 }
        do {
            try writer.begin()
            for site in sites { try writer.site(site) }
            for component in components { try writer.component(component) }
            for server in servers { try writer.server(server) }
            try writer.end()
        } catch {
            fatalError("the writer threw something: \(error)")
        }
        return bytes
    }
}

extension FileReading {
    /// What was read is written, read again and written again: the same bytes, and nothing to find fault with.
    func checkRoundTrip() {
        guard let configuration = OwnConfiguration(self),
            !configuration.sites.isEmpty || !configuration.components.isEmpty || !configuration.servers.isEmpty
        else { return }
        let bytes = configuration.written()
        let again = bytes.withUnsafeBytes { FileReading($0, longest: nil) }
        guard let configurationAgain = OwnConfiguration(again) else {
            fatalError("what was written is refused: \(again.log.joined(separator: " | "))")
        }
        hold(configurationAgain.written() == bytes, "what was written is read as something else")
    }
}
