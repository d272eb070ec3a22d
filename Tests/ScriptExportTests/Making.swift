import Domain
import Foundation
import Testing

@testable import ScriptExport

/// What tests make scripts from.
enum Making {
    static let origin = ScriptOrigin(
        state: "change set 12, saved 21 Nov 2026 07:50 UTC", time: "21 Nov 2026 07:55 UTC")

    static func host(_ text: String) throws -> HostName { try #require(HostName.check(text, label: "").value) }
    static func site(_ text: String) throws -> SiteCode { try #require(SiteCode.check(text).value) }
    static func role(_ text: String) throws -> RoleName { try #require(RoleName.check(text).value) }

    /// Nil is off.
    static func proxy(_ server: String?, _ port: Int = 8080, _ account: String? = nil) throws -> Proxy {
        guard let server else { return .off }
        return .on(try #require(ProxyConfiguration(server: server, port: port, account: account)))
    }

    static func general(_ fqdn: String? = nil, _ account: String? = nil, forest: String? = nil) throws -> General {
        try #require(
            General(
                internetFQDN: fqdn, siteServerInitiatesConnections: false, installationAccount: account, forest: forest,
                domain: nil))
    }

    static func updatePoint(_ fields: KeyValuePairs<FieldKey, String> = [.supHTTPPort: "8530"]) throws -> RoleDetails {
        var judge = Judge(.fileImport)
        return .softwareUpdatePoint(
            try #require(SoftwareUpdatePoint.check(Draft(fields), base: nil, &judge)))
    }

    static func component(_ fields: KeyValuePairs<FieldKey, String>) throws -> SoftwareUpdatePointComponent {
        var judge = Judge(.fileImport)
        return try #require(SoftwareUpdatePointComponent.check(Draft(fields), base: nil, &judge))
    }

    /// A server that exports have shown.
    static func server(
        _ name: String = "CM01.corp.contoso.com", site: String = "PS1", general: Held<General> = Held(),
        proxy: Held<Proxy> = Held(), roles: [HeldRole] = [], dropped: [HeldRole] = [], isSeen: Bool = true
    ) throws -> ServerRecord {
        ServerRecord(
            name: try host(name), site: try self.site(site), general: general, proxy: proxy, roles: roles,
            droppedRoles: dropped, seen: isSeen ? Sighting(changeSet: 1, time: 0) : nil)
    }

    static func pendingUpdatePoint(_ intended: RoleDetails?, _ observed: RoleDetails?) -> HeldRole {
        HeldRole(name: .softwareUpdatePoint, intended: intended, observed: observed, isObserved: true)
    }

    /// The script as text, without its mark, one line break for each.
    static func script(
        _ servers: [ServerRecord], components: [ComponentRecord] = [], sites: [Site] = [], back: Bool = false,
        includes: Bool = false
    ) throws -> String {
        let source = ScriptSource.records(components: components, sites: sites, takesBack: back) { body in
            for server in servers { try body(server) }
        }
        return try text(
            source, ScriptSelection(takesBack: back, includesNeverObserved: includes))
    }

    static func script(
        changes: [Change], comesFromSite: Bool = false, back: Bool = false, includes: Bool = false
    ) throws -> String {
        let source = try ScriptSource.changeSet(sites: [], comesFromSite: comesFromSite, takesBack: back) { body in
            for change in changes { try body(change) }
        }
        return try text(
            source, ScriptSelection(scope: .changeSet(7), takesBack: back, includesNeverObserved: includes))
    }

    private static func text(_ source: ScriptSource, _ selection: ScriptSelection) throws -> String {
        var bytes: [UInt8] = []
        try PowerShellScript(selection, origin: origin, source: source).write { bytes += $0 }
        return String(decoding: bytes.dropFirst(3).filter { $0 != 0x0D }, as: UTF8.self)
    }

    /// The steps alone: what stands behind the functions.
    static func body(_ script: String) throws -> String {
        let steps = PowerShellScript.steps(in: script)
        // As they stand in the script, four blanks in.
        return steps.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
    }

    /// A change of a server as the history keeps it.
    static func change(_ before: ServerRecord?, _ after: ServerRecord?) throws -> Change {
        let key = try #require(after?.name ?? before?.name)
        return Change(
            number: 1, entity: .server, key: key.text,
            kind: before == nil ? .added : after == nil ? .removed : .changed,
            before: before?.document, after: after?.document)
    }
}
