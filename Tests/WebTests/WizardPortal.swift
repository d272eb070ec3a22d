import Domain
import Foundation
import SQLiteStore
import TestSupport
import Web
import Workflow

/// A running portal over a real data folder with a hierarchy of four sites, and a person who goes through wizards there.
struct WizardPortal: Sendable {
    let client: HTTPClient
    let store: SQLiteStore

    /// At the central administration site; told to use no proxy, without roles.
    static let central = "CAS01.corp.contoso.com"
    /// At a primary site below it; uses proxy01.contoso.com:80, without roles.
    static let child = "PS101.corp.contoso.com"
    /// At a secondary site below that; nothing told.
    static let secondary = "SEC01.corp.contoso.com"
    /// At a site whose type nobody told.
    static let untyped = "XYZ01.corp.contoso.com"

    func fill() throws {
        for (code, type, parent) in [
            ("CAS", "central administration", ""), ("PS1", "primary", "CAS"), ("SEC", "secondary", "PS1"),
            ("XYZ", "", ""),
        ] {
            try submit(.createSite(Draft([.siteCode: code, .siteType: type, .siteParent: parent])))
        }
        for (name, site) in [
            (Self.central, "CAS"), (Self.child, "PS1"), (Self.secondary, "SEC"), (Self.untyped, "XYZ"),
        ] {
            try submit(.createServer(Draft([.serverName: name, .serverSite: site])))
        }
        try changeProxy(Self.central, Draft([.proxyUse: "false"]))
        try changeProxy(
            Self.child, Draft([.proxyUse: "true", .proxyServer: "proxy01.contoso.com", .proxyPort: "80"]))
    }

    func submit(_ edit: Edit) throws {
        let submission = Submission(store: store, clock: { RunningPortal.now })
        let outcome = try submission.submit(edit, for: Workflow.Request(actor: .local, reason: nil, id: "setup"))
        guard case .saved = outcome else { throw NotSaved(outcome: outcome) }
    }

    private struct NotSaved: Error { let outcome: Outcome }

    func changeProxy(_ server: String, _ draft: Draft) throws {
        guard let record = try record(server) else { return }
        try submit(.changeProxy(record.name, draft, revision: record.revision))
    }

    func addRole(_ role: String, to server: String) throws {
        guard let record = try record(server) else { return }
        try submit(.changeRoles(record.name, RoleChanges(adding: Sent(role)), revision: record.revision))
    }

    func record(_ server: String) throws -> ServerRecord? {
        try store.read { reading in try HostName.check(server, label: "").value.flatMap { try reading.server($0) } }
    }

    func component(_ site: String) throws -> SoftwareUpdatePointComponent? {
        try store.read { reading in
            try SiteCode.check(site).value.flatMap { try reading.component(of: $0) }?.component.intended
        }
    }

    var numberOfSets: Int { get throws { try store.read { try $0.changeSets(before: nil, limit: 1000).count } } }

    // MARK: - Going through a wizard

    /// Begins Add Site System Roles, and returns the address of the draft.
    func begin(_ server: String) async throws -> String {
        let reply = try await client.post("/wizards", [("kind", "add-roles"), ("server", server)])
        guard reply.status == 303, let location = reply.location else { throw NoWizard(reply: reply.body) }
        return String(location.dropLast("/general".count))
    }

    /// Begins Create Site System Server.
    func create(_ server: String, at site: String) async throws -> String {
        let reply = try await client.post("/servers/new", [("server.name", server), ("server.site", site)])
        guard reply.status == 303, let location = reply.location else { throw NoWizard(reply: reply.body) }
        return String(location.dropLast("/general".count))
    }

    /// What the form of a step would send, with some of it changed.
    func controls(_ address: String, _ changes: [(String, String)] = []) async throws -> [(String, String)] {
        let page = Markup(try await client.get(address).body)
        let all = page.controlsOfFirstForm + Self.lists(page)
        return all.filter { control in !changes.contains { $0.0 == control.0 } } + changes
    }

    /// What the lists of a page hold.
    private static func lists(_ page: Markup) -> [(String, String)] {
        page.text.split(separator: "<select ").dropFirst().compactMap { part in
            let list = Markup(" " + (part.components(separatedBy: "</select>").first ?? ""))
            guard let name = list.values(of: "name").first else { return nil }
            let options = list.text.split(separator: "<option ").dropFirst().map(String.init)
            let chosen = options.first { $0.prefix { $0 != ">" }.contains(" selected") } ?? options.first ?? ""
            return (name, Markup(" " + chosen).values(of: "value").first ?? "")
        }
    }

    /// Opens a step, changes some controls, and sends it.
    @discardableResult
    func send(
        _ wizard: String, _ step: String, _ changes: [(String, String)] = [], query: String = ""
    ) async throws -> HTTPClient.Reply {
        let address = "\(wizard)/\(step)"
        return try await client.post(address + query, try await controls(address, changes))
    }

    /// Sends steps as they stand until one of that name would be next.
    func go(_ wizard: String, to step: String) async throws {
        var next = try await client.get("\(wizard)/summary").location ?? "\(wizard)/summary"
        for _ in 0..<14 {
            let name = String(next.split(separator: "/").last ?? "")
            if name == step || name == "summary" { return }
            guard let location = try await send(wizard, name).location else { throw NoWizard(reply: next) }
            next = location
        }
    }

    static func ticked(_ roles: String...) -> [(String, String)] { roles.map { ("role.add.\($0)", "true") } }

    static let proxy = [
        ("proxy.use", "true"), ("proxy.server", "proxy07.contoso.com"), ("proxy.port", "3128"),
    ]
}

/// A wizard that did not begin or go on.
struct NoWizard: Error {
    let reply: String
}

func withWizardPortal(_ body: @escaping @Sendable (WizardPortal) async throws -> Void) async throws {
    try await withImportPortal { portal in
        let wizards = WizardPortal(client: portal.client, store: portal.store)
        try wizards.fill()
        try await body(wizards)
    }
}
