import Domain

extension ImportComparison {
    /// Tells a software update point whose server itself is neither in the batch nor stored: nobody knows whether the
    /// computer has the proxy that its two options speak of.
    func tellUntoldServer(of items: StagedServerItems, _ record: ServerRecord) throws {
        guard items.servers.isEmpty, !record.proxy.isTold,
            let point = items.roles.first(where: { $0.role == .softwareUpdatePoint })
        else { return }
        var judge = Judge(.fileImport, entity: .server, key: record.name.text)
        judge.find(
            .importServerUntold, .serverName, at: point.place,
            "The file has a software update point on \(record.name) and not the item SMS Site System of that server, so it is not "
                + "known whether the computer has a proxy. Export Get-CMSiteSystemServer too, or tell it on the server’s Proxy tab."
        )
        try tell(judge.findings)
    }
}

extension ComponentComparison {
    /// Tells a default software update point on a server that is neither in the batch nor stored.
    func tellUntoldServer(_ sent: Sent?, _ judge: inout Judge) throws {
        guard let sent, let name = HostName.check(sent.text, label: "").value,
            try staging.site(ofServer: name.folded, unnamed: merge.options.site) == nil,
            try stored.server(name) == nil
        else { return }
        judge.find(
            .importServerUntold, .supcDefaultServer, at: sent.place,
            "The default software update point is \(name), and neither the file nor the portal has that server. Export its site’s "
                + "servers too, or correct the name.")
    }
}
