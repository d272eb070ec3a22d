/// Port numbers of a requirement.
public enum PortSpan: Sendable, Hashable, CustomStringConvertible {
    /// One number, or the numbers from one to another.
    case numbers(ClosedRange<Int>)
    /// Chosen by the operating system for RPC when it is needed.
    case dynamic
    /// Whatever the other side has set.
    case asConfigured

    public static func number(_ number: Int) -> PortSpan { .numbers(number...number) }

    /// Reads `443`, `10124-10139`, `dynamic` or `as-configured`; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "dynamic": self = .dynamic
        case "as-configured": self = .asConfigured
        default:
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
                Int(part).flatMap { String($0) == part && (1...65535).contains($0) ? $0 : nil }
            }
            guard (1...2).contains(parts.count), let first = parts.first ?? nil, let last = parts.last ?? nil,
                parts.count == 1 || first < last
            else { return nil }
            self = .numbers(first...last)
        }
    }

    public var description: String {
        switch self {
        case .numbers(let range) where range.count == 1: String(range.lowerBound)
        case .numbers(let range): "\(range.lowerBound)-\(range.upperBound)"
        case .dynamic: "dynamic"
        case .asConfigured: "as configured"
        }
    }
}

public enum TransportProtocol: String, Sendable, CaseIterable {
    case tcp, udp, icmp

    public var title: String { rawValue.uppercased() }
}

/// Where a fact was read.
public struct FactSource: Sendable, Hashable {
    public let id: String
    public let title: String
    /// Of the text that was read: a day such as `2026-06-08`, a month, or a year.
    public let date: String

    public init(id: String, title: String, date: String) {
        self.id = id
        self.title = title
        self.date = date
    }
}

/// Who takes part in a connection: a site system role, or something that is none, such as a client.
public struct NetworkParty: Sendable, Hashable {
    /// As `content/reference/roles.yaml` names a role, `ports.yaml` anything else.
    public let id: String
    public let title: String
    /// Nil for what no role item of a site stands for.
    public let role: RoleName?
    /// Whether it is reached over the internet: then the list of internet endpoints has it.
    public let isOnInternet: Bool

    public init(id: String, title: String, role: RoleName? = nil, isOnInternet: Bool = false) {
        self.id = id
        self.title = title
        self.role = role
        self.isOnInternet = isOnInternet
    }

    public static let clientID = "client"
    public static let consoleID = "console"
    public var isClient: Bool { id == Self.clientID }
    public var isConsole: Bool { id == Self.consoleID }
}
