import Manual
import Templating

/// The search of a copy of the manual that is read from files: `search.js` fills it, with `stems.js` before it. Without scripting it
/// leads to the index by letter.
public struct StaticSearchPage: Page {
    public static let template = "pages/search-files"

    let index: String

    /// - Parameter index: the address of the script that holds the index.
    public init(index: String) { self.index = index }

    public var frame: PageFrame {
        PageFrame(
            title: "Search the manual", section: .manual,
            crumbs: [PageFrame.Crumb(title: "Manual", link: Route.manual.path)], hasSearch: true,
            scripts: [.stems, .search])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model.fillSearchBox("", label: SearchPage.label)
        model[.indexLink] = .text(index)
        model[.alphabetLink] = .text(Route.manualAlphabet.path)
    }
}
