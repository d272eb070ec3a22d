// What the page of an import shows before anything is stored. The values stand here because the page and the staging file
// share them and neither knows the other.

/// The groups in which a preview lists what would happen to records.
public enum PreviewGroup: String, Sendable, CaseIterable {
    case added, changed
    /// Differs from the site because a change made here waits to be applied there; the portal's value stays.
    case kept
    case moved
    case broughtBack = "brought-back"
    /// Refused as a whole, or with some of its groups left out.
    case leftOut = "left-out"
    case removed
    /// The portal has it, a site the file covers has not, and nobody asked to remove it.
    case notInFile = "not-in-file"
    case unchanged
    /// Names no site, neither in the file nor by a choice.
    case withoutSite = "without-site"
}

/// A record of a preview's list.
public struct PreviewLine: Sendable, Equatable {
    public let entity: Entity
    /// The name or code as it is spelled; of a role, the server's name, a colon and the role's.
    public let name: String
    /// The record as its changes remember it; nil before it is there, and where nothing is told of it.
    public let before: String?
    /// Nil when it is taken out, and where nothing is told of it.
    public let after: String?
    /// Of a record that is left out, wholly or in part: why.
    public let errors: [Finding]

    public init(entity: Entity, name: String, before: String?, after: String?, errors: [Finding] = []) {
        self.entity = entity
        self.name = name
        self.before = before
        self.after = after
        self.errors = errors
    }
}

/// Where a page of a preview's list ended: what follows starts behind it.
public struct PreviewPosition: Sendable, Equatable {
    public let entity: String
    public let key: String

    public init(entity: String, key: String) {
        self.entity = entity
        self.key = key
    }
}

/// A page of one of a preview's lists of records.
public struct PreviewPage: Sendable {
    public let lines: [PreviewLine]
    /// Nil on the last page.
    public let next: PreviewPosition?

    public init(lines: [PreviewLine], next: PreviewPosition?) {
        self.lines = lines
        self.next = next
    }
}

/// All findings with one code: how many were kept, and how hard they weigh.
public struct FindingGroup: Sendable, Equatable {
    public let count: Int
    public let first: Finding

    public init(count: Int, first: Finding) {
        self.count = count
        self.first = first
    }

    public var code: FindingCode { first.code }
    public var severity: Severity { first.severity }
}

/// Which of an import's findings a page of them shows.
public struct FindingFilter: Sendable, Equatable {
    public var severity: Severity?
    public var code: FindingCode?
    /// Part of the name of what a finding is about.
    public var text = ""
    /// How many of them the pages before have shown.
    public var start = 0

    public init() {}
}

/// What a preview shows of an import that is compared and waits for a decision.
public struct ImportPreview: Sendable {
    /// How many records each group lists; servers, and what else the group has.
    public var groups: [PreviewGroup: Int] = [:]
    public var findingGroups: [FindingGroup] = []
    /// All findings are counted here, also those beyond the ones that are kept.
    public var findingCounts: [Severity: Int] = [:]
    public var options = ImportOptions()
    /// Whether nothing stands in the way of saving it.
    public var isAccepted = false
    /// Whether the errors are all about single records, which can be left out.
    public var canLeaveOut = false

    public init() {}
}
