import Domain

/// Whose network requirements are shown, as the address says it: all of it is in the query, so that a link can be kept and sent, and
/// so that the files have the same.
public struct RequirementAddress: Sendable, Equatable {
    public var subject: Subject?
    /// Nil for all clouds.
    public var cloud: AzureCloud?
    public var part: Part?
    /// What was typed for names that the site has of its own, fit or not.
    public var typed: [HostPlaceholder: String] = [:]
    /// Whether the address asked for something there is not.
    public private(set) var hasUnknownParts = false

    /// For whom.
    public enum Subject: Sendable, Equatable {
        case server(String)
        case site(String)
        /// With its port, as `proxy01.contoso.com:8080`.
        case proxy(String)
        case hierarchy
        /// A role or another kind of computer, by its id: without data of a site.
        case role(String)
    }

    /// What of it.
    public enum Part: String, Sendable, CaseIterable {
        case endpoints, ports
    }

    public init(_ subject: Subject? = nil) { self.subject = subject }

    /// Reads a query's pairs. What the page does not know is left out and noted, so that an old link still opens.
    public init(pairs: [(name: String, value: String)]) {
        for pair in pairs where !pair.value.isEmpty { read(pair.name, pair.value.trimmed) }
    }

    private mutating func read(_ name: String, _ value: String) {
        switch name {
        case "server": subject = .server(value)
        case "site": subject = .site(value)
        case "proxy": subject = .proxy(value)
        case "role": subject = .role(value)
        case "scope": subject = known(value == "hierarchy" ? .hierarchy : nil) ?? subject
        case "cloud": cloud = known(AzureCloud(rawValue: value))
        case "show": part = known(Part(rawValue: value))
        default:
            if let placeholder = HostPlaceholder(rawValue: name) {
                typed[placeholder] = value
            } else {
                hasUnknownParts = true
            }
        }
    }

    private mutating func known<Value>(_ value: Value?) -> Value? {
        if value == nil { hasUnknownParts = true }
        return value
    }

    /// What is typed and can be a part of a host's name.
    public var choice: EndpointRequirements.Choice {
        var choice = EndpointRequirements.Choice()
        choice.cloud = cloud
        for (placeholder, text) in typed { choice.answers[placeholder] = placeholder.answer(text) }
        return choice
    }

    var showsEndpoints: Bool { part != .ports }
    var showsPorts: Bool { part != .endpoints }

    /// The subject as a form sends it along.
    var subjectPair: (name: String, value: String)? {
        switch subject {
        case nil: nil
        case .server(let name): ("server", name)
        case .site(let code): ("site", code)
        case .proxy(let text): ("proxy", text)
        case .hierarchy: ("scope", "hierarchy")
        case .role(let id): ("role", id)
        }
    }

    private var query: String {
        var pairs = subjectPair.map { [$0] } ?? []
        if let cloud { pairs.append(("cloud", cloud.rawValue)) }
        if let part { pairs.append(("show", part.rawValue)) }
        for placeholder in HostPlaceholder.allCases {
            if let text = typed[placeholder] { pairs.append((placeholder.rawValue, text)) }
        }
        return pairs.isEmpty ? "" : "?" + pairs.map { $0.name + "=" + $0.value.pathSegment }.joined(separator: "&")
    }

    public var link: String { Route.requirements.path + query }

    func link(to file: Route.RequirementsFile) -> String { Route.requirementsFile(file).path + query }
}
