import Domain
import LogReading
import TestSupport
import Testing

@Suite("Hostile lines")
struct HostileTests {
    @Test func controlCharactersAndEscapesAreShownAndNotObeyed() throws {
        let log = try diagnose("\u{1B}[31mFAIL\u{7}\u{0} error 12007 \u{202E}evil\u{9B}31m\r\n")
        let text = try #require(log.codes.first?.sightings.samples.first?.text)
        #expect(text == "␛[31mFAIL␇␀ error 12007 ‹U+202E›evil‹U+9B›31m")
    }

    @Test func aLineOf10MegabytesIsReadInPieces() throws {
        var bytes = Array(repeating: UInt8(ascii: "x"), count: 10_000_000)
        let codes = [1_000, 65_530, 65_536, 131_060, 5_000_000, 9_999_900]
        for place in codes { bytes.replaceSubrange(place..<place + 13, with: Array(" error 12007 ".utf8)) }
        let log = try diagnose(bytes + Array("\nerror 12029\n".utf8), pieces: 100_000)
        #expect(log.lines == 2)
        #expect(log.cutLines == 1)
        #expect(log.codes.map(\.code.id).sorted() == ["12007", "12029"])
        #expect(log.codes.first { $0.code.id == "12007" }?.sightings.count == 1, "it is one line")
        #expect(log.codes.first { $0.code.id == "12029" }?.sightings.samples.first?.line == 2)
        let samples = log.codes.flatMap(\.sightings.samples).map(\.text)
        #expect(samples.allSatisfy { $0.utf8.count < 2_000 })
    }

    /// Each of these took a look back, or ahead, over all that stands around it, for every finding.
    @Test(arguments: [
        ("error 12007 ", 1), ("Failed to download the update from internet. Error = 12007 ", 1),
        ("<![LOG[]]]] error 12007 ", 1), ("error 12007\n", 2_000_000 / 12),
        ("<![LOG[]]]] error 12007\n", 2_000_000 / 24),
    ])
    func twoMegabytesOfFindingsAreReadAtOnce(text: String, count: Int) throws {
        let log = try diagnose(String(repeating: text, count: 2_000_000 / text.utf8.count))
        #expect(log.codes.map(\.sightings.count) == [count])
        #expect(log.cutLines == (text.hasSuffix("\n") ? 0 : 1))
    }

    @Test(arguments: [("hr=0x80070005 ", 1), ("hr=0x80070005\n", 2_000_000 / 14), ("hr=0x801901F7 ", 1)])
    func soAreCodesThatTheTableLacks(text: String, count: Int) throws {
        let log = try diagnose(String(repeating: text, count: 2_000_000 / text.utf8.count))
        #expect(log.codes.map(\.sightings.count) + log.unlisted.map(\.sightings.count) == [count])
    }

    @Test(arguments: [1, 3, 1_000, 65_536])
    func whatTheTableLacksIsFoundHoweverTheBytesCome(size: Int) throws {
        let line = #"x hr=0x80070005 hr=0x801901f7 -2147024891 at root\sms\site_PS1 error 2149122551 0x8024000B"#
        let text =
            String(repeating: line + "\n", count: 50) + record(line) + String(repeating: line + " ", count: 2_000)
        let whole = try diagnose(text)
        #expect(whole.unlisted.count == 2 && whole.codeIDs == ["http-503"] && whole.sites == ["PS1"])
        let pieces = try diagnose(text.utf8, pieces: size)
        #expect(pieces.unlisted.map(\.sightings.count) == whole.unlisted.map(\.sightings.count))
        #expect(pieces.codes.map(\.values) == whole.codes.map(\.values) && pieces.sites == whole.sites)
    }

    @Test(arguments: [10, 1_000, 65_000, 65_536, 70_000, 140_000])
    func aCodeInALongLineIsFoundWhereverItStands(place: Int) throws {
        var bytes = Array(repeating: UInt8(ascii: "y"), count: 200_000)
        bytes.replaceSubrange(place..<place + 13, with: Array(" error 12007 ".utf8))
        for size in [1_000, 65_536, 300_000] {
            #expect(try diagnose(bytes, pieces: size).codeIDs == ["12007"], "\(size)")
        }
    }

