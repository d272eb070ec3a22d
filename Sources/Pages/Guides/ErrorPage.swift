import Domain
import Templating

/// A page that says why there is no other: what happened, and what can be done.
public struct ErrorPage: Page {
    public static let template = "pages/error"
    let title: String
    let text: String
    let requestID: String
    /// Where to go from here.
    let links: [(title: String, link: String)]
    /// What was sent and could not be stored, so that it can be sent again.
    let resend: Resend?
    /// What a search would look for; nil where a search does not help.
    let query: String?

    /// A form that is kept because the portal could not take it just now.
    public struct Resend: Sendable {
        let action: String
        let controls: [(name: String, value: String)]
        /// What was typed, in words.
        let values: [(label: String, value: String)]

        public init(action: String, controls: [(name: String, value: String)]) {
            self.action = action
            self.controls = controls
            values = controls.compactMap { control in
                guard let key = FieldKey(rawValue: control.name) else { return nil }
                return (key.label, FieldCatalogue.field(key).words(forText: control.value))
            }
        }
    }

    public init(
        title: String, text: String, requestID: String, links: [(title: String, link: String)] = [],
        resend: Resend? = nil, query: String? = nil
    ) {
        self.title = title
        self.text = text
        self.requestID = requestID
        self.links = links.isEmpty ? [("Go to the overview", Route.overview.path)] : links
        self.resend = resend
        self.query = query
    }

    public var frame: PageFrame { PageFrame(title: title, section: nil, hasSearch: query != nil) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text(title)
        model[.text] = .text(text)
        model[.requestID] = .text(requestID)
        model[.links] = .list(links.map { [.title: .text($0.title), .link: .text($0.link)] })
        if let query { model.fillSearchBox(query, label: "Search the manual") }
        guard let resend else { return }
        model[.resend] = .model([
            .action: .text(resend.action),
            .controls: .list(resend.controls.map { [.name: .text($0.name), .value: .text($0.value)] }),
            .facts: .list(resend.values.map { [.label: .text($0.label), .value: .text($0.value)] }),
        ])
    }
}
