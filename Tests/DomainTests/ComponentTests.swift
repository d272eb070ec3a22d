import Domain
import Testing

@Suite("The software update point component")
struct ComponentTests {
    private func check(
        _ texts: KeyValuePairs<FieldKey, String>, base: SoftwareUpdatePointComponent? = nil
    ) -> (component: SoftwareUpdatePointComponent?, findings: [Finding]) {
        var judge = Judge(.fileImport, entity: .component, key: "CAS")
        let component = SoftwareUpdatePointComponent.check(Draft(texts), base: base, &judge)
        return (component, judge.findings)
    }

    @Test("a field nobody told stays untold, which is neither off nor empty")
    func untold() throws {
        let component = try #require(check([.supcExpressFiles: "false"]).component)
        #expect(component.expressFiles == false && component.wsusCleanup == nil && component.products == nil)
        #expect(try #require(check([.supcProducts: ""]).component).products == [])
        #expect(check([:]).component == nil)
        #expect(SoftwareUpdatePointComponent.difference(nil, component) == [.supcExpressFiles])
    }

    @Test("an absent field keeps its value, a blank one takes it away")
    func absentAndBlank() throws {
        let base = check([.supcReportingEvents: "all", .supcSynchronizeOnSchedule: "true", .supcSchedule: "00AB"])
            .component
        let kept = try #require(check([.supcReportingEvents: ""], base: base).component)
        #expect(kept.reportingEvents == nil && kept.schedule?.text == "00AB")
    }

    @Test("what has no effect under another choice is neither judged nor kept")
    func leftOvers() throws {
        let (component, findings) = check([
            .supcSynchronizationSource: "microsoftUpdate", .supcUpstreamServer: "old", .supcUpstreamPort: "99999",
            .supcFeatureUpdateSupersedence: "immediately", .supcFeatureUpdateWaitMonths: "x",
            .supcSynchronizeOnSchedule: "false", .supcSchedule: "00AB",
        ])
        #expect(findings.isEmpty)
        #expect(component?.upstreamServer == nil && component?.upstreamPort == nil)
        #expect(component?.featureUpdateWaitMonths == nil && component?.schedule == nil)
    }

