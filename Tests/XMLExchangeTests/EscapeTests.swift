import Domain
import TestSupport
import Testing
import XMLExchange

@Suite("Escapes")
struct EscapeTests {
    /// PowerShell's EncodeString, then XML.
    static func encode(_ text: String) -> String {
        let units = Array(text.utf16)
        var encoded = ""
        for (index, unit) in units.enumerated() {
            let isEscape =
                unit == 0x5F && index + 1 < units.count && (units[index + 1] == 0x78 || units[index + 1] == 0x58)
            switch unit {
            case 0...0x1F, 0x7F...0x9F, 0xD800...0xDFFF: encoded += escape(unit)
            case _ where isEscape: encoded += escape(unit)
            case 0x26: encoded += "&amp;"
            case 0x3C: encoded += "&lt;"
            case 0x3E: encoded += "&gt;"
            default: encoded += String(decoding: [unit], as: UTF16.self)
            }
        }
        return encoded
    }

    private static func escape(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16, uppercase: true)
        return "_x" + String(repeating: "0", count: 4 - digits.count) + digits + "_"
    }

    private func forest(_ xml: String) -> Reading {
        Reading(Sample.objs(Sample.item(properties: [("ForestFQDN", Sample.value1(xml))])))
    }

    @Test("Any text comes back as it was")
    func roundTrip() {
        var random = SeededGenerator(seed: 7)
        let alphabet: [Unicode.Scalar] = Array("_xX005F1Aab&<>\"' \t\n\r\u{0}\u{7F}\u{85}é森🌲\u{202E}".unicodeScalars)
        for _ in 0..<500 {
            var text = ""
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                let any = Unicode.Scalar(UInt32.random(in: 1..<0xFFFE, using: &random)) ?? "x"
                text.unicodeScalars.append(Bool.random(using: &random) ? alphabet.randomElement(using: &random)! : any)
            }
            let read = forest(Self.encode(text)).servers.first?.general?[.generalForest]?.text
            #expect(read.map { Array($0.utf16) } == Array(text.utf16))
        }
    }

    @Test("Nothing is decoded twice, and what is no escape stays")
    func once() {
        let pairs = [
            ("proxy_x005F_x0041_", "proxy_x0041_"), ("_x41_", "_x41_"), ("_x004G_", "_x004G_"), ("_x0041", "_x0041"),
            ("_X0041_", "A"), ("__x0041_", "_A"), ("_xd83c__xDF32_", "🌲"), ("&#95;x0041_", "A"),
        ]
        for (xml, text) in pairs { #expect(forest(xml).servers.first?.general?[.generalForest]?.text == text) }
    }

    @Test("A control character that an escape hides is passed on, for the field's own rule to refuse")
    func controls() {
        let draft = forest("corp_x000A_contoso.com").servers.first?.general
        var judge = Judge(.fileImport)
        #expect(draft.flatMap { General.check($0, base: nil, &judge) } == nil)
        #expect(judge.findings.map(\.code) == [.textControl])
    }

    @Test(
        "Half a character is an error, and nothing is told of its group",
        arguments: ["_xD83C_", "a_xDF32_", "_xD83C_x"])
    func loneSurrogates(_ xml: String) {
        let reading = forest(xml)
        #expect(reading.codes == [.xmlEscape])
        #expect(reading.findings.first?.key == "cm01.corp.contoso.com")
        #expect(reading.findings.first?.field == .generalForest)
        #expect(reading.servers.count == 1 && reading.servers.first?.general == nil)
        let name = Reading(Sample.objs(Sample.item(server: "cm" + xml)))
        #expect(name.codes == [.xmlEscape] && name.records.isEmpty)
    }

    @Test("Names of elements are decoded too")
    func names() {
        let item = Sample.item().replacing("\"NetworkOSPath\"", with: "\"Network_x004F_SPath\"")
        #expect(Reading(Sample.objs(item)).servers.first?.name.text == "cm01.corp.contoso.com")
    }
}
