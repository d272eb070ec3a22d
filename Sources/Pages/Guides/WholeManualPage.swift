import Domain
import Manual
import Templating

/// The whole manual on one page, to be printed or kept: the ids of each page's headings are made the page's own, and links
/// from page to page lead to its part.
public struct WholeManualPage: Page {
    public static let template = "pages/manual-all"
    let manual: Manual

    public init(_ manual: Manual) { self.manual = manual }

    public var frame: PageFrame {
        PageFrame(
            title: "The whole manual", section: .manual,
            crumbs: [PageFrame.Crumb(title: "Manual", link: Route.manual.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        let anchors = Dictionary(uniqueKeysWithValues: manual.pages.map { ($0.path, Self.anchor($0.path)) })
        model[.groups] = .list(
            ManualNavigation.sections(of: manual).map { section, pages in
                [
                    .title: .text(section.title),
                    .lines: .list(
                        pages.map { page in
                            [
                                .title: .text(page.title), .id: .text(Self.anchor(page.path)),
                                .text: .text(page.description), .reviewed: .text(UTCTime.day(page.reviewed)),
                                .appliesTo: .optional(page.appliesTo), .hasSources: .flag(!page.sources.isEmpty),
                                .sources: .list(
                                    page.sources.map { [.title: .text($0.title), .date: .text($0.date)] }),
                                .body: .markup(
                                    page.body.asPart(of: Self.anchor(page.path)) { Self.target($0, in: page, anchors) }),
                            ]
                        }),
                ]
            })
    }

    /// `/manual/rules/proxy` is `rules-proxy` here.
    private static func anchor(_ path: String) -> String {
        path.split(separator: "/").dropFirst().joined(separator: "-")
    }

    private static func target(_ link: String, in page: ManualPage, _ anchors: [String: String]) -> String {
        let halves = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let anchor = anchors[halves[0].isEmpty ? page.path : halves[0]] else { return link }
        return "#" + anchor + (halves.count == 2 ? "-" + halves[1] : "")
    }
}
