import Domain
import Testing
import XMLExchange

@Suite("ConvertTo-Xml")
struct ConvertToXMLTests {
    private static func objects(_ content: String) -> String { "<?xml version=\"1.0\"?><Objects>\(content)</Objects>" }

    private static let members =
        "<Property Name=\"NetworkOSPath\">\\\\cm01.contoso.com</Property><Property Name=\"RoleName\">SMS Site System</Property>"
        + "<Property Name=\"SiteCode\">PS1</Property>"

    private static func item(_ properties: String, type: String = " Type=\"X.WqlResultObject\"") -> String {
        "<Object\(type)>\(members)<Property Name=\"Props\" Type=\"System.Object[]\">\(properties)</Property></Object>"
    }

    private static func property(_ name: String, _ slots: String) -> String {
        "<Property Type=\"X\"><Property Name=\"PropertyName\">\(name)</Property>\(slots)</Property>"
    }

    private static let off = property("UseProxy", "<Property Name=\"Value\">0</Property>")

    @Test("Items are known by what they hold, with or without type names, and in a list in one object")
    func shapes() {
        let list = Self.item(Self.off).replacing("Object", with: "Property").replacing(
            "X.WqlResultProperty", with: "X.WqlResultObject")
        let variants = [
            Self.item(Self.off), Self.item(Self.off, type: ""),
            Self.item(Self.off, type: " Type=\"System.Management.Automation.PSCustomObject\""),
            Self.item(
                Self.off, type: " Type=\"System.Management.ManagementObject#root\\sms\\site_PS1\\SMS_SCI_SysResUse\""),
            "<Object Type=\"System.Object[]\">\(list)</Object>",
        ]
        for variant in variants {
            let reading = Reading(Self.objects(variant))
            #expect(reading.findings.isEmpty, "\(reading.log)")
            #expect(reading.servers.map { $0.proxy?[.proxyUse]?.text } == ["false"])
        }
    }

    @Test("What looks like PowerShell's escapes is text here")
    func noEscapes() {
        let account = Self.property("UserName", "<Property Name=\"Value2\">C\\a_x0041_</Property>")
        let server = Reading(Self.objects(Self.item(account))).servers.first
        #expect(server?.general?[.generalInstallationAccount]?.text == "C\\a_x0041_")
    }

    @Test("An empty number was not told, and an empty site code is left for --site")
    func empty() throws {
        let number = Self.property("UseProxy", "<Property Name=\"Value\" Type=\"\" />")
        let item = Self.item(number).replacing(">PS1</Property>", with: "/>")
        let server = try #require(Reading(Self.objects(item)).servers.first)
        #expect(server.proxy == nil && server.site == nil)
    }

    @Test(
        "An export with too little depth is refused with the command to run again",
        arguments: [
            item("<Property Type=\"X.WqlResultObject\">X.WqlResultObject</Property>"), item("System.Object[]"),
            "<Object Type=\"System.Object[]\"><Property Type=\"X.WqlResultObject\">X.WqlResultObject</Property></Object>",
        ])
    func shallow(_ object: String) throws {
        let refusal = try #require(Reading(Self.objects(object)).refusal)
        #expect(refusal.code == .importDepth)
        #expect(refusal.message.contains("| ConvertTo-Xml -Depth 3"))
    }

    @Test("Items whose properties are missing are said to be, and no proxy is not said")
    func withoutProperties() throws {
        let reading = Reading(Self.objects("<Object>\(Self.members)</Object>"))
        #expect(reading.codes == [.importPropertiesMissing])
        #expect(try #require(reading.servers.first).proxy == nil)
    }

    @Test("Sites are known by what they hold; other objects and simple values are passed over")
    func others() throws {
        let site =
            "<Object Type=\"X.WqlResultObject\"><Property Name=\"SiteCode\">PS1</Property><Property Name=\"SiteName\">One</Property>"
            + "<Property Name=\"ReportingSiteCode\"></Property><Property Name=\"ServerName\">cm01.contoso.com</Property>"
            + "<Property Name=\"Type\">2</Property></Object>"
        let list = "<Object Type=\"System.Object[]\"><Property Type=\"System.Int32\">1</Property></Object>"
        let other = "<Object Type=\"System.Int32\">1</Object><Object><Property Name=\"Name\">x</Property></Object>"
        let reading = Reading(Self.objects(site + list + other))
        #expect(reading.sites.map { $0.fields[.siteType]?.text } == ["primary"])
        #expect(reading.codes == [.importClassesPassedOver, .importClassesPassedOver])
        #expect(Reading(Self.objects(list)).refusal?.code == .importOtherFile)
    }

    @Test("Rows of a database query and secrets are treated as they are in CLIXML")
    func rows() {
        let row =
            "<Object Type=\"System.Data.DataRow\"><Property Name=\"ServerName\">cm01.contoso.com</Property>"
            + "<Property Name=\"SiteCode\">PS1</Property><Property Name=\"RoleName\">SMS Site System</Property>"
            + "<Property Name=\"Name\">UseProxy</Property><Property Name=\"Value3\">0</Property>"
            + "<Property Name=\"Password\">x</Property></Object>"
        let reading = Reading(Self.objects(row))
        #expect(reading.servers.map { $0.proxy?[.proxyUse]?.text } == ["false"])
        #expect(reading.codes == [.importProtectedValues])
    }
}
