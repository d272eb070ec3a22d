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
        head.record.fillWhatGoes(&model, words)
        model[.isDestructive] = true
        model[.cancel] = .text(Route.server(head.name, .general).path)
        model[.saveLabel] = .text("Remove \(head.name) from the portal")
    }
}

/// Somebody changed the server while another wanted to remove it: what is stored now, and whether that changes the mind.
public struct RemovalConflictPage: Page {
    public static let template = "pages/conflict-remove"
    let current: ServerRecord
    let reason: String
    /// Who changed it meanwhile, and when; nil when that cannot be told.
    let lastChange: ChangeSet?

    public init(current: ServerRecord, reason: String, lastChange: ChangeSet?) {
        self.current = current
        self.reason = reason
        self.lastChange = lastChange
    }

    public var frame: PageFrame {
        PageFrame(
            title: "\(current.name) was changed since you wanted to remove it", section: .servers,
            crumbs: PageFrame.serverCrumbs(current.name.text))
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        current.fillWhatGoes(&model, words)
        model[.name] = .text(current.name.text)
        model[.action] = .text(Route.server(current.name.text, .remove).path)
        model[.link] = .text(Route.server(current.name.text, .general).path)
        model[.revision] = .number(current.revision)
        model[.reason] = .text(reason)
        model[.lastChange] = lastChange.map { .model($0.model) } ?? .nothing
    }
}

extension ServerRecord {
    /// What is taken out of the portal with a server.
    fileprivate func fillWhatGoes(_ model: inout TemplateModel, _ words: PageWords) {
        model[.current] = .text(proxy.intended.words)
        model[.roles] = .list(roles.map { [.title: .text(words.manual.displayName(of: $0.name))] })
        model[.hasRoles] = .flag(!roles.isEmpty)
    }
}
