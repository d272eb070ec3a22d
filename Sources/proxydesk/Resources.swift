import Manual

/// What the portal shows beside its data: loaded and cross-checked once, before anything is served.
struct Resources {
    let manual: Manual

    /// - Throws: what is wrong with the folder, with file and line.
    static func load(from folder: String) throws -> Resources {
        Resources(manual: try Manual(contentDirectory: folder + "/content"))
    }
}
