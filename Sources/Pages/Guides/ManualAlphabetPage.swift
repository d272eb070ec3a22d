import Manual
import Templating

/// The manual's index from A to Z.
public struct ManualAlphabetPage: Page {
    public static let template = "pages/manual-alphabet"
    let alphabet: ManualAlphabet

    public init(_ alphabet: ManualAlphabet) { self.alphabet = alphabet }

    public var frame: PageFrame {
        PageFrame(
            title: "A to Z – Manual", section: .manual,
            crumbs: [PageFrame.Crumb(title: "Manual", link: Route.manual.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.groups] = .list(
            alphabet.letters.map { letter in
                [
                    .title: .text(letter.title), .id: .text(letter.id), .target: .text("#" + letter.id),
                    .lines: .list(
                        letter.entries.map {
                            [.title: .text($0.title), .text: .optional($0.page), .link: .text($0.link)]
                        }),
                ]
            })
    }
}
