import Domain
import Foundation
import Manual
import Pages
import SQLiteStore
import ScriptExport
import Web
import Workflow

/// What runs: the one place where the parts are put together.
enum Wiring {
    /// Milliseconds since 1970, UTC.
    static let clock: @Sendable () -> Int64 = { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }

    /// The day it is, UTC.
    static var today: ReviewDay {
        var time = time(nil)
        var parts = tm()
        gmtime_r(&time, &parts)
        return ReviewDay(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    }

    /// A random id of 128 bits, in lower-case base32.
    static let makeID: @Sendable () -> String = {
        let ids = RandomIDs()
        return { ids.next() }
    }()

    /// The store of a data folder that others may use too.
    ///
    /// - Parameter mustExist: refuses to make a folder, for commands that only read.
    static func openStore(_ settings: Settings, mustExist: Bool = false) throws -> SQLiteStore {
        let database = settings.data + "/proxydesk.sqlite"
        if mustExist, !FileManager.default.fileExists(atPath: database) {
            throw ProgramFailure.noData(path: settings.data)
        }
        // What SQLite sorts outside memory belongs where the data is, under the same protection, not in a public folder.
        setenv("SQLITE_TMPDIR", settings.data + "/staging", 1)
        return try SQLiteStore(folder: DataFolder(path: settings.data, use: .shared))
    }

    /// The place of the one server of a data folder. What an import left behind in a crash is cleared away with it.
    static func holdServer(_ store: SQLiteStore) throws -> FileLock {
        let place = try store.folder.hold(.serve)
        store.folder.clearStaging()
        return place
    }

    /// The drafts of wizards, as a start clears them up.
    static func wizards(_ store: SQLiteStore) -> WizardSubmission {
        WizardSubmission(store: store, clock: clock, makeID: makeID)
    }

    /// Where this program is, for the commands a page prints.
    private static var executablePath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "proxydesk"
    }

    /// The manual alone.
    static func manualOnly(_ resources: Resources, _ settings: Settings) -> ManualOnlySite {
        var web = listening(settings)
        // It may be reached by everybody: nobody is to hold many connections, or one for long.
        web.idleTimeout = .seconds(15)
        web.maxConnectionsOfAddress = 64
        return ManualOnlySite(site: resources.site, settings: web, makeID: makeID)
    }

    private static func listening(_ settings: Settings) -> WebSettings {
        var web = WebSettings()
        web.host = settings.host
        web.port = settings.port
        return web
    }

    /// The portal over a store.
    static func portal(_ store: SQLiteStore, _ resources: Resources, _ settings: Settings) -> Portal {
        var web = listening(settings)
        web.uploadLimit = settings.uploadLimit
        web.commandPath = executablePath
        web.dataPath = URL(filePath: settings.data).standardizedFileURL.path()
        return Portal(
            store: store, submission: Submission(store: store, clock: clock), site: resources.site, clock: clock,
            makeID: makeID, settings: web
        ) { format, write in
            try store.read { reading in
                let export = ConfigurationExport(reading: reading)
                switch format {
                case .xml: try export.xml(write)
                case .json: try export.json(write)
                case .csv: try ScriptReading(reading, now: clock()).csv(.hierarchy, write)
                case .dsc: try ScriptReading(reading, now: clock()).dsc(.hierarchy, write)
                }
            }
        }
    }

    /// Whoever runs the command line, by the name the system has for them.
    static var commandLineActor: Actor {
        let name = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) }
        return .commandLine(user: name ?? String(getuid()))
    }
}

/// Writes to a file descriptor in large pieces.
final class OutputStream {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(descriptor: Int32) { self.descriptor = descriptor }

    func write(_ bytes: some Collection<UInt8>) throws {
        buffer.append(contentsOf: bytes)
        if buffer.count >= 1 << 16 { try flush() }
    }

    func flush() throws {
        var start = 0
        while start < buffer.count {
            let written = buffer[start...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw ProgramFailure.storage(cause: "the output cannot be written (\(errno))") }
            start += written
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
