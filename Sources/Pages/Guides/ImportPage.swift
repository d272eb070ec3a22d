import Manual
import Templating

/// How a site's configuration comes in: the scripts to run on Windows, and the command to run here. It is also the start
/// page while the portal has no data.
public struct ImportPage: Page {
    public static let template = "pages/import"
    let isFirstStart: Bool
    /// The import command up to its options, as a shell takes it.
    let command: String

    /// - Parameters:
    ///   - commandPath: where the program is.
    ///   - dataPath: the folder the portal keeps its data in; a command started elsewhere would not find it.
    public init(isFirstStart: Bool, commandPath: String, dataPath: String) {
        self.isFirstStart = isFirstStart
        let isPlain = commandPath.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "/._-".utf8.contains(byte)
        }
        command = (isPlain ? commandPath : commandPath.quoted) + " import --data " + dataPath.quoted
    }

    public var frame: PageFrame {
        isFirstStart
            ? PageFrame(title: "Bring your site in", section: .overview)
            : PageFrame(title: "Import", section: .importing)
    }

    public func fill(_ model: inout TemplateModel, _ words: PageWords) {
        model[.isFirstStart] = .flag(isFirstStart)
        model[.scripts] = .list(
            words.manual.exportScripts.map { script in
                [
                    .id: .text("script-" + script.id), .title: .text(script.title), .fileName: .text(script.fileName),
                    .text: .text(script.text), .link: .text(Route.importScript(script.fileName).path),
                    .guideLink: .text(Route.importScript(script.id).path),
                ]
            })
        model[.newSiteLink] = .text(Route.newSite.path)
        model[.command] = .text(command)
    }
}

extension String {
    /// In double quotes, with everything escaped that a shell would read there.
    fileprivate var quoted: String {
        "\"" + map { "\\\"$`".contains($0) ? "\\\($0)" : String($0) }.joined() + "\""
    }
}

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
