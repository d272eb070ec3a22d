import Domain
import Foundation
import TestSupport
import Testing
import Workflow

@Suite("The site's component in a wizard")
struct WizardComponentTests {
    /// Goes through the pages of the server, up to Synchronization Source.
    private func reachSource(_ portal: WizardPortal, _ server: String) async throws -> String {
        let wizard = try await portal.begin(server)
        try await portal.send(wizard, "general")
        try await portal.send(wizard, "proxy", WizardPortal.proxy)
        try await portal.send(wizard, "roles", WizardPortal.ticked("SMS Software Update Point"))
        try await portal.send(wizard, "software-update-point")
        try await portal.send(wizard, "proxy-and-accounts")
        return wizard
    }

    private static let prefix = "softwareUpdatePointComponent."

    @Test("the first software update point of the top-level site tells the component, in the same change set")
    func top() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSource(portal, WizardPortal.central)
            let sets = try portal.numberOfSets
            let p = Self.prefix
            #expect(
                try await portal.send(
                    wizard, "synchronization-source",
                    [
                        (p + "synchronizationSource", "upstream"), (p + "upstreamURL", "https://wsus.contoso.com:8531"),
                        (p + "reportingEvents", "status"),
                    ]
                ).location == wizard + "/synchronization-schedule")
            try await portal.send(
                wizard, "synchronization-schedule",
                [
                    (p + "synchronizeOnSchedule", "true"), (p + "scheduleKind", "days"), (p + "scheduleInterval", "1"),
                ])
            let supersedence = try await portal.client.get(wizard + "/supersedence").body
            #expect(supersedence.contains(#"value="3""#), "the product's default")
            try await portal.send(wizard, "supersedence")
            try await portal.send(
                wizard, "classifications",
                [(p + "classifications.Security Updates", "true"), (p + "classifications.Tools", "true")])
            try await portal.send(wizard, "products", [(p + "products", "Windows 11\nWindows Server 2022")])
            #expect(
                try await portal.send(
                    wizard, "languages", [(p + "fileLanguages", "en\nde"), (p + "summaryLanguages", "en")]
                ).location == wizard + "/summary")
            let summary = try await portal.client.get(wizard + "/summary").body
            #expect(summary.contains("Security Updates, Tools") && summary.contains("https://wsus.contoso.com:8531"))
            #expect(summary.contains("Every some days") && !summary.contains("Day of the month"), "only what counts")
            #expect(try portal.component("CAS") == nil, "nothing is stored yet")
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
            #expect(try portal.numberOfSets == sets + 1)

            let component = try #require(try portal.component("CAS"))
            #expect(component.synchronizationSource == .upstream && component.upstreamPort?.number == 8531)
            #expect(component.upstreamSSL == true && component.reportingEvents == .status)
            #expect(component.recurrence?.kind == .days)
            #expect(component.featureUpdateSupersedence == .wait && component.featureUpdateWaitMonths == 3)
            #expect(component.classifications?.map(\.text) == ["Security Updates", "Tools"])
            #expect(component.products?.count == 2 && component.fileLanguages?.count == 2)
            let completion = try await portal.client.get(wizard + "/completion").body
            #expect(completion.contains("software update point component") && completion.contains(WizardPortal.central))
        }
    }

    @Test("what is out of range is refused on its own page")
    func refused() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSource(portal, WizardPortal.central)
            let p = Self.prefix
            let upstream = [(p + "synchronizationSource", "upstream")]
            for (url, control) in [("", "upstreamURL"), ("ftp://wsus.contoso.com", "upstreamURL")] {
                let reply = try await portal.send(
                    wizard, "synchronization-source", upstream + [(p + "upstreamURL", url)])
                #expect(reply.status == 422)
                #expect(Markup(reply.body).fragmentLinks.contains("softwareUpdatePointComponent-" + control))
                #expect(Markup(reply.body).brokenReferences == [])
            }
            try await portal.send(wizard, "synchronization-source", [(p + "synchronizationSource", "microsoftUpdate")])
            let schedule = try await portal.send(
                wizard, "synchronization-schedule",
                [(p + "synchronizeOnSchedule", "true"), (p + "scheduleKind", "weekly"), (p + "scheduleInterval", "9")])
            #expect(schedule.status == 422 && schedule.body.contains("1 to 4 weeks"))
            let unsaid = try await portal.send(wizard, "synchronization-schedule", [(p + "scheduleKind", "")])
            #expect(unsaid.status == 422 && unsaid.body.contains("nobody told when"))
            try await portal.send(
                wizard, "synchronization-schedule", [(p + "scheduleKind", "days"), (p + "scheduleInterval", "1")])
            let months = try await portal.send(wizard, "supersedence", [(p + "featureUpdateWaitMonths", "100")])
            #expect(months.status == 422 && months.body.contains(#"value="100""#))
            try await portal.send(wizard, "supersedence", [(p + "featureUpdateWaitMonths", "99")])
            let stray = try await portal.send(wizard, "classifications", [(p + "classifications.Sweets", "true")])
            #expect(stray.status == 422 && stray.body.contains("does not know"))
        }
    }

    @Test("a child site is asked for the reporting events alone, and nothing else of it becomes told")
    func child() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSource(portal, WizardPortal.child)
            let page = try await portal.client.get(wizard + "/synchronization-source").body
            #expect(page.contains("Site PS1 synchronizes from site CAS"))
            #expect(!Markup(page).ids.contains("softwareUpdatePointComponent-synchronizationSource"))
            #expect(
                try await portal.send(
                    wizard, "synchronization-source", [(Self.prefix + "synchronizationSource", "none")]
                ).status == 422, "a control the page does not have")
            #expect(
                try await portal.send(wizard, "synchronization-source", [(Self.prefix + "reportingEvents", "all")])
                    .location
                    == wizard + "/summary")
            try await portal.send(wizard, "summary")
            var expected = SoftwareUpdatePointComponent()
            expected.reportingEvents = .all
            #expect(try portal.component("PS1") == expected)
        }
    }

    @Test("a further software update point of a site leaves its component alone")
    func further() async throws {
        try await withWizardPortal { portal in
            let first = try await reachSource(portal, WizardPortal.central)
            try await portal.go(first, to: "summary")
            try await portal.send(first, "summary")
            let component = try portal.component("CAS")
            let second = try await portal.create("CAS02.corp.contoso.com", at: "CAS")
            try await portal.send(second, "general")
            try await portal.send(second, "proxy")
            try await portal.send(second, "roles", WizardPortal.ticked("SMS Software Update Point"))
            try await portal.send(second, "software-update-point")
            try await portal.send(second, "proxy-and-accounts")
            let page = try await portal.client.get(second + "/synchronization-source").body
            #expect(page.contains("has a software update point already"))
            #expect(try await portal.send(second, "synchronization-source").location == second + "/summary")
            #expect(try await portal.send(second, "summary").location == second + "/completion")
            #expect(try portal.component("CAS") == component)
        }
    }

    @Test("a component that somebody told meanwhile is shown on the Summary beside the answers")
    func changedMeanwhile() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSource(portal, WizardPortal.central)
            try await portal.go(wizard, to: "summary")
            let form = try await portal.controls(wizard + "/summary")
            let site = try #require(SiteCode.check("CAS").value)
            try portal.submit(
                .changeComponent(site, Draft([.supcReportingEvents: "all"]), revision: 0))
            let reply = try await portal.client.post(wizard + "/summary", form)
            #expect(reply.status == 409)
            #expect(
                reply.body.contains(
                    "<td>Do not create WSUS reporting events</td><td>Create all WSUS reporting events</td>"))
            let taken = try await portal.send(wizard, "summary", [("take", "true")])
            #expect(taken.location == wizard + "/synchronization-source")
            try await portal.go(wizard, to: "summary")
            #expect(try await portal.send(wizard, "summary").location == wizard + "/completion")
            #expect(try portal.component("CAS")?.reportingEvents == .all)
        }
    }

    @Test("every page of a wizard holds together, at each step and refused")
    func pages() async throws {
        try await withWizardPortal { portal in
            let wizard = try await reachSource(portal, WizardPortal.central)
            for step in [
                "synchronization-source", "synchronization-schedule", "supersedence", "classifications", "products",
                "languages", "summary",
            ] {
                let reply = try await portal.client.get(wizard + "/" + step)
                #expect(reply.status == 200, "\(step)")
                let page = Markup(reply.body)
                #expect(page.brokenReferences == [] && page.headingJumps == [], "\(step)")
                #expect(reply.body.components(separatedBy: "<h1").count == 2)
                try await portal.send(wizard, step)
            }
            let completion = Markup(try await portal.client.get(wizard + "/completion").body)
            #expect(completion.brokenReferences == [] && completion.headingJumps == [])
            #expect(completion.text.contains("Step 13 of 13"))
        }
    }
}
