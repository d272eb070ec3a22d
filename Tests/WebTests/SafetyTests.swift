import Foundation
import TestSupport
import Testing
import Web

@Suite("Safety of every request")
struct SafetyTests {
    @Test(arguments: [
        "evil.example", "127.0.0.1.evil.example", "localhost.evil:80", "127.0.0.1:99999999", "[::1", "127.0.0.1:",
    ])
    func aHostThatIsNotThisComputerIsRefused(host: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get("/", headers: ["Host": host])
            #expect(reply.status == 421)
        }
    }

    @Test(arguments: ["localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:1234"])
    func theNamesOfThisComputerAreTaken(host: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get("/", headers: ["Host": host])
            #expect(reply.status == 200)
        }
    }

    @Test func aRequestNamesItsHostOnce() async throws {
        try await withPortal { running in
            for fields in ["", "Host: localhost\r\nHost: localhost\r\n"] {
                let reply = try await running.client.send("GET / HTTP/1.1\r\n\(fields)Connection: close\r\n\r\n")
                #expect(reply.status == 400)
            }
        }
    }

    @Test func aFormOfAnotherPageIsRefused() async throws {
        try await withPortal { running in
            let own = "http://127.0.0.1:\(running.client.port)"
            let strange: [[String: String]] = [
                ["Origin": "http://evil.example"], ["Origin": "null"], ["Origin": own + ".evil"],
                ["Origin": "http://localhost:\(running.client.port)"], ["Sec-Fetch-Site": "cross-site"],
                ["Sec-Fetch-Site": "same-site"], ["Origin": own, "Sec-Fetch-Site": "cross-site"],
            ]
            let before = try running.store.numberOfSets
            for headers in strange {
                let reply = try await running.client.post(
                    "/servers/new", [("server.name", "x.contoso.com"), ("server.site", "PS1")], headers: headers)
                #expect(reply.status == 403)
            }
            #expect(try running.store.numberOfSets == before)
            let reply = try await running.client.post(
                "/servers/new", [("server.name", "x.contoso.com"), ("server.site", "PS1")],
                headers: ["Origin": own, "Sec-Fetch-Site": "same-origin"])
            #expect(reply.status == 303)
        }
    }

    @Test(arguments: ["/", "/no/such/page", "/servers/new", "/health/live", "/servers/\(Known.server)/proxy"])
    func everyAnswerHasTheHeadersOfSafety(address: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get(address)
            let policy = try #require(reply.headers["content-security-policy"])
            for rule in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"] {
                #expect(policy.contains(rule))
            }
            #expect(!policy.contains("script-src"))
            #expect(reply.headers["x-content-type-options"] == "nosniff")
            #expect(reply.headers["referrer-policy"] != nil)
            #expect(reply.headers["cache-control"] == "no-store")
            #expect(reply.headers["content-type"]?.contains("charset=utf-8") == true)
            #expect(reply.headers["x-request-id"] != nil)
            #expect(!reply.body.contains("<script"))
        }
    }

    @Test func whatIsNotThereSaysSo() async throws {
        try await withPortal { running in
            for address in [
                "/nothing", "/servers/none.contoso.com", "/sites/XXX", "/sites/toolong", "/changes/999", "/manual/none",
            ] {
                let reply = try await running.client.get(address)
                #expect(reply.status == 404)
                #expect(reply.body.contains("<h1>"))
            }
        }
    }

    @Test func aWrongMethodIsToldTheRightOnes() async throws {
        try await withPortal { running in
            let page = try await running.client.post("/servers", [])
            #expect(page.status == 405)
            #expect(page.headers["allow"] == "GET, HEAD")
            for method in ["PUT", "DELETE", "TRACE", "OPTIONS", "PATCH"] {
                let reply = try await running.client.get("/servers/new", method: method)
                #expect(reply.status == 405)
                #expect(reply.headers["allow"] == "GET, HEAD, POST")
            }
        }
    }

    @Test(arguments: ["/", "/servers/\(Known.server)/proxy", "/nothing", "/export/proxydesk-configuration.xml"])
    func headIsAnsweredWithoutABody(address: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get(address, method: "HEAD")
            let whole = try await running.client.get(address)
            #expect(reply.status == whole.status)
            #expect(reply.body.isEmpty)
            #expect(reply.headers["content-type"] == whole.headers["content-type"])
        }
    }

    @Test func anotherSpellingLeadsToTheStoredOne() async throws {
        try await withPortal { running in
            let reply = try await running.client.get("/servers/cm01.CORP.contoso.com/proxy?x=1")
            #expect(reply.status == 302)
            #expect(reply.location == "/servers/\(Known.server)/proxy?x=1")
            #expect(try await running.client.get("/sites/ps1").location == "/sites/PS1")
        }
    }

    @Test func eachRequestIsOneLineOfTheLog() async throws {
        try await withPortal { running in
            _ = try await running.client.get("/servers?q=secret-name")
            _ = try await running.client.get("/x%0d%0aFAKE%1b[31m")
            let lines = running.log.lines.filter { $0.hasPrefix("GET ") }
            #expect(lines.count == 2)
            #expect(lines.first?.hasPrefix("GET /servers 200 ") == true)
            #expect(!lines.joined().contains("secret-name"))
            #expect(!lines.joined().contains("\n") && !lines.joined().contains("\u{1B}"))
        }
    }

    @Test func readinessAsksTheStore() async throws {
        try await withPortal { running in
            let live = try await running.client.get("/health/live")
            let ready = try await running.client.get("/health/ready")
            #expect(live.body == "ok\n")
            #expect(ready.status == 200)
        }
    }

    @Test func aBodyNobodyReadsEndsTheConnection() async throws {
        try await withPortal { running in
            let text = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc"
            let reply = try await running.client.send(text, patience: 8)
            #expect(reply.status == 200)
            #expect(reply.headers["connection"] == "close")
        }
    }

    @Test func theExportIsStreamedAndFirstStartSaysWhatToDo() async throws {
        try await withPortal(isEmpty: true) { running in
            let page = try await running.client.get("/")
            #expect(page.body.contains("Get-CMSite") && page.body.contains("proxydesk import"))
            let script = try await running.client.get("/import/scripts/export-with-module.ps1")
            #expect(script.headers["content-disposition"]?.hasPrefix("attachment") == true)
        }
        try await withPortal { running in
            let file = try await running.client.get("/export/proxydesk-configuration.xml")
            #expect(file.body.contains("<!-- xml -->") && file.body.contains(Known.untold))
        }
    }
}

