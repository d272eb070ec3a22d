/// How hard a finding weighs where it was made.
public enum Severity: String, Sendable, CaseIterable, Comparable {
    /// Refuses the submission (or, in an import, the file) until it is mended or left out.
    case error
    /// Is saved as it is, and stays visible until somebody mends it.
    case warning
    /// Says what was done with something that has one sensible reading.
    case notice

    /// How urgent, for sorting and thresholds: an error is greater than a warning.
    public static func < (left: Severity, right: Severity) -> Bool { left.weight < right.weight }

    private var weight: Int {
        switch self {
        case .error: 2
        case .warning: 1
        case .notice: 0
        }
    }
}

/// What a finding, a change or a record speaks of. The raw value is the term the field uses, as JSON prints it.
public enum Entity: String, Sendable, CaseIterable {
    case site
    case server = "site system server"
    case role
    case component = "software update point component"
}

/// Where something stands in a file: what a person needs to find it again in an editor.
public struct Place: Sendable, Equatable {
    /// The name the file was given under, without its folder; nil for a form.
    public let file: String?
    /// Counted from 1; nil only where there is no byte to point at.
    public let line: Int?
    /// Counted from 1 in characters of the line; nil only where there is no byte to point at.
    public let column: Int?

    public init(file: String?, line: Int?, column: Int?) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// A control of a form: the field alone says where.
    public static let form = Place(file: nil, line: nil, column: nil)
}

/// One thing that is wrong, doubtful or worth knowing, in a sentence that says how to mend it.
///
/// The same finding looks the same in a form, an import report and on the command line.
public struct Finding: Sendable, Equatable {
    public let code: FindingCode
    public let severity: Severity
    /// What it is about; nil when it is about a file or a request as a whole.
    public let entity: Entity?
    /// The name or code of what it is about, as it was spelled; nil together with `entity`.
    public let key: String?
    public let field: FieldKey?
    public let place: Place
    /// A whole sentence or two: what is so, and what to do.
    public let message: String

    public init(
        code: FindingCode, severity: Severity, entity: Entity? = nil, key: String? = nil,
        field: FieldKey? = nil, place: Place = .form, message: String
    ) {
        self.code = code
        self.severity = severity
        self.entity = entity
        self.key = key
        self.field = field
        self.place = place
        self.message = message
    }

    /// The same finding at another weight: what stood before an edit is a warning, not an error.
    public func weighing(_ severity: Severity) -> Finding {
        Finding(
            code: code, severity: severity, entity: entity, key: key, field: field, place: place, message: message)
    }
}

extension [Finding] {
    /// The findings of an edit: an error only where a changed field brings it about, a warning for what stood before.
    public func broughtAbout(by changed: Set<FieldKey>, beyond stood: [Finding]) -> [Finding] {
        map { finding in
            let isOld = stood.contains { $0.code == finding.code && $0.field == finding.field }
            // One software update point too many at a site, or one service connection point in the hierarchy, is brought
            // about where one is added, not by any other change of a server's roles.
            let isCount = finding.code == .supSecondaryOne || finding.code == .scpHierarchyOne
            let isTouched = !isCount && (finding.field.map(changed.contains) ?? false)
            return finding.severity == .error && isOld && !isTouched ? finding.weighing(.warning) : finding
        }
    }
}

extension Finding {
    /// Whether it refuses a file as a whole, so that there is no smaller part to leave out.
    public var isAboutFile: Bool {
        guard severity == .error, code.kind == .file else { return false }
        switch code {
        case .serverTwoSites, .importSiteMissing, .importSiteMismatch, .importPathMalformed, .importServerMissing,
            .importRecordDiffers, .importReference, .xmlEscape:
            return false
        // In an export these are about one record, which they name; in our own XML about the document.
        case .xmlElement, .xmlAttribute, .xmlText: return entity == nil
        default: return true
        }
    }
}
