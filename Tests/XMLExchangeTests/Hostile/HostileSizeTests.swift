import Domain
import TestSupport
import Testing
import XMLExchange

/// Files that are made while they are read: what a sender could send without end.
///
/// How long and how large they may become is bounded by where they are refused, and by the time a test may take.
@Suite("Files that mean harm by their size", .timeLimit(.minutes(2)))
struct HostileSizeTests {
    /// What became of a file, and after how many bytes.
    private struct Outcome {
        var codes: Set<FindingCode> = []
        var findings = 0
        var records = 0
        var isRefused = false
        var bytes = 0
    }

    /// Feeds a beginning and then pieces of about 64 KiB, until the file is refused or `most` bytes are through.
    private static func read(
        _ beginning: String, most: Int = 8_000_000, end: String = "</Objs>", piece: (Int) -> String
    ) -> Outcome {
        var outcome = Outcome()
        let reader = ConfigurationReader(file: nil) { event in
            switch event {
            case .finding(let finding):
                outcome.codes.insert(finding.code)
                outcome.findings += 1
            case .record: outcome.records += 1
            }
        }
        func feed(_ text: String) {
            outcome.bytes += text.utf8.count
            Array(text.utf8).withUnsafeBytes { try! reader.feed($0) }
        }
        feed(beginning)
        var number = 0
        while outcome.bytes < most, !reader.isRefused {
            var text = ""
            while text.utf8.count < 64 * 1024 {
                text += piece(number)
                number += 1
            }
            feed(text)
        }
        feed(end)
        _ = try! reader.finish()
        outcome.isRefused = reader.isRefused
        return outcome
    }

    private static let item = Sample.open + Sample.item()

    @Test("Names, attributes and namespaces without end are refused for their number, before they make work")
    func names() {
        let pieces: [(Int) -> String] = [{ "<a\($0)/>" }, { "<S a\($0)=\"\"/>" }, { "<S xmlns=\"urn:\($0)\"/>" }]
        for piece in pieces {
            let outcome = Self.read(Self.item, piece: piece)
            #expect(outcome.codes == [.xmlLimitNames] && outcome.isRefused)
            #expect(outcome.bytes < 600_000)
        }
    }

    @Test("Depth, attributes and tags without end are refused where they begin")
    func shapes() {
        #expect(Self.read(Self.item) { _ in "<a>" }.codes == [.xmlLimitDepth])
        #expect(Self.read(Self.item + "<a") { " b\($0)=\"x\"" }.codes == [.xmlLimitTag])
        #expect(Self.read(Self.item + "<a") { " xmlns:b\($0)=\"x\"" }.codes == [.xmlLimitTag])
        #expect(Self.read(Self.item + "<a") { _ in "aaaaaaaaaa" }.codes == [.xmlLimitTag])
        #expect(Self.read(Self.item + "<a b='") { _ in "&amp;>aaaa" }.codes == [.xmlLimitTag])
        #expect(Self.read(Self.item + "</") { _ in "aaaaaaaaaa" }.codes == [.xmlLimitTag])
        #expect(Self.read("<?xml version=\"1.0\"") { _ in "          " }.codes == [.xmlDeclaration])
    }

