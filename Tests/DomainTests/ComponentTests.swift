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
            for: ComponentRecord(site: site, component: Held(intended: component)), on: .stored)
        #expect(findings.map(\.code) == [.componentUpstreamMissing, .componentClassificationUnknown])
        #expect(findings.allSatisfy { $0.severity == .warning && $0.key == "CAS" })
    }

    @Test("a classification is known by its identifier in any language")
    func identifiers() {
        #expect(
            UpdateClassification.identified("UpdateClassification:0FA1201D-4330-4FA8-8AE9-B877473B6441")?.name
                == "Security Updates")
        #expect(UpdateClassification.identified("UpdateClassification:0") == nil)
    }
}
