import Domain
import Foundation
import TestSupport
import Testing
import XMLExchange

@Suite("Beside another parser, Expat")
struct ExpatTests {
    /// The codes that say of a document that it is no XML; whatever else is refused is refused by a limit or a rule.
    static let notXML: Set<FindingCode> = [.xmlMalformed, .xmlTruncated, .xmlTrailing, .xmlEmpty]

    @Test("What Expat calls not well-formed is refused, and what it takes is refused by a rule only", arguments: 1...8)
    func agreement(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let documents = (0..<800).map { number in
            number.isMultiple(of: 4) ? ChanceDocument.damaged(&random) : ChanceDocument.composed(&random)
        }
        let verdicts = try Self.verdicts(documents)
        var wellFormed = 0
        for (document, verdict) in zip(documents, verdicts) {
            let reading = Reading(document)
            let text = Comment(rawValue: "\(verdict); \(reading.log.suffix(2)); \(Self.shown(document))")
            if verdict == "well-formed" {
                wellFormed += 1
                #expect(!reading.isRefused || reading.codes.allSatisfy { !Self.notXML.contains($0) }, text)
            } else {
                // PowerShell writes UTF-16 that declares UTF-8 (CONTRACTS 4); Expat goes by the declaration.
                #expect(reading.isRefused || reading.codes.contains(.xmlEncodingMark), text)
            }
        }
        // Neither side may be a rarity: then little would be compared.
        #expect((80...720).contains(wellFormed))
    }

    @Test("A namespace may have any name, even one that is no URI")
    func namespaceName() {
        let reading = Reading(Sample.objs(Sample.item() + "<a:b xmlns:a=\"]\"/>"))
        #expect(!reading.isRefused && reading.servers.count == 1)
    }

    static func verdicts(_ documents: [[UInt8]]) throws -> [String] {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var bytes: [UInt8] = []
        for document in documents {
            bytes += withUnsafeBytes(of: UInt32(document.count).littleEndian, Array.init)
            bytes += document
        }
        try Data(bytes).write(to: URL(filePath: path))
        let run = try ProgramRun.run("/usr/bin/python3", [Checkout.fixtures + "expat.py", path])
        let lines = run.text.split(separator: "\n").map(String.init)
        try #require(lines.count == documents.count, "\(run.errors)")
        return lines
    }

    private static func shown(_ document: [UInt8]) -> String {
        String(decoding: document.suffix(700), as: UTF8.self).debugDescription
    }
}

