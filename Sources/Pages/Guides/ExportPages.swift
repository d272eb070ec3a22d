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

    public init() {}

    public var frame: PageFrame { PageFrame(title: "Export", section: .export) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.xmlLink] = .text(Route.exportFile(.xml).path)
        model[.jsonLink] = .text(Route.exportFile(.json).path)
    }
}

/// The proxies in use, most used first.
public struct ProxiesPage: Page {
    public static let template = "pages/proxies"
    let lines: [Line]

    /// A proxy and how many servers use it.
    public struct Line: Sendable {
        let name: String
        let canonical: String
        let servers: Int

        public init(name: String, canonical: String, servers: Int) {
            self.name = name
            self.canonical = canonical
            self.servers = servers
        }
    }

    public init(lines: [Line]) { self.lines = lines }

    public var frame: PageFrame { PageFrame(title: "Proxies", section: .proxies) }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.lines] = .list(
            lines.map { line in
                [
                    .name: .text(line.name), .count: .text(line.servers == 1 ? "1 server" : "\(line.servers) servers"),
                    .link: .text(ServerListAddress.filtered { $0.proxy = .server(line.canonical) }),
                ]
            })
        model[.hasLines] = .flag(!lines.isEmpty)
    }
}
