import Domain
import Templating

/// Asks before the sample hierarchy is taken out, and says what else goes with it.
public struct SampleRemovePage: Page {
    public static let template = "pages/sample-remove"
    let sites: Int
    let servers: Int
    /// What forms saved since the sample was loaded, newest first.
    let saved: [ChangeSet]

    public init(sites: Int, servers: Int, saved: [ChangeSet]) {
        self.sites = sites
        self.servers = servers
        self.saved = saved
    }

    public var frame: PageFrame { PageFrame(title: "Remove the sample data", section: nil) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        let parts = [counted(sites, "site"), counted(servers, "server")].compactMap { $0 }
        model[.total] = .text(parts.isEmpty ? "no records" : parts.joined(separator: " and "))
        model[.lines] = .list(saved.map(\.model))
        model[.hasLines] = .flag(!saved.isEmpty)
        model[.action] = .text(Route.removeSample.path)
        model[.cancel] = .text(Route.overview.path)
    }
}
