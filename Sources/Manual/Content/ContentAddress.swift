/// Which page a file of `content/` becomes: a link from file to file is a link from page to page.
enum ContentAddress {
    /// The address a link stands for. One that names no file of a page stays as it is.
    ///
    /// - Parameter path: the file that holds the link, below the content folder.
    static func resolved(_ link: String, from path: String) -> String {
        let file = link.prefix { $0 != "#" }
        guard file.hasSuffix(".md"), !link.hasPrefix("/"), !link.contains("://"),
            let target = joined(String(file), to: path), let page = page(of: target)
        else { return link }
        return page + link.dropFirst(file.count)
    }

    /// A path that is relative to a file, below the content folder; nil where it leads out of it.
    static func joined(_ relative: String, to path: String) -> String? {
        var parts = path.split(separator: "/").dropLast()
        for part in relative.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }

    private static func page(of file: String) -> String? {
        let parts = file.dropLast(3).split(separator: "/").map(String.init)
        switch (parts.first, parts.count) {
        case ("docs", 3):
            return DocumentationPages.sections.contains { $0.rawValue == parts[1] }
                ? "/manual/\(parts[1])/\(parts[2])" : nil
        case ("fields", 2), ("rules", 2), ("flow-reasons", 2), ("reference", 2):
            return "/manual/\(parts[0])/\(parts[1])"
        case ("flows", 2): return "/manual/reference/\(parts[1])"
        case ("scripts", 2): return "/manual/how-to/\(parts[1])"
        case ("glossary", 1): return "/manual/glossary"
        default: return nil
        }
    }
}
