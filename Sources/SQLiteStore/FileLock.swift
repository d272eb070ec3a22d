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
            let holder = LockHolder.named(of: opened)
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
}

/// Who holds a lock: found by the files that each process has open.
///
/// The kernel's list of all locks would be shorter to read, but it comes in pieces: while others take and give up locks, a
/// line slips between two of them.
private enum LockHolder {
    /// As `proxydesk serve (process 4711)`, several separated by commas.
    static func named(of descriptor: Int32) -> String {
        var file = stat()
        guard fstat(descriptor, &file) == 0 else { return "another process" }
        let holders = names(in: "/proc").filter { Int($0) != nil && holds(file, process: $0) }
        return holders.isEmpty ? "another process" : holders.map(describe).joined(separator: ", ")
    }

    private static func names(in folder: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    }

    private static func holds(_ file: stat, process id: String) -> Bool {
        names(in: "/proc/\(id)/fd").contains { number in
            var opened = stat()
            guard stat("/proc/\(id)/fd/\(number)", &opened) == 0, opened.st_ino == file.st_ino,
                opened.st_dev == file.st_dev
            else { return false }
            // Another that was refused has the file open for a moment too; only a holder's entry speaks of the lock.
            let facts = FileManager.default.contents(atPath: "/proc/\(id)/fdinfo/\(number)") ?? Data()
            return String(decoding: facts, as: UTF8.self).contains("FLOCK")
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
