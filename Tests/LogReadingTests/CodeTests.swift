import Domain
import LogReading
import Testing

@Suite("Codes in lines")
struct CodeTests {
    @Test(arguments: [
        ("Error = 12007", "12007"), ("error 12007.", "12007"), ("ERROR: 12007", "12007"),
        ("failed with 12029", "12029"),
        ("HttpSendRequest failed 12045, can still rety for 3 times", "12045"), ("error code is 12152", "12152"),
        ("Code=12007, Text=x", "12007"), ("12007 (ERROR_WINHTTP_NAME_NOT_RESOLVED)", "12007"),
        ("The name could not be resolved (12007)", "12007"), ("GetLastError() returned 12002", "12002"),
        ("hr=0x80072ee7", "12007"), ("hr = 80072EE7", "12007"), ("0X80072EE7", "12007"), ("(0x80072ee7)", "12007"),
        ("result -2147012889", "12007"), ("result 2147954407", "12007"),
        ("error = 0x8024401B", "0x8024401b"), ("hr = 8024402c", "0x8024402c"), ("-2145107941", "0x8024401b"),
        ("0x80190197", "0x80190197"), ("hr=0x80070193", "0x80070193"), ("800b0109 error", ""),
        ("chain (error 800B0109)", "0x800b0109"),
        ("HTTP status code = 407", "http-407"), ("status 407", "http-407"), ("HTTP 407", "http-407"),
        ("HTTP/1.1 407 Proxy", "http-407"), ("The remote server returned an error: (407) Proxy", "http-407"),
        ("(407) Proxy Authentication Required", "http-407"), ("statuscode: 502", "http-502"),
        ("HttpSendRequest failed 502", "http-502"),
        ("Failed to download the update content with ID 7 from internet. Error = 404", "http-404"),
        ("Error: 0x2ee7", "12007"), ("error code 0x00002EE7", "12007"), ("HTTP/2.0 407", "http-407"),
        ("Response: 407", "http-407"), ("Fehler 12007", "12007"), ("Fehlercode: 0x80072EE7", "12007"),
        ("ERROR_WINHTTP_NAME_NOT_RESOLVED", "12007"), ("failed: error_internet_timeout!", "12002"),
        ("12007", "12007"), ("  80072ee7\t", "12007"), ("0x80072ee7\r\n", "12007"), ("0x2EE7", "12007"),
        ("-2147012889", "12007"), ("407", "http-407"),
    ])
    func aCodeIsKnownInItsSpelling(line: String, code: String) throws {
        #expect(try diagnose(line).codeIDs == (code.isEmpty ? [] : [code]))
    }

    @Test(arguments: [
        "12007 x", "bytes=12007", "thread=\"12007\"", "thread=12007 (0x2EE7)", "port 12007", "Read 12007 rows",
        "error 120071", "error 12007.5", "error 1.12007", "build 5.00.12007.1000", "10.12.0.7:12007",
        "{80072EE7-0000-0000-0000-000000000000}", "id 80072ee7", "80072ee7 x", "error 80072ee70", "0x80072EE71",
        "A80072EE7", "error x12007", "(12007)", "ID 407", "thread=407 (0x197)", "(407)", "KB407 status", "404 files",
        "status 4070", "http://server:407/", "2147954407123", "time 12:00:7", "error_12007x", "Package 500 HTTP",
        "Error = 5", "HTTP status code = 200", "2147954407 bytes", "status 407 bytes", "0x2EE7 x", "error 2ee7",
        "error 0x12EE7",
        "MY_ERROR_WINHTTP_TIMEOUT", "ERROR_WINHTTP_TIMEOUT_2",
    ])
    func aNumberThatMeansSomethingElseIsNoCode(line: String) throws {
        let found = try diagnose(line)
        #expect(found.codeIDs == [], "\(line)")
    }

    @Test(arguments: [
        ("hr=0x801901F7", "http-503"), ("error 2149122551", "http-503"), ("failed with -2145844745", "http-503"),
        ("hr = 801901F6", "http-502"), ("DownloadContentFiles() failed with hr=0x801901f7", "http-503"),
    ])
    func aStatusIsKnownByTheHRESULTThatCarriesIt(line: String, code: String) throws {
        let found = try diagnose(line)
        #expect(found.codeIDs == [code])
        #expect(found.unlisted.isEmpty)
        let status = code.dropFirst(5)
        let values = found.codes.first?.values ?? []
        #expect(values == [status == "503" ? "0x801901F7: HTTP status 503" : "0x801901F6: HTTP status 502"])
    }

