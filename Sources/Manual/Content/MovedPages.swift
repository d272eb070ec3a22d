/// Addresses that pages had before: bookmarks, and links in other people's documents, go on working.
enum MovedPages {
    private static let taken: Set<String> = [
        "/manual/a-z", "/manual/all", "/manual/index", "/manual/search", Runbooks.address,
    ]

    /// The old addresses, each with the new one; reports those that two pages claim, or that a page has today.
    ///
    /// They become file names in a copy, so they are as plain as the addresses of pages, and none is that of another file there.
    static func read(_ pages: [ComposedPage], _ content: inout ContentFolder) -> [String: String] {
        let paths = Set(pages.map(\.path))
        var moved: [String: String] = [:]
        for page in pages {
            for old in page.frontMatter.movedFrom {
                if old.wholeMatch(of: /\/manual(\/[A-Za-z0-9][A-Za-z0-9_-]*)+/) == nil {
                    content.report(
                        page.file, 1,
                        "“moved_from” names addresses such as /manual/how-to/change-a-proxy, of letters, digits and hyphens; “\(old)” is none."
                    )
                } else if Self.taken.contains(old) || old.hasPrefix(Runbooks.address + "/") {
                    content.report(page.file, 1, "“moved_from” names \(old), which is kept for a part of the manual.")
                } else if paths.contains(old) {
                    content.report(page.file, 1, "“moved_from” names \(old), and that is a page today.")
                } else if moved.updateValue(page.path, forKey: old) != nil {
                    content.report(page.file, 1, "“moved_from” names \(old), and another page does too.")
                }
            }
        }
        return moved
    }
}
