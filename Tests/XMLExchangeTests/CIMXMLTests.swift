import Domain
import Testing
import XMLExchange

@Suite("WMI's CIM-XML")
struct CIMXMLTests {
    private static let members =
        "<QUALIFIER NAME=\"q\" TYPE=\"string\"><VALUE>x</VALUE></QUALIFIER>"
        + "<PROPERTY NAME=\"NetworkOSPath\" TYPE=\"string\"><VALUE>\\\\cm01.contoso.com</VALUE></PROPERTY>"
        + "<PROPERTY NAME=\"RoleName\" TYPE=\"string\"><VALUE>SMS Site System</VALUE></PROPERTY>"
        + "<PROPERTY NAME=\"SiteCode\" TYPE=\"string\"><QUALIFIER NAME=\"k\"/><VALUE>PS1</VALUE></PROPERTY>"

    private static func list(_ content: String) -> String {
        "<PROPERTY.OBJECTARRAY NAME=\"Props\"><VALUE.OBJECTARRAY>\(content)</VALUE.OBJECTARRAY></PROPERTY.OBJECTARRAY>"
    }

    private static func property(_ name: String, _ value: String) -> String {
        "<VALUE.OBJECT><INSTANCE CLASSNAME=\"SMS_EmbeddedProperty\"><PROPERTY NAME=\"PropertyName\"><VALUE>\(name)</VALUE></PROPERTY>"
            + "\(value)</INSTANCE></VALUE.OBJECT>"
    }

    private static func value(_ slot: String, _ text: String) -> String {
        "<PROPERTY NAME=\"\(slot)\" TYPE=\"uint32\"><VALUE>\(text)</VALUE></PROPERTY>"
    }

    private static func instance(_ content: String) -> String {
        "<INSTANCE CLASSNAME=\"SMS_SCI_SysResUse\">\(members)\(content)</INSTANCE>"
    }

    private static let item = instance(list(property("UseProxy", value("Value", "0"))))

    @Test("An instance may be the root, or stand in CIM, in a declaration or in wmic's results")
    func roots() {
        let variants = [
            Self.item, "<CIM CIMVERSION=\"2.0\">\(Self.item)</CIM>",
            "<DECLGROUP><VALUE.OBJECT>\(Self.item)</VALUE.OBJECT></DECLGROUP>",
            "<COMMAND><REQUEST><COMMANDLINE>/password:x <INSTANCE/></COMMANDLINE></REQUEST>"
                + "<RESULTS NODE=\"A\"><CIM>\(Self.item)</CIM></RESULTS></COMMAND>",
        ]
        for variant in variants {
            let reading = Reading(variant)
            #expect(reading.findings.isEmpty, "\(reading.log)")
            #expect(reading.servers.map { $0.proxy?[.proxyUse]?.text } == ["false"])
            #expect(reading.servers.map { $0.site?.text } == ["PS1"])
        }
    }

    @Test("A property without a value is null, and what looks like PowerShell's escapes is text")
    func nulls() {
        let properties =
            Self.property("UserName", Self.value("Value2", "C\\a_x0041_"))
            + Self.property("ForestFQDN", "<PROPERTY NAME=\"Value1\" TYPE=\"string\"></PROPERTY>")
            + Self.property("UseProxy", "<PROPERTY NAME=\"Value\" TYPE=\"uint32\"/>")
        let server = Reading(Self.instance(Self.list(properties))).servers.first
        #expect(server?.general?.entries.map(\.sent.text) == ["C\\a_x0041_", ""])
        #expect(server?.proxy == nil)
    }

    @Test(
        "Items whose properties are missing are said to be, and no proxy is not said",
        arguments: ["", "<PROPERTY.OBJECTARRAY NAME=\"Props\"/>", "<PROPERTY.ARRAY NAME=\"Props\" TYPE=\"string\"/>"])
    func withoutProperties(_ content: String) throws {
        let reading = Reading(Self.instance(content))
        #expect(reading.codes == [.importPropertiesMissing])
        #expect(reading.findings.first?.message.contains("does not tell whether they use a proxy") == true)
        #expect(try #require(reading.servers.first).proxy == nil)
    }

    @Test("Sites, other classes and secrets are told apart")
    func others() {
        let site =
            "<INSTANCE CLASSNAME=\"SMS_Site\">\(Self.value("SiteCode", "PS1"))\(Self.value("Type", "2"))</INSTANCE>"
        let other = "<INSTANCE CLASSNAME=\"Win32_Thing\">\(Self.value("Password", "x"))</INSTANCE>"
        let reading = Reading("<CIM>\(site)\(other)</CIM>")
        #expect(reading.sites.map { $0.fields[.siteType]?.text } == ["primary"])
        #expect(reading.codes == [.importProtectedValues, .importClassesPassedOver])
        let secret = Reading(Self.instance(Self.list(Self.property("PXEPassword", Self.value("Value2", "x")))))
        #expect(secret.codes == [.importProtectedValues])
        #expect(Reading("<CIM>\(other)</CIM>").refusal?.code == .importOtherFile)
    }

    @Test("A value twice, in another case, or with an element in it is an error")
    func damaged() {
        func codes(_ slots: String) -> [FindingCode] {
            Reading(Self.instance(Self.list(Self.property("UseProxy", slots)))).codes
        }
        #expect(codes(Self.value("Value", "0") + Self.value("Value", "1")) == [.valueTwice])
        #expect(codes(Self.value("value", "0")) == [.valueCase])
        #expect(codes(Self.value("Value", "0<X/>")) == [.xmlElement])
    }
}
