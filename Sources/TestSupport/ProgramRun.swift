import Foundation

/// The root of the checkout, for tests that need its files.
public enum Checkout {
    public static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path()

    /// The folder of the debug build.
    public static let build = path + ".build/debug/"
    public static let fixtures = path + "Tests/XMLExchangeTests/Fixtures/"
}

/// A program that ran to its end.
public struct ProgramRun: Sendable {
    public let exitCode: Int32
    public let output: Data
    public let errors: String

    public var text: String { String(decoding: output, as: UTF8.self) }

    /// Standard output as JSON.
    public func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: output) as? [String: Any] ?? [:]
    }

    /// Runs `proxydesk` with the arguments, from a working directory of its own.
    public static func proxydesk(_ arguments: String...) throws -> ProgramRun {
        try run(Checkout.build + "proxydesk", arguments)
    }

    public static func run(_ program: String, _ arguments: [String]) throws -> ProgramRun {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let folder = temporaryFolder()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let outputPath = folder + "/output"
        let errorsPath = folder + "/errors"
        for path in [outputPath, errorsPath] { _ = FileManager.default.createFile(atPath: path, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: errorsPath)
        try process.run()
        process.waitUntilExit()
        return ProgramRun(
            exitCode: process.terminationStatus, output: FileManager.default.contents(atPath: outputPath) ?? Data(),
            errors: String(decoding: FileManager.default.contents(atPath: errorsPath) ?? Data(), as: UTF8.self))
    }
}

/// Runs `body` with the path of a data folder that is not there yet, and removes it afterwards.
public func withDataFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let path = temporaryFolder()
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
