import Domain

/// New proxy values for the servers that use a proxy.
public struct ProxyReplacement: Sendable {
    public var selection: ProxySelection
    /// Servers that were left out by hand.
    public var excluded: Set<HostName>
    /// Fields of the Proxy tab. A field that is absent keeps what each server has.
    public var draft: Draft
    /// What somebody saw before saving; nil to go through it as things are now.
    public var basis: PreviewBasis?
    /// Servers that are left out beyond those the preview left out.
    public var alsoExcluded: Set<HostName> = []

    public init(selection: ProxySelection, excluded: Set<HostName> = [], draft: Draft, basis: PreviewBasis? = nil) {
        self.selection = selection
        self.excluded = excluded
        self.draft = draft
        self.basis = basis
    }

    /// The same, asking for nothing but what would happen now.
    var unseen: ProxyReplacement {
        var copy = self
        copy.basis = nil
        copy.excluded.formUnion(alsoExcluded)
        copy.alsoExcluded = []
        return copy
    }
}

/// Servers that use a proxy, narrowed by what can be said of them in a few words.
public struct ProxySelection: Sendable, Equatable {
    public var users: ProxyUsers
    /// Blank for all.
    public var sites: Set<SiteCode>
    /// Part of a server's name; blank for all.
    public var text: String

    public init(_ users: ProxyUsers, sites: Set<SiteCode> = [], text: String = "") {
        self.users = users
        self.sites = sites
        self.text = text
    }

    public func includes(_ record: ServerRecord) -> Bool {
        users.include(record.proxy.intended) && (sites.isEmpty || sites.contains(record.site))
            && (text.isEmpty || record.name.folded.contains(text.asciiFolded))
    }
}

/// What a preview was made of, in a few characters that a form can carry: as long as the number of servers is the same
/// and none of them was written since, they are the same servers with the same values.
///
/// A server that joins a selection, or changes in it, was written by a newer change; one that leaves it lowers the number.
public struct PreviewBasis: Sendable, Equatable {
    /// How many servers the selection had, without those left out.
    public let servers: Int
    /// The number of the newest change there was.
    public let newestChange: Int

    public init(servers: Int, newestChange: Int) {
        self.servers = servers
        self.newestChange = newestChange
    }

    /// Reads what ``text`` writes.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let servers = parts[0], let newest = parts[1] else { return nil }
        self.init(servers: servers, newestChange: newest)
    }

    public var text: String { "\(servers)-\(newestChange)" }
}