@Suite("Files of Public")
struct AssetTests {
    @Test func theStyleSheetHasAFingerprintAndIsKeptForEver() async throws {
        try await withPortal { running in
            let page = try await running.client.get("/")
            let address = try #require(Markup(page.body).values(of: "href").first { $0.hasPrefix("/assets/site.") })
            let reply = try await running.client.get(address)
            #expect(reply.status == 200)
            #expect(reply.headers["cache-control"]?.contains("immutable") == true)
            let eTag = try #require(reply.headers["etag"])
            #expect(!eTag.hasPrefix("W/"))
            let again = try await running.client.get(address, headers: ["If-None-Match": eTag])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
        }
    }

    @Test(arguments: [
        "/assets/site.css", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift", "/assets/..%2fPackage.swift",
        "/assets/", "/assets", "/assets/.hidden.css", "/assets/site.css%00.txt", "/schema/../css/site.css",
    ])
    func onlyWhatIsInTheTableIsServed(address: String) async throws {
        try await withPortal { running in
            let reply = try await running.client.get(address)
            #expect(reply.status == 404)
        }
    }

    @Test func linksAndHiddenFilesAreNotLoaded() throws {
        let files = FileManager.default
        let folder = files.temporaryDirectory.appendingPathComponent(
            "assets-\(ProcessInfo.processInfo.globallyUniqueString)")
        defer { try? files.removeItem(at: folder) }
        try files.createDirectory(at: folder.appendingPathComponent(".git"), withIntermediateDirectories: true)
        for name in ["plain.css", ".hidden.css", ".git/inside.css"] {
            try Data("a{}".utf8).write(to: folder.appendingPathComponent(name))
        }
        try files.createSymbolicLink(
            atPath: folder.path + "/link.css", withDestinationPath: folder.path + "/plain.css")
        try files.createSymbolicLink(atPath: folder.path + "/folder", withDestinationPath: "/etc")
        let table = try AssetTable(directory: folder.path)
        #expect(try table.address(of: "plain.css").hasPrefix("/assets/plain."))
        for name in [".hidden.css", "inside.css", "link.css", "passwd"] {
            #expect(throws: MissingAsset.self) { try table.address(of: name) }
        }
    }
}
