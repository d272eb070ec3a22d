import Manual

/// An entry of the navigation at the top of every page.
struct NavigationEntry {
    let title: String
    let link: String
    /// The pages on which it is marked; nil where it leads into a part that another entry stands for.
    let section: PageFrame.Section?

    init(_ section: PageFrame.Section) {
        title = section.title
        link = section.route.path
        self.section = section
    }

    init(title: String, link: String) {
        self.title = title
        self.link = link
        section = nil
    }

    static func entries(of edition: ManualEdition, _ manual: Manual) -> [NavigationEntry] {
        switch edition {
        case .portal: PageFrame.Section.allCases.map { NavigationEntry($0) }
        case .manualOnly: [NavigationEntry(.manual), search, NavigationEntry(.requirements)] + errorCodes(manual)
        case .files:
            [NavigationEntry(.manual), search, NavigationEntry(title: "A to Z", link: Route.manualAlphabet.path)]
                + errorCodes(manual)
        }
    }

    private static let search = NavigationEntry(title: "Search", link: Route.search.path)

    /// The page that most people come for who have no portal.
    private static func errorCodes(_ manual: Manual) -> [NavigationEntry] {
        let path = "/manual/reference/error-codes"
        return manual.page(at: path) == nil ? [] : [NavigationEntry(title: "Error codes", link: path)]
    }
}
