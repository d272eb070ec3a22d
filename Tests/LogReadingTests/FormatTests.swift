import Domain
import LogReading
import Testing

@Suite("The forms of log files")
struct FormatTests {
    static let failed = "Failed to download the update from internet. Error = 12007."

    @Test func aRecordOfCMTraceTellsWhoWroteItAndWhen() throws {
        let log = try diagnose(record("Starting") + record(Self.failed))
        #expect(log.format == .cmTrace)
        #expect(log.lines == 2)
        let found = try #require(log.signatures.first)
        #expect(found.signature.id == "adr-download-failed")
        #expect(found.values == ["12007"])
        let sample = try #require(found.sightings.samples.first)
        #expect(sample.line == 2)
        #expect(sample.text == Self.failed)
        #expect(sample.component == "SMS_RULE_ENGINE")
        #expect(sample.time?.text == "2013-08-01 08:51:08")
        #expect(sample.time?.zone == "UTC+9:30")
        #expect(log.codeIDs == ["12007"])
        #expect(log.codes.first?.flows == [.adrContentDownload], "the component tells the log, and that the flow")
        #expect(log.log?.name == "ruleengine.log")
    }

    @Test func linesOfSeveralLogsAreOfNone() throws {
        let dmp = record("error 12007", component: "SMS_DMP_DOWNLOADER")
        #expect(try diagnose(dmp).log?.name == "dmpdownloader.log")
        #expect(try diagnose(dmp + record(Self.failed)).log == nil)
        #expect(try diagnose(dmp + record(Self.failed), file: "x/WCM.log").log?.name == "WCM.log")
        #expect(try diagnose(dmp + record(Self.failed, component: "SOMEBODY")).log?.name == "dmpdownloader.log")
    }

    @Test func theSecondLogOfAFileMayComeLate() throws {
        let first = String(repeating: record(Self.failed), count: 20)
        #expect(try diagnose(first).log?.name == "ruleengine.log")
        #expect(try diagnose(first + record(Self.failed, component: "SMS_DMP_DOWNLOADER")).log == nil)
        let others = (0..<30).map { record(Self.failed, component: "OTHER_\($0)") }.joined()
        #expect(try diagnose(first + others).log?.name == "ruleengine.log")
        #expect(try diagnose(first + others + record(Self.failed, component: "SMS_DMP_DOWNLOADER")).log == nil)
    }

    @Test func aMessageMaySpanLines() throws {
        let log = try diagnose(record("Sync failed: UssCommunicationError\nat System.Net\nHTTP status code 407]]"))
        #expect(log.codeIDs == ["http-407"])
        let sample = try #require(log.codes.first?.sightings.samples.first)
        #expect(sample.line == 3)
        #expect(sample.text == "Sync failed: UssCommunicationError ↵ at System.Net ↵ HTTP status code 407]]")
        #expect(sample.component == "SMS_RULE_ENGINE")
    }

    @Test func aBiasNeedsItsSign() throws {
        let text = record(Self.failed, time: "08:51:08.9541234") + record(Self.failed, time: "8:5:9.954+480")
        let seen = try #require(try diagnose(text).codes.first?.sightings)
        #expect(seen.first?.bias == nil)
        #expect(seen.last?.bias == 480)
        #expect(seen.last?.zone == "UTC-8")
        #expect(seen.last?.text == "2013-08-01 08:05:09")
    }

    @Test func theOlderFormHasItsTimeBehindTheMessage() throws {
        let text =
            "Sync failed: WebException: The remote name could not be resolved: 'sws.update.microsoft.com'~  "
            + "$$<SMS_WSUS_SYNC_MANAGER><02-08-2020 02:13:11.659+480><thread=5976 (0x1758)>\r\n"
        let log = try diagnose(text)
        #expect(log.format == .legacy)
        #expect(log.signatureIDs == ["sync-failed", "sync-name-not-resolved"])
        let found = try #require(log.signatures.first { $0.signature.id == "sync-name-not-resolved" })
        #expect(found.values == ["sws.update.microsoft.com"])
        #expect(found.sightings.first?.text == "2020-02-08 02:13:11")
        #expect(found.sightings.samples.first?.component == "SMS_WSUS_SYNC_MANAGER")
        #expect(found.sightings.samples.first?.text.hasSuffix("'sws.update.microsoft.com'") == true)
        #expect(log.hosts.contains("sws.update.microsoft.com"))
    }

    @Test func theLogOfTheRolesSetupHasItsTimeBeforeTheMessage() throws {
        let log = try diagnose(
            "<02/09/14 22:53:28> Starting\n<02/09/14 22:53:29> Scan failed with error = 0x80072ee2\n")
        #expect(log.format == .setup)
        let sample = try #require(log.codes.first?.sightings.samples.first)
        #expect(sample.time?.text == "2014-02-09 22:53:29")
        #expect(sample.text == "Scan failed with error = 0x80072ee2")
    }

    @Test func linesCopiedFromCMTraceHaveTabs() throws {
        let log = try diagnose("\(Self.failed)\tSMS_RULE_ENGINE\t4/27/2021 8:21:18 PM\t2612 (0x0A34)\n")
        #expect(log.format == .tabs)
        let sample = try #require(log.codes.first?.sightings.samples.first)
        #expect(sample.time?.text == "2021-04-27 20:21:18")
        #expect(sample.component == "SMS_RULE_ENGINE")
        #expect(sample.text == Self.failed)
    }

