import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("The script of one change set")
struct ChangeScriptTests {
    private let seen = "proxy00"

    private func server(_ proxy: String?, observed: String? = "proxy00", general: String? = nil) throws -> ServerRecord
    {
        try Making.server(
            general: Held(intended: try Making.general(general), observed: try Making.general()),
            proxy: Held(intended: try Making.proxy(proxy), observed: try Making.proxy(observed)))
    }

    @Test("writes the groups the set changed, over what stood here before or what was seen")
    func forward() throws {
        let body = try Making.body(
            try Making.script(changes: [try Making.change(try server("proxy01"), try server("proxy02"))]))
        #expect(
            body.contains(
                "        @{ use = 'true'; server = 'proxy01'; port = '8080'; account = '' }\n        @{ use = 'true'; server = 'proxy00'; port = '8080'; account = '' }\n    ) -To @{ use = 'true'; server = 'proxy02';"
            ))
        #expect(!body.contains("General of"), "a group it did not change")
    }

    @Test("goes back to what stood here before")
    func back() throws {
        let script = try Making.script(
            changes: [try Making.change(try server("proxy01"), try server("proxy02"))], back: true)
        #expect(script.hasPrefix("# Takes the site back to what ProxyDesk held before change set 7."))
        #expect(try Making.body(script).contains("-To @{ use = 'true'; server = 'proxy01';"))
    }

    @Test("leaves alone what an export had shown by then, unless it is to go back")
    func alreadyThere() throws {
        let change = try Making.change(try server("proxy01"), try server("proxy02", observed: "proxy02"))
        #expect(!(try Making.body(try Making.script(changes: [change])).contains("Invoke-Step")))
        #expect(
            try Making.body(try Making.script(changes: [change], back: true)).contains(
                "-To @{ use = 'true'; server = 'proxy01';"))
    }

    @Test("has a comment for a server that was taken out, and for one that was added and shall go back")
    func removals() throws {
        let removal = try Making.body(
            try Making.script(changes: [try Making.change(try server("proxy01"), nil)], includes: true))
        #expect(removal.contains("No script removes a server") && !removal.contains("Invoke-"))
        let addition = try Making.change(nil, try Making.server(proxy: Held(intended: try Making.proxy("proxy01"))))
        let back = try Making.body(try Making.script(changes: [addition], back: true, includes: true))
        #expect(back.contains("added in the portal") && !back.contains("Invoke-"))
        let forward = try Making.body(try Making.script(changes: [addition], includes: true))
        #expect(forward.contains("New-CMSiteSystemServer") && forward.contains("-NeverObserved"))
    }

    @Test("what the import of an export took out is not at the site either")
    func goneAtTheSite() throws {
        let removed = try Making.change(try server("proxy01"), nil)
        let point = try Making.updatePoint()
        let role = try Making.change(
            try Making.server(roles: [Making.pendingUpdatePoint(point, point)]), try Making.server())
        for back in [false, true] {
            let body = try Making.body(
                try Making.script(changes: [removed, role], comesFromSite: true, back: back, includes: true))
            let sentences = body.components(separatedBy: "no longer in the site’s export")
            #expect(sentences.count == 3)
            #expect(!body.contains("remove it in the console") && !body.contains("the site has it still"))
        }
    }

    @Test("says so where nothing was told before")
    func notToldBefore() throws {
        let before = try Making.server(proxy: Held(observed: try Making.proxy(seen)))
        let body = try Making.body(
            try Making.script(changes: [try Making.change(before, try server("proxy02"))], back: true))
        #expect(body.contains("the portal was not told it before the change set") && !body.contains("-To @{ use"))
    }

    @Test("follows roles: added, changed, taken out")
    func roles() throws {
        let point = try Making.updatePoint([.supHTTPPort: "80", .supHTTPSPort: "443"])
        let old = try Making.server(roles: [
            Making.pendingUpdatePoint(try Making.updatePoint(), try Making.updatePoint())
        ])
        let new = try Making.server(roles: [Making.pendingUpdatePoint(point, try Making.updatePoint())])
        let changed = try Making.body(try Making.script(changes: [try Making.change(old, new)]))
        #expect(changed.contains("HttpPort = 80"))
        let bare = try Making.server()
        let missing = try Making.server(
            proxy: Held(intended: .off, observed: .off),
            roles: [HeldRole(name: .softwareUpdatePoint, intended: point, isObserved: false)])
        let added = try Making.change(bare, missing)
        #expect(
            try Making.body(try Making.script(changes: [added], includes: true)).contains("Add-CMSoftwareUpdatePoint"))
        #expect(try Making.body(try Making.script(changes: [added], back: true)).contains("No script removes a role"))
        let dropped = try Making.server(
            dropped: [HeldRole(name: .softwareUpdatePoint, observed: point, isObserved: true)])
        let out = try Making.body(try Making.script(changes: [try Making.change(old, dropped)]))
        #expect(out.contains("No script removes a role") && !out.contains("Invoke-"))
    }

    @Test("the history's documents are read back as they were written")
    func documents() throws {
        let record = try Making.server(
            general: Held(intended: try Making.general("a.b", "D\\u", forest: "it's"), observed: try Making.general()),
            proxy: Held(intended: try Making.proxy("p", 81, "D\\u"), observed: .off),
            roles: [
                Making.pendingUpdatePoint(try Making.updatePoint([.supWSUSAccount: "D\\w"]), try Making.updatePoint())
            ])
        let document = try #require(HistoryDocument(record.document))
        #expect(document.intended.general == record.general.intended)
        #expect(document.intended.proxy == record.proxy.intended)
        #expect(document.observed.proxy == .off)
        let role = try #require(document.intended.roles[RoleName.softwareUpdatePoint.folded])
        #expect(role.details == record.roles[0].intended)
        let component = ComponentRecord(
            site: record.site,
            component: Held(
                intended: try Making.component([
                    .supcProducts: "", .supcWSUSCleanup: "true", .supcFeatureUpdateWaitMonths: "3",
                ])))
        let read = try #require(HistoryDocument(component.document))
        #expect(read.intendedComponent == component.component.intended && read.observedComponent == nil)
        #expect(HistoryDocument("[") == nil && HistoryDocument("[]") == nil)
    }
}