    @Test("Text, comments and character data without end are refused at their limit")
    func texts() {
        let most = 12_000_000
        #expect(Self.read(Self.item + "<S>", most: most) { _ in "aaaaaaaaaaaaaaaaaaaa" }.codes == [.xmlLimitText])
        #expect(Self.read(Self.item + "<S>", most: most) { _ in "&amp;&#65;aaaaaaaaaa" }.codes == [.xmlLimitText])
        #expect(Self.read(Self.item + "<!--") { _ in "- - - - - - - - - - " }.codes == [.xmlLimitText])
        #expect(Self.read(Self.item + "<![CDATA[", most: most) { _ in "]] ] > ]] ] > ]] ] >" }.codes == [.xmlLimitText])
        #expect(
            Self.read(Self.item + "</Objs>", most: most, end: "") { _ in "                    " }.codes == [
                .xmlLimitText
            ])
        #expect(Self.read("", most: most, end: "") { _ in "                    " }.isRefused)
    }

    @Test("A value that comes in any number of pieces is refused at its limit")
    func values() {
        let open = Sample.open + "<Obj RefId=\"0\"><TN RefId=\"0\"><T>IResultObject#SMS_SCI_SysResUse</T></TN><Props>"
        let pieces = Self.read(open + "<S N=\"SiteCode\">", most: 2_000_000, end: "</S></Props></Obj></Objs>") { _ in
            "a<!-- x --><![CDATA[b]]>"
        }
        #expect(pieces.codes == [.xmlLimitValue] && pieces.isRefused)
    }

    @Test("One value any number of times in a record is told a thousand times at most")
    func repeated() {
        let record = String(Sample.item(properties: nil).dropLast("</Props></Obj>".utf8.count))
        let fields = Self.read(Sample.open + record, end: "</Props></Obj></Objs>") { "<S N=\"SiteCode\">A\($0)</S>" }
        #expect(fields.codes == [.valueTwice] && fields.findings == 1_000)
        let slots = Self.read(
            Sample.open + record + "<Obj N=\"Props\"><LST><Obj><Props>",
            end: "</Props></Obj></LST></Obj></Props></Obj></Objs>"
        ) { "<U32 N=\"Value\">\($0)</U32>" }
        #expect(slots.codes == [.valueTwice] && slots.findings == 1_000)
    }

    @Test("Properties, roles and names of one record without end are refused for their number")
    func properties() {
        let open = Sample.open + "<Obj RefId=\"0\"><TN RefId=\"0\"><T>IResultObject#SMS_SCI_SysResUse</T></TN><Props>"
        let list = open + "<Obj N=\"Props\"><LST>"
        #expect(
            Self.read(list) { "<Obj><Props><S N=\"PropertyName\">P\($0)</S></Props></Obj>" }.codes == [
                .xmlLimitProperties
            ])
        let own = "<configuration xmlns=\"urn:proxydesk:configuration:1\">"
        let server = own + "<siteSystemServer name=\"a.contoso.com\" site=\"PS1\">"
        #expect(Self.read(server) { "<role name=\"r\($0)\"/>" }.codes == [.xmlLimitProperties])
        #expect(
            Self.read(own + "<site code=\"PS1\">") { "<cloudDistributionPoint name=\"c\($0)\"/>" }.codes == [
                .xmlLimitProperties
            ])
        #expect(
            Self.read(own + "<site code=\"PS1\">") { "<exchangeConnector server=\"c\($0)\"/>" }.codes == [
                .xmlLimitProperties
            ])
    }

    @Test("Any number of classes is told in a hundred notices, with names of any length")
    func classes() {
        let short = Self.read(Self.item, most: 2_000_000) { "<Obj><TN><T>Class\($0)</T></TN></Obj>" }
        #expect(short.codes == [.importClassesPassedOver] && short.findings == 100 && short.records == 1)
        let name = String(repeating: "C", count: 60_000)
        let long = Self.read(Self.item) { "<Obj><TN RefId=\"\($0)\"><T>\(name)\($0)</T></TN></Obj>" }
        #expect(long.codes == [.importClassesPassedOver] && long.findings == 1)
    }

    @Test("Errors without end are told, and kept by nobody here")
    func errors() {
        let own = "<configuration xmlns=\"urn:proxydesk:configuration:1\">"
        let outcome = Self.read(own, most: 1_000_000, end: "</configuration>") { _ in "<x/>text<site z=\"\"/>" }
        #expect(outcome.codes == [.xmlElement, .xmlText, .xmlAttribute])
        #expect(outcome.findings > 100_000)
    }
}
