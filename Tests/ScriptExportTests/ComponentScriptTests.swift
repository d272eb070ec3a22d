import Domain
import Testing

@testable import ScriptExport

@Suite("The software update point component in a script")
struct ComponentScriptTests {
    private func record(
        _ intended: KeyValuePairs<FieldKey, String>, _ observed: KeyValuePairs<FieldKey, String>?
    ) throws -> ComponentRecord {
        ComponentRecord(
            site: try Making.site("PS1"),
            component: Held(intended: try Making.component(intended), observed: try observed.map(Making.component)))
    }

    private func body(
        _ intended: KeyValuePairs<FieldKey, String>, _ observed: KeyValuePairs<FieldKey, String>?, sites: [Site] = [],
        back: Bool = false, includes: Bool = false
    ) throws -> String {
        let script = try Making.script(
            [], components: [try record(intended, observed)], sites: sites, back: back, includes: includes)
        return String(try Making.body(script))
    }

    @Test("only what differs is expected and written, lists by what to add and to take away")
    func differences() throws {
        let body = try body(
            [
                .supcProducts: "Windows 11\nOffice", .supcClassifications: "Security Updates",
                .supcFileLanguages: "en\nzh-CN", .supcReportingEvents: "all", .supcWSUSCleanup: "true",
            ],
            [
                .supcProducts: "Windows 11\nWindows 10", .supcClassifications: "Security Updates",
                .supcFileLanguages: "en", .supcReportingEvents: "none", .supcWSUSCleanup: "true",
            ])
        #expect(body.contains("AddProduct = @('Office')\n            RemoveProduct = @('Windows 10')"))
        #expect(body.contains("AddLanguageUpdateFile = @('Chinese (Simplified, PRC)')"))
        #expect(body.contains("ReportingEvent = 'CreateAllWsusReportingEvents'"))
        #expect(
            body.contains(
                "-To @{ reportingEvents = 'all'; fileLanguages = @('en', 'zh-CN'); products = @('Office', 'Windows 11') } -Write {"
            ))
        #expect(!body.contains("CleanupWizard = ") && !body.contains("UpdateClassification ="))
        #expect(body.contains("SiteCode = 'PS1'") && body.contains("Set-CMSoftwareUpdatePointComponent @values"))
    }

    @Test("values that depend on each other go together")
    func together() throws {
        let body = try body(
            [
                .supcSynchronizationSource: "upstream", .supcUpstreamServer: "wsus.contoso.com",
                .supcUpstreamPort: "8531",
                .supcUpstreamSSL: "true", .supcFeatureUpdateSupersedence: "wait", .supcFeatureUpdateWaitMonths: "6",
                .supcThirdPartyUpdates: "manual", .supcSynchronizeOnSchedule: "false",
            ],
            [
                .supcSynchronizationSource: "microsoftUpdate", .supcFeatureUpdateSupersedence: "immediately",
                .supcThirdPartyUpdates: "off", .supcSynchronizeOnSchedule: "true", .supcSchedule: "0001170000100018",
            ], includes: true)
        #expect(
            body.contains(
                "SynchronizeAction = 'SynchronizeFromAnUpstreamDataSourceLocation'\n            UpstreamSourceLocation = 'https://wsus.contoso.com:8531'"
            ))
        #expect(body.contains("ImmediatelyExpireSupersedenceForFeature = $false\n            WaitMonthForFeature = 6"))
        #expect(body.contains("EnableThirdPartyUpdates = $true\n            EnableManualCertManagement = $true"))
        #expect(body.contains("EnableSynchronization = $false\n            Schedule = $null"))
    }

    @Test("a schedule that was entered here goes out in its parts, over the token that was seen")
    func schedule() throws {
        let body = try body(
            [
                .supcSynchronizeOnSchedule: "true", .supcScheduleKind: "monthlyByWeek", .supcScheduleInterval: "1",
                .supcScheduleWeekday: "tuesday", .supcScheduleWeekOrder: "second",
                .supcScheduleStart: "2026-11-21 03:00",
            ], [.supcSynchronizeOnSchedule: "true", .supcSchedule: "0001170000100018"])
        let parts =
            "-DayOfWeek Tuesday -WeekOrder Second -RecurCount 1 -Start ([datetime]'2026-11-21T03:00:00')"
        #expect(body.contains("EnableSynchronization = $true\n            Schedule = New-CMSchedule \(parts)\n"))
        #expect(body.contains("@{ schedule = '0001170000100018' }"))
        #expect(body.contains("schedule = (New-CMSchedule -ScheduleString -WhatIf:$false \(parts)) } -Write {"))
        #expect(!body.contains("Not written") && !body.contains("Never observed"))
    }

    @Test("a schedule that lacks a part, and one to go back to that is a token, are comments")
    func scheduleComments() throws {
        let seen: KeyValuePairs<FieldKey, String> = [
            .supcSynchronizeOnSchedule: "true", .supcSchedule: "0001170000100018",
        ]
        let incomplete = try body(
            [.supcSynchronizeOnSchedule: "true", .supcScheduleKind: "weekly", .supcScheduleInterval: "1"], seen)
        #expect(incomplete.contains("the schedule lacks a part") && !incomplete.contains("Invoke-Step"))
        let back = try body(
            [.supcSynchronizeOnSchedule: "true", .supcScheduleKind: "days", .supcScheduleInterval: "7"], seen,
            back: true)
        #expect(back.contains("no parameter takes a schedule as the site stores it") && !back.contains("Invoke-Step"))
    }

    @Test("what the cmdlet cannot take is a comment")
    func comments() throws {
        let body = try body(
            [.supcSynchronizeOnSchedule: "true", .supcSchedule: "0001170000100018", .supcFileLanguages: "en\nxx"],
            [.supcSynchronizeOnSchedule: "false", .supcFileLanguages: "en"], includes: true)
        #expect(body.contains("# Not written: “Synchronization schedule”"))
        #expect(body.contains("no name is known for xx"))
        #expect(!body.contains("Invoke-Step"))
    }

    @Test("a schedule that is on and that nobody entered is left to the console, and the script says why")
    func scheduleNobodyEntered() throws {
        let body = try body([.supcSynchronizeOnSchedule: "true"], [.supcSynchronizeOnSchedule: "false"])
        #expect(body.contains("it is on, and nobody entered when") && !body.contains("as the site stores it"))
    }

    @Test("fields no export has shown are named, and written when that is asked for")
    func neverObserved() throws {
        let fields: KeyValuePairs<FieldKey, String> = [.supcExpressFiles: "true"]
        let without = try body(fields, nil)
        #expect(
            without.contains(
                "Never observed, written only when that is asked for (“Write also what no export has shown”, --include-never-observed): Download express installation files."
            ))
        #expect(!without.contains("Invoke-Step"))
        let with = try body(fields, nil, includes: true)
        #expect(
            with.contains("ContentFileOption = 'ExpressForWindows10Only'") && with.contains(" -NeverObserved -Write {"))
    }

    @Test("back brings what was seen, and leaves what nobody told")
    func back() throws {
        let body = try body(
            [.supcProducts: "Office"], [.supcProducts: "Windows 11", .supcWSUSCleanup: "true"], back: true)
        #expect(body.contains("AddProduct = @('Windows 11')\n            RemoveProduct = @('Office')"))
        #expect(!body.contains("CleanupWizard = "))
    }

    @Test("below another site only update files and reporting are the site's own")
    func childSite() throws {
        var judge = Judge(.fileImport)
        let site = try #require(Site.check(Draft([.siteCode: "PS1", .siteParent: "CAS"]), base: nil, &judge))
        let body = try body(
            [.supcReportingEvents: "all", .supcWSUSCleanup: "true"],
            [.supcReportingEvents: "none", .supcWSUSCleanup: "false"],
            sites: [site])
        #expect(body.contains("ReportingEvent = ") && !body.contains("CleanupWizard ="))
        #expect(body.contains("a site below another takes it from the site above"))
    }
}
