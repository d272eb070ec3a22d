import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing
import Workflow

@testable import Web

@Suite("Connections")
struct ConnectionTests {
    @Test func anExportThatIsBrokenOffHarmsNobody() async throws {
        let ended = Ended()
        let endless = TestExport { _, write in
            defer { ended.note() }
            let piece = [UInt8](repeating: 0x20, count: 64 << 10)
            for _ in 0..<10_000 { try write(piece) }
        }
        try await withPortal(export: endless) { running in
            for _ in 1...6 {
                #expect(try await running.client.abandon("/export/proxydesk-configuration.xml") > 0)
                #expect(try await running.client.get("/health/live").status == 200)
            }
            for _ in 1...100 where ended.count < 1 { try await Task.sleep(for: .milliseconds(20)) }
            #expect(ended.count > 0, "the writer learns that nobody reads")
            #expect(try await running.client.get("/health/live").status == 200)
        }
    }

    @Test func anAddressHasItsShareOfConnectionsAndNoMore() async throws {
        let connections = AddressConnections(limit: 2)
        #expect(connections.add("192.0.2.1") && connections.add("192.0.2.1") && !connections.add("192.0.2.1"))
        #expect(connections.add("192.0.2.2"), "others have theirs")
        connections.remove("192.0.2.1")
        #expect(connections.add("192.0.2.1"))
        try await withPortal {
            $0.maxConnectionsOfAddress = 2
        } _: { running in
            for _ in 1...4 {
                let status = try await running.client.get("/health/live", headers: ["Connection": "close"]).status
                #expect(status == 200, "a connection that has ended does not count")
            }
        }
        try await withPortal {
            $0.maxConnectionsOfAddress = 0
        } _: { running in
            await #expect(throws: (any Error).self) { _ = try await running.client.get("/health/live") }
        }
    }

    /// Each connection belongs to one of a few event loops: whoever waits on one of those keeps all its connections waiting.
    @Test(.timeLimit(.minutes(2))) func aPageThatTakesLongHoldsNoOtherConnectionUp() async throws {
        try await withPortal { running in
            let begun = DispatchSemaphore(value: 0)
            let goOn = DispatchSemaphore(value: 0)
            defer { goOn.signal() }
            running.store.beforeReads {
                running.store.beforeReads(nil)
                begun.signal()
                goOn.wait()
            }
            let slow = Task { try await running.client.get("/servers").status }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    _ = begun.wait(timeout: .now() + 60)
                    continuation.resume()
                }
            }
            // One more than there are event loops: one of them is on that of the page.
            for _ in 0...ProcessInfo.processInfo.activeProcessorCount {
                let status = try await running.client.get(ReadyAnswerTests.page).status
                #expect(status == 200)
            }
            goOn.signal()
            let status = try await slow.value
            #expect(status == 200)
        }
    }

    private final class Ended: Sendable {
        private let number = Atomic(0)
        var count: Int { number.load(ordering: .relaxed) }
        func note() { number.add(1, ordering: .relaxed) }
    }

    @Test func aSaveWhoseTurnComesTooLateIsNotRunAndKeepsWhatWasTyped() async throws {
        try await withPortal {
            $0.submissionWait = .zero
        } _: { running in
            let before = try running.store.numberOfSets
            let reply = try await running.client.post(
                FormTests.proxy, try FormTests.typed(running, ["proxy.port": "8099"]))
            #expect(reply.status == 503)
            #expect(Markup(reply.body).controlsOfFirstForm.contains { $0 == ("proxy.port", "8099") })
            #expect(try running.store.numberOfSets == before)
        }
    }

    /// A head that announces more body than it sends, and what comes after it on the same connection.
    @Test(arguments: [
        "POST /nothing", "POST /servers", "GET /health/live", "HEAD /health/live", "PUT /servers/new",
        "POST /servers/new", "GET /nothing",
    ])
    func aBodyNobodyReadsEndsTheConnectionAndNothingBehindItIsAnswered(first: String) async throws {
        try await withPortal { running in
            let next = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n"
            for length in [3, 1_000_000] {
                let text = "\(first) HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(length)\r\n\r\nabc" + next
                let bytes = try await running.client.exchange(Array(text.utf8), patience: 20)
                let answer = String(decoding: bytes, as: UTF8.self)
                #expect(answer.components(separatedBy: "HTTP/1.1 ").count == 2)
                #expect(answer.lowercased().contains("connection: close"))
            }
            #expect(!running.log.lines.contains { $0.contains("/health/ready") })
        }
    }

    @Test func aConnectionThatAsksForNothingIsClosed() async throws {
        try await withPortal {
            $0.firstRequestDeadline = .milliseconds(300)
        } _: { running in
            for text in ["", "GET / HTTP/1.1\r\nHost: loc"] {
                let start = ContinuousClock.now
                let bytes = try await running.client.exchange(Array(text.utf8), patience: 20)
                #expect(bytes.isEmpty)
                #expect(ContinuousClock.now - start < .seconds(15))
            }
            #expect(try await running.client.get("/health/live").status == 200)
        }
    }

    @Test func waitingIsMeasuredFromTheQueue() async throws {
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        async let first: Void = Blocking.submit(within: .seconds(60)) {
            start.yield()
            gate.wait()
        }
        for await _ in starts { break }
        let (asked, ask) = AsyncStream.makeStream(of: Void.self)
        let second = Task {
            ask.yield()
            try await Blocking.submit(within: .milliseconds(50)) { _ = Issue.record("it ran") }
        }
        for await _ in asked { break }
        try await Task.sleep(for: .seconds(1))
        gate.signal()
        await #expect(throws: ProgramFailure.self) { try await second.value }
        try await first
    }
}
