import Domain
import Testing
import XMLExchange

@Suite("Files that are refused")
struct RefusalTests {
    /// A document, the code it is refused with, and where.
    struct Case: CustomTestStringConvertible, Sendable {
        let text: String
        let code: FindingCode
        var line: Int? = 1
        var column: Int? = 1
        var testDescription: String { code.rawValue + " " + text.suffix(60).debugDescription }
    }

    static let open = Sample.open
    static let cases: [Case] = [
        Case(text: "", code: .xmlEmpty, line: nil, column: nil),
        Case(text: "\u{FEFF}", code: .xmlEmpty),
        Case(text: " \r\n\t ", code: .xmlEmpty),
        Case(text: "<?xml version=\"1.0\"?>\n", code: .xmlEmpty),
        Case(text: "<!-- nothing -->", code: .xmlEmpty),
        Case(text: open + "\n <Obj>", code: .xmlTruncated, line: 2, column: 7),
        Case(text: open + "\n <Obj Ref", code: .xmlTruncated, line: 2, column: 10),
        Case(text: open, code: .xmlTruncated, column: open.count + 1),
        Case(text: open + "<!-- ", code: .xmlTruncated, column: open.count + 6),
        Case(text: open + "</Objs>\n<Objs/>", code: .xmlTrailing, line: 2, column: nil),
        Case(text: open + "</Objs>\ntail", code: .xmlTrailing, line: 2, column: nil),
        Case(text: open + "</Objs>\n<?a b?>", code: .xmlProcessingInstruction, line: 2),
        Case(text: open + "</Objs>\n<?xml version=\"1.0\"?>", code: .xmlTrailing, line: 2),
        Case(text: open + "</Objs>\n\u{1}", code: .xmlTrailing, line: 2, column: 1),
        Case(text: "\n<?xml version=\"1.0\"?><Objs/>", code: .xmlDeclaration, line: 2),
        Case(text: "<?xml version=\"1.1\"?><Objs/>", code: .xmlDeclaration),
        Case(text: "<?xml encoding=\"UTF-8\"?><Objs/>", code: .xmlDeclaration),
        Case(text: "<?xml version=\"1.0\" encoding=\"UTF-8\"", code: .xmlDeclaration),
        Case(text: "<!DOCTYPE Objs SYSTEM \"http://x\"><Objs/>", code: .xmlDoctype),
        Case(text: open + "\n<!DOCTYPE x>", code: .xmlDoctype, line: 2),
        Case(text: open + "\n<!ENTITY x \"y\">", code: .xmlEntity, line: 2),
        Case(text: open + "\n<S>&lol;</S></Objs>", code: .xmlEntity, line: 2, column: nil),
        Case(text: open + "\n<S N=\"&lol;\"/></Objs>", code: .xmlEntity, line: 2, column: nil),
        Case(text: open + "\n  <?php x?></Objs>", code: .xmlProcessingInstruction, line: 2, column: 3),
        Case(text: "<?xml-stylesheet href=\"x\"?><Objs/>", code: .xmlProcessingInstruction),
        Case(
            text: open + "\n <x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"/etc/passwd\"/></Objs>",
            code: .xmlXinclude, line: 2, column: 2),
        Case(text: "<x:include xmlns:x=\"http://www.w3.org/2003/XInclude\"/>", code: .xmlXinclude),
        Case(text: open + "\n<a></b></Objs>", code: .xmlMalformed, line: 2, column: nil),
        Case(text: open + "\n<a b=\"1\" b=\"2\"/></Objs>", code: .xmlMalformed, line: 2, column: nil),
        Case(text: open + "\n a & b</Objs>", code: .xmlMalformed, line: 2, column: nil),
        Case(text: open + "\nab\u{2}</Objs>", code: .xmlMalformed, line: 2, column: 3),
        Case(text: open + "\n<!WHAT></Objs>", code: .xmlMalformed, line: 2, column: 1),
        Case(text: open + "\n<x:y/></Objs>", code: .xmlMalformed, line: 2, column: nil),
        Case(text: open + "\n&#xFFFF;</Objs>", code: .xmlMalformed, line: 2, column: nil),
        Case(text: "just words", code: .xmlMalformed),
        Case(text: open + "</Objs>", code: .importNothing),
        Case(text: Sample.configuration(""), code: .importNothing),
    ]

