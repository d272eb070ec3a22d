/// What a person chose for an import (CONTRACTS 3).
public struct ImportOptions: Sendable, Equatable {
    /// Leave out the smallest groups that have an error, instead of refusing the whole import.
    public var leaveOutRefused = false
    /// Take the site's values also where an intended value waits to be applied there.
    public var takeOver = false
    /// The servers, by folded name, of which the site's values are taken although not all are.
    public var takeOverServers: Set<String> = []
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
    public func takesOver(_ server: HostName) -> Bool { takeOver || takeOverServers.contains(server.folded) }
}
