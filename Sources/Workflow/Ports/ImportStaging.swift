import Domain

/// Where imports are staged and committed. Kept apart from the configuration's port: only imports need it.
public protocol ImportStore: Sendable {
    /// Opens a new staging file, and holds the one place for an import in the data folder until it is discarded.
    ///
    /// - Throws: ``ProgramFailure/importRunning``.
    func openStaging(id: String) throws -> any ImportStaging

    /// Merges what was planned, in one short write transaction, if every row it was planned on is still the same.
    ///
    /// - Returns: the change set's number, nil when there was nothing to write; or how many records had changed since.
    func commit(_ staging: any ImportStaging, facts: ImportFacts, time: Int64, request: Request) throws -> CommitResult
}

public enum CommitResult: Sendable, Equatable {
    case saved(changeSet: Int?)
    case conflict(ChangedRecords)
}

/// The records that others changed after an import was compared with them.
public struct ChangedRecords: Sendable, Equatable {
    public let count: Int
    /// The names of the first of them.
    public let names: [String]

    public init(count: Int, names: [String]) {
        self.count = count
        self.names = names
    }
}

/// The staging file of one import: checked values, findings, and in the end the plan. Never the file, never a secret.
///
/// Used on one thread at a time.
public protocol ImportStaging: AnyObject {
    // While the file is read.
    func add(_ site: StagedSite) throws
    func add(_ server: StagedServer) throws
    func add(_ role: StagedRole) throws
    func addCloudDistributionPoint(_ name: String, of site: SiteCode, at place: Place) throws
    func add(_ component: StagedComponent) throws
    /// A product or classification; the name counts only if it is subscribed.
    func add(_ category: StagedUpdateCategory) throws
    /// A record that could not be staged: the server counts as refused, and as being in the file.
    func addRefused(name: String) throws
    func add(_ finding: Finding) throws

    // When all was read.
    /// Reading has ended; what follows reads what was staged.
    ///
    /// What the comparison finds from here on is forgotten when it is made anew.
    func finishReading() throws
    func eachSite(_ body: (StagedSite) throws -> Void) throws
    /// Servers by folded name, each with everything the batch says of it.
    func eachServer(_ body: (StagedServerItems) throws -> Void) throws
    func cloudDistributionPoints(of site: SiteCode) throws -> [String]
    /// The sites of the cloud distribution points, with the place of the first.
    func cloudSites() throws -> [(code: SiteCode, place: Place)]
    /// Every object of a component, in file order.
    func eachComponent(_ body: (StagedComponent) throws -> Void) throws
    /// The sites of the components, with the place of the first.
    ///
    /// - Parameter unnamed: the site of records that name none; nil leaves those out.
    func componentSites(unnamed: SiteCode?) throws -> [(code: SiteCode, place: Place)]
    /// The products and classifications of the batch, in file order.
    func eachUpdateCategory(_ body: (StagedUpdateCategory) throws -> Void) throws
    /// The codes of all sites that have a server in the batch, with the place of the first.
    ///
    /// - Parameter unnamed: the site of records that name none; nil leaves those out.
    func coveredSites(unnamed: SiteCode?) throws -> [(code: SiteCode, place: Place)]
    /// Software update points of the batch, by site.
    func softwareUpdatePoints(unnamed: SiteCode?) throws -> [SiteCode: Set<String>]
    /// The sites of which the batch has any role: of the others it says nothing about roles.
    ///
    /// - Parameter unnamed: the site of records that name none.
    func sitesWithRoles(unnamed: SiteCode?) throws -> Set<SiteCode>
    func isStaged(server key: String) throws -> Bool
    /// The site the batch has a server at; nil when the batch lacks it.
    func site(ofServer key: String, unnamed: SiteCode?) throws -> SiteCode?
    func serversLike(_ name: HostName) throws -> [HostName]
    func shortServerNames() throws -> Set<String>
    /// Names of servers of which every record was refused, as they were spelled.
    func refusedNames() throws -> [String]
    func hasRefusedRecords() throws -> Bool
    func hasRefusedRecord(of server: HostName) throws -> Bool
    /// Whether a record was refused of which nobody can say whose it is.
    var hasUntiedRecords: Bool { get }

    // The plan.
    func clearPlan() throws
    func plan(_ server: PlannedServer) throws
    func plan(_ site: PlannedSite) throws
    func plan(_ component: PlannedComponent) throws
    /// The batch is an export of the site; `last` is the one before it.
    func planExport(of site: SiteCode, last: SiteExport?, hasRoles: Bool) throws
    /// The groups the batch told of a server, well or badly: findings left behind on them by an earlier import end.
    func addTold(groups: [String], of server: HostName) throws
    /// A record that is listed and not written: unchanged ones of the portal that the file lacks, and roles.
    func list(_ change: PlannedChange) throws
    /// Puts a server into one more of the preview's groups.
    func mark(_ server: HostName, as group: PreviewGroup, document: String?) throws
    /// Puts an object of a component among what names no site.
    func markWithoutSite(_ component: StagedComponent) throws
    func finishPlan() throws

    // What is told of it.
    /// The findings that were kept, by file and line, up to 10,000.
    func eachFinding(_ body: (Finding) throws -> Void) throws
    /// The errors that were kept about one server, by its folded name.
    func errors(of server: String) throws -> [Finding]
    /// Whether a finding refuses a file as a whole: that cannot be left out.
    var refusesFile: Bool { get }
    /// Whether findings were counted and not kept.
    var hasCutFindings: Bool { get }
    func findingCounts() throws -> [Severity: Int]
    func eachChange(_ body: (PlannedChange) throws -> Void) throws
    /// How many records each group of the preview lists.
    func previewGroups() throws -> [PreviewGroup: Int]
    func preview(_ group: PreviewGroup, after position: PreviewPosition?, limit: Int) throws -> PreviewPage
    /// Every code that was found, the heaviest and then the most frequent first.
    func findingGroups() throws -> [FindingGroup]
    /// The findings a filter lets through, by file and line, up to `limit` from the filter's start.
    func findings(_ filter: FindingFilter, limit: Int) throws -> [Finding]

    /// Gives the place for an import up; the file stays for as long as somebody decides.
    func releasePlace()
    /// Ends the import: the file is removed and the place given up.
    func discard()
}
