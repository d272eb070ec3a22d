import Domain
import TestSupport
import Testing
import Web
import Workflow

@Suite("The tabs of the software update point component")
struct ComponentPageTests {
    private static let component = "/sites/CAS/component"
    private static let points = "/sites/PS1/component"
    private static let sync = "softwareUpdatePoint.\(Known.server).useProxyForSynchronization"
    private static let rules = "softwareUpdatePoint.\(Known.server).useProxyForADR"
    private static let revision = "softwareUpdatePoint.\(Known.server).revision"

    private func stored(_ running: RunningPortal, _ code: String = "CAS") throws -> ComponentRecord? {
        try running.store.read { reading in try SiteCode.check(code).value.flatMap { try reading.component(of: $0) } }
    }

    private func place(_ texts: KeyValuePairs<FieldKey, String>, at code: String, _ running: RunningPortal) throws {
        var judge = Judge(.fileImport)
        let component = SoftwareUpdatePointComponent.check(Draft(texts), base: nil, &judge)
        running.store.place(
            ComponentRecord(
                site: try #require(SiteCode.check(code).value),
                component: Held(intended: component, observed: component), revision: 1,
                seen: Sighting(changeSet: 1, time: RunningPortal.now)))
    }

    @Test("a part that nobody told is told by its form, and the notice is read from the change set")
    func telling() async throws {
        try await withPortal { running in
            let address = Self.component + "/synchronization-source"
            let page = Markup(try await running.client.get(address).body)
            #expect(page.text.contains("Not told.") && page.values(of: "name").contains("revision"))
            let reply = try await running.client.post(
                address,
                [
                    ("softwareUpdatePointComponent.synchronizationSource", "upstream"),
                    ("softwareUpdatePointComponent.upstreamURL", "https://wsus.contoso.com:8531"),
                    ("softwareUpdatePointComponent.reportingEvents", ""),
                    ("softwareUpdatePointComponent.defaultServer", ""), ("revision", "0"), ("reason", "Change 1"),
                ])
            #expect(reply.status == 303)
            let after = try await running.client.get(try #require(reply.location)).body
            #expect(after.contains(#"role="alert""#) && after.contains(#"value="https://wsus.contoso.com:8531""#))
            let component = try #require(try stored(running)?.component.intended)
            #expect(component.upstreamServer?.text == "wsus.contoso.com" && component.upstreamSSL == true)
            #expect(component.reportingEvents == nil, "blank stays not told")
            let general = try await running.client.get(Self.component).body
            #expect(general.contains("Change 1") && general.contains("Added"), "the history is there")
        }
    }

    @Test("a refused form keeps what was typed and leads to the control; a stale one shows both versions")
    func refusedAndStale() async throws {
        try await withPortal { running in
            let address = Self.component + "/supersedence-rules"
            let typed = [
                ("softwareUpdatePointComponent.featureUpdateSupersedence", "wait"),
                ("softwareUpdatePointComponent.featureUpdateWaitMonths", "100"), ("revision", "0"),
            ]
            let refused = try await running.client.post(address, typed)
            #expect(refused.status == 422 && refused.body.contains(#"value="100""#))
            let page = Markup(refused.body)
            #expect(page.fragmentLinks.contains("softwareUpdatePointComponent-featureUpdateWaitMonths"))
            #expect(page.brokenReferences == [] && refused.body.contains("<title>Error: "))
            let good = typed.map { ($0.0, $0.1 == "100" ? "4" : $0.1) }
            #expect(try await running.client.post(address, good).status == 303)
            let stale = try await running.client.post(address, good.map { ($0.0, $0.1 == "4" ? "5" : $0.1) })
            #expect(stale.status == 409 && stale.body.contains("differs") && stale.body.contains("<td>4</td>"))
            let kept = Markup(stale.body).controlsOfFirstForm
            #expect(try await running.client.post(address, kept).status == 303)
            #expect(try stored(running)?.component.intended?.featureUpdateWaitMonths == 5)
            let lost = try await running.client.post(address, good.filter { $0.0 != "revision" })
            #expect(lost.status == 422 && lost.body.contains("which version of the record"))
        }
    }

    @Test("the upstream URL has the findings of the server it stands for")
    func upstream() async throws {
        try await withPortal { running in
            let reply = try await running.client.post(
                Self.component + "/synchronization-source",
                [
                    ("softwareUpdatePointComponent.synchronizationSource", "upstream"),
                    ("softwareUpdatePointComponent.upstreamURL", ""), ("revision", "0"),
                ])
            #expect(reply.status == 422 && reply.body.contains("none is named"))
            #expect(Markup(reply.body).fragmentLinks.contains("softwareUpdatePointComponent-upstreamURL"))
        }
    }

    @Test("classifications are boxes: those the portal knows, and those the site has beside them")
    func classifications() async throws {
        try await withPortal { running in
            let address = Self.component + "/classifications"
            try place([.supcClassifications: "Treiber <alt>\nUpdates"], at: "CAS", running)
            let form = Markup(try await running.client.get(address).body).controlsOfFirstForm
            let ticked = form.filter { $0.1 == "true" && !$0.0.hasSuffix(".shown") }.map(\.0)
            let prefix = "softwareUpdatePointComponent.classifications."
            #expect(ticked == [prefix + "Updates", prefix + "Treiber <alt>"])
            #expect(form.filter { $0.0.hasSuffix(".shown") }.count == UpdateClassification.known.count + 1)
            #expect(try await running.client.post(address, form).location == address + "?unchanged")
            let added = try await running.client.post(address, form + [(prefix + "Tools", "true")])
            #expect(added.status == 303)
            #expect(
                try stored(running)?.component.intended?.classifications?.map(\.text)
                    == ["Tools", "Treiber <alt>", "Updates"])
            let strange = try await running.client.post(
                address, [(prefix + "Nothing", "true"), ("revision", String(try stored(running)?.revision ?? 0))])
            #expect(strange.status == 422 && strange.body.contains("does not know"))
        }
    }

