import Domain
import Manual
import Templating

/// What one export script needs, and what each part of it does.
public struct ExportScriptPage: Page {
    public static let template = "pages/export-script"
    let script: ExportScript

    public init(_ script: ExportScript) { self.script = script }

    public var frame: PageFrame {
        PageFrame(
            title: script.title, section: .importing,
            crumbs: [PageFrame.Crumb(title: "Import", link: Route.importing.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text(script.title)
        model[.body] = .markup(script.explanation)
        model[.script] = .model([
            .id: .text("script-" + script.id), .fileName: .text(script.fileName), .text: .text(script.text),
            .link: .text(Route.importScript(script.fileName).path),
        ])
    }
}

/// What the portal hands out of its configuration.
public struct ExportPage: Page {
    public static let template = "pages/export"

    let sites: [SiteCode]

    /// - Parameter sites: those a script can be narrowed to.
    public init(sites: [SiteCode]) { self.sites = sites }

    public var frame: PageFrame { PageFrame(title: "Export", section: .export) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.xmlLink] = .text(Route.exportFile(.xml).path)
        model[.jsonLink] = .text(Route.exportFile(.json).path)
        model[.csvLink] = .text(Route.exportFile(.csv).path)
        model[.dscLink] = .text(Route.exportFile(.dsc).path)
        model[.scriptLink] = .text(ScriptAddress(.hierarchy).link)
        model[.action] = .text(Route.script.path)
        model[.siteOptions] = .list(sites.map { [.value: .text($0.text), .label: .text("Site \($0.text)")] })
        model[.guideLink] = .text(Route.manualPage("how-to/apply-at-the-site").path)
    }
}

/// A script for the site: what it does, the choices that make another of it, and its text.
public struct ScriptPage: Page {
    public static let template = "pages/export-apply"
    let address: ScriptAddress
    let words: String
    let fileName: String
    let text: String?
    let steps: String?

    /// - Parameters:
    ///   - words: what the script is for, as the middle of a sentence.
    ///   - text: the script without its mark; nil when it is too long for a page.
    ///   - steps: the part of it that is not the same in every script.
    public init(address: ScriptAddress, words: String, fileName: String, text: String?, steps: String?) {
        self.address = address
        self.words = words
        self.fileName = fileName
        self.text = text
        self.steps = steps
    }

    private var title: String { address.takesBack ? "Script to take \(words) back" : "Script for \(words)" }

    public var frame: PageFrame {
        PageFrame(
            title: title, section: .export, crumbs: [PageFrame.Crumb(title: "Export", link: Route.export.path)])
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.title] = .text(title)
        model[.action] = .text(Route.script.path)
        model[.hidden] =
            address.scope.pair.map { .model([.name: .text($0.name), .value: .text($0.value)]) } ?? .nothing
        model[.isBack] = .flag(address.takesBack)
        model[.includesNeverObserved] = .flag(address.includesNeverObserved)
        model[.fileName] = .text(fileName)
        model[.link] = .text(address.fileLink)
        model[.guideLink] = .text(Route.manualPage("how-to/apply-at-the-site").path)
        model[.body] = .optional(steps)
        guard let text else {
            model[.script] = .nothing
            return
        }
        model[.script] = .model([
            .id: "script", .fileName: .text(fileName), .text: .text(text), .link: .text(address.fileLink),
        ])
    }
}
