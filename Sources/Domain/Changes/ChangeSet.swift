/// Who did something, as an id that machines compare and a text that people read.
public struct Actor: Sendable, Equatable {
    public let id: String
    public let text: String

    public init(id: String, text: String) {
        self.id = id
        self.text = text
    }

    /// Whoever uses the portal on this computer, before there is sign-in.
    public static let local = Actor(id: "local", text: "local")

    /// Whoever runs the command line, by the name the operating system has for them.
    public static func commandLine(user: String) -> Actor { Actor(id: "local:\(user)", text: "local:\(user)") }
}

/// What an import's change set remembers of the file.
public struct ImportFacts: Sendable, Equatable {
    public let format: String
    /// The file's name without its folder; several are separated by commas.
    public let file: String
    public let bytes: Int64
    /// In lower-case hexadecimal; of several files, of their bytes one after another.
    public let sha256: String
    public let counts: ImportCounts

    public init(format: String, file: String, bytes: Int64, sha256: String, counts: ImportCounts) {
        self.format = format
        self.file = file
        self.bytes = bytes
        self.sha256 = sha256
        self.counts = counts
    }
}

/// What an import does, or would do: each server counted once.
public struct ImportCounts: Sendable, Equatable {
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    public var rejected = 0
    /// Servers of sites the file covers that it lacks.
    public var notInFile = 0
    /// Servers the import takes out, because that was asked for.
    public var removed = 0

    public init() {}
}

/// Where a change came from.
public enum ChangeOrigin: String, Sendable, CaseIterable {
    case form
    case fileImport = "import"
}

/// Changes that were saved together: all of them, or none.
public struct ChangeSet: Sendable, Equatable {
    /// Gapless, from 1.
    public let number: Int
    /// Milliseconds since 1970, UTC.
    public let time: Int64
    public let actor: Actor
    public let reason: String?
    public let requestID: String
    public let origin: ChangeOrigin
    public let importFacts: ImportFacts?

    public init(
        number: Int, time: Int64, actor: Actor, reason: String?, requestID: String, origin: ChangeOrigin,
        importFacts: ImportFacts? = nil
    ) {
        self.number = number
        self.time = time
        self.actor = actor
        self.reason = reason
        self.requestID = requestID
        self.origin = origin
        self.importFacts = importFacts
    }
}

/// What happened to one record.
public enum ChangeKind: String, Sendable, CaseIterable {
    case added, changed, removed
}

/// One record before and after, as JSON texts; nil before it was there and after it was removed.
public struct Change: Sendable, Equatable {
    public let number: Int
    public let entity: Entity
    /// The name or code, as it was spelled.
    public let key: String
    public let kind: ChangeKind
    public let before: String?
    public let after: String?

    public init(number: Int, entity: Entity, key: String, kind: ChangeKind, before: String?, after: String?) {
        self.number = number
        self.entity = entity
        self.key = key
        self.kind = kind
        self.before = before
        self.after = after
    }
}