    @Test func aCodeInItsOwnSpellingCarriesNothingElse() throws {
        for line in ["hr=0x80072EE7", "hr=0x80190197", "HTTP status code = 407"] {
            #expect(try diagnose(line).codes.first?.values == [], "\(line)")
        }
    }

    @Test(arguments: [
        ("hr=0x80070005", "0x80070005: Windows error 5"), ("hr = 80070005", "0x80070005: Windows error 5"),
        ("result -2147024891", "0x80070005: Windows error 5"), ("error 2147942405.", "0x80070005: Windows error 5"),
        ("failed (0x80072F1E)", "0x80072F1E: Windows error 12062"),
        ("Scan failed with error = 0x8024000B.", "0x8024000B: a code of Windows Update"),
        ("hr=0x80190257", "0x80190257: HTTP status 599"), ("0x80070005", "0x80070005: Windows error 5"),
        ("error=0x8007000E", "0x8007000E: Windows error 14"),
        ("hr=0x80200010", "0x80200010: a code of BITS"), ("error 2149580816", "0x80200010: a code of BITS"),
        ("failed with -2145386480", "0x80200010: a code of BITS"),
        ("hr=0x800B0101", "0x800B0101: a code of certificates"),
        ("error 2148204801", "0x800B0101: a code of certificates"),
        ("result -2146762495", "0x800B0101: a code of certificates"),
    ])
    func anHRESULTThatTheTableLacksIsNamedByItsOrigin(line: String, title: String) throws {
        let found = try diagnose(line)
        #expect(found.codeIDs == [])
        #expect(found.unlisted.map(\.code.title) == [title])
        #expect(found.unlisted.first?.sightings.samples.first?.text == line)
    }

    @Test func aWindowsErrorThatMayBeAStatusSaysSo() throws {
        let found = try diagnose("ERROR: DownloadContentFiles() failed with hr=0x800701f7", file: "PatchDownloader.log")
        let code = try #require(found.unlisted.first)
        #expect(code.code.likeStatus == "http-503" && code.code.meaning.contains("HTTP 503"))
        #expect(code.flows == [.adrContentDownload])
        #expect(try diagnose("hr=0x80070005").unlisted.first?.code.likeStatus == nil)
    }

    @Test(arguments: [
        "0x800700050", "id 80070005", "{80070005-0000-0000-0000-000000000000}", "thread=2147942405", "2147942405 bytes",
        "error 21479424051", "8007", "0x8007", "0x80070", "hr=0x800A0005", "hr=0x00070005", "error 80190",
        "a-2147024891",
        "hr=0x80072EE7", "error -2147012889", "hr=0x8007000G",
    ])
    func whatIsNoHRESULTOfAKnownOriginIsNotNamed(line: String) throws {
        #expect(try diagnose(line).unlisted.isEmpty)
    }

    @Test func onlySoManyCodesAreKeptAndEachCountsOnceInALine() throws {
        var lines: [String] = []
        for number in 0..<200 {
            let digits = String(number + 1000).dropFirst()
            lines.append("hr=0x8024A\(digits) hr=0x80070005")
        }
        lines.append("hr=0x80070005 0x80070005")
        let found = try diagnose(lines.joined(separator: "\n"))
        #expect(found.unlisted.count == LogDiagnosis.mostUnlisted)
        #expect(found.unlisted.first?.code.text == "0x80070005")
        #expect(found.unlisted.first?.sightings.count == 201)
    }

    @Test func aRecordsOwnNumbersAreNoCodes() throws {
        let line =
            "<![LOG[Done]LOG]!><time=\"12:00:07.407-407\" date=\"04-07-2026\" component=\"X\" context=\"\" type=\"1\" "
            + "thread=\"12007\" file=\"a.cpp:12007\">"
        #expect(try diagnose(line).isEmpty)
    }

    @Test func namesOfComputersAreTold() throws {
        let log = try diagnose(
            "error 12007 from CM01.corp.contoso.com via proxy01.contoso.com:8080, see ruleengine.log at 10.0.0.1, "
                + "System.Net.Sockets.SocketException")
        #expect(log.hosts == ["CM01.corp.contoso.com", "proxy01.contoso.com"])
    }

    @Test func aNumberAloneInALineOfAFileIsNoCode() throws {
        #expect(try diagnose("12007\n407\n80072ee7\n", file: "ruleengine.log").codeIDs == [])
    }

