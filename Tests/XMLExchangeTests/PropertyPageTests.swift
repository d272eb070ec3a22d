import Foundation
import TestSupport
import Testing

@testable import XMLExchange

/// What the manual says of the properties of an export is typed by hand: here it is held against what is read.
@Suite("The manual names every property that is read, and its slot")
struct PropertyPageTests {
    private static func text() throws -> String {
        let folder = Checkout.path + "content/"
        let fields = try FileManager.default.contentsOfDirectory(atPath: folder + "fields")
        let files = fields.map { "fields/" + $0 } + ["docs/reference/xml-format.md"]
        return try files.map { try String(contentsOfFile: folder + $0, encoding: .utf8) }.joined(separator: "\n")
    }

    @Test func everyNameIsOnAPage() throws {
        let text = try Self.text()
        let names = ItemProperty.allCases.map { "\($0.name)" } + RecordField.allCases.map { "\($0.name)" }
        for name in names { #expect(text.contains("`\(name)`"), "\(name)") }
    }

    @Test func everySlotOnAPageIsTheOneThatIsRead() throws {
        let slots = Dictionary(ItemProperty.allCases.map { ("\($0.name)", "\($0.slot)") }) { first, _ in first }
        let told = try Self.text().matches(of: #/`([^`\n]+)`(?: of `\w+`)?, slot `(\w+)`/#)
        #expect(told.count > 30)
        for match in told {
            let (name, slot) = (String(match.output.1), match.output.2.lowercased())
            #expect(slots[name] == slot, "\(name)")
        }
    }

    @Test func theTablesOfTheFormatNameNothingElse() throws {
        let known = Set(ItemProperty.allCases.map { "\($0.name)" } + RecordField.allCases.map { "\($0.name)" })
        let rows = try ReferencePage("xml-format").rows(in: "Exports of a site").filter { $0.cells.count == 2 }
        #expect(rows.count >= 10)
        for row in rows {
            let name = ReferencePage.code(in: row.cell(1)).first ?? ""
            #expect(known.contains(name), "\(row.cell(0)): \(name)")
        }
    }
}
