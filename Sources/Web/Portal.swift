import Domain
import LogReading
import Manual
import Pages
import Workflow

/// Everything the addresses of the portal need to answer.
public struct Portal: Sendable {
    let store: any ConfigurationStore
    let importStore: any ConfigurationStore & ImportStore
    let submission: Submission
    let wizards: WizardSubmission
    let imports: ImportDesk
    /// What Diagnose looks for, put together once.
    let patterns: LogPatterns
    /// What is served without data.
    let site: ManualSite
    let clock: @Sendable () -> Int64
    let makeID: @Sendable () -> String
    let settings: WebSettings
    let exportBody: ExportBody

    /// - Parameters:
    ///   - clock: milliseconds since 1970, UTC.
    ///   - makeID: makes the random id of a request.
    ///   - exportBody: writes a whole export.
    public init(
        store: any ConfigurationStore & ImportStore, submission: Submission, site: ManualSite,
        clock: @escaping @Sendable () -> Int64, makeID: @escaping @Sendable () -> String, settings: WebSettings,
        exportBody: @escaping ExportBody
    ) {
        self.store = store
        importStore = store
        self.submission = submission
        wizards = WizardSubmission(store: store, clock: clock, makeID: makeID)
        imports = ImportDesk(store: store, clock: clock, makeID: makeID)
        patterns = LogPatterns(site.manual.logs.knowledge)
        self.site = site
        self.clock = clock
        self.makeID = makeID
        self.settings = settings
        self.exportBody = exportBody
        site.shelf?.prepare()
    }

    var manual: Manual { site.manual }
    var pages: PageRenderer { site.pages }
    var assets: AssetTable { site.assets }
}

/// Writes an export in pieces, on a thread that may block: `write` waits while the reader is slow, and throws when it
/// has gone.
public typealias ExportBody =
    @Sendable (_ format: Route.ExportFormat, _ write: (_ bytes: [UInt8]) throws -> Void) throws -> Void

/// Where the portal listens, and what it bears from those who ask.
public struct WebSettings: Sendable {
    public var host = "127.0.0.1"
    public var port = 8080
    /// How long a request may take to arrive, its body included.
    public var requestDeadline = Duration.seconds(30)
    /// How long a connection may stand without a request, and how long an answer may wait for its reader.
    public var idleTimeout = Duration.seconds(60)
    /// The bytes a form may have.
    public var bodyLimit = 1 << 20
    /// The bytes an upload may have (CONTRACTS 4).
    public var uploadLimit = 256 << 20
    /// The bytes that a log file for Diagnose may have.
    public var logLimit = 50 << 20
    /// How long an upload may pause before it is given up.
    public var uploadPause = Duration.seconds(30)
    /// The bytes of a second below which a long upload is given up: whoever sends less keeps everybody else from importing.
    public var slowestUpload = 16 << 10
    public var maxConnections = 512
    /// The connections that one address may have; a server of the portal has loopback alone to listen to.
    public var maxConnectionsOfAddress = 512
    /// How long a form may wait for its turn to be saved.
    public var submissionWait = Duration.seconds(30)
    /// How long a new connection may take to ask for something.
    public var firstRequestDeadline = Duration.seconds(10)
    /// The program as its commands are written on pages: what a person can paste into a shell.
    public var commandPath = "proxydesk"
    /// The data folder as those commands name it.
    public var dataPath = "var"

    public init() {}
}
