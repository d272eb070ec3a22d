import Foundation
import Synchronization
import Workflow

/// A `flock` on a file, held until it is released or the process ends.
public final class FileLock: Sendable {
    enum Kind {
        case shared, exclusive
    }

    private let descriptor: Mutex<Int32?>

    /// - Throws: ``ProgramFailure/locked(holder:)`` at once when others hold it.
    init(path: String, kind: Kind) throws {
        let opened = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else {
            throw ProgramFailure.storage(
                cause: "\(path) cannot be opened for writing (\(String(cString: strerror(errno))))")
        }
        guard flock(opened, (kind == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) == 0 else {
            let holder = Self.holder(of: opened)
            close(opened)
            throw ProgramFailure.locked(holder: holder)
        }
        descriptor = Mutex(opened)
    }

    deinit { release() }

    public func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor {
                // Closing alone would not end it while a program that was just started still has a copy.
                flock(open, LOCK_UN)
                close(open)
            }
            descriptor = nil
        }
    }

    /// Who holds the lock, as the kernel's list of locks tells it: `proxydesk serve (process 4711)`.
    private static func holder(of descriptor: Int32) -> String {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return "another process" }
        // The list is read in pieces: while others take and give up locks, a line can slip between two of them.
        for _ in 0..<100 {
            let found = holders(of: status)
            if !found.isEmpty { return found.joined(separator: ", ") }
        }
        return "another process"
    }

    private static func holders(of status: stat) -> [String] {
        guard let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8) else { return [] }
        return locks.split(separator: "\n").compactMap { line -> String? in
            let parts = line.split(separator: " ")
            guard parts.count >= 6, parts[1] == "FLOCK", parts[5].hasSuffix(":\(status.st_ino)") else { return nil }
            return describe(process: String(parts[4]))
        }
    }

    private static func describe(process id: String) -> String {
        guard let arguments = FileManager.default.contents(atPath: "/proc/\(id)/cmdline") else {
            return "process \(id)"
        }
        let words = arguments.split(separator: 0).prefix(2).map { String(decoding: $0, as: UTF8.self) }
        let name = words.first.map { $0.split(separator: "/").last.map(String.init) ?? $0 } ?? "process"
        return "\(([name] + words.dropFirst()).joined(separator: " ")) (process \(id))"
    }
}
