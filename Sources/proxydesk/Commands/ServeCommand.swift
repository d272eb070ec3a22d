import ArgumentParser
import Foundation
import Hummingbird
import Logging
import NIOCore
import SQLiteStore
import Web
import Workflow

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the portal until it is stopped.")

    @OptionGroup var shared: SharedFlags
    @Option(name: .long, help: "The loopback address to listen on.") var host: String?
    @Option(name: .long, help: "The port to listen on; 0 lets the system choose.") var port: String?

    /// Before there is sign-in, whoever reaches the portal may change everything: so only this computer may.
    private static let loopback: Set<String> = ["127.0.0.1", "::1", "localhost"]

    func run() async throws {
        let settings = try await shared.settings(["host": host, "port": port])
        guard Self.loopback.contains(settings.host) else {
            throw ValidationError("The portal listens on loopback only: --host must be 127.0.0.1, ::1 or localhost.")
        }
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        let resources = try Resources.load(from: settings.resources)
        let store = try Wiring.openStore(settings)
        let place = try Wiring.holdServer(store)
        defer { place.release() }
        try Wiring.wizards(store).removeOld()
        let host = settings.host == "::1" ? "[::1]" : settings.host
        let application = makeApplication(
            Wiring.portal(store, resources, settings), logger: Logger(label: "proxydesk")
        ) { port in
            // Standard output is a buffer unless it is a terminal; whoever started the program waits for this line.
            FileHandle.standardOutput.write(Data("ProxyDesk listens on http://\(host):\(port)\n".utf8))
        }
        do {
            try await application.runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw PortTaken(port: settings.port)
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
