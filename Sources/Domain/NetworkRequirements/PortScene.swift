/// What working out the ports between computers needs to know of a server, a site or a hierarchy.
public struct PortScene: Sendable, Equatable {
    /// The one server it is about; nil for all.
    public var server: HostName?
    /// The site it is about; nil for the whole hierarchy.
    public var site: SiteCode?
    /// Who has which role, by ``NetworkParty/id``.
    public var holders: [String: Holders] = [:]
    /// The site servers of the sites above and below.
    public var neighbors: [HostName] = []
    /// The client ports of the sites it is about.
    public var clientPorts: [OfSite] = []
    /// Whether clients belong to it: not to a central administration site.
    public var hasClients = true
    /// The software update points whose ports were told.
    public var points: [Point] = []
    /// The WSUS server that the site synchronizes from.
    public var upstream = Upstream.notTold

    /// Computers: the first by name, and how many there are.
    public struct Holders: Sendable, Equatable {
        public var names: [HostName]
        public var total: Int

        public init(_ names: [HostName], total: Int? = nil) {
            self.names = names
            self.total = total ?? names.count
        }

        func without(_ name: HostName) -> Holders {
            guard names.contains(name) else { return self }
            return Holders(names.filter { $0 != name }, total: total - 1)
        }
    }

    public struct OfSite: Sendable, Equatable {
        public let site: SiteCode
        public let ports: ClientPorts

        public init(_ site: SiteCode, _ ports: ClientPorts) {
            self.site = site
            self.ports = ports
        }
    }

    public struct Point: Sendable, Equatable {
        public let name: HostName
        public let http: Int
        public let https: Int

        public init(_ name: HostName, http: Int, https: Int) {
            self.name = name
            self.http = http
            self.https = https
        }
    }

    /// What is known of the WSUS server above.
    public enum Upstream: Sendable, Equatable {
        case notTold
        /// The site synchronizes from Microsoft, or from nowhere.
        case nowhere
        /// - Parameter usesSSL: nil where nobody told.
        case server(DisplayText, port: Port?, usesSSL: Bool?)
    }

    public init() {}
}

/// Which ports a pair of computers needs, with the numbers that the portal knows put in.
public struct PortNeed: Sendable, Equatable {
    public let requirement: PortRequirement
    public let source: Side
    public let target: Side
    public let services: [Service]
    /// The site it is about; nil for the whole hierarchy.
    public let site: SiteCode?

    public enum Side: Sendable, Equatable {
        case computers(PortScene.Holders)
        /// The clients of a site; nil for those of all sites.
        case clients(SiteCode?)
        /// Something that the portal does not keep, under the words for it.
        case other(String)
        /// A computer of a site that there must be, and nobody told which it is; a nil site is any of them.
        case notTold(NetworkParty, SiteCode?)
    }

    public struct Service: Sendable, Equatable {
        public let service: PortService
        public let ports: [Number]

        /// The numbers that hold for one computer, where others have theirs.
        public func ports(to target: HostName) -> [Number] {
            let own = ports.filter { if case .ofPoints(let names) = $0.basis { names.contains(target) } else { false } }
            guard own.isEmpty else { return own }
            return ports.filter { if case .ofPoints = $0.basis { false } else { true } }
        }
    }

    public struct Number: Sendable, Equatable {
        public let span: PortSpan
        public let basis: Basis
    }

    /// How a number is known.
    public enum Basis: Sendable, Equatable {
        case fixed
        /// The product's default, which may differ here.
        case byDefault
        case ofSites([SiteCode])
        /// Of the website SMSWEB of these sites.
        case ofWebsites([SiteCode])
        /// These sites have the website SMSWEB, whose ports are its own, and nobody told which.
        case websitesNotTold([SiteCode])
        case ofPoints([HostName])
        case ofUpstream
    }
}
