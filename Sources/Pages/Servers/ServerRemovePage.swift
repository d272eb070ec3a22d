import Domain
import Manual
import Templating

/// Asks before a server is taken out of the portal.
public struct ServerRemovePage: Page {
    public static let template = "pages/server-remove"
    let head: ServerHead
    let form: FormState

    public init(head: ServerHead, form: FormState? = nil) {
        self.head = head
        self.form = head.located(form ?? FormState(revision: head.record.revision), controls: [])
    }

    public var frame: PageFrame { head.frame(.remove, form: form) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .remove, words)
        model[.current] = .text(head.record.proxy.intended.words)
        model[.roles] = .list(head.record.roles.map { [.title: .text(words.manual.displayName(of: $0.name))] })
        model[.hasRoles] = .flag(!head.record.roles.isEmpty)
        model[.cancel] = .text(Route.server(head.name, .general).path)
        model[.saveLabel] = .text("Remove \(head.name) from the portal")
    }
}
