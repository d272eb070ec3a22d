import Dispatch
import Foundation
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Web

@Suite("Pages and files that are the same for everybody")
struct ReadyAnswerTests {
    static let page = "/manual/concepts/one-proxy-per-computer"

    @Test(arguments: [
        ("gzip", true), ("GZIP", true), ("x-gzip", true), ("gzip, deflate, br, zstd", true), ("*", true),
        ("deflate;q=0.5, gzip;q=0.5", true), ("gzip;q=1.0", true), ("gzip ; q=0.001", true),
        ("gzip;q=0", false), ("gzip;q=0.000", false), ("", false), ("identity", false), ("*;q=0", false),
        ("gzip;q=0, *", false), ("br, deflate", false), ("gzip;q=0.5, identity;q=1", false), ("gzip;q=x", false),
        ("gzip;level=9", false), ("gzipped", false),
    ])
    func aBrowserSaysWhetherItTakesACompressedAnswer(accepted: String, takes: Bool) {
        #expect(Negotiation.takesGzip(accepted) == takes)
    }

    @Test(arguments: [
        (#""a""#, true), (#"W/"a""#, true), (#""b", "a""#, true), (#""b" ,W/"a""#, true), ("*", true), (" * ", true),
        (#""a-gzip""#, false), (#""b""#, false), ("a", false), ("", false), (#""a"#, false), (#""b,"a""#, false),
        (#""*""#, false),
    ])
    func aCopyIsRightThatHasTheMark(known: String, isRight: Bool) {
        #expect(Negotiation.names(known, #""a""#) == isRight)
    }

    @Test func aPageOfTheManualIsServedCompressedAndPlainUnderMarksOfItsOwn() async throws {
        try await withPortal { running in
            let plain = try await running.client.get(Self.page)
            let packed = try await running.client.get(Self.page, headers: ["Accept-Encoding": "gzip"])
            #expect(plain.status == 200 && packed.status == 200)
            #expect(plain.headers["content-encoding"] == nil && packed.headers["content-encoding"] == "gzip")
            #expect(packed.bytes.count * 2 < plain.bytes.count)
            let unpacked = try Self.unpacked(packed.bytes)
            #expect(unpacked == plain.bytes)
            let marks = try [plain.headers["etag"], packed.headers["etag"]].map { try #require($0) }
            #expect(marks[0] != marks[1] && marks.allSatisfy { $0.hasPrefix("\"") })
            for headers in [plain.headers, packed.headers] {
                #expect(headers["vary"] == "Accept-Encoding")
                #expect(headers["cache-control"] == "no-cache")
                #expect(headers["content-type"] == "text/html; charset=utf-8")
                #expect(headers["x-request-id"] != nil && headers["date"] != nil)
                #expect(headers["content-security-policy"]?.contains("default-src 'none'") == true)
            }
        }
    }

    /// What another program makes of it.
    private static func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        return [UInt8](try ProgramRun.run("/bin/gzip", ["-dc", path]).output)
    }

    @Test func aCopyThatIsRightIsNotSentAgain() async throws {
        try await withPortal { running in
            for coding in ["", "gzip"] {
                let accept = ["Accept-Encoding": coding]
                let first = try await running.client.get(Self.page, headers: accept)
                let mark = try #require(first.headers["etag"])
                for known in [mark, "W/" + mark, "\"other\", " + mark, "*"] {
                    let headers = accept.merging(["If-None-Match": known]) { $1 }
                    let again = try await running.client.get(Self.page, headers: headers)
                    #expect(again.status == 304)
                    #expect(again.body.isEmpty && again.headers["etag"] == mark)
                    #expect(again.headers["vary"] == "Accept-Encoding")
                }
                let other = try await running.client.get(
                    Self.page, headers: accept.merging(["If-None-Match": "\"other\""]) { $1 })
                #expect(other.status == 200)
            }
            let whole = try await running.client.get(Self.page)
            let plain = try #require(whole.headers["etag"])
            let packed = try await running.client.get(
                Self.page, headers: ["Accept-Encoding": "gzip", "If-None-Match": plain])
            #expect(packed.status == 200, "the copy it has is in another coding")
        }
    }

    @Test func theHeadOfAPageIsThatOfThePage() async throws {
        try await withPortal { running in
            for headers in [[:], ["Accept-Encoding": "gzip"]] {
                let whole = try await running.client.get(Self.page, headers: headers)
                let head = try await running.client.get(Self.page, headers: headers, method: "HEAD")
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head.headers["content-length"] == String(whole.bytes.count))
                #expect(head.headers["etag"] == whole.headers["etag"])
            }
        }
    }

    @Test func theWayOfAReadyAnswerKeepsEveryCheckAndItsLogLine() async throws {
        try await withPortal { running in
            for address in [Self.page, "/health/live"] {
                let misdirected = try await running.client.get(address, headers: ["Host": "evil.example"]).status
                #expect(misdirected == 421)
                let posted = try await running.client.post(address, []).status
                #expect(posted == 405)
                let found = try await running.client.get(address + "?q=secret").status
                #expect(found == 200)
            }
            let twice = "GET \(Self.page) HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let status = try await running.client.send(twice).status
            #expect(status == 400)
            let reply = try await running.client.get(Self.page)
            let id = try #require(reply.headers["x-request-id"])
            let line = try #require(running.log.lines.last { $0.hasSuffix(id) })
            #expect(line.hasPrefix("GET \(Self.page) 200 "))
            #expect(line.contains(" \(reply.bytes.count) bytes "))
            #expect(!running.log.lines.contains { $0.contains("secret") })
        }
    }

    @Test func pagesWithStoredDataAreNeverCompressedOrKept() async throws {
        try await withPortal { running in
            for address in ["/", "/servers", "/servers/\(Known.server)/proxy", "/no/such/page"] {
                let reply = try await running.client.get(address, headers: ["Accept-Encoding": "gzip"])
                #expect(reply.headers["content-encoding"] == nil && reply.headers["etag"] == nil)
                #expect(reply.headers["cache-control"] == "no-store")
            }
        }
    }

    @Test func linesOfTheLogTellTheTimeAndAreWhole() throws {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.fileHandleForWriting.fileDescriptor, clock: { 1_795_247_400_057 })
        log.line { $0 += "first".utf8 }
        log.line { $0 += "second".utf8 }
        let logger = LineLogHandler(label: "x", log: log)
        logger.log(
            event: .init(
                level: .error, message: "a\nb \u{1B}[1m", metadata: ["id": "7"], source: "x", file: "", function: "",
                line: 0))
        log.flush()
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let time = "2026-11-21T07:50:00.057Z"
        #expect(
            text == "\(time) first\n\(time) second\n\(time) error x: a\\x0ab \\x1b[1m id=7\n")
    }

