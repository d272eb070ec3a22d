import Manual
import Pages
import Web

/// What the portal shows beside its data: loaded and cross-checked once, before anything is served.
struct Resources {
    let manual: Manual
    let search: ManualSearch
    let assets: AssetTable
    let pages: PageRenderer

    /// - Throws: everything that is wrong with the folder, with file and line.
    static func load(from folder: String) throws -> Resources {
        let manual = try Manual(contentDirectory: folder + "/content")
        let assets = try AssetTable(directory: folder + "/Public")
        let pages = try PageRenderer(
            templateDirectory: folder + "/Templates", manual: manual, address: assets.address(of:))
        return Resources(manual: manual, search: try ManualSearch(manual), assets: assets, pages: pages)
    }
}
