import Domain
import Templating

/// The General tab of a server.
public struct ServerGeneralPage: Page {
    public static let template = "pages/server-general"
    let head: ServerHead
    let form: FormState

    public init(head: ServerHead, form: FormState? = nil) {
        self.head = head
        self.form = head.located(
            form ?? FormState(revision: head.record.revision), controls: General.fields.map(\.key))
    }

    public var frame: PageFrame { head.frame(.general, form: form) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        head.fill(&model, tab: .general, words)
        let general = head.record.general
        model[.isUntold] = .flag(!general.isTold)
        model[.fields] = .list(
            General.fields.map { field in
                words.controls.control(
                    field.key, stored: general.intended?.value(field.key) ?? .nothing, in: form, words)
            })
        model[.comparison] = .model(
            General.comparison(general, caption: "General: here and at the site", fields: General.fields.map(\.key))
                .model(mark: general.observed == nil ? "not seen" : "pending"))
        model[.saveLabel] = .text("Save general settings")
    }
}
