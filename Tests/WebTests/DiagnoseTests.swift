import Foundation
import Pages
import TestSupport
import Testing
import Web

@Suite("Diagnose")
struct DiagnoseTests {
    private static let canary = "canary-5b1f0e"
    private static let line = "Failed to download the update from internet. Error = 12007. \(canary)"

    /// The form as a browser sends it.
    private static func form(lines: String, file: (name: String, text: String) = ("", "")) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"lines\"\r\n\r\n\(lines)\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(file.name)\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\n\(file.text)\r\n--b--\r\n"
    }

    private static func send(
        _ client: HTTPClient, lines: String, file: (name: String, text: String) = ("", ""),
        headers: [String: String] = [:]
    ) async throws -> HTTPClient.Reply {
        let all = ["Content-Type": "multipart/form-data; boundary=b"].merging(headers) { $1 }
        return try await client.post("/diagnose", body: form(lines: lines, file: file), headers: all)
    }

    @Test("explains a pasted line: meaning, flow, what to look at next, and the pages of the manual")
    func pasted() async throws {
        try await withPortal { running in
            let before = try await running.client.get("/diagnose")
            #expect(before.status == 200 && before.headers["cache-control"] == "no-store")
            let reply = try await Self.send(running.client, lines: Self.line)
            #expect(reply.status == 200 && reply.headers["cache-control"] == "no-store")
            let page = Markup(reply.body)
            let links = page.values(of: "href")
            for link in [
                "/manual/reference/log-signatures#adr-download-failed", "/manual/reference/error-codes#12007",
                "/manual/reference/traffic-flows#adr-content-download", "/manual/troubleshooting/error-12007",
            ] { #expect(links.contains(link), "\(link)") }
            #expect(page.text.contains("ERROR_WINHTTP_NAME_NOT_RESOLVED"))
            #expect(page.text.contains("Look at the second proxy option of the software update point"))
            #expect(page.text.contains("1 line, "))
            #expect(page.brokenReferences == [] && page.headingJumps == [])
        }
    }

    @Test("leads to what the servers that are named really use")
    func servers() async throws {
        try await withPortal { running in
            let text =
                "Sync failed: \(Known.server.lowercased()): Unable to connect to the remote server proxy01.contoso.com"
            let links = Markup(try await Self.send(running.client, lines: text).body).values(of: "href")
            #expect(links.contains("/servers/\(Known.server)/connections"))
            #expect(links.contains("/servers/\(Known.server)/connections#software-update-synchronization"))
            #expect(links.contains("/proxies/proxy01.contoso.com:80"))
        }
    }

    @Test("names the computers also where no flow is known, by short names and shares too")
    func computers() async throws {
        try await withPortal { running in
            let short = Known.server.split(separator: ".")[0].lowercased()
            for text in ["error 12029 at \(Known.server)", #"error 12029 at \\\#(short)\share"#] {
                let reply = Markup(try await Self.send(running.client, lines: text).body)
                #expect(reply.text.contains("Computers named"), "\(text)")
                #expect(reply.values(of: "href").filter { $0 == "/servers/\(Known.server)/connections" }.count == 1)
            }
            let other = try await Self.send(running.client, lines: "error 12029 at cm01.other.example")
            #expect(!other.body.contains("Computers named"))
        }
    }

    @Test("names the sites that the portal has, and codes that the manual lacks by what they carry")
    func sitesAndUnlistedCodes() async throws {
        try await withPortal { running in
            let text = #"hr=0x80070005 hr=0x801901F7 at root\sms\site_PS1 and root\sms\site_ZZZ"#
            let reply = try await Self.send(running.client, lines: text)
            let page = Markup(reply.body)
            let links = page.values(of: "href")
            #expect(links.contains("/sites/PS1") && !links.contains("/sites/ZZZ"))
            #expect(links.contains("/manual/reference/error-codes#http-503"))
            #expect(page.text.contains("0x801901F7: HTTP status 503"))
            #expect(page.text.contains("0x80070005: Windows error 5"))
            #expect(page.brokenReferences == [] && page.headingJumps == [])
        }
    }

    @Test("reads a file as it arrives, and knows the log by its name")
    func file() async throws {
        try await withPortal { running in
            let log = String(repeating: "nothing\n", count: 10_000) + "error 12029\n"
            let reply = try await Self.send(running.client, lines: "", file: ("PatchDownloader.log", log))
            #expect(reply.status == 200)
            #expect(reply.body.contains("/manual/reference/error-codes#12029"))
            #expect(reply.body.contains("/manual/reference/log-files#patchdownloader-log"))
            #expect(reply.body.contains("Line 10001"))
        }
    }

    @Test("shows markup and control characters, and obeys neither")
    func hostile() async throws {
        try await withPortal { running in
            let reply = try await Self.send(
                running.client, lines: "<script>alert(1)</script> \u{1B}[31m error 12007 \u{202E}x",
                file: ("<b>.log", "error 12029 </pre><img src=x>"))
            #expect(reply.status == 200)
            #expect(!reply.body.contains("<script>") && !reply.body.contains("<img") && !reply.body.contains("<b>"))
            #expect(!reply.body.contains("\u{1B}") && !reply.body.contains("\u{202E}"))
            #expect(reply.body.contains("&lt;script&gt;"))
        }
    }

    @Test("says what was read when nothing is known of it")
    func nothingKnown() async throws {
        try await withPortal { running in
            let reply = try await Self.send(running.client, lines: "all is well\nthread=12007\n")
            #expect(reply.status == 200)
            #expect(reply.body.contains("None of these lines is known") && reply.body.contains("plain lines"))
        }
    }

    @Test("asks for lines where none came")
    func empty() async throws {
        try await withPortal { running in
            let reply = try await Self.send(running.client, lines: " \r\n")
            #expect(reply.status == 422)
            #expect(reply.body.contains("<title>Error: "))
            #expect(Markup(reply.body).values(of: "href").contains("#lines"))
        }
    }

    @Test("gives back what was pasted when it is too long")
    func tooLong() async throws {
        try await withPortal(export: nil) {
            $0.bodyLimit = 2 << 20
            $0.logLimit = 8 << 20
        } _: { running in
            let lines = String(repeating: "error 12007\n", count: 200_000)
            let reply = try await Self.send(running.client, lines: lines)
            #expect(reply.status == 422)
            #expect(reply.body.contains("must be 2 MiB or less"))
            #expect(reply.body.contains("error 12007\nerror 12007"))
        }
    }

    @Test("refuses a file beyond the limit, another origin, and another format")
    func refusals() async throws {
        try await withPortal(export: nil) {
            $0.bodyLimit = 1 << 10
            $0.logLimit = 1 << 10
        } _: { running in
            let long = String(repeating: "x", count: 4_000)
            let tooLarge = try await Self.send(running.client, lines: "", file: ("a.log", long))
            #expect(tooLarge.status == 413)
            #expect(tooLarge.body.contains("proxydesk diagnose FILE") && !tooLarge.body.contains("import FILE"))
            #expect(tooLarge.body.contains("href=\"#file\""))
            let both = try await Self.send(running.client, lines: "a pasted line", file: ("a.log", long))
            #expect(both.status == 413 && both.body.contains(">\na pasted line</textarea>"))
            let stranger = ["Origin": "http://evil.example"]
            let foreign = try await Self.send(running.client, lines: "x", headers: stranger)
            #expect(foreign.status == 403)
            let plain = try await running.client.post("/diagnose", [("lines", "x")])
            #expect(plain.status == 415)
            #expect(
                plain.body.contains("Paste the lines here") && !plain.body.contains("import page"),
                "Diagnose’s own words")
        }
    }

    @Test("keeps nothing: not in the data folder, not in the log")
    func keepsNothing() async throws {
        try await withImportPortal { portal in
            let replies = [
                try await Self.send(portal.client, lines: Self.line, file: ("\(Self.canary).log", Self.line)),
                try await Self.send(portal.client, lines: ""),
                try await portal.client.post(
                    "/diagnose",
                    body:
                        "--b\r\nContent-Disposition: form-data; name=\"\(Self.canary)\"\r\n\r\n\(Self.canary)\r\n--b--\r\n",
                    headers: ["Content-Type": "multipart/form-data; boundary=b"]),
            ]
            #expect(replies.map(\.status) == [200, 422, 400])
            #expect(replies[0].body.contains(Self.canary) && !replies[2].body.contains(Self.canary))
            #expect(try SecretPlaces.files(in: portal.path, holding: Self.canary).isEmpty)
            #expect(!portal.log.lines.joined(separator: "\n").contains(Self.canary))
            #expect(portal.stagedFiles == [])
        }
    }
}