    @Test("lists are sets: sorted, each name once, known classifications in the console's spelling")
    func lists() throws {
        let component = try #require(
            check([.supcClassifications: "updates\nSECURITY UPDATES\nUpdates", .supcFileLanguages: "en\nde"]).component)
        #expect(component.classifications?.map(\.text) == ["Security Updates", "Updates"])
        #expect(component.fileLanguages?.map(\.text) == ["de", "en"])
        let again = check([.supcFileLanguages: "DE\nen"], base: component).component
        #expect(again == component, "a difference of case is no change")
    }

    @Test(
        "values without a sensible reading are refused",
        arguments: [
            (FieldKey.supcSynchronizationSource, "3", FindingCode.valueChoice),
            (.supcWSUSCleanup, "maybe", .valueFlag), (.supcFeatureUpdateWaitMonths, "-1", .valueNumber),
            (.supcFeatureUpdateWaitMonths, "1000", .valueNumber), (.supcUpstreamPort, "70000", .supPortRange),
            (.supcFeatureUpdateMaximumRunTime, "1.5", .valueNumber), (.supcDefaultServer, "a b", .nameWhitespace),
            (.supcSchedule, "00\u{7}AB", .textControl),
        ])
    func refused(_ field: FieldKey, _ text: String, _ code: FindingCode) {
        let (component, findings) = check([field: text])
        #expect(component == nil)
        #expect(findings.map(\.code) == [code] && findings.first?.field == field)
    }

    @Test("an upstream source without a server and an unknown classification are doubtful")
    func doubts() throws {
        let component = check([.supcSynchronizationSource: "upstream", .supcClassifications: "Treiber\nTools"])
            .component
        let site = try #require(SiteCode.check("CAS").value)
        let findings = ComponentRules.findings(
            for: ComponentRecord(site: site, component: Held(intended: component)), points: [], on: .stored)
        #expect(findings.map(\.code) == [.componentUpstreamMissing, .componentClassificationUnknown])
        #expect(findings.allSatisfy { $0.severity == .warning && $0.key == "CAS" })
    }

    @Test("a default server that is no software update point of the site is doubtful, until it is one")
    func strangeDefault() throws {
        let component = check([.supcDefaultServer: "SUP1.contoso.com"]).component
        let record = ComponentRecord(
            site: try #require(SiteCode.check("CAS").value), component: Held(intended: component))
        let findings = ComponentRules.findings(for: record, points: ["sup2.contoso.com"], on: .stored)
        #expect(findings.map(\.code) == [.componentDefaultUnknown] && findings[0].severity == .warning)
        #expect(ComponentRules.findings(for: record, points: ["sup1.contoso.com"], on: .stored) == [])
    }

    @Test("an upstream URL of a form becomes a server, a port and SSL, and is shown as it was")
    func upstreamURL() throws {
        let base = check([.supcSynchronizationSource: "upstream", .supcUpstreamServer: "wsus.contoso.com"]).component
        let told = try #require(check([.supcUpstreamURL: "https://WSUS.contoso.com:8531/"], base: base).component)
        #expect(told.upstreamServer?.text == "WSUS.contoso.com")
        #expect(told.upstreamPort?.number == 8531 && told.upstreamSSL == true)
        #expect(told.upstreamURL == "https://WSUS.contoso.com:8531")
        #expect(check([.supcUpstreamURL: "http://wsus"]).component?.upstreamURL == "http://wsus:80")
        let six = check([.supcUpstreamURL: "https://[2001:db8::1]:8531"]).component
        #expect(six?.upstreamServer?.text == "2001:db8::1" && six?.upstreamURL == "https://[2001:db8::1]:8531")
        #expect(base?.upstreamURL == "wsus.contoso.com")
        #expect(check([.supcUpstreamURL: "wsus.contoso.com"], base: base).component == base, "as it was shown")
        let cleared = try #require(check([.supcUpstreamURL: ""], base: told).component)
        #expect(cleared.upstreamServer == nil && cleared.upstreamPort == nil && cleared.upstreamSSL == nil)
    }

    @Test(
        "an upstream URL that is none says what is wrong with it",
        arguments: [
            ("wsus.contoso.com:8531", FindingCode.componentUpstreamScheme), ("ftp://wsus", .componentUpstreamScheme),
            ("https://wsus:8531/ServerSyncWebService", .componentUpstreamPath),
            ("https://wsus?x", .componentUpstreamPath),
            ("https://svc:secret@wsus:8531", .componentUpstreamUser), ("https://wsus:", .componentUpstreamPort),
            ("https://wsus:0", .componentUpstreamPort), ("https://wsus:65536", .componentUpstreamPort),
            ("https://wsus:https", .componentUpstreamPort), ("https://2001:db8::1:8531", .componentUpstreamIPv6),
            ("https://[2001:db8::1", .componentUpstreamIPv6), ("https://[fe80::1%3]:8531", .componentUpstreamIPv6),
            ("https://[::1]8531", .componentUpstreamPort), ("https://", .nameBlank), ("https://w sus", .nameWhitespace),
        ])
    func brokenURL(_ text: String, _ code: FindingCode) throws {
        let (component, findings) = check([.supcUpstreamURL: text])
        #expect(component == nil && findings.map(\.code) == [code])
        let finding = try #require(findings.first)
        #expect(finding.field == .supcUpstreamURL && !finding.message.contains("secret"))
    }

    @Test("a schedule entered in parts replaces the product's text, and the other way round")
    func recurrence() throws {
        let token = check([.supcSynchronizeOnSchedule: "true", .supcSchedule: "00AB"]).component
        let parts = try #require(
            check(
                [
                    .supcScheduleKind: "monthlyByWeek", .supcScheduleInterval: "2", .supcScheduleWeekday: "tuesday",
                    .supcScheduleWeekOrder: "second", .supcScheduleDayOfMonth: "x",
                    .supcScheduleStart: "2026-11-1 3:00",
                ], base: token
            ).component)
        #expect(parts.schedule == nil && parts.synchronizeOnSchedule == true && parts.doubts.isEmpty)
        #expect(parts.recurrence?.start?.text == "2026-11-01 03:00" && parts.recurrence?.dayOfMonth == nil)
        let weekly = try #require(check([.supcScheduleKind: "weekly"], base: parts).component)
        #expect(weekly.recurrence?.weekday == .tuesday && weekly.recurrence?.weekOrder == nil)
        #expect(check([.supcSchedule: "00AC"], base: parts).component?.recurrence == nil)
        #expect(check([.supcScheduleKind: ""], base: token).component == token, "nothing was entered")
        #expect(check([.supcSynchronizeOnSchedule: "false"], base: parts).component?.recurrence == nil)
        #expect(
            check([.supcSchedule: "00AB", .supcScheduleKind: "hours"]).findings.map(\.code) == [.componentScheduleTwice]
        )
    }

    @Test(
        "a start that is no time is refused",
        arguments: [
            "tomorrow", "2026-02-29 03:00", "2026-11-21", "21.11.2026 03:00", "2026-11-21 24:00", "2026-11-21 3",
        ])
    func start(_ text: String) {
        let findings = check([.supcScheduleKind: "days", .supcScheduleStart: text]).findings
        #expect(findings.map(\.code) == [.componentScheduleStart])
    }

    @Test(
        "what is out of range or missing is doubtful",
        arguments: [
            (
                [(FieldKey.supcScheduleKind, "hours"), (.supcScheduleInterval, "24")],
                [FindingCode.componentScheduleRange]
            ),
            ([(.supcScheduleKind, "hours"), (.supcScheduleInterval, "23")], []),
            ([(.supcScheduleKind, "days"), (.supcScheduleInterval, "0")], [.componentScheduleRange]),
            ([(.supcScheduleKind, "weekly")], [.componentScheduleIncomplete, .componentScheduleIncomplete]),
            (
                [(.supcScheduleKind, "weekly"), (.supcScheduleInterval, "5"), (.supcScheduleWeekday, "monday")],
                [.componentScheduleRange]
            ),
            (
                [(.supcScheduleKind, "monthlyByDay"), (.supcScheduleInterval, "12"), (.supcScheduleDayOfMonth, "32")],
                [.componentScheduleRange]
            ),
            (
                [(.supcScheduleKind, "monthlyByDay"), (.supcScheduleInterval, "12"), (.supcScheduleDayOfMonth, "0")], []
            ),
            ([(.supcFeatureUpdateSupersedence, "wait")], [.componentSupersedenceWait]),
            ([(.supcNonFeatureUpdateWaitMonths, "0")], [.componentSupersedenceMonths]),
            ([(.supcNonFeatureUpdateWaitMonths, "99")], []),
            ([(.supcNonFeatureUpdateWaitMonths, "100")], [.componentSupersedenceMonths]),
            ([(.supcFeatureUpdateMaximumRunTime, "4")], [.componentRunTimeRange]),
            ([(.supcNonFeatureUpdateMaximumRunTime, "10000")], [.componentRunTimeRange]),
            ([(.supcFeatureUpdateMaximumRunTime, "5"), (.supcNonFeatureUpdateMaximumRunTime, "9999")], []),
            ([(.supcUpstreamServer, "https://wsus:8531")], [.componentUpstreamName]),
            ([(.supcUpstreamServer, "2001:db8::1")], []),
            ([(.supcSynchronizeOnSchedule, "true")], [.componentScheduleIncomplete]),
            ([(.supcSynchronizeOnSchedule, "true"), (.supcSchedule, "0001")], []),
            ([(.supcFileLanguages, "DE\nzh-cn\nGerman")], []),
            ([(.supcFileLanguages, "klingon\nen")], [.componentLanguageUnknown]),
            ([(.supcSummaryLanguages, "de, en\nü")], [.componentLanguageUnknown, .componentLanguageUnknown]),
        ] as [([(FieldKey, String)], [FindingCode])])
    func ranges(_ sent: [(FieldKey, String)], _ codes: [FindingCode]) throws {
        var draft = Draft()
        for (field, text) in sent { draft[field] = Sent(text) }
        var judge = Judge(.fileImport)
        let component = try #require(SoftwareUpdatePointComponent.check(draft, base: nil, &judge))
        #expect(judge.findings.isEmpty && component.doubts.map(\.problem.code) == codes)
    }

    @Test("every field has its tab, and at a child site two of them count")
    func parts() throws {
        let shown = ComponentPart.allCases.flatMap(\.fields)
        #expect(Set(shown).count == shown.count)
        let all = (SoftwareUpdatePointComponent.fields + SoftwareUpdatePointComponent.formFields).map(\.key)
        #expect(Set(all.filter { ComponentPart.holding($0) != nil }) == Set(all))
        var judge = Judge(.edit)
        let child = try #require(Site.check(Draft([.siteCode: "S01", .siteType: "secondary"]), base: nil, &judge))
        let top = try #require(Site.check(Draft([.siteCode: "CAS"]), base: nil, &judge))
        #expect(ComponentPart.allCases.filter { $0.applies(to: child) } == [.source, .languages])
        #expect(ComponentPart.languages.fields(at: child) == [.supcFileLanguages])
        #expect(ComponentPart.allCases.allSatisfy { $0.fields(at: top) == $0.fields })
    }

    @Test("a classification is known by its identifier in any language")
    func identifiers() {
        #expect(
            UpdateClassification.identified("UpdateClassification:0FA1201D-4330-4FA8-8AE9-B877473B6441")?.name
                == "Security Updates")
        #expect(UpdateClassification.identified("UpdateClassification:0") == nil)
    }
}