    @Test(arguments: [
        ("27.04.2021 20:21:18", "2021-04-27 20:21:18"), ("2021-04-27 20:21:18", "2021-04-27 20:21:18"),
        ("27/04/2021 20:21:18", nil), ("27. april 2021 20:21:18", nil),
    ])
    func linesCopiedFromCMTraceHaveDatesOfTheirCountry(column: String, time: String?) throws {
        let log = try diagnose("\(Self.failed)\tSMS_RULE_ENGINE\t\(column)\t2612 (0x0A34)\n")
        let sample = try #require(log.codes.first?.sightings.samples.first)
        #expect(log.format == .tabs)
        #expect(sample.time?.text == time)
        #expect(sample.component == "SMS_RULE_ENGINE")
        #expect(sample.text == Self.failed)
    }

    @Test func whatIsCutIsNotCutWithinACharacter() throws {
        let name = "x" + String(repeating: "ü", count: 200)
        let log = try diagnose(
            record("Redirected to URL http://x/\(name) error 12007", component: name)
                + "The remote name could not be resolved: '\(name)'\n")
        #expect(log.encoding == .utf8)
        let component = try #require(log.codes.first?.sightings.samples.first?.component)
        #expect(component == "x" + String(repeating: "ü", count: 49))
        let values = log.signatures.flatMap(\.values)
        #expect(values.allSatisfy { !$0.contains("Ã") && !$0.contains("�") }, "\(values)")
    }

    @Test func plainLinesOfWindowsUpdateHaveTheirTimeInFront() throws {
        let line =
            "2010-11-23 11:03:45:106  800 634 Misc WARNING: SendRequest failed with hr = 80072ee2. "
            + "Proxy List used: <theproxy:80> Bypass List used : <(null)>"
        let log = try diagnose(line, file: "C:\\Windows\\WindowsUpdate.log")
        #expect(log.format == .plain)
        #expect(log.codeIDs == ["12002"])
        #expect(log.signatures.first?.values == ["theproxy:80"])
        #expect(log.codes.first?.sightings.first?.text == "2010-11-23 11:03:45")
        #expect(log.log?.name == "WindowsUpdate.log")
        #expect(log.lines == 1, "the last line needs no end")
    }

    @Test(arguments: [
        ("ruleengine.log", "ruleengine.log"), ("RuleEngine.lo_", "ruleengine.log"),
        ("/x/y/wsyncmgr.log", "wsyncmgr.log"),
        ("WCM-20260101-120000.log", "WCM.log"),
    ])
    func anOlderFileIsTheSameLog(file: String, log: String) throws {
        #expect(try diagnose("x", file: file).log?.name == log)
    }

    @Test func aLineIsCountedOnceForEachCode() throws {
        let log = try diagnose("error 12007, error 12007 (0x80072EE7)\nerror 12007\n")
        #expect(log.codes.map(\.sightings.count) == [2])
    }
}

@Suite("The encodings of log files")
struct EncodingTests {
    private static let text = record("Grüße: " + FormatTests.failed) + record("Ende 😀")

    private static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            let pair = [UInt8(unit >> 8), UInt8(truncatingIfNeeded: unit)]
            return bigEndian ? pair : pair.reversed()
        }
    }

    static let cases: [(String, [UInt8], LogEncoding)] = [
        ("UTF-8", Array(text.utf8), .utf8), ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array(text.utf8), .utf8),
        ("UTF-16LE with a mark", [0xFF, 0xFE] + utf16(text, bigEndian: false), .utf16LittleEndian),
        ("UTF-16BE with a mark", [0xFE, 0xFF] + utf16(text, bigEndian: true), .utf16BigEndian),
        ("UTF-16LE", utf16(text, bigEndian: false), .utf16LittleEndian),
        ("UTF-16BE", utf16(text, bigEndian: true), .utf16BigEndian),
        ("ANSI", text.unicodeScalars.map { $0.value < 0x100 ? UInt8($0.value) : 0x3F }, .windows1252),
    ]

    @Test(arguments: cases)
    func eachIsReadTheSame(_ name: String, _ bytes: [UInt8], _ encoding: LogEncoding) throws {
        let log = try diagnose(bytes)
        #expect(log.encoding == encoding)
        #expect(log.lines == 2)
        #expect(log.format == .cmTrace)
        let sample = try #require(log.codes.first?.sightings.samples.first)
        #expect(sample.text == "Grüße: " + FormatTests.failed)
    }

    @Test(arguments: cases)
    func itDoesNotMatterHowTheBytesAreCutUp(_ name: String, _ bytes: [UInt8], _ encoding: LogEncoding) throws {
        let whole = try diagnose(bytes).summary
        for size in [1, 2, 3, 5, 7, 64, 255, 257] {
            let pieces = try diagnose(bytes, pieces: size).summary
            #expect(pieces == whole, "\(name) in pieces of \(size)")
        }
    }

    @Test func itDoesNotMatterWhereTheBytesAreCutInTwo() throws {
        let text =
            record("Sync failed: a\nb (407) Proxy Authentication Required") + "plain error 12029\n"
            + "x $$<SMS_WSUS_SYNC_MANAGER><02-08-2020 02:13:11.659+480><thread=5976 (0x1758)>\nhr=0x80072f0d"
        let bytes = Array(text.utf8)
        let whole = try diagnose(bytes).summary
        for cut in 1..<bytes.count {
            var reader = LogReader(try Shipped.patterns.get())
            bytes[..<cut].withUnsafeBytes { reader.feed($0) }
            bytes[cut...].withUnsafeBytes { reader.feed($0) }
            #expect(reader.finish().summary == whole, "cut at \(cut)")
        }
    }
}
