import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("What a script writes of stored records, and what it leaves")
struct ScriptRuleTests {
    @Test("the head says what it is, from which state, when, and how to run it first")
    func head() throws {
        let script = try Making.script([])
        let head = try #require(
            script.components(separatedBy: "[CmdletBinding(SupportsShouldProcess = $true)]\nparam()").first)
        #expect(head.hasPrefix("# Brings the whole hierarchy to what ProxyDesk intends.\n"))
        #expect(head.contains("change set 12, saved 21 Nov 2026 07:50 UTC"))
        #expect(head.contains("at 21 Nov 2026 07:55 UTC"))
        #expect(head.contains(".\\proxydesk-apply-all.ps1 -WhatIf"))
        #expect(script.contains("Nothing waits to be written."))
        #expect(
            try Making.script([], back: true).hasPrefix(
                "# Takes the whole hierarchy back to what its last export showed."))
    }

    @Test("a proxy is written as a whole, and only over what was seen")
    func proxyAsAWhole() throws {
        let server = try Making.server(
            proxy: Held(
                intended: try Making.proxy("proxy02.contoso.com", 3128, "CONTOSO\\svc"),
                observed: try Making.proxy("proxy01.contoso.com", 80)))
        let body = try Making.body(try Making.script([server]))
        #expect(body.contains("Confirm-Account 'PS1' 'CONTOSO\\svc'"))
        #expect(body.contains("Get-ProxyState 'PS1' 'CM01.corp.contoso.com'"))
        #expect(
            body.contains(
                "@{ use = 'true'; server = 'proxy01.contoso.com'; port = '80'; account = '' }\n    ) -To @{ use = 'true'; server = 'proxy02.contoso.com'; port = '3128'; account = 'CONTOSO\\svc' } -Write {"
            ))
        #expect(
            body.contains(
                "EnableProxy = $true\n            ProxyServerName = 'proxy02.contoso.com'\n            ProxyServerPort = 3128\n            ProxyAccessAccount = Get-ExistingAccount 'PS1' 'CONTOSO\\svc'\n        }\n        Set-CMSiteSystemServer @values"
            ))
    }

    @Test("back goes the other way: what was intended is expected, and what was seen is written")
    func back() throws {
        let server = try Making.server(
            proxy: Held(
                intended: try Making.proxy("proxy02", 3128, "CONTOSO\\svc"),
                observed: try Making.proxy("proxy01", 80)))
        let body = try Making.body(try Making.script([server], back: true))
        #expect(
            body.contains(
                "account = 'CONTOSO\\svc' }\n    ) -To @{ use = 'true'; server = 'proxy01'; port = '80'; account = '' }"
            ))
        #expect(!body.contains("Confirm-Account"), "no account is written, so none is asked for")
        #expect(body.contains("Without ProxyAccessAccount the account goes away"))
        #expect(!body.contains("ProxyAccessAccount = "))
    }

    @Test("turning a proxy off clears both options of the software update point first, and expects them cleared later")
    func turningOff() throws {
        let on = try Making.updatePoint([
            .supUseProxyForSynchronization: "true", .supUseProxyForADR: "true", .supHTTPPort: "8530",
        ])
        let server = try Making.server(
            proxy: Held(intended: .off, observed: try Making.proxy("proxy01")),
            roles: [Making.pendingUpdatePoint(try Making.updatePoint(), on)])
        let body = String(try Making.body(try Making.script([server])))
        let clearing = try #require(body.range(of: "Clear-ProxyOption 'PS1' 'CM01.corp.contoso.com'"))
        let off = try #require(body.range(of: "EnableProxy = $false"))
        #expect(clearing.upperBound < off.lowerBound)
        #expect(!body.contains("ProxyServerName ="), "off is off, whatever name is left over")
        let roles = body[off.upperBound...]
        #expect(roles.contains("@{ useProxyForSynchronization = 'true'; useProxyForADR = 'true';"))
        #expect(roles.contains("        @{ useProxyForSynchronization = 'false'; useProxyForADR = 'false';"))
        #expect(roles.contains("UseProxy = $false\n            UseProxyForAutoDeploymentRule = $false"))
    }

    @Test("options that contradict a server without a proxy are written off, with a word")
    func optionsWithoutProxy() throws {
        let server = try Making.server(
            proxy: Held(intended: .off, observed: .off),
            roles: [
                Making.pendingUpdatePoint(
                    try Making.updatePoint([.supUseProxyForADR: "true", .supHTTPPort: "80", .supHTTPSPort: "443"]),
                    try Making.updatePoint())
            ])
        let body = try Making.body(try Making.script([server]))
        #expect(body.contains("The server has no proxy, so both options are written off"))
        #expect(!body.contains("AutoDeploymentRule = $true"))
    }

    @Test("an option is only turned on where the server has its proxy by then")
    func optionsNeedProxy() throws {
        let server = try Making.server(
            proxy: Held(intended: try Making.proxy("proxy01"), observed: .off),
            roles: [
                Making.pendingUpdatePoint(
                    try Making.updatePoint([.supUseProxyForSynchronization: "true"]), try Making.updatePoint())
            ])
        let body = String(try Making.body(try Making.script([server])))
        let proxy = try #require(body.range(of: "EnableProxy = $true"))
        let check = try #require(body.range(of: "Assert-Proxy 'PS1'"))
        let option = try #require(body.range(of: "UseProxy = $true"))
        #expect(proxy.upperBound < check.lowerBound && check.upperBound < option.lowerBound)
    }

    @Test("what nobody told is never written, in either direction", arguments: [false, true])
    func notTold(back: Bool) throws {
        let server = try Making.server(
            general: Held(observed: try Making.general("a.contoso.com")),
            proxy: Held(observed: try Making.proxy("proxy01")),
            roles: [Making.pendingUpdatePoint(nil, try Making.updatePoint())])
        let body = try Making.body(try Making.script([server], back: back, includes: true))
        #expect(!body.contains("Invoke-Step") && !body.contains("Set-CM"))
    }

    @Test("what no export has shown is marked, and written only when that is asked for")
    func neverObserved() throws {
        let server = try Making.server(
            proxy: Held(intended: try Making.proxy("proxy01")),
            roles: [Making.pendingUpdatePoint(try Making.updatePoint(), nil)])
        let without = try Making.body(try Making.script([server]))
        #expect(without.contains("# Proxy of CM01.corp.contoso.com, site PS1: Never observed."))
        #expect(!without.contains("Invoke-Step"))
        let with = try Making.body(try Making.script([server], includes: true))
        #expect(with.contains("Never observed: whatever the site has is replaced."))
        #expect(
            with.contains(
                "-From @(\n    ) -To @{ use = 'true'; server = 'proxy01'; port = '8080'; account = '' } -NeverObserved -Write {"
            ))
        let back = try Making.body(try Making.script([server], back: true, includes: true))
        #expect(back.contains("there is nothing to take it back to") && !back.contains("Invoke-Step"))
    }

    @Test("a server the site does not have is made bare and then set; roles follow it")
    func newServer() throws {
        let server = try Making.server(
            general: Held(intended: try Making.general("cm01.contoso.com", "CONTOSO\\install")),
            proxy: Held(intended: try Making.proxy("proxy01")),
            roles: [
                HeldRole(name: .softwareUpdatePoint, intended: try Making.updatePoint(), isObserved: false),
                HeldRole(name: .distributionPoint, isObserved: false),
            ], isSeen: false)
        let without = try Making.body(try Making.script([server]))
        #expect(
            without.contains(
                "# Never observed: server CM01.corp.contoso.com, site PS1. It is made only when that is asked for"))
        #expect(!without.contains("New-CM") && !without.contains("Add-CM"))
        let body = String(try Making.body(try Making.script([server], includes: true)))
        let order = [
            "Confirm-Account", "New-CMSiteSystemServer @values", "Set-CMSiteSystemServer @values",
            "Add-CMSoftwareUpdatePoint @values", "Set-CMSoftwareUpdatePoint @values",
        ]
        let places = try order.map { try #require(body.range(of: $0)).lowerBound }
        #expect(places == places.sorted())
        #expect(
            body.contains(
                "SMS Distribution Point of CM01.corp.contoso.com, site PS1: Never observed. Add it in the console"))
        let back = try Making.body(try Making.script([server], back: true, includes: true))
        #expect(back.contains("No script removes a server") && !back.contains("Invoke-"))
    }

    @Test("a role that was taken out here is a comment, in either direction", arguments: [false, true])
    func droppedRole(back: Bool) throws {
        let server = try Making.server(
            dropped: [HeldRole(name: .softwareUpdatePoint, observed: try Making.updatePoint(), isObserved: true)])
        let body = try Making.body(try Making.script([server], back: back, includes: true))
        #expect(
            body.contains("# SMS Software Update Point of CM01.corp.contoso.com, site PS1: taken out in the portal"))
        #expect(!body.contains("Invoke-"))
    }

    @Test("General goes out whole; a forest that differs is the site's own affair")
    func general() throws {
        let server = try Making.server(
            general: Held(
                intended: try Making.general(nil, nil),
                observed: try Making.general("old.contoso.com", "CONTOSO\\install")))
        let body = try Making.body(try Making.script([server]))
        #expect(
            body.contains(
                "PublicFqdn = ''\n            FdmOperation = $false\n            UseSiteServerAccount = $true"))
        let forest = try Making.server(
            general: Held(intended: try Making.general(forest: "a.com"), observed: try Making.general(forest: "b.com")))
        let other = try Making.body(try Making.script([forest]))
        #expect(other.contains("no cmdlet sets them") && !other.contains("Invoke-Step"))
    }

    @Test("the service connection point's mode has a cmdlet of its own")
    func serviceConnectionPoint() throws {
        let role = HeldRole(
            name: .serviceConnectionPoint, intended: try mode("offline"), observed: try mode("online"), isObserved: true
        )
        let body = try Making.body(try Making.script([try Making.server(roles: [role])]))
        #expect(body.contains("@{ mode = 'online' }\n    ) -To @{ mode = 'offline' } -Write {"))
        #expect(body.contains("Mode = 'Offline'\n        }\n        Set-CMServiceConnectionPoint @values"))
    }

    private func mode(_ word: String) throws -> RoleDetails {
        var judge = Judge(.fileImport)
        return .serviceConnectionPoint(
            try #require(ServiceConnectionPoint.check(Draft([.scpMode: word]), base: nil, &judge)))
    }

    @Test("a hundred thousand servers go out in small pieces")
    func pieces() throws {
        let server = try Making.server(proxy: Held(intended: try Making.proxy("proxy01"), observed: .off))
        let source = ScriptSource.records(components: [], sites: [], takesBack: false) { body in
            for _ in 0..<2_000 { try body(server) }
        }
        var sizes: [Int] = []
        try PowerShellScript(ScriptSelection(), origin: Making.origin, source: source).write { sizes.append($0.count) }
        #expect(sizes.count > 40 && sizes.allSatisfy { $0 < 1 << 15 })
    }
}
