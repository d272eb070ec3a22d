import Domain
import Foundation
import Hummingbird
import Logging
import Manual
import Pages
import ServiceLifecycle
import Synchronization
import TestSupport
import Web
import Workflow

/// The real server on a free port, over a store in memory.
struct RunningPortal: Sendable {
    let client: HTTPClient
    let store: MemoryStore
    let log: LogLines

    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static let manual = Result { try Manual(contentDirectory: root + "/content") }
    static let assets = Result { try AssetTable(directory: root + "/Public") }
    static let renderer = Result {
        try PageRenderer(
            templateDirectory: root + "/Templates", manual: try manual.get(), address: try assets.get().address(of:))
    }

    static let site = Result {
        try ManualSite(manual: try manual.get(), pages: try renderer.get(), assets: try assets.get())
    }

    /// Saturday, 21 November 2026, 07:50 UTC.
    static let now: Int64 = 1_795_247_400_000

    static func portal(
        over store: any ConfigurationStore & ImportStore, _ settings: WebSettings, exportBody: ExportBody? = nil
    ) throws -> Portal {
        let ids = Atomic(0)
        let box = IDs(next: ids)
        return Portal(
            store: store, submission: Submission(store: store, clock: { now }), site: try site.get(),
            clock: { now }, makeID: { box.make() }, settings: settings,
            exportBody: exportBody ?? { format, write in
                try write(Array("<!-- \(format.rawValue) -->".utf8))
                try store.read { reading in try reading.eachServer(site: nil) { try write(Array($0.document.utf8)) } }
            })
    }

    private final class IDs: Sendable {
        let next: Atomic<Int>
        init(next: consuming Atomic<Int>) { self.next = next }
        func make() -> String { "request\(next.add(1, ordering: .relaxed).newValue)" }
    }
}

/// An export in place of the usual one.
struct TestExport: Sendable {
    let body: ExportBody
}

/// Runs a portal with the small hierarchy of the tests for as long as `body` takes.
func withPortal(
    isEmpty: Bool = false, export: TestExport? = nil, _ change: (inout WebSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (RunningPortal) async throws -> Void
) async throws {
    let store = MemoryStore()
    if !isEmpty { try store.fill() }
    try await serve(store, export: export, change) { client, log in
        try await body(RunningPortal(client: client, store: store, log: log))
    }
}

/// Runs a portal over a store for as long as `body` takes.
func serve(
    _ store: any ConfigurationStore & ImportStore, export: TestExport? = nil,
    _ change: (inout WebSettings) -> Void = { _ in },
    _ body: @escaping @Sendable (HTTPClient, LogLines) async throws -> Void
) async throws {
    var settings = WebSettings()
    settings.port = 0
    change(&settings)
    let portal = try RunningPortal.portal(over: store, settings, exportBody: export?.body)
    try await run({ makeApplication(portal, logger: $0, onRunning: $1) }, body)
}

/// Runs a server for as long as `body` takes.
func run(
    _ make: (Logger, @escaping @Sendable (Int) async -> Void) -> any ApplicationProtocol,
    _ body: @escaping @Sendable (HTTPClient, LogLines) async throws -> Void
) async throws {
    await Turns.servers.take()
    do {
        try await runAtOnce(make, body)
    } catch {
        await Turns.servers.give()
        throw error
    }
    await Turns.servers.give()
}

private func runAtOnce(
    _ make: (Logger, @escaping @Sendable (Int) async -> Void) -> any ApplicationProtocol,
    _ body: @escaping @Sendable (HTTPClient, LogLines) async throws -> Void
) async throws {
    let log = LogLines()
    var logger = Logger(label: "test") { _ in log.handler }
    logger.logLevel = .info
    let (ports, port) = AsyncStream.makeStream(of: Int.self)
    let application = make(logger) { port.yield($0) }
    let service = ServiceGroup(services: [application], logger: Logger(label: "test") { _ in log.handler })
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await service.run() }
        var iterator = ports.makeAsyncIterator()
        if let port = await iterator.next() {
            do {
                try await body(HTTPClient(port: port), log)
            } catch {
                await service.triggerGracefulShutdown()
                throw error
            }
        }
        await service.triggerGracefulShutdown()
        try await group.waitForAll()
    }
}

/// What the portal wrote to its log.
final class LogLines: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    func note(_ line: String) { kept.withLock { $0.append(line) } }
    var handler: any LogHandler { KeepingLogHandler(lines: self) }
}

private struct KeepingLogHandler: LogHandler {
    let lines: LogLines
    var metadata = Logger.Metadata()
    var logLevel = Logger.Level.info
    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }
    func log(event: LogEvent) { lines.note("\(event.message)") }
}