    @Test("a schedule of Configuration Manager is shown as its own, kept until parts are entered")
    func schedule() async throws {
        try await withPortal { running in
            let address = Self.component + "/synchronization-schedule"
            try place([.supcSynchronizeOnSchedule: "true", .supcSchedule: "0001200000100008"], at: "CAS", running)
            let page = try await running.client.get(address).body
            #expect(page.contains("Set in Configuration Manager") && page.contains("0001200000100008"))
            let prefix = "softwareUpdatePointComponent."
            let form = [
                (prefix + "synchronizeOnSchedule", "true"), (prefix + "synchronizeOnSchedule.shown", "true"),
                (prefix + "scheduleKind", ""), (prefix + "scheduleInterval", ""), (prefix + "scheduleWeekday", ""),
                (prefix + "scheduleWeekOrder", ""), (prefix + "scheduleDayOfMonth", ""),
                (prefix + "scheduleStart", ""), ("revision", "1"),
            ]
            #expect(try await running.client.post(address, form).location == address + "?unchanged")
            let told = ["scheduleKind": "weekly", "scheduleInterval": "1", "scheduleWeekday": "tuesday"]
            let weekly = form.map { ($0.0, told[String($0.0.dropFirst(prefix.count))] ?? $0.1) }
            #expect(try await running.client.post(address, weekly).status == 303)
            let component = try #require(try stored(running)?.component.intended)
            #expect(component.schedule == nil && component.recurrence?.weekday == .tuesday)
            let pending = try await running.client.get(address).body
            #expect(pending.contains("Pending.") && !pending.contains("Set in Configuration Manager.</strong>"))
        }
    }

    @Test("at a child site what is ignored is read-only, with the reason and the way to the top; sent, it is refused")
    func child() async throws {
        try await withPortal { running in
            try place(
                [.supcProducts: "Windows 11", .supcReportingEvents: "all", .supcDefaultServer: Known.server], at: "PS1",
                running)
            let general = Markup(try await running.client.get("/sites/PS1/component").body).text
            #expect(general.contains("this value is ignored") && !general.contains("change it"))
            let products = try await running.client.get("/sites/PS1/component/products").body
            #expect(products.contains("Ignored at this site") && products.contains("Windows 11"))
            #expect(products.contains(#"href="/sites/CAS/component/products""#) && !products.contains("<textarea"))
            let source = try await running.client.get("/sites/PS1/component/synchronization-source").body
            #expect(Markup(source).values(of: "name").contains("softwareUpdatePointComponent.reportingEvents"))
            #expect(!Markup(source).values(of: "name").contains("softwareUpdatePointComponent.upstreamURL"))
            let reply = try await running.client.post(
                "/sites/PS1/component/products", [("softwareUpdatePointComponent.products", "x"), ("revision", "1")])
            #expect(reply.status == 422 && reply.body.contains("has no effect at PS1"))
        }
    }

