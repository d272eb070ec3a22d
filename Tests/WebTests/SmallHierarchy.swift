import Domain
import Workflow

/// The names the tests speak of.
enum Known {
    /// Uses proxy01.contoso.com:80 as CONTOSO\svc-proxy, and is a software update point.
    static let server = "CM01.corp.contoso.com"
    /// Told to use none.
    static let withoutProxy = "CM02.corp.contoso.com"
    /// Nobody has told anything.
    static let untold = "CM03.corp.contoso.com"
}

extension MemoryStore {
    /// A central site, a primary site and three servers, saved the way forms save.
    func fill() throws {
        let submission = Submission(store: self, clock: { RunningPortal.now })
        let request = Workflow.Request(actor: .local, reason: "Set up", id: "setup")
        for (code, type, parent) in [("CAS", "central administration", ""), ("PS1", "primary", "CAS")] {
            _ = try submission.submit(
                .createSite(
                    Draft([.siteCode: code, .siteName: "Contoso \(code)", .siteType: type, .siteParent: parent])),
                for: request)
        }
        for name in [Known.server, Known.withoutProxy, Known.untold] {
            _ = try submission.submit(.createServer(Draft([.serverName: name, .serverSite: "PS1"])), for: request)
        }
        try setUpProxy(of: Known.server, "proxy01.contoso.com", submission, request)
        _ = try submission.submit(
            .changeProxy(
                try name(Known.withoutProxy), Draft([.proxyUse: "false"]), revision: try revision(Known.withoutProxy)),
            for: request)
        try see(Known.server)
    }

    private func setUpProxy(
        of server: String, _ proxy: String, _ submission: Submission, _ request: Workflow.Request
    ) throws {
        let name = try name(server)
        _ = try submission.submit(
            .changeProxy(
                name,
                Draft([
                    .proxyUse: "true", .proxyServer: proxy, .proxyPort: "80", .proxyUseCredentials: "true",
                    .proxyAccount: "CONTOSO\\svc-proxy",
                ]), revision: try revision(server)), for: request)
        for role in ["SMS Software Update Point", "SMS Distribution Point", "SMS Dmp Connector"] {
            _ = try submission.submit(
                .changeRoles(name, RoleChanges(adding: Sent(role)), revision: try revision(server)), for: request)
        }
        _ = try submission.submit(
            .changeRoles(
                name,
                RoleChanges(details: [
                    (.softwareUpdatePoint, Draft([.supUseProxyForSynchronization: "true", .supHTTPPort: "8530"])),
                    (.serviceConnectionPoint, Draft([.scpMode: "online"])),
                ]), revision: try revision(server)), for: request)
    }

    /// As if an import had shown the server with its proxy on another port.
    private func see(_ server: String) throws {
        var judge = Judge(.fileImport)
        let observed = Proxy.check(
            Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "3128"]), base: nil, &judge)
        guard var record = try read({ try $0.server(try name(server)) }) else { return }
        record.proxy.observed = observed
        record.roles = record.roles.map {
            HeldRole(name: $0.name, intended: $0.intended, observed: $0.intended, isObserved: true)
        }
        record.seen = Sighting(changeSet: 1, time: RunningPortal.now)
        place(record)
    }

    func name(_ text: String) throws -> HostName {
        guard let name = HostName.check(text, label: "Name").value else { throw NotAName(text: text) }
        return name
    }

    private struct NotAName: Error { let text: String }

    func record(_ server: String) throws -> ServerRecord? {
        let name = try name(server)
        return try read { try $0.server(name) }
    }

    func revision(_ server: String) throws -> Int { try record(server)?.revision ?? 0 }

    var numberOfSets: Int { get throws { try read { try $0.changeSets(before: nil, limit: 1000).count } } }
}
