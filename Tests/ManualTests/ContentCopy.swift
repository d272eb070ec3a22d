import Foundation

@testable import Manual

/// The shipped folder, found from this file so that a test runs from any working directory.
let shippedContent = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("content").path

/// The manual of the shipped folder, read once for all tests.
let shippedManual = Result { try Manual(contentDirectory: shippedContent) }

/// A copy of the shipped content in a temporary folder, to break and to look at.
struct ContentCopy {
    let directory: String

    /// Calls `body` with a copy, and removes it.
    static func with<Result>(_ body: (ContentCopy) throws -> Result) throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        try FileManager.default.copyItem(atPath: shippedContent, toPath: directory)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try body(ContentCopy(directory: directory))
    }

    /// `file` is named as problems name it: `content/fields/proxy.md`.
    func read(_ file: String) throws -> String { try String(contentsOfFile: path(file), encoding: .utf8) }

    func write(_ text: String, to file: String) throws {
        try text.write(toFile: path(file), atomically: true, encoding: .utf8)
    }

    func remove(_ file: String) throws { try FileManager.default.removeItem(atPath: path(file)) }

    private func path(_ file: String) -> String { directory + "/" + file.dropFirst("content/".count) }

    /// What a start says about the copy, one problem a line.
    func problems() -> [String] {
        do {
            _ = try Manual(contentDirectory: directory)
            return []
        } catch {
            return String(describing: error).split(separator: "\n").map(String.init)
        }
    }
}

extension String {
    /// The line, counted from 1, on which `part` first begins.
    func line(of part: String) -> Int? {
        range(of: part).map { self[..<$0.lowerBound].split(separator: "\n", omittingEmptySubsequences: false).count }
    }

    var lineCount: Int { split(separator: "\n", omittingEmptySubsequences: false).count - (hasSuffix("\n") ? 1 : 0) }
}