    @Test func aRecordThatNeverEndsIsReadAllTheSame() throws {
        let text = "<![LOG[" + String(repeating: "error 12007\n", count: 30_000)
        let log = try diagnose(text)
        #expect(log.codes.first?.sightings.count == 30_000)
        #expect(log.lines == 30_000)
    }

    @Test func halvesOfCharactersAndRecordsDoNoHarm() throws {
        for text in [
            "]LOG]!><time=\"", "<![LOG[", "$$<", "$$<A><", "<02/09/14", "\t\t\t", "error 12007\t\t", "\u{FEFF}",
            "\n\n\n",
            "Redirected to URL ", "HTTP status code = ", "<![LOG[error 12007]LOG]!><time=\"99:99:99\" date=\"x\"",
        ] {
            _ = try diagnose(text)
            _ = try diagnose(text.utf8, pieces: 1)
        }
        #expect(try diagnose([0xFF, 0xFE, 0x41]).encoding == .utf16LittleEndian)
        #expect(try diagnose([0xFE, 0xFF, 0xD8, 0x00]).encoding == .utf16BigEndian)
        #expect(try diagnose([]).lines == 0)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
            let whole = try diagnose(bytes).summary
            #expect(try diagnose(bytes, pieces: 7).summary == whole)
        }
    }

    /// The first bytes are kept until the encoding is told: pieces count behind them.
    private static let afterTheHead = String(repeating: "- ", count: 150) + "\n"

    /// Records that begin within a line or within each other, or never end: what is found must not depend on what had
    /// come already when it was looked at.
    @Test(arguments: [
        "error 12007 <![LOG[error 12007\nand on]LOG]!><time=\"08:51:08.954-570\" date=\"08-01-2013\">\n",
        "<![LOG[error 12007\n<![LOG[error 12029]LOG]!><time=\"08:51:08.954-570\" date=\"08-01-2013\">\n",
        "<![LOG[error 12007\nerror 12002]LOG]!> <![LOG[error 12029\nerror 12030]LOG]!>\n",
        "<![LOG[error 12007 <![LOG[\nerror 12029\n]LOG]!>]LOG]!>\nerror 12007",
    ])
    func recordsThatAreNoRecordsAreReadAlikeInPieces(text: String) throws {
        let text = Self.afterTheHead + text
        let whole = try diagnose(text).summary
        for size in [1, 2, 7, 40] { #expect(try diagnose(text.utf8, pieces: size).summary == whole, "\(size)") }
    }

    @Test func whatIsFoundDoesNotDependOnHowTheBytesWereCutUp() throws {
        let words = [
            "<![LOG[", "]LOG]!>", "<time=\"08:51:08.954-570\" date=\"08-01-2013\" component=\"SMS_RULE_ENGINE\">", "\n",
            "\r\n", "error 12007", " 0x80072EE7 ", "Error = 12029", "  $$<SMS_WSUS><07-01-2013 10:00:00.1+0><t>", "L",
            "!",
            "The remote name could not be resolved: 'cm01.contoso.com'", "\t", "\u{E9}", "http://proxy01:8080/",
        ]
        var random = SeededGenerator(seed: 7)
        for _ in 0..<400 {
            let count = Int.random(in: 1...24, using: &random)
            let text = Self.afterTheHead + (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
            let whole = try diagnose(text).summary
            for size in [1, 11] { #expect(try diagnose(text.utf8, pieces: size).summary == whole, "\(text)") }
        }
    }

    @Test func theSamplesOfAFindingAreFew() throws {
        let log = try diagnose(String(repeating: "error 12007\n", count: 1_000))
        let seen = try #require(log.codes.first?.sightings)
        #expect(seen.count == 1_000)
        #expect(seen.samples.count == LogSightings.mostSamples)
    }
}
