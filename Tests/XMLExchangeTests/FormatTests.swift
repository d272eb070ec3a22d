import Domain
import Testing
import XMLExchange

@Suite("Formats")
struct FormatTests {
    static let wholeShapes = ["wmi-3", "cim-3", "selected-3", "sqlrow-3", "convertto-3", "cimxml-3"]

    @Test("Objects, rows and CIM-XML read to the same records, without a finding", arguments: wholeShapes)
    func sameRecords(_ shape: String) {
        let expected = Reading(Fixture.bytes("iresult-3.xml"))
        let reading = Reading(Fixture.bytes("\(shape).xml"))
        #expect(reading.findings.isEmpty)
        #expect(reading.summary.records == 4)
        #expect(
            reading.records.map { Reading.describe($0, places: false) }
                == expected.records.map { Reading.describe($0, places: false) })
    }

    @Test(
        "The report of an import names the format",
        arguments: [
            ("iresult-3", FileFormat.clixml), ("flat-3", .clixml), ("sqlrow-3", .clixml),
            ("convertto-3", .convertToXML),
            ("convertto-flat-3", .convertToXML), ("cimxml-3", .cimXML),
        ])
    func formats(_ shape: String, _ format: FileFormat) {
        #expect(Reading(Fixture.bytes("\(shape).xml")).summary.format == format)
        #expect(format.isObservation)
    }
}
