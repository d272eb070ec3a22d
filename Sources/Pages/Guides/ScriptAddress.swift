/// What a script is for, as its address says it: a link to it can be kept and sent.
public struct ScriptAddress: Sendable, Equatable {
    public var scope: Scope
    /// Whether it takes the site back.
    public var takesBack = false
    /// Whether it writes what no export has shown.
    public var includesNeverObserved = false

    /// As it was asked for: whether the portal has it is not judged here.
    public enum Scope: Sendable, Equatable {
        case hierarchy
        case site(String)
        case server(String)
        case changeSet(String)

        /// The pair of the query that says it; nil for all.
        var pair: (name: String, value: String)? {
            switch self {
            case .hierarchy: nil
            case .site(let code): ("site", code)
            case .server(let name): ("server", name)
            case .changeSet(let number): ("set", number)
            }
        }
    }

    public init(_ scope: Scope, includesNeverObserved: Bool = false) {
        self.scope = scope
        self.includesNeverObserved = includesNeverObserved
    }

    /// Reads a query's pairs; the narrowest part that is named counts.
    public init(pairs: [(name: String, value: String)]) {
        let value = { (name: String) in pairs.first { $0.name == name && !$0.value.isEmpty }?.value }
        if let number = value("set") {
            scope = .changeSet(number)
        } else if let name = value("server") {
            scope = .server(name)
        } else {
            scope = value("site").map(Scope.site) ?? .hierarchy
        }
        takesBack = value("direction") == "back"
        includesNeverObserved = value("include-never-observed") == "true"
    }

    /// The page about the script.
    public var link: String { Route.script.path + query }
    /// Its file.
    public var fileLink: String { Route.scriptFile.path + query }

    private var query: String {
        var pairs = [scope.pair].compactMap { $0 }
        if takesBack { pairs.append(("direction", "back")) }
        if includesNeverObserved { pairs.append(("include-never-observed", "true")) }
        return pairs.isEmpty ? "" : "?" + pairs.map { $0.name + "=" + $0.value.pathSegment }.joined(separator: "&")
    }
}