/// Documents as nobody would write them.
enum ChanceDocument {
    /// An item that is read, with pieces of mark-up behind it that may or may not be XML.
    static func composed(_ random: inout SeededGenerator) -> [UInt8] {
        var text = pick(heads, &random)
        if Int.random(in: 0..<12, using: &random) == 0 { text += pick(pieces, &random) }
        text += Sample.open + Sample.item()
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let isCloser = Bool.random(using: &random)
            text += pick(isCloser ? soundPieces : pieces, &random)
        }
        text += "</Objs>"
        if Int.random(in: 0..<12, using: &random) == 0 { text += pick(pieces, &random) }
        switch Int.random(in: 0..<14, using: &random) {
        case 0: return text.utf16Bytes()
        case 1: return text.utf16Bytes(bigEndian: true)
        case 2: return text.utf16Bytes(mark: false)
        case 3: return Array(("\u{FEFF}" + text).utf8)
        case 4:
            var bytes = Array(text.utf8)
            bytes.insert(contentsOf: pick(brokenUTF8, &random), at: Int.random(in: 0...bytes.count, using: &random))
            return bytes
        default: return Array(text.utf8)
        }
    }

    /// A small export with bytes changed, taken out or doubled.
    static func damaged(_ random: inout SeededGenerator) -> [UInt8] {
        let source = Sample.objs(
            "\n" + Sample.item(properties: [("ProxyName", Sample.value2("é &amp; &#x41; proxy"))])
                + "\n<!-- x --><S N=\"a\"><![CDATA[1]]></S>\n<a:b xmlns:a=\"u\" a:c='1'/>")
        var bytes = Array(source.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            let end = min(bytes.count, at + Int.random(in: 1...6, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[at] = pick(Array("<>&;'\"/=!?-[]: \r\n".utf8), &random)
            case 2: bytes.removeSubrange(at..<end)
            default: bytes.insert(contentsOf: bytes[at..<end], at: at)
            }
        }
        return bytes
    }

    private static func pick<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
        values.randomElement(using: &random)!
    }

    private static let heads = [
        "", "", "", "<?xml version=\"1.0\"?>", "<?xml version='1.0' encoding='utf-8'?>\r\n",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\" ?>",
        "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>", "<?xml encoding=\"UTF-8\"?>",
        "<?xml version=\"1.0\" standalone=\"maybe\"?>", "<!-- head -->", "\n", "\u{FEFF}\u{FEFF}",
    ]

    private static let soundPieces = [
        "<a b='1'>x</a>", "<a b=\"1\" c='\"'/>", "<p:a xmlns:p='u' p:b='1'/>", "<a xmlns=''><b/></a>", "<é ü='ß'/>",
        "&amp;&lt;&gt;&quot;&apos;", "&#65;&#x41;&#x1F332;&#9;", "<![CDATA[<&]]>", "<![CDATA[]]]]>", "<!-- - x -->",
        "<!---->", "森🌲\u{85}\u{2028}\u{7F}\u{FFFD}", "\r\n\t", "'\">", "<a\r\nb = '1'\n/>",
        "<a xml:lang='x' xml:space='preserve'/>",
        "<a b='&#10;&lt;&#38;'/>", "<a ></a >", "<_.-1/>", "<a b='>'/>", "]] >",
        "<a xmlns:p='u'><p:b/><q:c xmlns:q='u'/></a>",
    ]

    private static let pieces =
        soundPieces + [
            "<a>", "</a>", "<a/ >", "< a/>", "</ a>", "<a b/>", "<a b=x/>", "<a b='1' b='2'/>", "<a b='1'c='2'/>",
            "<a b='<'/>", "<a b='&'/>", "<a b='&x;'/>", "<a b='1\"/>", "<p:a/>", "<a p:b='1'/>", "<:a/>", "<a:/>",
            "<p:a:b xmlns:p='u'/>", "<a xmlns:p=''/>", "<a xmlns:xml='u'/>", "<a xmlns:xmlns='u'/>",
            "<a xmlns='http://www.w3.org/2000/xmlns/'/>", "<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>",
            "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "<a xmlns:p='u' xmlns:p='v'/>", "<1/>", "<-a/>", "<.a/>",
            "&", "& ", "&amp", "&x;", "&#;", "&#x;", "&#0;", "&#x1;", "&#xD800;", "&#xFFFE;", "&#x110000;",
            "&#99999999999999999999;", "&#65", "&#x4G;", "]]>", "<![CDATA[x", "<![cdata[x]]>", "<![CDATA [x]]>",
            "<!-- x", "<!-- a -- b -->", "<!-- a --->", "<!--->", "<?a b?>", "<?a?>", "<?a", "<??>", "<? a?>",
            "<?a:b c?>",
            "<?xml version='1.0'?>", "<?XML a?>", "<?xml?>", "<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY x 'y'>]>",
            "<!ENTITY x 'y'>", "<!x>", "<>", "</>", "<", "<a", "\u{0}", "\u{1}", "\u{B}", "\u{FFFE}", "\u{FFFF}",
            "\u{FEFF}", "</Objs>", "</Objs><Objs>", "<a b='\u{FFFF}'/>", "<!--\u{1}-->", "<a b='\u{2}'/>",
            "<x:include xmlns:x='http://www.w3.org/2001/XInclude'/>",
        ]

    private static let brokenUTF8: [[UInt8]] = [
        [0x80], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF], [0xE2, 0x82],
        [0xEF, 0xBF, 0xBE],
    ]
}
