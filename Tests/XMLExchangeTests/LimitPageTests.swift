import Domain
import TestSupport
import Testing

@testable import XMLExchange

/// The page of limits is typed by hand: here it is held against the limits of a file.
@Suite("The manual knows every limit of a file, and no other")
struct LimitPageTests {
    private static let limits: [(FindingCode, String, String)] = [
        (.xmlLimitDepth, "depth of elements", "\(Limit.depth)"),
        (.xmlLimitAttributes, "attributes of an element", "\(Limit.attributes)"),
        (.xmlLimitTag, "bytes between `<` and `>`", "\(Limit.tag >> 10) KiB"),
        (.xmlLimitValue, "a value that is read", "\(Limit.value >> 10) KiB"),
        (
            .xmlLimitText, "any other piece of text",
            "\(Limit.text / 1_000_000) MB; a comment \(Limit.comment / 1_000_000) MB"
        ),
        (.xmlLimitItems, "items in a file", grouped(Limit.items)),
        (.xmlLimitProperties, "properties of an item", grouped(Limit.properties)),
        (.xmlLimitNames, "different names of elements and attributes", grouped(Limit.names)),
        (
            .xmlLimitProperties, "names of cloud distribution points or Exchange Server connectors of a site",
            grouped(Limit.siteNames)
        ),
    ]

    private static func grouped(_ number: Int) -> String {
        var text = String(number)
        for place in stride(from: text.count - 3, to: 0, by: -3) {
            text.insert(",", at: text.index(text.startIndex, offsetBy: place))
        }
        return text
    }

    @Test func everyLimitHasItsRow() throws {
        let page = try ReferencePage("limits")
        for (code, what, value) in Self.limits {
            let row = page.rows(in: "XML files").first { $0.cell(0) == what }
            #expect(row?.cell(1) == value, "\(what)")
            #expect(row?.cell(2).hasPrefix("[\(code.rawValue)]") == true, "\(what)")
        }
    }

    @Test func everyRowWithAFindingIsALimit() throws {
        let rows = try ReferencePage("limits").rows(in: "XML files").filter { $0.cell(2).hasPrefix("[xml.limit.") }
        #expect(rows.map { $0.cell(0) }.sorted() == Self.limits.map(\.1).sorted())
    }

    @Test func everyFindingOfALimitHasARow() {
        let codes = FindingCode.allCases.filter { $0.rawValue.hasPrefix("xml.limit.") }
        #expect(Set(codes) == Set(Self.limits.map(\.0)))
    }
}
