import Domain
import Foundation
import SQLiteStore
import TestSupport
import Testing
import Workflow

@testable import Web

@Suite("The imports that wait for a decision")
struct ImportDeskTests {
    private func desk(_ clock: TestClock, at path: String) throws -> ImportDesk {
        let store = try SQLiteStore(folder: DataFolder(path: path, use: .shared))
        let ids = TestClock(time: 0)
        return ImportDesk(store: store, clock: clock.now) {
            ids.advance(milliseconds: 1)
            return "import\(ids.now())"
        }
    }

    private func staged(at path: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/staging")
    }

    @Test("are forgotten with their files after 24 hours, and not before")
    func forgotten() async throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let clock = TestClock()
        let desk = try desk(clock, at: path)
        let opened = try await desk.begin(announced: nil)
        try await opened.finishReading()
        clock.advance(milliseconds: ImportDesk.longestWait - 1)
        #expect(await desk.find(opened.id) != nil)
        clock.advance(milliseconds: 1)
        #expect(await desk.find(opened.id) == nil)
        #expect(try staged(at: path) == [])
    }

    @Test("a file left behind by a program that was killed is cleared away, one that is held is not")
    func clearing() async throws {
        let path = temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let desk = try desk(TestClock(), at: path)
        let opened = try await desk.begin(announced: nil)
        try await opened.finishReading()
        for name in ["killed.sqlite", "killed.sqlite.lock"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/staging/\(name)"))
        }
        try DataFolder(path: path, use: .shared).clearStaging()
        #expect(try staged(at: path).sorted() == ["\(opened.id).sqlite", "\(opened.id).sqlite.lock"])
        await opened.compare()
        #expect(opened.progress.state == .waiting, "and it can still be read")
        await desk.discard(opened)
        #expect(try staged(at: path) == [])
    }
}
