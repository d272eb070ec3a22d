import LogReading
import TestSupport
import Testing

/// What the manual says of the forms of lines is typed by hand: here its examples are read.
@Suite("The manual's examples of lines are read as it says")
struct FormatPageTests {
    @Test func everyExampleIsReadInItsForm() throws {
        let text = try ReferencePage("log-line-formats").text
        let examples = text.matches(of: #/```text\n(.+)\n```/#).map { String($0.output.1) }
        let read = try examples.map { try diagnose($0).format }
        #expect(read == [.cmTrace, .legacy, .setup])
        // Lines copied out of CMTrace, and those without a form, have no example.
        #expect(Set(LogFormat.allCases).subtracting(read) == [.tabs, .plain])
    }

    @Test func theTimeOfTheExamplesIsAsThePageSays() throws {
        let text = try ReferencePage("log-line-formats").text
        let example = try #require(text.firstMatch(of: #/```text\n(<!\[LOG\[.+)\n```/#)).output.1
        let line = String(example).replacing("[message]", with: "[error 12007]")
        let seen = try #require(try diagnose(line).codes.first?.sightings.first)
        #expect(seen.text == "2020-02-08 02:13:11" && seen.bias == 480 && seen.zone == "UTC-8")
        #expect(text.contains("`02:13:11.659+480` is 10:13 UTC"))
    }
}
