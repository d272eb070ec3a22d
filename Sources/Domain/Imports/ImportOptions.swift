/// What a person chose for an import (CONTRACTS 3).
public struct ImportOptions: Sendable, Equatable {
    /// Leave out the smallest groups that have an error, instead of refusing the whole import.
    public var leaveOutRefused = false
    /// Take the site's values also where an intended value waits to be applied there.
    public var takeOver = false
    /// The servers, by folded name, of which the site's values are taken although not all are.
    public var takeOverServers: Set<String> = []
    /// The same of software update point components, by site.
    public var takeOverComponents: Set<SiteCode> = []
    /// The servers and components that keep the portal's values although all others give them up.
    public var keptServers: Set<String> = []
    public var keptComponents: Set<SiteCode> = []
    /// Take out servers and roles of covered sites that the file lacks.
    public var removeMissing = false
    /// Accept a site whose code is stored with another site server, and a second top-level site.
    public var otherHierarchy = false
    /// The site of records that name none.
    public var site: SiteCode?
    /// The files are the portal's own sample; others wait until that is removed.
    public var isSample = false

    public init() {}

    /// Whether the site's values are taken for a server.
    public func takesOver(_ server: HostName) -> Bool {
        takeOver ? !keptServers.contains(server.folded) : takeOverServers.contains(server.folded)
    }

    /// Whether the site's values are taken for its software update point component.
    public func takesOver(componentOf site: SiteCode) -> Bool {
        takeOver ? !keptComponents.contains(site) : takeOverComponents.contains(site)
    }
}

// The choice beside a single record of a preview's list.
extension ImportOptions {
    private static let componentMark = "component:"

    /// How a form names a record of the list: a server's name holds no colon.
    public static func choice(_ line: PreviewLine) -> String {
        line.entity == .component ? componentMark + line.name : line.name
    }

    /// Whether the site's values are taken for the record.
    public func isChosen(_ choice: String) -> Bool {
        if let site = Self.site(choice) { return takesOver(componentOf: site) }
        let key = choice.asciiFolded
        return takeOver ? !keptServers.contains(key) : takeOverServers.contains(key)
    }

    /// Takes the site's values for the record, or leaves the portal's.
    public mutating func choose(_ choice: String, _ isTaken: Bool) {
        if let site = Self.site(choice) {
            Self.set(site, in: &takeOverComponents, isTaken)
            Self.set(site, in: &keptComponents, !isTaken)
        } else {
            Self.set(choice.asciiFolded, in: &takeOverServers, isTaken)
            Self.set(choice.asciiFolded, in: &keptServers, !isTaken)
        }
    }

    private static func set<Key>(_ key: Key, in keys: inout Set<Key>, _ isMember: Bool) {
        if isMember { keys.insert(key) } else { keys.remove(key) }
    }

    private static func site(_ choice: String) -> SiteCode? {
        choice.hasPrefix(componentMark) ? SiteCode.check(String(choice.dropFirst(componentMark.count))).value : nil
    }
}
