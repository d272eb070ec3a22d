import ArgumentParser
import Foundation
import Hummingbird
import Logging
import Manual
import NIOCore
import SQLiteStore
import Web
import Workflow

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the portal until it is stopped.")

    @OptionGroup var shared: SharedFlags
    @Option(name: .long, help: "The loopback address to listen on; with --manual-only any address.") var host: String?
    @Option(name: .long, help: "The port to listen on; 0 lets the system choose.") var port: String?
    @Option(name: .long, help: "Whom readers of the manual tell what is wrong: a mail address, or https://…")
    var contact: String?
    @Option(name: .long, help: "A folder of Markdown files, shown as a section of the manual.") var docs: String?
    @Flag(name: .long, help: "Serves the manual alone, without a data folder.") var manualOnly = false

    /// Before there is sign-in, whoever reaches the portal may change everything: so only this computer may.
    private static let loopback: Set<String> = ["127.0.0.1", "::1", "localhost"]

    func run() async throws {
        let settings = try await shared.settings(["host": host, "port": port, "contact": contact, "docs": docs])
        let log = LineLog(descriptor: 2, clock: Wiring.clock)
        LoggingSystem.bootstrap { LineLogHandler(label: $0, log: log) }
        defer { log.flush() }
        try await manualOnly ? runManual(settings, log) : runPortal(settings, log)
    }

    private func runPortal(_ settings: Settings, _ log: LineLog) async throws {
        guard Self.loopback.contains(settings.host) else {
            throw ValidationError(
                "The portal listens on loopback only: --host must be 127.0.0.1, ::1 or localhost. The manual alone "
                    + "(--manual-only) may be reached from elsewhere.")
        }
        let resources = try Resources.load(settings)
        let store = try Wiring.openStore(settings)
        let place = try Wiring.holdServer(store)
        defer { place.release() }
        try Wiring.wizards(store).removeOld()
        try await serve(settings) { onRunning in
            try await makeApplication(
                Wiring.portal(store, resources, settings), logger: Logger(label: "proxydesk"), requestLines: log,
                onRunning: onRunning
            ).runService()
        }
    }

    /// Opens no data folder and makes none.
    private func runManual(_ settings: Settings, _ log: LineLog) async throws {
        let resources = try Resources.load(settings, edition: .manualOnly)
        try await serve(settings) { onRunning in
            try await makeApplication(
                Wiring.manualOnly(resources, settings), logger: Logger(label: "proxydesk"), requestLines: log,
                onRunning: onRunning
            ).runService()
        }
    }

    /// Says where the server listens as soon as it does.
    private func serve(
        _ settings: Settings, _ run: (@escaping @Sendable (_ port: Int) async -> Void) async throws -> Void
    ) async throws {
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        do {
            try await run { port in
                // Standard output is a buffer unless it is a terminal; whoever started the program waits for this line.
                FileHandle.standardOutput.write(Data("ProxyDesk listens on http://\(host):\(port)\n".utf8))
            }
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortTaken(port: settings.port)
        } catch let error as IOError {
            throw NotListening(host: settings.host, port: settings.port, code: error.errnoCode)
        } catch is SocketAddressError.UnknownHost {
            throw NotListening(host: settings.host, port: settings.port, code: nil)
        }
    }
}

/// Another program listens where the portal should.
struct PortTaken: Error, CustomStringConvertible {
    let port: Int

    var description: String {
        "Port \(port) is taken by another program. Stop that program, or choose another port with --port."
    }
}

/// The server cannot listen where it should.
struct NotListening: Error, CustomStringConvertible {
    let host: String
    let port: Int
    /// What the system says; nil where the host has no address.
    let code: CInt?

    var description: String {
        switch code {
        case nil: "No address is known for the host \(host). Check its spelling, or name an address with --host."
        case EADDRNOTAVAIL: "This computer does not have the address \(host). Name one that it has with --host."
        case EACCES, EPERM: "You may not listen on port \(port). Choose one from 1024 on with --port."
        case let code?:
            "Nothing can listen on \(host), port \(port): \(String(cString: strerror(code))). Choose others with --host and --port."
        }
    }
}
