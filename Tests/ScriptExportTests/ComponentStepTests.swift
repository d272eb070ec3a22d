import Domain
import Foundation
import Testing

@testable import ScriptExport

@Suite("What a script finds out about the component when it runs")
struct ComponentStepTests {
    private func script(
        _ intended: KeyValuePairs<FieldKey, String>, _ observed: KeyValuePairs<FieldKey, String>?, back: Bool = false,
        includes: Bool = false
    ) throws -> String {
        let record = ComponentRecord(
            site: try Making.site("PS1"),
            component: Held(intended: try Making.component(intended), observed: try observed.map(Making.component)))
        let script = try Making.script([], components: [record], back: back, includes: includes)
        _ = try PowerShellToken.read(script)
        return script
    }

    private func body(
        _ intended: KeyValuePairs<FieldKey, String>, _ observed: KeyValuePairs<FieldKey, String>?, back: Bool = false,
        includes: Bool = false
    ) throws -> String {
        try Making.body(try script(intended, observed, back: back, includes: includes))
    }

    @Test("a list no export has shown is replaced as a whole: what the site has besides is read and taken away")
    func untoldLists() throws {
        let body = try body(
            [
                .supcProducts: "Office\nIt's", .supcClassifications: "Updates", .supcFileLanguages: "en\nzh-CN",
                .supcWSUSCleanup: "true",
            ], [.supcWSUSCleanup: "false"], includes: true)
        #expect(body.contains("CallWsusCleanupWizard = $true"))
        #expect(body.contains("        $has = Get-ComponentState 'PS1'\n"))
        #expect(
            body.contains(
                "        Add-ListChange $values 'Product' $has.products @('It''s', 'Office')\n        Set-CMSoft"))
        #expect(body.contains("Add-ListChange $values 'UpdateClassification' $has.classifications @('Updates')\n"))
        #expect(
            body.contains(
                "Add-ListChange $values 'LanguageUpdateFile' $has.fileLanguages @('en', 'zh-CN')\n"))
        #expect(!body.contains("AddProduct") && !body.contains("RemoveProduct"))
        #expect(body.contains("whatever the site has is replaced: "))
        let emptied = try self.body([.supcProducts: ""], nil, includes: true)
        #expect(emptied.contains("Add-ListChange $values 'Product' $has.products @()\n"))
        let seen = try self.body([.supcProducts: "Office"], [.supcProducts: ""])
        #expect(seen.contains("AddProduct = @('Office')") && !seen.contains("Add-ListChange"), "an empty list was seen")
    }

    @Test("languages the site may have have the names that cmdlets take")
    func languageNames() throws {
        let script = try script([.supcProducts: "Office"], nil, includes: true)
        #expect(script.contains("    'zh-cn' = 'Chinese (Simplified, PRC)'\n"))
        for culture in UpdateLanguage.cultures { #expect(script.contains("'\(culture)' = '"), "\(culture)") }
    }

    @Test("classifications are told by their identifiers and written by the site's own names")
    func classifications() throws {
        let script = try script(
            [.supcClassifications: "Security Updates"], [.supcClassifications: "Updates\nSecurity Updates"])
        for known in UpdateClassification.known {
            guard let id = known.id else { continue }
            #expect(script.contains("    '\(id)' = '\(known.name)'\n"))
        }
        #expect(script.contains("$category.CategoryInstance_UniqueID"))
        #expect(script.contains("$siteNames[$name] = $category.LocalizedCategoryInstanceName"))
        #expect(script.contains("            RemoveUpdateClassification = Get-SiteName @('Updates')\n"))
        #expect(script.contains("@{ classifications = @('Security Updates') } -Write {"))
    }

    private let seenSchedule: KeyValuePairs<FieldKey, String> = [
        .supcSynchronizeOnSchedule: "true", .supcSchedule: "0001170000100018", .supcWSUSCleanup: "false",
    ]

    @Test("a schedule has a step of its own, and without a start the rest of it is compared")
    func scheduleWithoutStart() throws {
        let body = try body(
            [
                .supcSynchronizeOnSchedule: "true", .supcScheduleKind: "weekly", .supcScheduleInterval: "1",
                .supcScheduleWeekday: "sunday", .supcWSUSCleanup: "true",
            ], seenSchedule)
        let parts = "-DayOfWeek Sunday -RecurCount 1"
        #expect(body.components(separatedBy: "Invoke-Step").count == 3)
        #expect(
            body.contains(
                "Invoke-Step 'Software update point component of PS1' -Read { Get-ComponentState 'PS1' } -From @(\n        @{ wsusCleanup = 'false' }\n    ) -To @{ wsusCleanup = 'true' }"
            ))
        #expect(
            body.contains(
                "Invoke-Step 'Synchronization schedule of PS1' -Read { Get-ScheduleState 'PS1' } -From @(\n        @{ schedule = '0001170000100018' }\n    ) -To @{ synchronizeOnSchedule = 'true'; scheduleWithoutStart = (Get-ScheduleWithoutStart (New-CMSchedule -ScheduleString -WhatIf:$false \(parts))) } -Write {"
            ))
        #expect(body.contains("            Schedule = New-CMSchedule \(parts)\n"))
        #expect(body.contains("# The schedule has no start: it begins when it is written"))
    }

    @Test("a schedule out of range is a comment, and holds nothing else up")
    func scheduleOutOfRange() throws {
        let body = try body(
            [
                .supcSynchronizeOnSchedule: "true", .supcScheduleKind: "days", .supcScheduleInterval: "99",
                .supcWSUSCleanup: "true",
            ], seenSchedule)
        #expect(body.contains("the schedule lacks a part, or one is out of range"))
        #expect(!body.contains("New-CMSchedule") && !body.contains("Get-ScheduleState"))
        #expect(body.contains("CallWsusCleanupWizard = $true"))
    }

    @Test("every number of third-party updates beyond manual is automatic, as in an import")
    func thirdParty() throws {
        let script = try script([.supcThirdPartyUpdates: "automatic"], [.supcThirdPartyUpdates: "off"])
        #expect(
            script.contains("Get-Word (Get-ItemValue $timing 'EnableThirdPartyUpdates') @('off', 'manual') 'automatic'")
        )
        #expect(script.contains("if ($index -lt $Words.Count) { return $Words[$index] }\n    return $Other\n"))
    }

    @Test("back says so where the component has nothing to go back to")
    func nothingToGoBackTo() throws {
        let sentence = "no export has shown it, so there is nothing to take it back to."
        let never = try body([.supcWSUSCleanup: "true"], nil, back: true)
        #expect(never.contains("WSUS") && never.contains(sentence) && !never.contains("Invoke-Step"))
        let partly = try body(
            [.supcWSUSCleanup: "true", .supcProducts: "Office"], [.supcProducts: "Windows 11"], back: true)
        #expect(partly.contains(sentence) && partly.contains("AddProduct = @('Windows 11')"))
        #expect(!(try body([.supcWSUSCleanup: "true"], nil).contains(sentence)))
    }
}