    @Test("at a secondary site both pages with the two options say which of them has no effect")
    func secondary() async throws {
        try await withPortal { running in
            let submission = Submission(store: running.store, clock: { RunningPortal.now })
            let name = try #require(HostName.check("sec.contoso.com", label: "").value)
            for edit in [
                Edit.createSite(Draft([.siteCode: "S01", .siteType: "secondary", .siteParent: "PS1"])),
                .createServer(Draft([.serverName: name.text, .serverSite: "S01"])),
            ] {
                _ = try submission.submit(edit, for: Workflow.Request(actor: .local, reason: nil, id: "setup"))
            }
            let revision = try #require(try running.store.record(name.text)?.revision)
            let adding = RoleChanges(adding: Sent("SMS Software Update Point"))
            _ = try submission.submit(
                .changeRoles(name, adding, revision: revision),
                for: Workflow.Request(actor: .local, reason: nil, id: "setup"))
            let sentence = "At a secondary site the option for automatic deployment rules has no effect"
            for address in ["/sites/S01/component", "/servers/sec.contoso.com/roles"] {
                #expect(Markup(try await running.client.get(address).body).text.contains(sentence), "\(address)")
            }
            #expect(!Markup(try await running.client.get(Self.points).body).text.contains(sentence))
        }
    }

    @Test("General saves the options of the software update points on their servers, with a notice")
    func options() async throws {
        try await withPortal { running in
            let page = Markup(try await running.client.get(Self.points).body)
            #expect(page.values(of: "name").contains(Self.sync) && page.text.contains("Roles tab"))
            let form = page.controlsOfFirstForm
            #expect(form.contains { $0.0 == Self.sync && $0.1 == "true" } && !form.contains { $0.0 == Self.rules })
            #expect(try await running.client.post(Self.points, form).location == Self.points + "?unchanged")
            let reply = try await running.client.post(Self.points, form + [(Self.rules, "true")])
            #expect(reply.status == 303)
            let after = try await running.client.get(try #require(reply.location)).body
            #expect(after.contains("The proxy options of 1 software update point were saved"))
            #expect(after.contains("traffic flow changed."), "as other tabs tell it")
            let role = try running.store.record(Known.server)?.intended.softwareUpdatePoint
            #expect(role?.useProxyForADR == true && role?.useProxyForSynchronization == true)
            let stale = try await running.client.post(Self.points, form)
            #expect(stale.status == 409 && stale.body.contains("differs"))
            let kept = Markup(stale.body).controlsOfFirstForm
            #expect(try await running.client.post(Self.points, kept).status == 303)
            #expect(try running.store.record(Known.server)?.intended.softwareUpdatePoint?.useProxyForADR == false)
            for broken in [form.filter { $0.0 != Self.revision }, [(Self.revision, "x")], []] {
                #expect(try await running.client.post(Self.points, broken).status == 422)
            }
        }
    }

    @Test("options of a server without a proxy are not available; one that is on can be turned off")
    func unavailable() async throws {
        try await withPortal { running in
            var record = try #require(try running.store.record(Known.server))
            record.proxy.intended = .off
            running.store.place(record)
            let page = try await running.client.get(Self.points).body
            #expect(page.contains("Not available.") && page.contains(#"href="/servers/\#(Known.server)/proxy""#))
            let names = Markup(page).values(of: "name")
            #expect(names.contains(Self.sync) && !names.contains(Self.rules))
            let revision = (Self.revision, String(record.revision))
            let forged = try await running.client.post(Self.points, [(Self.rules, "true"), revision])
            #expect(forged.status == 422 && forged.body.contains("but the server has none"))
            let off = try await running.client.post(Self.points, [(Self.sync + ".shown", "true"), revision])
            #expect(off.status == 303)
        }
    }

    @Test("a site without a software update point says what to do, and another spelling leads to the stored one")
    func empty() async throws {
        try await withPortal { running in
            let page = try await running.client.get(Self.component).body
            #expect(page.contains("No software update point.") && page.contains("/servers?site=CAS"))
            #expect(
                try await running.client.get("/sites/cas/component/products").location
                    == "/sites/CAS/component/products")
            #expect(try await running.client.get("/sites/XXX/component").status == 404)
            #expect(try await running.client.get("/sites/CAS/component/nothing").status == 404)
        }
    }
}
