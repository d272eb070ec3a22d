import Foundation

/// `proxydesk serve` as a process of its own, over a data folder: what a person has running.
public final class RunningServer {
    public let client: HTTPClient
    private let process: Process
    private let logFile: FileHandle

    /// Starts the server on a port of the system's choice, and waits until it takes connections.
    ///
    /// - Parameter more: further arguments of `serve`.
    /// - Throws: when it ends instead, with what it said.
    public init(data: String, _ more: String...) throws {
        process = Process()
        process.executableURL = URL(filePath: Checkout.build + "proxydesk")
        process.arguments = ["serve", "--port", "0", "--data", data, "--resources", Checkout.path] + more
        let output = Pipe()
        process.standardOutput = output
        let logPath = data + "-log"
        _ = FileManager.default.createFile(atPath: logPath, contents: nil)
        logFile = FileHandle(forWritingAtPath: logPath) ?? .nullDevice
        process.standardError = logFile
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = line.split(separator: ":").last.flatMap({ Int($0.prefix { $0.isNumber }) }) else {
            throw NotStarted(log: (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? line)
        }
        client = HTTPClient(port: port)
        try? FileManager.default.removeItem(atPath: logPath)
    }

    public struct NotStarted: Error {
        public let log: String
    }

    /// What the server has said so far. The file has no name any more, but is there until both let go of it.
    public var log: String {
        let contents = FileManager.default.contents(atPath: "/proc/self/fd/\(logFile.fileDescriptor)")
        return String(decoding: contents ?? Data(), as: UTF8.self)
    }

    /// Stops the server as a service manager would, and returns its exit code.
    public func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    deinit { if process.isRunning { process.terminate() } }
}

/// Runs `body` against a server of its own over a new data folder that holds `file`, and stops it.
public func withServer(importing file: String, _ body: (RunningServer, String) async throws -> Void) async throws {
    let data = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: data) }
    _ = try ProgramRun.proxydesk("import", file, "--data", data)
    let server = try RunningServer(data: data)
    do { try await body(server, data) } catch {
        _ = server.stop()
        throw error
    }
    let exitCode = server.stop()
    guard exitCode == 0 else { throw RunningServer.NotStarted(log: "the server ended with \(exitCode)") }
}
