import Domain
import Templating

/// The form for a server that the portal does not have yet.
public struct NewServerPage: Page {
    public static let template = "pages/server-new"
    let form: FormState
    /// The sites the portal has, for the hint.
    let sites: [SiteCode]

    public init(form: FormState = FormState(revision: nil), sites: [SiteCode]) {
        var form = form
        form.controls = Set(SiteSystemServer.identityFields.map(\.key.rawValue))
        self.form = form
        self.sites = sites
    }

    public var frame: PageFrame {
        PageFrame(title: "Add a server", section: .servers, crumbs: PageFrame.serverCrumbs(), form: form)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.action] = .text(Route.newServer.path)
        model[.cancel] = .text(Route.servers.path)
        model[.fields] = .list(
            SiteSystemServer.identityFields.map { words.controls.control($0.key, stored: .nothing, in: form, words) })
        model[.sites] = .text(sites.map(\.text).joined(separator: ", "))
        model[.newSiteLink] = .text(Route.newSite.path)
        model[.saveLabel] = "Add server"
    }
}
