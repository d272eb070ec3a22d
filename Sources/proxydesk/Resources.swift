import Manual
import Pages
import Web

/// What the portal shows beside its data: loaded and cross-checked once, before anything is served.
struct Resources {
    let site: ManualSite

    var manual: Manual { site.manual }

    /// - Throws: everything that is wrong with the folder, with file and line.
    static func load(
        from folder: String, edition: ManualEdition = .portal, contact: ManualContact? = nil
    ) throws -> Resources {
        let manual = try Manual(contentDirectory: folder + "/content", edition: edition)
        let assets = try AssetTable(directory: folder + "/Public")
        let pages = try PageRenderer(
            templateDirectory: folder + "/Templates", manual: manual, edition: edition, contact: contact,
            address: assets.address(of:))
        return Resources(site: try ManualSite(manual: manual, pages: pages, assets: assets))
    }
}
