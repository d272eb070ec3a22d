import Domain
import Foundation
import TestSupport
import Testing
import Web

@Suite("An upload")
struct UploadTests {
    private static let boundary = "test"
    private static let head = "--test\r\nContent-Disposition: form-data; name=\"file\"; filename=\"site.xml\"\r\n\r\n"
    private static let file = ServerItem.file([
        ServerItem("cm01.contoso.com", proxy: ProxyItem(name: "proxy01.contoso.com", port: 8080))
    ])

    private static func request(_ portal: ImportPortal, length: String, _ body: String) -> [UInt8] {
        Array(
            ("POST /import HTTP/1.1\r\nHost: 127.0.0.1:\(portal.client.port)\r\nConnection: close\r\n"
                + "Content-Type: multipart/form-data; boundary=test\r\n\(length)\r\n\r\n\(body)").utf8)
    }

    private static func status(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix { $0 != 13 }, as: UTF8.self)
    }

    /// Waits for something that happens on another thread.
    private static func eventually(_ isSo: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<600 {
            if try await isSo() { return true }
            try await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    @Test("of twenty at once one is read, and the others hear at once that they should try again")
    func twentyAtOnce() async throws {
        try await withImportPortal { portal in
            let half = Self.request(portal, length: "Content-Length: 5000000", Self.head + Self.file.prefix(400))
            try await portal.client.holding(half) {
                let isRead = try await Self.eventually { !portal.stagedFiles.isEmpty }
                #expect(isRead)
                let replies = try await withThrowingTaskGroup(of: HTTPClient.Reply.self) { group in
                    for _ in 0..<19 { group.addTask { try await portal.upload([("site.xml", Self.file)]) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(replies.allSatisfy { $0.status == 503 && $0.headers["retry-after"] == "10" })
                #expect(replies.allSatisfy { $0.body.contains("Another import is being read") })
                #expect(replies.allSatisfy { Markup($0.body).values(of: "href").contains("/import") }, "to try again")
                #expect(try await portal.page(try await portal.openImport()).text.contains("Check again"))
            }
            #expect(
                try await Self.eventually { portal.stagedFiles.isEmpty }, "who stops half way leaves nothing behind")
            #expect(try await portal.upload([("site.xml", Self.file)]).status == 303, "and the place is free")
        }
    }

    @Test("can be cancelled from another page while it arrives")
    func cancelledOnTheWay() async throws {
        try await withImportPortal { portal in
            let half = Self.request(portal, length: "Content-Length: 5000000", Self.head + Self.file.prefix(400))
            try await portal.client.holding(half) {
                let isRead = try await Self.eventually { !portal.stagedFiles.isEmpty }
                #expect(isRead)
                #expect(try await portal.client.post(portal.openImport() + "/cancel", []).status == 303)
                #expect(portal.stagedFiles == [])
                #expect(try await portal.upload([("site.xml", Self.file)]).status == 303, "the place is free at once")
            }
        }
    }

    @Test("is not compared, and so not saved, while half of it is there")
    func undecidedOnTheWay() async throws {
        try await withImportPortal { portal in
            let half = Self.request(portal, length: "Content-Length: 5000000", Self.head + Self.file)
            try await portal.client.holding(half) {
                let isRead = try await Self.eventually { !portal.stagedFiles.isEmpty }
                #expect(isRead)
                let link = try await portal.openImport()
                for revision in ["0", "1"] {
                    let reply = try await portal.client.post(
                        link + "/confirm", [("revision", revision), ("preview", "true")])
                    #expect(reply.location == link)
                    #expect(try await portal.page(link).text.contains("Being read"))
                    #expect(try await portal.client.post(link + "/confirm", [("revision", revision)]).status != 200)
                }
                #expect(try portal.server("cm01.contoso.com") == nil)
            }
        }
    }

    @Test("that says it is too long is refused before it arrives")
    func announcedTooLong() async throws {
        try await withImportPortal {
            $0.uploadLimit = 1 << 20
        } _: { portal in
            let bytes = Self.request(portal, length: "Content-Length: 1048577", Self.head)
            let reply = try await portal.client.exchange(bytes, patience: 30)
            #expect(Self.status(reply) == "HTTP/1.1 413 Payload Too Large")
            #expect(portal.stagedFiles == [])
        }
    }

    @Test("that grows too long is refused while it arrives")
    func growsTooLong() async throws {
        try await withImportPortal {
            $0.uploadLimit = 1 << 20
        } _: { portal in
            let piece = String(repeating: "x", count: 0x10000)
            let chunks = String(repeating: "10000\r\n\(piece)\r\n", count: 20)
            let bytes = Self.request(
                portal, length: "Transfer-Encoding: chunked",
                String(Self.head.utf8.count, radix: 16) + "\r\n" + Self.head + "\r\n" + chunks)
            let reply = try await portal.client.exchange(bytes, patience: 30)
            #expect(Self.status(reply) == "HTTP/1.1 413 Payload Too Large")
            #expect(portal.stagedFiles == [])
        }
    }

    @Test("that stands still is given up")
    func standsStill() async throws {
        try await withImportPortal {
            $0.uploadPause = .milliseconds(500)
        } _: { portal in
            let bytes = Self.request(portal, length: "Content-Length: 5000", Self.head)
            let reply = try await portal.client.exchange(bytes, patience: 30)
            #expect(Self.status(reply) == "HTTP/1.1 408 Request Timeout")
            #expect(portal.stagedFiles == [])
        }
    }

    @Test(
        "that is no upload of the portal's form is refused",
        arguments: [
            ("a form", "text/plain", "x"), ("no boundary", "multipart/form-data", "x"),
            (
                "another control", "multipart/form-data; boundary=test",
                "--test\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1\r\n--test--"
            ),
            (
                "no end", "multipart/form-data; boundary=test",
                "--test\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n<Objs"
            ),
        ])
    func notOurs(what: String, type: String, body: String) async throws {
        try await withImportPortal { portal in
            let reply = try await portal.client.post("/import", body: body, headers: ["Content-Type": type])
            #expect(reply.status == 400 || reply.status == 415, "\(what)")
            #expect(portal.stagedFiles == [])
            let from = ["Content-Type": type, "Origin": "http://evil.example"]
            #expect(try await portal.client.post("/import", body: body, headers: from).status == 403)
        }
    }

    @Test("another upload does not take an open preview's file away, and too many open ones are refused")
    func openPreviews() async throws {
        try await withImportPortal { portal in
            for _ in 0..<8 { #expect(try await portal.upload([("site.xml", Self.file)]).status == 303) }
            let reply = try await portal.upload([("site.xml", Self.file)])
            #expect(reply.status == 409 && reply.body.contains("Too many imports are open"))
            let links = try await portal.page("/import").values(of: "href").filter { $0.hasPrefix("/imports/") }
            #expect(links.count == 8)
            for link in links { #expect(try await portal.client.get(link).status == 200) }
        }
    }
}
