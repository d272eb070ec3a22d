import Foundation
import Workflow

/// The folder that holds everything the portal keeps: the database, the files of imports under way, and the locks.
///
/// The folder is 0700 and its files 0600, whatever the process's umask says. Locks are `flock`s, which end with their
/// process, so a crash leaves none behind (CONTRACTS 6).
public final class DataFolder: Sendable {
    public let path: String
    private let lock: FileLock

    /// How a command uses the folder.
    public enum Use: Sendable {
        /// Beside others: `serve`, `import`, `export`, `show`, `check`.
        case shared
        /// Alone: `migrate`, `restore`.
        case exclusive
    }

    /// Opens the folder, makes it when it is not there, and takes its lock.
    ///
    /// - Throws: ``ProgramFailure/locked(holder:)``, ``ProgramFailure/storage(cause:)``.
    public init(path: String, use: Use) throws {
        self.path = path
        try Self.refuseForeign(path, use: use)
        try Self.makeFolder(path)
        try Self.makeFolder(path + "/staging")
        lock = try FileLock(path: path + "/lock", kind: use == .exclusive ? .exclusive : .shared)
    }

    public var databasePath: String { path + "/proxydesk.sqlite" }
    func stagingPath(_ id: String) -> String { "\(path)/staging/\(id).sqlite" }

    /// Holds the place of the one server or the one import of this folder until it is let go.
    ///
    /// - Throws: ``ProgramFailure/locked(holder:)`` when another process holds it.
    public func hold(_ place: Place) throws -> FileLock {
        try FileLock(path: "\(path)/\(place.rawValue).lock", kind: .exclusive)
    }

    public enum Place: String, Sendable {
        case serve
        case fileImport = "import"
    }

    /// Removes the staging files that no living process holds: an import that was killed left them behind.
    public func clearStaging() {
        let folder = path + "/staging"
        let suffix = ".sqlite"
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where name.hasSuffix(suffix) {
            guard let hold = try? holdStaging(String(name.dropLast(suffix.count))) else { continue }
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            Self.removeStagingHold(of: "\(folder)/\(name)", hold)
        }
    }

    /// Holds a staging file against being cleared away.
    ///
    /// - Throws: ``ProgramFailure/locked(holder:)`` when it is held already.
    func holdStaging(_ id: String) throws -> FileLock {
        try FileLock(path: stagingPath(id) + ".lock", kind: .exclusive)
    }

    static func removeStagingHold(of path: String, _ hold: FileLock) {
        try? FileManager.default.removeItem(atPath: path + ".lock")
        hold.release()
    }

    /// Only an empty folder becomes a data folder, and only for a command that may make one: whatever else `--data` was
    /// pointed at stays as it is.
    private static func refuseForeign(_ path: String, use: Use) throws {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        guard let names else {
            if use == .exclusive { throw ProgramFailure.noData(path: path) }
            return
        }
        let isOurs =
            names.contains("proxydesk.sqlite")
            || names.allSatisfy { $0 == "lock" || $0 == "staging" || $0.hasSuffix(".lock") }
        guard isOurs else { throw ProgramFailure.foreignFolder(path: path) }
    }

    private static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw ProgramFailure.noData(path: path)
        }
        guard chmod(path, 0o700) == 0 else { throw ProgramFailure.noData(path: path) }
    }

    /// Makes the file readable for its owner alone, before anything is written to it.
    static func makePrivateFile(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ProgramFailure.storage(cause: "cannot open \(path): \(errno)") }
        fchmod(descriptor, 0o600)
        close(descriptor)
    }
}
