/// Addresses that pages had before: bookmarks, and links in other people's documents, go on working.
enum MovedPages {
    /// The old addresses, each with the new one; reports those that two pages claim, or that a page has today.
    static func read(_ pages: [ComposedPage], _ content: inout ContentFolder) -> [String: String] {
        let paths = Set(pages.map(\.path))
        var moved: [String: String] = [:]
        for page in pages {
            for old in page.frontMatter.movedFrom {
                if !old.hasPrefix("/manual/") {
                    content.report(
                        page.file, 1, "“moved_from” names addresses that begin with /manual/; “\(old)” does not.")
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
