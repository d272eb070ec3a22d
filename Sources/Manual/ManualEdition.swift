/// Where the manual is read: beside a portal with data, served alone, or as plain files.
public enum ManualEdition: Sendable, CaseIterable {
    case portal
    case manualOnly
    case files

    /// The address a link of the manual keeps; nil where this edition has no such page, and its words stay without a link.
    func address(of link: String) -> String? {
        guard link.hasPrefix("/"), self != .portal else { return link }
        let path = link.prefix { $0 != "#" && $0 != "?" }
        if path == "/manual" || path.hasPrefix("/manual/") { return link }
        if self == .manualOnly, path == "/search" { return link }
        // Without data there are requirements by role alone.
        if self == .manualOnly, link == "/requirements" || link.hasPrefix("/requirements?role=") { return link }
        return nil
    }

    /// A page's HTML with the links that this edition has.
    func kept(_ html: String) -> String { self == .portal ? html : HTMLLinks.rewritten(html, address(of:)) }
}
