/// What was answered in a wizard so far. Nothing of it is stored in the configuration before the Summary is confirmed.
public struct WizardDraft: Sendable, Equatable {
    /// 128 random bits, in lower-case base32.
    public let id: String
    public let kind: WizardKind
    /// The server's name: the stored one, or what was typed for a new one.
    public var server: String
    /// The new server's site; of a stored server the one it had when the draft was last touched.
    public var site: SiteCode?
    /// The answers that were accepted, as they were typed.
    public var answers: [WizardStep: [String: String]]
    /// What was typed on a step and refused since its last accepted answer: it is shown there again, and is no part of
    /// what would be stored.
    public var refused: [WizardStep: [String: String]]
    /// Rises with every accepted step: a page that was made from an older state is told so.
    public var state: Int
    /// The revisions of the server and its site's component when the draft began, or when what is stored was last taken
    /// over; 0 for what was not there.
    public var serverRevision: Int
    public var componentRevision: Int
    /// Milliseconds since 1970, UTC.
    public var touched: Int64
    /// What the Summary was stored as; nil while the draft is open.
    public var changeSet: Int?

    public init(
        id: String, kind: WizardKind, server: String, site: SiteCode?, answers: [WizardStep: [String: String]] = [:],
        refused: [WizardStep: [String: String]] = [:], state: Int = 1, serverRevision: Int = 0,
        componentRevision: Int = 0, touched: Int64, changeSet: Int? = nil
    ) {
        self.id = id
        self.kind = kind
        self.server = server
        self.site = site
        self.answers = answers
        self.refused = refused
        self.state = state
        self.serverRevision = serverRevision
        self.componentRevision = componentRevision
        self.touched = touched
        self.changeSet = changeSet
    }

    /// How long a draft that nobody touches is kept, in milliseconds: 30 days.
    public static let lifetime: Int64 = 30 * 24 * 60 * 60 * 1000

    public var isOpen: Bool { changeSet == nil }

    /// What the names of the check boxes on System Role Selection begin with; the role's internal name follows.
    public static let rolePrefix = "role.add."

    /// What the names of the check boxes on Classifications begin with; the classification follows.
    private static let classificationPrefix = FieldKey.supcClassifications.rawValue + "."

    /// The roles that were chosen, in the order of the table.
    public var roles: [RoleName] { Self.roles(in: answers[.roles] ?? [:]) }

    public static func roles(in answers: [String: String]) -> [RoleName] {
        RoleName.known.filter { answers[rolePrefix + $0.text] == "true" }
    }

    /// What a step would hold for some fields; a field that was not sent is absent.
    public func fields(of step: WizardStep) -> Draft { Self.fields(in: answers[step]) }

    public static func fields(in answers: [String: String]?) -> Draft {
        var draft = Draft()
        guard var answers else { return draft }
        let boxes = answers.filter { $0.key.hasPrefix(classificationPrefix) }
        if !boxes.isEmpty {
            answers[FieldKey.supcClassifications.rawValue] = boxes.filter { $0.value == "true" }
                .map { String($0.key.dropFirst(classificationPrefix.count)) }.sorted().joined(separator: "\n")
        }
        // In the catalogue's order, so that findings come in the order of the page.
        for field in FieldCatalogue.all {
            if let text = answers[field.key.rawValue] { draft.append(field.key, Sent(text)) }
        }
        return draft
    }

    /// Takes a step's answers in.
    public mutating func accept(_ typed: [String: String], on step: WizardStep, at time: Int64) {
        answers[step] = typed
        refused[step] = nil
        state += 1
        touched = time
    }

    /// Forgets what was answered on a step, and what was refused there.
    public mutating func drop(_ step: WizardStep) {
        answers[step] = nil
        refused[step] = nil
    }

    /// Keeps what was refused, so that it can be mended later too.
    public mutating func keep(refused typed: [String: String], on step: WizardStep, at time: Int64) {
        refused[step] = typed
        touched = time
    }
}