    @Test(.timeLimit(.minutes(1))) func linesAreWrittenSoonAlsoWhenNobodyAsks() throws {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.fileHandleForWriting.fileDescriptor, clock: { 1_795_247_400_057 })
        for word in ["first", "second"] {
            log.line { $0 += word.utf8 }
            let text = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
            #expect(text == "2026-11-21T07:50:00.057Z \(word)\n")
        }
    }

    @Test func aLogThatNobodyReadsStopsNobodyAndLosesWholeLines() throws {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.fileHandleForWriting.fileDescriptor, clock: { 1_795_247_400_057 })
        for number in 0..<40_000 {
            log.line { line in
                line += String(repeating: "x", count: 60).utf8
                line.appendDigits(of: number, width: 6)
            }
        }
        let read = ReadingToEnd(pipe)
        log.flush()
        log.flush()
        try pipe.fileHandleForWriting.close()
        let lines = read.text().split(separator: "\n")
        #expect(lines.count < 40_000 && lines.count > 1000)
        let told = lines.filter { $0.contains("lines were left out here") }
        #expect(told.count == 1)
        let lengths = Set(lines.filter { !$0.contains("left out") }.map(\.utf8.count))
        #expect(lengths.count == 1, "every other line is whole")
        let count = told.first?.split(separator: " ").compactMap { Int($0) }.first
        #expect(count == 40_000 - (lines.count - 1))
    }

    @Test func aLongPathIsCutAndItsLineKeepsTheRest() throws {
        let pipe = Pipe()
        let log = LineLog(descriptor: pipe.fileHandleForWriting.fileDescriptor, clock: { 1_795_247_400_057 })
        RequestLog(logger: Logger(label: "test"), lines: log).note(
            method: "GET", target: "/" + String(repeating: "ä", count: 3000) + "?q=x", status: 404,
            taken: .milliseconds(1),
            bytes: 7, id: "an-id")
        log.line { $0 += String(repeating: "x", count: 10_000).utf8 }
        log.flush()
        try pipe.fileHandleForWriting.close()
        let lines = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
            separator: "\n")
        #expect(lines.count == 2 && lines.allSatisfy { $0.utf8.count <= 2048 })
        #expect(lines.first?.hasSuffix("... 404 1.0 ms 7 bytes an-id") == true)
        #expect(lines.last?.hasSuffix("x...") == true)
    }
}

/// Reads a pipe on a thread of its own.
private final class ReadingToEnd: Sendable {
    private let queue = DispatchQueue(label: "reader")
    private let read = Mutex(Data())

    init(_ pipe: Pipe) {
        queue.async { [self] in
            let data = pipe.fileHandleForReading.readDataToEndOfFile()
            read.withLock { $0 = data }
        }
    }

    func text() -> String {
        queue.sync {}
        return read.withLock { String(decoding: $0, as: UTF8.self) }
    }
}
