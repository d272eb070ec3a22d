import Domain

/// How a submission ended.
public enum Outcome: Sendable {
    /// Stored. `changeSet` is nil when everything was so already, and nothing needed to be written.
    case saved(changeSet: Int?, findings: [Finding])
    /// Would be stored: everything up to the last step was done. `flows` are those it would change.
    case rehearsed(findings: [Finding], flows: FlowChanges)
    /// Findings of severity error stand in the way; nothing was stored.
    case rejected(findings: [Finding])
    /// The record was changed since the edit began; nothing was stored.
    case conflict(Conflict)
    /// There is no such record.
    case missing
    /// Whoever asks may not do this.
    case forbidden
}

extension Outcome {
    /// The traffic flows that a rehearsed edit would change; nil for any other outcome.
    public var flows: FlowChanges? {
        if case .rehearsed(_, let flows) = self { flows } else { nil }
    }
}

/// The record as it stands now, for somebody whose edit began with an older one.
public enum Conflict: Sendable {
    case server(ServerRecord)
    case site(SiteRecord)
    /// Its revision is 0 when nobody has told it.
    case component(ComponentRecord)
    /// Those of the edited servers that are software update points of the site still.
    case softwareUpdatePoints([ServerRecord])
    /// Servers of a selection that were changed, came to it or left it after somebody looked at it.
    case servers(ChangedRecords)
    /// A wizard's draft moved on, or what it is about did.
    case wizard(WizardDraft)
}

/// A site as it is stored.
public struct SiteRecord: Sendable, Equatable {
    public let site: Site
    /// The number of the change that last wrote it; 0 before there is one.
    public let revision: Int

    public init(site: Site, revision: Int) {
        self.site = site
        self.revision = revision
    }
}

/// Why the program could not do what was asked, beside what a person can mend in a form. A closed list, so that each has
/// its page and its exit code.
public enum ProgramFailure: Error, Sendable, Equatable {
    /// Another process held the data folder's write lock longer than the busy timeout.
    case busy
    /// The data folder is in use in a way that excludes this command; says by whom.
    case locked(holder: String)
    /// The schema is older than this program: `proxydesk migrate` brings it up.
    case schemaOlder(found: Int, needed: Int)
    /// The schema was written by a newer program.
    case schemaNewer(found: Int, known: Int)
    /// The data folder is not there, or not a folder of the portal.
    case noData(path: String)
    /// The folder holds something else, and is left alone.
    case foreignFolder(path: String)
    /// Another import runs in this data folder.
    case importRunning
    /// Disk, memory or database failed; the cause is for the log alone.
    case storage(cause: String)
}
