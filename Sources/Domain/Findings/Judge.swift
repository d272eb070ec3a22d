/// On which occasion a rule is asked: it decides how hard a policy finding weighs (CONTRACTS 1).
public enum Occasion: Sendable {
    /// A person changes something here: an intent that can be mended at once.
    case edit
    /// A file says what a site has, or brings what was exported here: facts, not intents.
    case fileImport
    /// What is stored is judged again.
    case stored
}

/// Collects what is found while one record is checked. No rule returns early: a person sees all problems at once.
public struct Judge: Sendable {
    public let occasion: Occasion
    public var entity: Entity?
    public var key: String?
    public private(set) var findings: [Finding] = []
    /// Whether anything found so far refuses the record.
    public private(set) var refuses = false

    public init(_ occasion: Occasion, entity: Entity? = nil, key: String? = nil) {
        self.occasion = occasion
        self.entity = entity
        self.key = key
    }

    public mutating func find(
        _ code: FindingCode, _ field: FieldKey?, at place: Place = .form, _ message: String
    ) {
        let severity = code.severity(on: occasion)
        if severity == .error { refuses = true }
        findings.append(
            Finding(
                code: code, severity: severity, entity: entity, key: key, field: field, place: place, message: message)
        )
    }

    /// Takes over what another judge found.
    public mutating func take(_ finding: Finding) {
        if finding.severity == .error { refuses = true }
        findings.append(finding)
    }

    /// Whether an error was found after the first `count` findings.
    func refused(since count: Int) -> Bool {
        findings.count > count && findings[count...].contains { $0.severity == .error }
    }

    /// Reports what a value's own rules found, as problems of one field.
    public mutating func find(_ problems: [Problem], _ field: FieldKey, at place: Place = .form) {
        for problem in problems { find(problem.code, field, at: place, problem.message) }
    }
}

/// A broken rule of one value, before it is known which field holds it.
public struct Problem: Sendable, Equatable {
    public let code: FindingCode
    public let message: String

    init(_ code: FindingCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