    @Test("Each with one error, its place and its code", arguments: cases)
    func refused(_ refused: Case) throws {
        let reading = Reading(refused.text)
        let finding = try #require(reading.refusal, "\(reading.log)")
        #expect(finding.code == refused.code)
        #expect(finding.place.line == refused.line)
        if let column = refused.column { #expect(finding.place.column == column) }
        #expect(finding.place.file == "site.xml")
        #expect(finding.message.hasSuffix("."))
        #expect(reading.records.isEmpty)
    }

    @Test(
        "Files of other things are refused for what they are",
        arguments: [
            ("<SMS_Roles><SMS_Role/></SMS_Roles>", "security roles"),
            ("<SecurityPolicy xmlns=\"http://forefront.microsoft.com/FEP/2010/01/PolicyData\"/>", "antimalware policy"),
            ("<!DOCTYPE html><html></html>", "HTML page"), ("<html><body/></html>", "HTML page"),
            ("<!-- saved -->\n<html><body/></html>", "HTML page"),
            ("{\"value\": []}", "JSON"), ("\n [1]", "JSON"),
            ("BEGIN_SITE_CONTROL\nBEGIN_SYSTEM_RESOURCE_USE\n", "site control file"),
            ("#< CLIXML\n<Objs/>", "Export-Clixml -Depth 3"),
            ("<?xml version=\"1.0\"?><Objects><Object/></Objects>", "objects of class objects without a type (1)"),
            ("<INSTANCE CLASSNAME=\"Win32_Thing\"/>", "objects of class Win32_Thing (1)"),
            ("<NewDataSet/>", "database query"), ("<row a=\"1\"/>", "database query"),
            ("instance of SMS_Collection\n{\n}", "MOF"), ("// *** MOF\n", "MOF"),
            ("PK\u{3}\u{4}zip", "zip archive"), ("MSCF\u{0}\u{0}", "binary file"),
            ("<Objs/>", "namespace"), ("<configuration/>", "another program"),
            ("<configuration xmlns=\"urn:proxydesk:configuration:2\"/>", "newer portal"),
            ("<Bananas/>", "Bananas"),
        ])
    func otherFiles(_ text: String, _ word: String) throws {
        let refusal = try #require(Reading(text).refusal)
        #expect(refusal.code == .importOtherFile)
        #expect(refusal.message.contains(word))
    }

    @Test("A gzip archive is named")
    func gzip() throws {
        #expect(try #require(Reading([0x1F, 0x8B, 8, 0, 0, 0]).refusal).message.contains("gzip"))
    }

    @Test(
        "Exports of other objects are refused for what they hold",
        arguments: [
            (
                "other/cim-SmbServerConfiguration.utf8nobom.xml", "MSFT_SmbServerConfiguration",
                FindingCode.importOtherFile
            ),
            ("other/empty-Objs.utf8bom.xml", "no site systems", .importNothing),
            ("other/escape-x000A-VersionInformation.utf8bom.xml", "no site systems", .importOtherFile),
            ("other/pscustomobject-HttpProxySetting.utf8bom.xml", "PSCustomObject", .importOtherFile),
            ("other/stderr-test_sanitise_clixml_with_no_errors.xml", "#< CLIXML", .importOtherFile),
            ("other/utf16le-bom-acs.xml", "no site systems", .importOtherFile),
            ("other/wmi-Win32_ComputerSystem.utf8bom.xml", "Win32_ComputerSystem", .importOtherFile),
            ("other/wmi-two-Win32_Processor.utf8bom.xml", "objects of class Win32_Processor (2)", .importOtherFile),
        ])
    func fixtures(_ name: String, _ word: String, _ code: FindingCode) throws {
        let refusal = try #require(Reading(Fixture.bytes(name)).refusal)
        #expect(refusal.code == code)
        #expect(refusal.message.contains(word))
        #expect(refusal.place.line != nil)
    }

    @Test("What tell throws stops the reading and comes out of feed")
    func throwing() {
        struct Stop: Error {}
        let reader = ConfigurationReader(file: nil) { _ in throw Stop() }
        let bytes = Array(Sample.objs(Sample.item()).utf8)
        #expect(throws: Stop.self) {
            try bytes.withUnsafeBytes { try reader.feed($0) }
            _ = try reader.finish()
        }
    }
}
