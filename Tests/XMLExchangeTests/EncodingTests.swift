import Domain
import Testing
import XMLExchange

@Suite("Encodings")
struct EncodingTests {
    static let text = Sample.objs(Sample.item(site: "PS1", properties: [("ForestFQDN", Sample.value1("forêt-森-🌲"))]))
    static let utf8 = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n" + text
    static let utf16 = "<?xml version='1.0' encoding='UTF-16' standalone=\"yes\" ?>" + text

    private func forest(_ bytes: [UInt8]) -> String? { Reading(bytes).servers.first?.general?[.generalForest]?.text }

    @Test("UTF-8 and UTF-16 read the same, with and without marks and declarations")
    func accepted() {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let files: [[UInt8]] = [
            Array(Self.text.utf8), mark + Self.text.utf8, Array(Self.utf8.utf8), mark + Self.utf8.utf8,
            Self.text.utf16Bytes(), Self.text.utf16Bytes(bigEndian: true), Self.utf16.utf16Bytes(),
            Self.utf16.utf16Bytes(bigEndian: true), Self.utf16.utf16Bytes(mark: false),
            Self.utf16.utf16Bytes(bigEndian: true, mark: false),
        ]
        for file in files {
            #expect(forest(file) == "forêt-森-🌲")
            #expect(Reading(file).findings.isEmpty)
        }
    }

    @Test("A UTF-16 mark wins over a declaration of UTF-8, with a notice")
    func markWins() {
        let reading = Reading(Self.utf8.utf16Bytes())
        #expect(reading.codes == [.xmlEncodingMark])
        #expect(reading.findings.first?.severity == .notice)
        #expect(reading.servers.count == 1)
    }

    @Test("Every other encoding, and every contradiction, is refused")
    func refused() {
        let latin = Array(Self.text.utf8).map { $0 == 0x53 ? 0xE9 : $0 }
        let files: [[UInt8]] = [
            Self.text.utf16Bytes(mark: false), Self.text.utf16Bytes(bigEndian: true, mark: false),
            Self.utf8.utf16Bytes(mark: false), "\n\(Self.text)".utf16Bytes(mark: false),
            " \(Self.text)".utf16Bytes(bigEndian: true, mark: false),
            [0xEF, 0xBB, 0xBF] + Self.utf16.utf8, Array(Self.utf16.utf8), latin,
            Array(Self.utf8.replacing("utf-8", with: "utf-7").utf8),
            Array(Self.utf8.replacing("utf-8", with: "windows-1252").utf8),
            Array(Self.utf8.replacing("utf-8", with: "US-ASCII").utf8),
            Self.utf16.replacing("UTF-16", with: "UTF-7").utf16Bytes(),
            Self.text.utf16Bytes() + [0x20], Self.text.utf16Bytes() + [0x20, 0xD8],
            Self.text.utf16Bytes() + [0x00, 0xDC, 0x20, 0x00],
            [0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0], [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x3C],
        ]
        for file in files {
            let reading = Reading(file)
            #expect(reading.refusal?.code == .xmlEncoding, "\(reading.log)")
            #expect(reading.refusal?.place.line != nil)
        }
        #expect(Reading(Self.text.utf16Bytes() + [0, 0]).refusal?.code == .xmlTrailing)
        #expect(Reading([0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Self.text.utf8).refusal?.code == .xmlMalformed)
    }

    @Test(
        "Bytes that are no UTF-8 are found where they stand",
        arguments: [
            [0xC3], [0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
            [0xF0, 0x8F, 0xBF, 0xBF],
        ] as [[UInt8]])
    func notUTF8(_ bytes: [UInt8]) throws {
        let file = Array((Sample.open + "\n<S>é").utf8) + bytes + Array("</S></Objs>".utf8)
        let refusal = try #require(Reading(file).refusal)
        #expect(refusal.code == .xmlEncoding)
        #expect(refusal.place.line == 2)
        #expect(refusal.place.column == 5)
    }
}
