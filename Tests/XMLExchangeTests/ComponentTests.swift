import Domain
import Testing
import XMLExchange

@Suite("The software update point component in a file")
struct ComponentTests {
    static let formats = ["iresult", "wmi", "convertto", "cimxml"]

    private func component(_ name: String, members: String = "", properties: [(String, String)]? = []) -> String {
        Sample.item(
            server: nil, site: "CAS", type: "IResultObject#SMS_SCI_Component",
            members: "<S N=\"ComponentName\">\(name)</S>" + members, properties: properties)
    }

    private func fields(_ properties: [(String, String)], of name: String) throws -> Draft {
        let reading = Reading(Sample.objs(component(name, properties: properties)))
        #expect(reading.findings.isEmpty)
        return try #require(reading.components.first).fields
    }

    @Test("Its two items, products and classifications are read from every format of objects", arguments: formats)
    func shapes(_ shape: String) {
        let reading = Reading(Fixture.bytes("component-\(shape).xml"))
        #expect(reading.codes == [.importComponentsPassedOver], "the worker of each server is none of ours")
        #expect(reading.components.map(\.site?.text) == ["CAS", "CAS", "PS1"])
        #expect(reading.components[0].fields[.supcSynchronizationSource]?.text == "microsoftUpdate")
        #expect(reading.components[1].fields[.supcSchedule]?.text == "0001200000100008")
        #expect(reading.components[2].fields[.supcUpstreamPort]?.text == "8531")
        #expect(
            reading.updateCategories.map { "\($0.kind) \($0.name.text) \($0.isSubscribed)" } == [
                "product Windows 11 true", "product Windows 10, version 1903 and later true",
                "product Office 2010 false", "classification Security Updates true", "classification Upgrades true",
                "classification Treiber false",
            ])
        #expect(reading.summary.records == 16)
    }

    @Test("Numbers of the product become the portal's words, seconds become minutes")
    func numbers() throws {
        let configuration = try fields(
            [
                ("DefaultUseParentWSUS", Sample.value("2")), ("ClientReportingLevel", Sample.value("0")),
                ("Call WSUS Cleanup", Sample.value("1")), ("SupportedUpdateLanguages", Sample.value2("en,zh-CN")),
                ("Sync Supersedence Mode For NonFeature", Sample.value("1")), ("ParentWSUSPort", Sample.value("0")),
            ], of: "SMS_WSUS_CONFIGURATION_MANAGER")
        #expect(configuration[.supcSynchronizationSource]?.text == "none")
        #expect(configuration[.supcReportingEvents]?.text == "none")
        #expect(configuration[.supcWSUSCleanup]?.text == "true")
        #expect(configuration[.supcFileLanguages]?.text == "en\nzh-CN")
        #expect(configuration[.supcNonFeatureUpdateSupersedence]?.text == "wait")
        #expect(configuration[.supcUpstreamPort]?.text.isEmpty == true)
        let synchronization = try fields(
            [
                ("Sync Schedule", Sample.value1("")), ("Sync ExpressFiles", Sample.value("1")),
                ("EnableThirdPartyUpdates", Sample.value("1")), ("MaxInstallTime-Windows", Sample.value("3600")),
            ], of: "SMS_WSUS_Sync_Manager")
        #expect(synchronization[.supcSynchronizeOnSchedule]?.text == "false")
        #expect(synchronization[.supcExpressFiles]?.text == "true")
        #expect(synchronization[.supcThirdPartyUpdates]?.text == "manual")
        #expect(synchronization[.supcNonFeatureUpdateMaximumRunTime]?.text == "60")
    }

    @Test("A property that is there twice with two values is an error about the component and its field")
    func twice() throws {
        let reading = Reading(
            Sample.objs(
                component(
                    "SMS_WSUS_SYNC_MANAGER",
                    properties: [
                        ("Sync ExpressFiles", Sample.value("1")), ("Sync ExpressFiles", Sample.value("0")),
                    ])))
        let finding = try #require(reading.findings.first)
        #expect(finding.code == .valueTwice && finding.entity == .component && finding.key == "CAS")
        #expect(finding.field == .supcExpressFiles)
        #expect(reading.components.isEmpty)
    }

    @Test("A component that was exported with too little depth is refused with the command to run again")
    func shallow() {
        let reading = Reading(
            Sample.objs(
                component("SMS_WSUS_SYNC_MANAGER", members: "<S N=\"Props\">System.Object[]</S>", properties: nil)))
        #expect(reading.refusal?.code == .importDepth)
    }

    @Test("A component without its properties says nothing, and is counted as passed over")
    func withoutProperties() {
        let reading = Reading(
            Sample.objs(Sample.item() + component("SMS_WSUS_SYNC_MANAGER", properties: nil)))
        #expect(reading.codes == [.importComponentsPassedOver])
    }

    @Test(
        "In our own XML what does not belong in a component is an error with its line",
        arguments: [
            "<softwareUpdatePointComponent synchronizationSource=\"none\"/>",
            "<softwareUpdatePointComponent site=\"CAS\" proxy=\"p\"/>",
            "<softwareUpdatePointComponent site=\"CAS\"><product name=\"Windows 11\"/></softwareUpdatePointComponent>",
            "<softwareUpdatePointComponent site=\"CAS\"><products/><products/></softwareUpdatePointComponent>",
            "<softwareUpdatePointComponent site=\"CAS\"><products><product/></products></softwareUpdatePointComponent>",
            "<softwareUpdatePointComponent site=\"CAS\"><products><classification name=\"Tools\"/></products></softwareUpdatePointComponent>",
        ])
    func ownXMLFlaws(_ element: String) throws {
        let reading = Reading(Sample.configuration(element))
        let finding = try #require(reading.findings.first { $0.code != .importNothing })
        #expect(finding.severity == .error && finding.place.line == 1)
        #expect(finding.code == .xmlAttribute || finding.code == .xmlElement)
    }

    @Test("In our own XML a list that is left out says nothing, an empty one says that there is nothing")
    func ownXMLLists() throws {
        let text = "<softwareUpdatePointComponent site=\"CAS\" schedule=\"\"><products/></softwareUpdatePointComponent>"
        let fields = try #require(Reading(Sample.configuration(text)).components.first).fields
        #expect(fields.entries.map(\.field) == [.supcSchedule, .supcProducts])
        #expect(fields.entries.allSatisfy { $0.sent.text.isEmpty })
    }
}
