import Domain
import TestSupport
import Testing
import XMLExchange

@Suite("Reading never depends on chance")
struct StabilityTests {
    static let files: [[UInt8]] =
        [
            "whole-site.xml", "wmi-3.xml", "iresult-3-shallow.xml", "other/cim-SmbServerConfiguration.utf8nobom.xml",
            "flat-3.xml", "sqlrow-3.xml", "convertto-3.xml", "convertto-flat-3.xml", "cimxml-3.xml",
            "component-iresult.xml", "component-wmi.xml", "component-convertto.xml", "component-cimxml.xml",
            "configuration-1-components.xml",
        ].map(Fixture.bytes)
        + [Array(Fixture.text("cim-3.xml").utf8), Array(Fixture.text("iresult-3.xml").dropLast(4000).utf8)]
        + [CLIXMLGenerator(servers: 40, softwareUpdatePointShare: 0.5).document]
        + RefusalTests.cases.map { Array($0.text.utf8) }
        + [Array(EncodingTests.utf8.utf8), EncodingTests.utf16.utf16Bytes(bigEndian: true)]

    @Test("A file cut up in any way gives the same events", arguments: files.indices)
    func pieces(_ index: Int) {
        let file = Self.files[index]
        let whole = Reading(file)
        var random = SeededGenerator(seed: UInt64(index))
        for longest in [1, 2, 7, 300, 70_000] {
            let reading = Reading(file) { Int.random(in: 1...longest, using: &random) }
            #expect(reading.log == whole.log)
            #expect(reading.summary == whole.summary)
        }
    }

    @Test("Damaged files are refused with findings, or give records; they never crash")
    func mutations() {
        var random = SeededGenerator(seed: 2)
        let sources =
            ["iresult-3.xml", "selected-3.xml", "sqlrow-3.xml", "convertto-3.xml", "cimxml-3.xml", "flat-3.xml"].map {
                Array(Fixture.text($0).utf8.prefix(14_000))
            }
            + [Fixture.bytes("component-convertto.xml"), Fixture.bytes("configuration-1-components.xml")]
            + [Fixture.bytes("iresult-3.xml"), Array(Sample.configuration(OwnXMLTests.whole).utf8)]
        for _ in 0..<2_000 {
            var file = sources.randomElement(using: &random)!
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&file, &random) }
            let reading = Reading(file)
            #expect(!reading.log.isEmpty)
            #expect(reading.isRefused == false || reading.findings.contains { $0.severity == .error })
        }
    }

    private static func mutate(_ file: inout [UInt8], _ random: inout SeededGenerator) {
        guard file.count > 50 else { return }
        let at = Int.random(in: 0..<file.count - 40, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: file[at] = UInt8.random(in: 0...255, using: &random)
        case 1: file.removeSubrange(at..<at + Int.random(in: 1...40, using: &random))
        case 2: file.insert(contentsOf: file[at..<at + Int.random(in: 1...40, using: &random)], at: at)
        case 3: file.removeLast(file.count - at)
        default:
            let pieces = [
                "<", ">", "&", "\"", "<!--", "]]>", "<![CDATA[", "<?x", "<!DOCTYPE", "_xD800_", "\u{0}", "<Obj>",
                "</LST>", "<Property>", "<INSTANCE>", "</VALUE>",
            ]
            file.insert(contentsOf: pieces.randomElement(using: &random)!.utf8, at: at)
        }
    }

    @Test("The generator writes the shapes of the fixtures, the same bytes each time", arguments: ExportShape.allCases)
    func generator(_ shape: ExportShape) {
        let generator = CLIXMLGenerator(servers: 3, shape: shape, softwareUpdatePointShare: 0.3)
        #expect(generator.document == generator.document)
        // The fixture of CIM repeats the class in a later item; the generator writes it once.
        let length = shape == .cim ? 300 : .max
        let written = Self.skeleton(String(decoding: generator.document, as: UTF8.self)).prefix(length)
        #expect(written == Self.skeleton(Fixture.text("\(shape.rawValue)-3.xml")).prefix(length))
        var wide = generator
        wide.isUTF16 = true
        let logs = [generator, wide].map { Reading($0.document).log.filter { !$0.contains("xml.encoding.mark") } }
        #expect(logs[0] == logs[1] && logs[0].count == 4)
    }

    /// The start tags of a document, which are the same whatever the values are.
    private static func skeleton(_ text: String) -> [String] {
        text.split(separator: "<").filter { !$0.hasPrefix("/") && !$0.hasPrefix("?") }.map { piece in
            String(piece.prefix { $0 != ">" }).replacing(" /", with: "")
        }
    }
}
