import Manual
import Pages
import Web

/// What the portal shows beside its data: loaded and cross-checked once, before anything is served.
struct Resources {
    let site: ManualSite

    var manual: Manual { site.manual }

    /// - Throws: everything that is wrong with the folder, with file and line.
    static func load(_ settings: Settings, edition: ManualEdition = .portal) throws -> Resources {
        let folder = settings.resources
        let manual = try Manual(contentDirectory: folder + "/content", edition: edition)
        let assets = try AssetTable(directory: folder + "/Public")
        let pages = try PageRenderer(
            templateDirectory: folder + "/Templates", manual: manual, edition: edition, contact: settings.contact,
            address: assets.address(of:))
        let runbooks = settings.docs.map { Runbooks(directory: $0, manual: manual, clock: Wiring.clock) }
        return Resources(
            site: try ManualSite(manual: manual, pages: pages, assets: assets, runbooks: runbooks))
    }
}
