import Domain

/// What a script is for.
public struct ScriptSelection: Sendable, Equatable {
    public enum Scope: Sendable, Equatable {
        case hierarchy
        case site(SiteCode)
        case server(HostName)
        /// What one change set changed.
        case changeSet(Int)
    }

    public var scope: Scope
    /// Whether the script takes the site back, instead of bringing it forward.
    public var takesBack: Bool
    /// Whether groups that no export has shown are written too.
    public var includesNeverObserved: Bool

    /// What asks for that: the box on a script's page, and the option of the command.
    static let nameOfNeverObserved = "“Write also what no export has shown”, --include-never-observed"

    public init(scope: Scope = .hierarchy, takesBack: Bool = false, includesNeverObserved: Bool = false) {
        self.scope = scope
        self.takesBack = takesBack
        self.includesNeverObserved = includesNeverObserved
    }

    /// The name of the file the script is saved as: ASCII alone.
    public var fileName: String {
        let subject =
            switch scope {
            case .hierarchy: "all"
            case .site(let code): code.text
            case .server(let name): name.text
            case .changeSet(let number): "change-set-\(number)"
            }
        return "proxydesk-\(takesBack ? "take-back" : "apply")-\(subject).ps1"
    }

    /// What it is for, as the middle of a sentence.
    public var words: String {
        switch scope {
        case .hierarchy: "the whole hierarchy"
        case .site(let code): "site \(code)"
        case .server(let name): "server \(name)"
        case .changeSet(let number): "change set \(number)"
        }
    }
}

/// From which state of the portal a script was made, in words that its head prints.
public struct ScriptOrigin: Sendable, Equatable {
    /// The newest change set, such as `change set 12, saved 21 Nov 2026 07:50 UTC`.
    public let state: String
    /// When the script was written, such as `21 Nov 2026 07:55 UTC`.
    public let time: String

    public init(state: String, time: String) {
        self.state = state
        self.time = time
    }
}