    @Test func shortNamesAndProxiesByAddressAreTold() throws {
        let log = try diagnose(
            #"error 12007 \\FILES\SMS_PS1 from CM01 on cm_02.contoso.com via 10.0.0.5:8080, version 5.0.9096.1000, not Proxy"#
        )
        #expect(log.hosts == ["cm_02.contoso.com", "10.0.0.5"])
        #expect(log.shortNames == ["FILES", "CM01"] && log.sites == ["PS1"])
    }

    @Test(arguments: [
        (#"error 12007 on root\sms\site_PS1"#, ["PS1"]), (#"error 12007 \\cm01\SMS_cas\inboxes"#, ["CAS"]),
        (#"error 12007 ["Display=\\CM01\"]MSWNET:["SMS_SITE=P01"]\\CM01\"#, ["P01"]),
        (#"error 12007 in C:\Windows\SMS_CCM\Logs for PS1, SMS_PS1, site PS1, SMS_SITE=PS12, \site_PS"#, []),
    ])
    func sitesAreToldWhereTheTextSaysThatTheyAreSites(line: String, sites: [String]) throws {
        #expect(try diagnose(line).sites == sites)
    }

    @Test func aSentenceThatOtherLogsHaveTooIsOfTheLogItStandsIn() throws {
        let text = "Unable to connect to the remote server"
        func flows(_ component: String) throws -> [TrafficFlowID] {
            try diagnose(record(text, component: component)).signatures.first?.flows ?? []
        }
        #expect(try flows("SMS_WSUS_SYNC_MANAGER") == [.softwareUpdateSynchronization])
        #expect(try flows("SMS_DMP_DOWNLOADER") == [.serviceConnection])
        #expect(try diagnose(text, file: "dmpdownloader.log").signatures.first?.flows == [.serviceConnection])
        let both = record(text, component: "SMS_WSUS_SYNC_MANAGER") + record(text, component: "SMS_DMP_DOWNLOADER")
        #expect(try diagnose(both).signatures.first?.flows == [.softwareUpdateSynchronization, .serviceConnection])
    }

    @Test(arguments: [
        "No connection could be made because the target machine actively refused it",
        "Could not establish trust relationship for the SSL/TLS secure channel",
        "Unable to connect to the remote server",
        "The remote name could not be resolved: 'x.contoso.com'", "The request failed with HTTP status 407",
        "Authentication failed because the remote party has closed the transport stream.",
    ])
    func aSentenceOfDotNetTellsNoFlowWhereItsLogIsUnknown(text: String) throws {
        func flows(_ line: String, file: String? = nil) throws -> [TrafficFlowID]? {
            try diagnose(line, file: file).signatures.first?.flows
        }
        #expect(try flows(text) == [], "pasted")
        #expect(try flows(text, file: "other.log") == [])
        #expect(try flows(record(text, component: "SOMEBODY")) == [])
        #expect(try flows(record(text, component: "SOMEBODY"), file: "WCM.log") == [])
        let known = record(text, component: "SMS_WSUS_SYNC_MANAGER")
        #expect(try flows(record(text, component: "SOMEBODY") + known) == [.softwareUpdateSynchronization])
        #expect(try flows(text, file: "wsyncmgr.log") == [.softwareUpdateSynchronization])
    }

    @Test func aLineOfOneLogAloneTellsItsFlowWhoeverWroteIt() throws {
        let text = "Failed to download the update from internet. Error = 12007."
        for line in [text, record(text, component: "SOMEBODY")] {
            #expect(try diagnose(line).signatures.first?.flows == [.adrContentDownload])
        }
    }

    @Test func whatWCMSaysOfAStatusIsTheStatus() throws {
        let found = try diagnose("System.Net.WebException: The request failed with HTTP status 407", file: "WCM.log")
        #expect(found.signatureIDs == ["wcm-http-status"] && found.codeIDs == ["http-407"])
        #expect(found.signatures.first?.values == ["407"])
        let other = try diagnose("HTTP Status 502 Proxy Error", file: "WCM.log")
        #expect(other.codeIDs == ["http-502"])
    }

    @Test func everyShippedExampleIsFoundByItsOwnLine() throws {
        for signature in try Shipped.patterns.get().knowledge.signatures {
            let found = try diagnose(signature.example)
            #expect(found.signatureIDs.contains(signature.id), "\(signature.id)")
        }
    }
}
